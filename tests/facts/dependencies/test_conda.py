"""Conda's environment files."""

import pytest

from analyzer.facts.dependencies.conda import python_spec, read_environment
from analyzer.facts.dependencies.declared import Declared
from tests.facts.dependencies.conftest import MakeReader

ENVIRONMENT = """\
name: shop
channels: [conda-forge]
dependencies:
  - python=3.11
  - pip
  - conda-forge::django>=4.2,<5
  - numpy=1.26
  - pandas==2.1.0
  - scipy=1.11.4=py311h64a7726_0
  - lxml[version='>=4']
  - redis-py 5.0.*
  - pillow=9|10
  - pip:
      - -r requirements/base.txt
      - --extra-index-url https://u:p@example.org/simple
      - gunicorn==21.2.0  # web
      - git+https://t0ken@example.org/auth.git
"""


def read(reader: MakeReader, text: str) -> Declared:
    made = reader({"env/environment.yml": text, "env/requirements/base.txt": "\ncelery"})
    return read_environment(made.repo, "env/environment.yml", made)


def test_requirements_with_their_lines(reader: MakeReader) -> None:
    found = read(reader, ENVIRONMENT)
    assert [(d.name, d.specifier, d.evidence.path, d.evidence.line) for d in found.dependencies] == [
        ("django", "<5,>=4.2", "env/environment.yml", 6),
        ("numpy", "==1.26.*", "env/environment.yml", 7),
        ("pandas", "==2.1.0", "env/environment.yml", 8),
        ("scipy", "==1.11.4", "env/environment.yml", 9),
        ("lxml", "", "env/environment.yml", 10),
        ("redis-py", "==5.0.*", "env/environment.yml", 11),
        ("pillow", "", "env/environment.yml", 12),
        ("celery", "", "env/requirements/base.txt", 2),
        ("gunicorn", "==21.2.0", "env/environment.yml", 16),
        ("auth", "", "env/environment.yml", 17),
    ]
    assert found.files == ("env/requirements/base.txt", "env/environment.yml")
    assert [(i.url, i.evidence.line) for i in found.indexes] == [("https://example.org/simple", 15)]
    assert [(p.line, p.note) for p in found.problems] == [(12, "`pillow=9|10` has no version that can be read")]
    assert "t0ken" not in repr(found)
    assert "u:p" not in repr(found)


@pytest.mark.parametrize(
    ("entry", "spec"),
    [
        ("python=3.11", "==3.11.*"),
        ("python==3.11.4", "==3.11.4"),
        ("python 3.11.*", "==3.11.*"),
        ("python>=3.9,<3.12", "<3.12,>=3.9"),
        ("python", ""),
        ("conda-forge::python=3.12", "==3.12.*"),
    ],
)
def test_python(reader: MakeReader, entry: str, spec: str) -> None:
    repo = reader({"environment.yml": f"dependencies:\n  - pip\n  - {entry}\n"}).repo
    assert python_spec(repo, "environment.yml") == (spec, 3)


@pytest.mark.parametrize(
    "text", ["", "- a", "name: x", "dependencies: 3", "dependencies: [3, {pip: x}, {a: b}, [c]]", "a: [", "\t"]
)
def test_odd_shapes_give_no_requirement(reader: MakeReader, text: str) -> None:
    found = read(reader, text)
    assert {d.name for d in found.dependencies} <= {"3"}
    assert python_spec(reader({"environment.yml": text}).repo, "environment.yml") is None


def test_no_file(reader: MakeReader) -> None:
    made = reader({})
    assert read_environment(made.repo, "environment.yml", made) == Declared()
    assert python_spec(made.repo, "environment.yml") is None
