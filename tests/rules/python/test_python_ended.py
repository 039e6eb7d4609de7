"""Where Python's end is shown, and what is said with it."""

from pathlib import Path

from analyzer.model.finding import NotApplicable, Severity
from tests.rules.examples import findings_of, outcome_of, report_of


def test_what_asks_for_an_old_python_is_django_where_no_file_names_one(tmp_path: Path) -> None:
    files = {"requirements.txt": "gunicorn==20.1.0\ndjango==3.2.25\n", ".python-version": None}
    (finding,) = findings_of(report_of(tmp_path, files), "python-ended")
    assert (finding.evidence[0].path, finding.evidence[0].line) == ("requirements.txt", 2)
    assert finding.severity is Severity.RISK


def test_debian_is_told_with_python(tmp_path: Path) -> None:
    files = {"requirements.txt": "django==2.2.28\ngunicorn==20.1.0\n", ".python-version": "3.6\n"}
    (finding,) = findings_of(report_of(tmp_path, files), "python-ended")
    assert "Python 3.6 has had no security fixes" in finding.message
    assert "Debian bullseye" in finding.message


def test_python_2_has_a_rule_of_its_own(tmp_path: Path) -> None:
    files = {"requirements.txt": "django==1.11.29\ngunicorn==19.10.0\n", ".python-version": "2.7\n"}
    report = report_of(tmp_path, files)
    assert isinstance(outcome_of(report, "python-ended"), NotApplicable)
    (finding,) = findings_of(report, "python-two")
    assert finding.severity is Severity.BLOCKER


def test_a_python_that_has_ended_too_is_no_way_out(tmp_path: Path) -> None:
    files = {"requirements.txt": "django==4.0.4\ngunicorn==20.1.0\n", ".python-version": "3.9\n"}
    (finding,) = findings_of(report_of(tmp_path, files), "python-ended")
    assert "also supports" not in finding.message
    assert finding.commands == ()
    assert finding.remediation.startswith("Django 4.0.4 supports none that gets fixes: update it first")


def test_a_python_that_gets_fixes_is_named(tmp_path: Path) -> None:
    files = {"requirements.txt": "django==5.0.2\ngunicorn==20.1.0\n", ".python-version": "3.10\n"}
    (finding,) = findings_of(report_of(tmp_path, files), "python-ended")
    assert "Django 5.0.2 also supports 3.12" in finding.message
    assert finding.commands == ("echo 3.12 > .python-version",)
