"""Pins that do not run on newer Pythons, and what brings pkg_resources back."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.plan.python_limits import limits_on, pkg_resources
from analyzer.plan.python_table import python_of
from analyzer.plan.tables import table

Facts = Callable[..., ProjectFacts]


def test_a_limit_holds_for_newer_pythons_only(facts: Facts) -> None:
    found = facts({"requirements.txt": "Django==4.2.11\ncelery==4.4.7\n"})
    assert limits_on(found, "3.9") == []
    assert [limit.requirement for limit in limits_on(found, "3.10")] == ["celery==4.4.7"]
    assert limits_on(found, "3.10")[0].evidence.line == 2


def test_newer_pins_have_no_limit(facts: Facts) -> None:
    assert limits_on(facts({"requirements.txt": "Django==5.2.19\ncelery==5.5.0\nsix>=1.10\n"}), "3.14") == []


@pytest.mark.parametrize(
    ("requirements", "python", "expected"),
    [
        ("gunicorn==20.1.0\n", "3.12", True),
        ("gunicorn==20.1.0\n", "3.11", False),
        ("gunicorn==23.0.0\n", "3.12", False),
        ("gunicorn==20.1.0\nsetuptools==69.0.0\n", "3.12", False),
    ],
)
def test_pkg_resources_is_added_where_nothing_brings_it(
    facts: Facts, requirements: str, python: str, expected: bool
) -> None:
    added = pkg_resources(facts({"requirements.txt": f"Django==4.2.11\n{requirements}"}), python)
    assert (added is not None) is expected
    if added is not None:
        assert added.requirement.startswith("setuptools==")


def test_the_table_names_known_pythons() -> None:
    for row in table("python_limits")["limit"]:
        assert python_of(row["newest"]) is not None, row
