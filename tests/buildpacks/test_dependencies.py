"""Which Python a project should ask for."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.dependencies import fitting_python
from analyzer.buildpacks.source import Source


@pytest.mark.parametrize(
    ("requires", "version"),
    [(">=3.11", "3.13"), (">=3.11,<3.13", "3.12"), ("==3.10.*", "3.10"), (">=3.14", "3.14"), (">=3.15", "3.13")],
)
def test_the_default_unless_the_project_does_not_allow_it(
    project: Callable[..., Source], requires: str, version: str
) -> None:
    pyproject = f'[project]\nname = "shop"\nversion = "1"\nrequires-python = "{requires}"\n'
    given = project({"pyproject.toml": pyproject, ".python-version": None})
    found, evidence = fitting_python(given, "3.13", ["3.10", "3.11", "3.12", "3.13", "3.14"])
    assert found == version
    assert [(e.path, e.line) for e in evidence] == [("pyproject.toml", 4)]


def test_the_default_where_nothing_is_declared(project: Callable[..., Source]) -> None:
    assert fitting_python(project({".python-version": None}), "3.13", ["3.12", "3.13"]) == ("3.13", ())
