"""Hints at the Python of a project."""

import pytest

from analyzer.facts.python.declaration import Strength
from analyzer.facts.python.hints import python_hints
from tests.facts.conftest import MakeRepository

WORKFLOW = """\
jobs:
  test:
    strategy:
      matrix:
        python-version: ["3.9", "3.10"]
    steps:
      - uses: actions/setup-python@v5
        with:
          python-version: '3.11.2'
      - run: echo 3.14
"""
CLASSIFIERS = """\
[project]
classifiers = [
  "Framework :: Django",
  "Programming Language :: Python :: 3",
  "Programming Language :: Python :: 3.9",
  "Programming Language :: Python :: 3.12",
  "Programming Language :: Python :: 3.10",
]
"""


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (".github/workflows/ci.yml", WORKFLOW, ("3.11.2", "GitHub Actions", 9)),
        ("tox.ini", "[tox]\nskipsdist = true\nenvlist = py39,py312-django{42,50}\n", ("3.12", "tox.ini", 3)),
        ("tox.ini", "[tox]\nenv_list = py{39,310}\n", ("3.10", "tox.ini", 2)),
        ("tox.ini", "[tox]\nenvlist = py3.11\n", ("3.11", "tox.ini", 2)),
        ("pyproject.toml", CLASSIFIERS, ("3.12", "classifiers", 6)),
    ],
)
def test_the_newest_version_that_is_named(
    repository: MakeRepository, path: str, text: str, expected: tuple[str, str, int]
) -> None:
    [found] = python_hints(repository({path: text}), (".",))
    assert (found.fact.spec, found.fact.source, found.fact.evidence.line) == expected
    assert (found.strength, found.fact.evidence.path) == (Strength.HINT, path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".github/workflows/ci.yml", "python-version: ${{ matrix.python }}\n"),
        (".github/dependabot.yml", "python-version: 3.12\n"),
        ("tox.ini", "[tox]\nenvlist = lint\n"),
        ("tox.ini", "["),
        ("pyproject.toml", "[project]\nclassifiers = 1\n"),
        ("pyproject.toml", "["),
        ("other/tox.ini", "[tox]\nenvlist = py39\n"),
    ],
)
def test_files_without_a_hint(repository: MakeRepository, path: str, text: str) -> None:
    assert list(python_hints(repository({path: text}), (".",))) == []
