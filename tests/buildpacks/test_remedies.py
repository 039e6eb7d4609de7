"""What to do in a folder that has nothing to install from."""

from collections.abc import Callable

from analyzer.buildpacks.remedies import other_folder
from analyzer.buildpacks.source import Source

FILES = ("requirements.txt", "uv.lock")


def folder_of(source: Source) -> str | None:
    remedy = other_folder(source, FILES)
    return None if remedy is None else remedy.evidence[0].path


def test_the_folder_of_the_project_goes_before_one_that_is_as_near(project: Callable[..., Source]) -> None:
    files = {"manage.py": None, "requirements.txt": None}
    elsewhere = project(
        {
            **files,
            "src/agents/uv.lock": "",
            "src/site/uv.lock": "",
            "src/site/manage.py": 'import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"\n',
            "src/site/shop/settings.py": "INSTALLED_APPS = []\n",
        }
    )
    assert folder_of(elsewhere) == "src/site/uv.lock"


def test_the_nearest_where_none_has_the_project(source: Callable[..., Source]) -> None:
    assert folder_of(source({"a/b/requirements.txt": "", "c/uv.lock": ""})) == "c/uv.lock"


def test_none(source: Callable[..., Source]) -> None:
    assert folder_of(source({"a/setup.py": ""})) is None
