"""Programs that setup.py starts when the project is built."""

import pytest

from analyzer.facts.dependencies.build_programs import build_programs
from analyzer.facts.dependencies.collect import collect_dependencies
from tests.facts.conftest import MakeRepository

HEAD = "import os, subprocess\nfrom setuptools import setup\nfrom setuptools.command.build import build\n\n\n"


def started(repository: MakeRepository, text: str) -> list[tuple[str, bool, int]]:
    repo = repository({"setup.py": HEAD + text})
    return [(one.name, one.in_place, one.evidence.line) for one in build_programs(repo, "setup.py")]


def command(body: str, name: str = "build") -> str:
    return f"class Build(build):\n    def run(self):\n        {body}\n\nsetup(cmdclass={{{name!r}: Build}})\n"


@pytest.mark.parametrize(
    ("body", "program"),
    [
        ("subprocess.check_call(['npm', 'install'])", "npm"),
        ("subprocess.run(('yarn', 'build'), check=True)", "yarn"),
        ("os.system('make assets')", "make"),
        ("self.spawn(['/usr/bin/gulp'])", "gulp"),
    ],
)
def test_ways_to_start_a_program(repository: MakeRepository, body: str, program: str) -> None:
    assert started(repository, command(body)) == [(program, False, 8)]


@pytest.mark.parametrize(
    "text",
    [
        command("subprocess.check_call([sys.executable, 'make.py'])"),
        command("subprocess.check_call(['python', 'make.py'])"),
        command("subprocess.check_call(['npm', 'install'])", "test"),
        command("self.copy_file('npm', 'install')"),
        command("os.system('it\\'s')"),
        "class Build(build):\n    def run(self):\n        try:\n            os.system('git describe')\n"
        "        except OSError:\n            os.system('hg id')\n\nsetup(cmdclass={'build': Build})\n",
        "class Build(build):\n    def run(self):\n        os.system('npm install')\n\nsetup()\n",
        "def (\n",
    ],
)
def test_what_starts_none(repository: MakeRepository, text: str) -> None:
    assert started(repository, text) == []


def test_what_an_installation_in_place_runs_as_well(repository: MakeRepository) -> None:
    assert started(repository, command("os.system('msgfmt a.po')", "build_py")) == [("msgfmt", True, 8)]


def test_functions_of_the_file_are_followed(repository: MakeRepository) -> None:
    text = (
        "def assets():\n    subprocess.call('npm ci', shell=True)\n    assets()\n\n\n"
        "class Build(build):\n    def run(self):\n        assets()\n\n"
        "cmdclass = {'build': Build}\nsetup(cmdclass=cmdclass)\n"
    )
    assert started(repository, text) == [("npm", False, 7)]


def test_a_setup_py_of_another_backend_is_not_run(repository: MakeRepository) -> None:
    setup = HEAD + command("os.system('npm ci')")
    for backend, number in (("setuptools.build_meta", 1), ("hatchling.build", 0)):
        system = (
            f"[build-system]\nrequires = []\nbuild-backend = '{backend}'\n[project]\nname = 'shop'\nversion = '1'\n"
        )
        files = {"manage.py": "", "setup.py": setup, "pyproject.toml": system + "dependencies = ['django']\n"}
        package = collect_dependencies(repository(files), ".").install.package
        assert package is not None
        assert len(package.starts) == number
