"""The series that counts, of pins and ranges."""

from pathlib import Path

import pytest

from analyzer.model.finding import Failed, NotApplicable, Passed
from tests.rules.examples import findings_of, outcome_of, report_of


@pytest.mark.parametrize(
    ("requirement", "says"),
    [
        ("django==5.1.15", "Django 5.1.15 has had no security fixes since 2025-12"),
        ("django>=4.2,<5.2", "Django 5.1, the newest that <5.2,>=4.2 allows, has had no security fixes since 2025-12"),
        ("django~=4.2.0", "Django 4.2, the newest that ~=4.2.0 allows, has had no security fixes since 2026-04"),
        ("django==1.4.22", "Django 1.4.22 has had no security fixes since 2015-12"),
    ],
)
def test_ended(tmp_path: Path, requirement: str, says: str) -> None:
    files = {"requirements.txt": f"gunicorn==23.0.0\n{requirement}\n"}
    outcome = outcome_of(report_of(tmp_path, files), "django-version-ended")
    assert isinstance(outcome, Failed)
    (problem,) = outcome.problems
    assert problem.message.startswith(says)
    assert (problem.evidence[0].path, problem.evidence[0].line) == ("requirements.txt", 2)


@pytest.mark.parametrize("requirement", ["django==6.1", "django~=5.2.0", "django>=4.2", "django", "django<7"])
def test_supported(tmp_path: Path, requirement: str) -> None:
    files = {"requirements.txt": f"{requirement}\ngunicorn==23.0.0\n"}
    assert isinstance(outcome_of(report_of(tmp_path, files), "django-version-ended"), Passed)


def test_without_django(tmp_path: Path) -> None:
    files = {"requirements.txt": "gunicorn==23.0.0\n"}
    assert isinstance(outcome_of(report_of(tmp_path, files), "django-version-ended"), NotApplicable)


@pytest.mark.parametrize(("more", "runner"), [("pytest==8.4.2\n", "-m pytest"), ("", "manage.py test")])
def test_the_projects_own_runner_of_tests(tmp_path: Path, more: str, runner: str) -> None:
    files = {"requirements.txt": "django==4.2.16\ngunicorn==23.0.0\n", "requirements-dev.txt": more}
    (found,) = findings_of(report_of(tmp_path, files), "django-version-ended")
    assert found.commands[0] == f"python -W error::DeprecationWarning {runner}"
