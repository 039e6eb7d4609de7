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


@pytest.mark.parametrize(("locked", "command"), [(True, "uv add 'django~=5.2'"), (False, 'pip install "django~=5.2"')])
def test_what_changes_a_lock_file(tmp_path: Path, locked: bool, command: str) -> None:
    project = '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["django==5.1.1"]\n'
    lock = (
        'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "shop"\nversion = "1"\n'
        'source = { virtual = "." }\ndependencies = [{ name = "django" }]\n\n[[package]]\nname = "django"\n'
        'version = "5.1.1"\nsource = { registry = "simple" }\n'
    )
    files: dict[str, str | None] = {"requirements.txt": "django==5.1.1\n"}
    if locked:
        files = {"requirements.txt": None, "pyproject.toml": project, "uv.lock": lock}
    (found,) = findings_of(report_of(tmp_path, files), "django-version-ended")
    assert found.commands[-1] == command


@pytest.mark.parametrize(("django", "first"), [("4.2.3", True), ("4.2.26", False)])
def test_django_may_hold_python_back(tmp_path: Path, django: str, first: bool) -> None:
    files = {"requirements.txt": f"django=={django}\ngunicorn==23.0.0\n", ".python-version": "3.11\n"}
    (found,) = findings_of(report_of(tmp_path, files), "python-ending-soon")
    assert found.remediation.startswith("Update Django first") is first
