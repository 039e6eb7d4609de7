"""The files of a project that a build backend installs, together."""

import pytest

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.manifests import manifests_in
from analyzer.facts.dependencies.setup_files import declares_in_setup_files, read_setup_files
from tests.facts.conftest import MakeRepository
from tests.facts.dependencies.conftest import MakeReader


def test_all_files_are_read(reader: MakeReader) -> None:
    made = reader(
        {
            "lib/pyproject.toml": "[project]\ndependencies = ['django']\n",
            "lib/setup.cfg": "[options]\ninstall_requires = celery\n",
            "lib/setup.py": "setup(install_requires=['redis'])\n",
        }
    )
    found = read_setup_files(made.repo, manifests_in(made.repo, "lib"), Activation(), made)
    assert found.names == {"django", "celery", "redis"}
    assert found.files == ("lib/setup.py", "lib/setup.cfg", "lib/pyproject.toml")


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"pyproject.toml": "[project]\nname = 'x'\ndependencies = ['django']\n"}, ("pyproject.toml", 3)),
        ({"pyproject.toml": "[tool.ruff]\n", "setup.cfg": "[options]\ninstall_requires = a\n"}, ("setup.cfg", 2)),
        ({"setup.py": "# install_requires\n\nsetup(\n  install_requires=[])\n"}, ("setup.py", 4)),
        ({"setup.py": "setup()\n", "setup.cfg": "[flake8]\n", "pyproject.toml": "[project\n"}, None),
        ({"requirements.txt": "django"}, None),
    ],
)
def test_the_line_that_asks_for_packages(
    repository: MakeRepository, files: dict[str, str], place: tuple[str, int] | None
) -> None:
    repo = repository(files)
    found = declares_in_setup_files(repo, manifests_in(repo, "."))
    assert (found and (found.path, found.line)) == place
