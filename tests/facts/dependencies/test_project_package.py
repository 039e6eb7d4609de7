"""Whether the project is a package, and whether Django needs it installed."""

from analyzer.facts.dependencies.collect import collect_dependencies
from analyzer.model.facts import ProjectPackage
from tests.facts.conftest import MakeRepository

PROJECT = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["django"]\nreadme = "README.md"\n'
BACKEND = '[build-system]\nrequires = ["hatchling", "hatch-vcs"]\nbuild-backend = "hatchling.build"\n'


def package(repository: MakeRepository, files: dict[str, str], django_dir: str = ".") -> ProjectPackage | None:
    return collect_dependencies(repository({f"{django_dir}/manage.py": "", **files}), django_dir).install.package


def test_a_build_backend_makes_a_package(repository: MakeRepository) -> None:
    found = package(repository, {"pyproject.toml": PROJECT + BACKEND, "README.md": "x"})
    assert found is not None
    assert (found.evidence.path, found.evidence.line) == ("pyproject.toml", 6)
    assert found.reads == ("README.md",)
    assert found.version_variable == "SETUPTOOLS_SCM_PRETEND_VERSION"
    assert found.apart is None


def test_without_a_backend_it_is_none(repository: MakeRepository) -> None:
    assert package(repository, {"pyproject.toml": f"{PROJECT}[tool.uv]\n", "uv.lock": "version = 1\n"}) is None


def test_what_says_that_it_is_none(repository: MakeRepository) -> None:
    uv = {"pyproject.toml": f"{PROJECT}{BACKEND}[tool.uv]\npackage = false\n", "uv.lock": "version = 1\n"}
    assert package(repository, uv) is None


def test_poetry_without_package_mode(repository: MakeRepository) -> None:
    text = '[tool.poetry]\nname = "shop"\npackage-mode = false\n[tool.poetry.dependencies]\ndjango = "*"\n' + BACKEND
    assert package(repository, {"pyproject.toml": text}) is None


def test_modules_below_src_are_apart(repository: MakeRepository) -> None:
    found = package(repository, {"pyproject.toml": PROJECT + BACKEND, "src/core/__init__.py": ""})
    assert found is not None
    assert found.apart is not None
    assert "src" in found.apart.note


def test_modules_beside_manage_py_are_not_apart(repository: MakeRepository) -> None:
    files = {"pyproject.toml": PROJECT + BACKEND, "src/core/__init__.py": ""}
    found = package(repository, files, "src")
    assert found is not None
    assert found.apart is None


def test_a_package_above_manage_py_is_apart(repository: MakeRepository) -> None:
    found = package(repository, {"pyproject.toml": PROJECT + BACKEND, "shop/__init__.py": ""}, "sandbox")
    assert found is not None
    assert found.apart is not None


def test_a_folder_that_the_configuration_names(repository: MakeRepository) -> None:
    more = '[tool.setuptools.packages.find]\nwhere = ["lib"]\n'
    found = package(repository, {"pyproject.toml": PROJECT + BACKEND + more, "lib/core/__init__.py": ""})
    assert found is not None
    assert found.apart is not None
    assert found.apart.line == 10


def test_programs_of_the_project(repository: MakeRepository) -> None:
    scripts = '[project.scripts]\nshop = "shop.__main__:main"\nbroken = 3\nodd = "shop main"\n'
    poetry = '[tool.poetry.scripts]\nold-shop = "shop.cli:App.run"\n'
    files = {"manage.py": "", "pyproject.toml": PROJECT + BACKEND + scripts + poetry, "README.md": "x"}
    install = collect_dependencies(repository(files), ".").install
    assert install.scripts == {"shop": "shop.__main__:main", "old-shop": "shop.cli:App.run"}


def test_a_project_without_programs(repository: MakeRepository) -> None:
    files = {"manage.py": "", "requirements.txt": "django\n"}
    assert collect_dependencies(repository(files), ".").install.scripts == {}
