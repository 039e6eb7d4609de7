"""Which Python the image has, and why the others fell."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import Decision
from analyzer.plan.python_version import plan_python_version

Facts = Callable[..., ProjectFacts]


def decide(facts: ProjectFacts, **image: str) -> tuple[Decision[str], set[str]]:
    decision, notes = plan_python_version(facts, Overrides(image=ImageOverrides(**image)))  # type: ignore[arg-type]
    return decision, {note.code for note in notes}


def fallen(decision: Decision[str]) -> dict[str, str]:
    return {alternative.value: alternative.reason for alternative in decision.alternatives}


def test_a_declared_version_wins(facts: Facts) -> None:
    decision, codes = decide(facts({".python-version": "3.13.2\n"}))
    assert decision.value == "3.13"
    assert ".python-version declares Python 3.13.2" in decision.rule
    assert (decision.evidence[0].path, decision.evidence[0].line) == (".python-version", 1)
    assert codes == set()


def test_other_declarations_are_alternatives(facts: Facts) -> None:
    decision, _ = decide(facts({"runtime.txt": "python-3.13.1\n", "Dockerfile": "FROM python:3.12-slim\n"}))
    assert decision.value == "3.13"
    assert "Dockerfile:1" in fallen(decision)["3.12"]


def test_without_a_declaration_the_newest_that_django_supports(facts: Facts) -> None:
    decision, _ = decide(facts({"requirements.txt": "Django==4.2.11\n"}))
    assert decision.value == "3.12"
    assert "Django 4.2.11" in fallen(decision)["3.13"]
    assert decision.evidence[-1].path == "requirements.txt"


def test_the_first_release_that_supports_a_python_counts(facts: Facts) -> None:
    assert decide(facts({"requirements.txt": "Django==4.2.7\n"}))[0].value == "3.11"
    assert decide(facts({"requirements.txt": "Django==4.2.8\n"}))[0].value == "3.12"


def test_a_pin_without_a_wheel_lowers_it(facts: Facts) -> None:
    decision, _ = decide(facts({"requirements.txt": "Django==4.2.11\npsycopg2-binary==2.9.6\n"}))
    assert decision.value == "3.11"
    assert fallen(decision)["3.12"] == "no wheel of psycopg2-binary==2.9.6"


def test_a_binary_extra_without_a_source_lowers_it(facts: Facts) -> None:
    assert decide(facts({"requirements.txt": "Django==5.1.5\npsycopg[binary]==3.1.18\n"}))[0].value == "3.12"
    assert decide(facts({"requirements.txt": "Django==5.1.5\npsycopg[binary]==3.2.9\n"}))[0].value == "3.13"


def test_pydantic_is_pure_before_its_second_version(facts: Facts) -> None:
    assert decide(facts({"requirements.txt": "Django==5.2.19\npydantic==1.10.13\n"}))[0].value == "3.14"
    assert decide(facts({"requirements.txt": "Django==5.2.19\npydantic==2.5.3\n"}))[0].value == "3.12"


def test_a_pure_package_can_be_too_old_as_well(facts: Facts) -> None:
    decision, _ = decide(facts({"requirements.txt": "Django==4.2.11\nsix==1.15.0\n"}))
    assert decision.value == "3.11"
    assert "six==1.15.0 does not run on it" in fallen(decision)["3.12"]


def test_a_range_is_resolved_to_its_newest_that_fits(facts: Facts) -> None:
    files = {"pyproject.toml": '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.11,<3.13"\n'}
    decision, _ = decide(facts(files))
    assert decision.value == "3.12"
    assert "excludes it" in fallen(decision)["3.14"]


def test_a_range_of_django_is_what_pip_would_install_on_each_python(facts: Facts) -> None:
    assert decide(facts({"requirements.txt": "Django>=4.2,<5.0\n"}))[0].value == "3.12"
    assert decide(facts({"requirements.txt": "Django\n"}))[0].value == "3.14"


def test_a_declared_version_that_cannot_install_django_does_not_win(facts: Facts) -> None:
    decision, _ = decide(facts({"runtime.txt": "python-3.8.1\n", "requirements.txt": "Django==5.1.5\n"}))
    assert decision.value == "3.13"
    assert fallen(decision)["3.8.1"] == "Django 5.1.5 needs Python 3.10"


def test_an_unpinned_django_does_not_speak_against_an_old_python(facts: Facts) -> None:
    decision, codes = decide(facts({"runtime.txt": "python-3.9.1\n", "requirements.txt": "Django\n"}))
    assert (decision.value, codes) == ("3.9", {"python-ended"})


@pytest.mark.parametrize(
    ("version", "django", "expected"),
    [
        ("3.8", "3.2.25", {"python-ended"}),
        ("3.14", "4.2.29", {"python-not-supported-by-django"}),
        ("2.7", "1.11.29", {"python-2"}),
        ("3.99", "5.2.19", {"python-unknown"}),
        ("3.13", "5.2.19", set()),
    ],
)
def test_notes_on_a_declared_version(facts: Facts, version: str, django: str, expected: set[str]) -> None:
    found = facts({"runtime.txt": f"python-{version}\n", "requirements.txt": f"Django=={django}\n"})
    decision, codes = decide(found)
    assert (decision.value, codes) == (version, expected)


def test_what_cannot_be_installed_on_a_declared_version_is_noted(facts: Facts) -> None:
    files = {
        "runtime.txt": "python-3.13.1\n",
        "requirements.txt": "Django==5.1.5\npsycopg[binary]==3.1.18\nsix==1.15\n",
    }
    assert decide(facts(files))[1] == {"no-wheel", "pin-breaks-on-python"}


def test_the_configuration_decides(facts: Facts) -> None:
    decision, _ = decide(facts({".python-version": "3.13\n"}), python_version="3.12")
    assert decision.value == "3.12"
    assert decision.override == "image.python_version"
    assert decision.alternatives[0].value == "3.13"


def test_hints_are_shown_once_and_never_decide(facts: Facts) -> None:
    workflow = "jobs:\n  t:\n    steps:\n      - with:\n          python-version: '3.11'\n"
    files = {".github/workflows/a.yml": workflow, ".github/workflows/b.yml": workflow}
    decision, _ = decide(facts(files))
    assert decision.value == "3.14"
    assert [a.value for a in decision.alternatives] == ["3.11"]
