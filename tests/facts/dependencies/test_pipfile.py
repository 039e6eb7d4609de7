"""Pipfiles."""

import pytest

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared
from analyzer.facts.dependencies.pipfile import read_pipfile
from tests.facts.dependencies.conftest import MakeReader

PIPFILE = """\
[[source]]
url = "https://u:p@example.org/first"
verify_ssl = true
name = "first"

[[source]]
url = "https://example.org/second"
name = "second"

[packages]
Django = "==4.2.7"
celery = {extras = ["Redis"], version = ">=5,<6"}
gunicorn = "*"
requests = "2.31.0"
auth = {git = "https://t0ken@example.org/auth.git", ref = "v1"}
e1839a8 = {path = "./named-lib", editable = true}
pywin32 = {version = "*", sys_platform = "== 'win32'", markers = "python_version > '3'"}

[dev-packages]
pytest = "~=8.0"

[web]
uvicorn = "*"

[requires]
python_version = "3.12"

[scripts]
start = "python manage.py runserver"
"""


def read(reader: MakeReader, text: str, activation: Activation | None = None) -> Declared:
    made = reader({"Pipfile": text, "named-lib/setup.py": ""})
    return read_pipfile(made.repo, "Pipfile", activation or Activation(), made)


def test_requirements_with_their_lines(reader: MakeReader) -> None:
    found = read(reader, PIPFILE)
    rows = [(d.name, d.specifier, d.extras, d.marker, d.group, d.evidence.line) for d in found.dependencies]
    assert rows == [
        ("django", "==4.2.7", (), None, None, 11),
        ("celery", "<6,>=5", ("redis",), None, None, 12),
        ("gunicorn", "", (), None, None, 13),
        ("requests", "==2.31.0", (), None, None, 14),
        ("auth", "", (), None, None, 15),
        ("named-lib", "", (), None, None, 16),
        ("pywin32", "", (), "sys_platform == 'win32' and python_version > '3'", None, 17),
        ("pytest", "~=8.0", (), None, "dev", 20),
        ("uvicorn", "", (), None, "web", 23),
    ]
    assert (found.files, found.problems) == (("Pipfile",), ())
    assert "t0ken" not in repr(found)


def test_local_projects_are_followed(reader: MakeReader) -> None:
    [project] = read(reader, PIPFILE).projects
    assert (project.directory, project.evidence.line) == ("named-lib", 16)


def test_the_first_source_is_the_index_the_others_are_extra(reader: MakeReader) -> None:
    found = read(reader, PIPFILE).indexes
    assert [(i.url, i.extra, i.evidence.line) for i in found] == [
        ("https://example.org/first", False, 2),
        ("https://example.org/second", True, 7),
    ]


def test_a_category_that_production_installs(reader: MakeReader) -> None:
    found = read(reader, PIPFILE, Activation(groups=frozenset({"web"})))
    assert {d.name: d.group for d in found.dependencies}["uvicorn"] is None


def test_what_cannot_be_read_is_a_problem(reader: MakeReader) -> None:
    assert len(read(reader, "[packages").problems) == 1
    found = read(reader, '[packages]\ndjango = "new!"\n')
    assert [(d.name, d.specifier) for d in found.dependencies] == [("django", "")]
    assert [(p.line, p.note) for p in found.problems] == [(2, "`new!` is no version specifier")]


@pytest.mark.parametrize("text", ["packages = 1", "[packages]\nx = 1", "[packages]\nx = []", "source = 3", "x = 'y'"])
def test_odd_shapes_are_passed_over(reader: MakeReader, text: str) -> None:
    assert read(reader, text).problems == ()


def test_no_file(reader: MakeReader) -> None:
    made = reader({})
    assert read_pipfile(made.repo, "Pipfile", Activation(), made) == Declared()
