"""Where the Django project is."""

import pytest

from analyzer.facts.django.project import find_project_directories
from analyzer.model.evidence import Evidence
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nfrom django.core.management import execute_from_command_line\n"


def folders(repository: MakeRepository, files: list[str], text: str = MANAGE) -> list[str]:
    """The folders of the projects, best first."""
    return [project.path for project in find_project_directories(repository(dict.fromkeys(files, text)))]


def test_the_folder_of_manage_py(repository: MakeRepository) -> None:
    (project,) = find_project_directories(repository({"backend/manage.py": MANAGE}))
    assert (project.path, project.manage_py) == ("backend", "backend/manage.py")
    assert project.evidence == Evidence(path="backend/manage.py", line=2, note="execute_from_command_line")


@pytest.mark.parametrize("text", ["print('manage')\n", "", "import flask\n"])
def test_another_manage_py(repository: MakeRepository, text: str) -> None:
    assert folders(repository, ["manage.py"], text) == []


@pytest.mark.parametrize(
    "text",
    [
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'x'\n",
        "from django.core.management import call_command\n",
        "ManagementUtility()\n",
    ],
)
def test_other_marks(repository: MakeRepository, text: str) -> None:
    assert folders(repository, ["manage.py"], text) == ["."]


def test_utf_16(repository: MakeRepository) -> None:
    found = find_project_directories(repository({"manage.py": MANAGE.encode("utf-16")}))
    assert [(p.path, p.evidence.line) for p in found] == [(".", 2)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a/b/manage.py", "z/manage.py"], ["z", "a/b"]),
        (["a/manage.py", "backend/manage.py"], ["backend", "a"]),
        (["tests/manage.py", "a/b/manage.py"], ["a/b", "tests"]),
        (["example_project/manage.py", "a/manage.py"], ["a", "example_project"]),
        (["{{ name }}/manage.py", "a/b/manage.py"], ["a/b", "{{ name }}"]),
        (["b/manage.py", "b/requirements.txt", "a/manage.py"], ["b", "a"]),
        (["b/manage.py", "a/manage.py"], ["a", "b"]),
    ],
)
def test_the_order_of_several(repository: MakeRepository, files: list[str], expected: list[str]) -> None:
    assert folders(repository, files) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [(["bin/run.py"], ["bin"]), (["bin/run.py", "manage.py"], ["."]), (["bin/run.txt"], [])],
)
def test_a_script_of_another_name(repository: MakeRepository, files: list[str], expected: list[str]) -> None:
    assert folders(repository, files) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["src/shop/__init__.py", "src/shop/__main__.py"], "src"),
        (["src/shop/__init__.py", "src/shop/cli/__init__.py", "src/shop/cli/run.py"], "src"),
        (["__init__.py", "shop/__init__.py", "shop/__main__.py"], "."),
        (["shop/cli/__init__.py", "shop/cli/run.py"], "shop"),
    ],
)
def test_a_script_inside_a_package_is_imported_from_above_it(
    repository: MakeRepository, files: list[str], expected: str
) -> None:
    contents = {path: "" if path.endswith("__init__.py") else MANAGE for path in files}
    (project,) = find_project_directories(repository(contents))
    assert (project.path, project.manage_py) == (expected, files[-1])


def test_a_manage_py_inside_a_package_is_run_where_it_lies(repository: MakeRepository) -> None:
    (project,) = find_project_directories(repository({"shop/__init__.py": "", "shop/manage.py": MANAGE}))
    assert project.path == "shop"


def test_a_script_that_lies_too_deep(repository: MakeRepository) -> None:
    assert folders(repository, ["a/b/c/d/run.py"]) == []


def test_a_wsgi_module_alone(repository: MakeRepository) -> None:
    text = "from django.core.wsgi import get_wsgi_application\n"
    (project,) = find_project_directories(repository({"backend/app/wsgi.py": text}))
    assert (project.path, project.manage_py) == ("backend", "backend/app/wsgi.py")
    assert project.evidence.note == "no manage.py; this module starts Django"


def test_a_wsgi_module_of_something_else(repository: MakeRepository) -> None:
    assert folders(repository, ["app/wsgi.py"], "application = object()\n") == []
