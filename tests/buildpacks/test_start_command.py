"""The line that a Procfile could have."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.source import Source
from analyzer.buildpacks.start_command import web_line

WSGI = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_settings')\napplication = None  # django\n"
WITH_WSGI = {"shop/__init__.py": "", "shop/wsgi.py": WSGI}


@pytest.mark.parametrize(
    ("requirements", "line"),
    [
        ("Django==5.2.7\ngunicorn\n", "`web: gunicorn shop.wsgi:application`"),
        ("Django==5.2.7\n", "`web: gunicorn shop.wsgi:application` (with gunicorn among the dependencies)"),
    ],
)
def test_the_server_has_to_be_installed(project: Callable[..., Source], requirements: str, line: str) -> None:
    assert web_line(project({**WITH_WSGI, "requirements.txt": requirements})) == line


def test_the_project_may_lie_below_the_root(project: Callable[..., Source]) -> None:
    files = {f"src/{path}": content for path, content in WITH_WSGI.items()}
    manage = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_settings')\n# django\n"
    files |= {"src/manage.py": manage, "src/site_settings.py": "INSTALLED_APPS = []\nSECRET_KEY = 'x'\n"}
    given = project({**files, "manage.py": None, "site_settings.py": None})
    assert web_line(given) == "`web: gunicorn --chdir src shop.wsgi:application`"


def test_a_folder_without_a_project(source: Callable[..., Source]) -> None:
    assert web_line(source({"requirements.txt": ""})) == "`web: gunicorn PROJECT.wsgi`"
