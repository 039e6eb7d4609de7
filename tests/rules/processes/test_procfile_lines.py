"""The project's own line of a Procfile as it is after the change."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of

END = "--bind 0.0.0.0:$PORT"


@pytest.mark.parametrize(
    ("rule", "command", "line"),
    [
        (
            "port-not-from-environment",
            "newrelic-admin run-program gunicorn shop.wsgi --log-file -",
            f"web: newrelic-admin run-program gunicorn shop.wsgi --log-file - {END}",
        ),
        ("port-not-from-environment", "gunicorn shop.wsgi -b 0.0.0.0:8000 -w 2", f"web: gunicorn shop.wsgi {END} -w 2"),
        ("port-not-from-environment", "gunicorn --bind=:8000 shop.wsgi", f"web: gunicorn {END} shop.wsgi"),
        ("buildpack-variables", "gunicorn shop.wsgi -w 2", f"web: gunicorn shop.wsgi -w 2 {END} --access-logfile -"),
    ],
)
def test_the_command_stays(tmp_path: Path, rule: str, command: str, line: str) -> None:
    (found,) = findings_of(report_of(tmp_path, {"Procfile": f"web: {command}\n"}), rule)
    assert found.commands == (line,)


def test_a_script_and_an_app_spec_have_lines_of_their_own(tmp_path: Path) -> None:
    script = {"Procfile": "web: bash start.sh\n", "start.sh": "python manage.py migrate\ngunicorn shop.wsgi\n"}
    (found,) = findings_of(report_of(tmp_path / "script", script), "buildpack-variables")
    assert found.commands == (f"gunicorn shop.wsgi {END} --access-logfile -",)
    spec = "name: shop\nservices:\n- name: web\n  run_command: gunicorn --worker-tmp-dir /dev/shm shop.wsgi\n"
    files = {"Procfile": None, ".do/app.yaml": spec}
    (found,) = findings_of(report_of(tmp_path / "spec", files), "port-not-from-environment")
    assert found.commands == (f"run_command: gunicorn --worker-tmp-dir /dev/shm shop.wsgi {END}",)


def test_an_application_that_is_not_there_gives_way_to_the_emitted_one(tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, {"Procfile": "web: gunicorn store.wsgi -w 2\n"}), "buildpack-variables")
    assert found.commands == (f"web: gunicorn shop.wsgi:application -w 2 {END} --access-logfile -",)


@pytest.mark.parametrize("option", ["--timeout 120", "-t 120", "--timeout=120"])
def test_a_timeout_changes_in_its_place(tmp_path: Path, option: str) -> None:
    files = {"Procfile": f"web: gunicorn shop.wsgi {END} {option} --workers 3\n"}
    (found,) = findings_of(report_of(tmp_path, files), "worker-timeout-beyond-edge")
    assert found.commands == (f"web: gunicorn shop.wsgi {END} --timeout 60 --workers 3",)
