"""Commands that files have run at fixed times."""

from analyzer.facts.existing.schedules import command_name, scheduled_commands
from tests.facts.conftest import MakeRepository


def test_a_crontab(repository: MakeRepository) -> None:
    text = (
        "# m h d m w user command\nMAILTO=''\n"
        "0 3 * * * root python /app/manage.py clearsessions >> /var/log/cron.log 2>&1\n"
    )
    (found,) = scheduled_commands(repository({"manage.py": "", "deploy/crontab": text}), ".")
    assert (found.name, found.cron, found.source) == ("clearsessions", "0 3 * * *", "crontab")
    assert found.command == "python /app/manage.py clearsessions"
    assert (found.evidence.path, found.evidence.line) == ("deploy/crontab", 3)


def test_other_files_with_that_word_are_no_crontabs(repository: MakeRepository) -> None:
    line = "0 3 * * * python manage.py x\n"
    files = {"manage.py": "", "docs/crontab.md": line, "app/crontab.py": line, "notes": line}
    assert scheduled_commands(repository(files), ".") == ()


def test_app_json(repository: MakeRepository) -> None:
    text = (
        '{\n  "cron": [\n    {"command": "python manage.py a", "schedule": "@daily"},\n    {"command": 1}\n  ],\n'
        '  "addons": ["heroku-postgresql",\n    "scheduler:standard"]\n}\n'
    )
    found = scheduled_commands(repository({"manage.py": "", "app.json": text}), ".")
    assert [(s.cron, s.command, s.source, s.evidence.line) for s in found] == [
        ("0 0 * * *", "python manage.py a", "app.json", 3),
        ("", "", "Heroku Scheduler", 7),
    ]


def test_render_and_app_spec(repository: MakeRepository) -> None:
    render = (
        "services:\n- type: cron\n  name: nightly\n  schedule: '0 2 * * *'\n  startCommand: python manage.py a\n"
        "- type: web\n  name: web\n  startCommand: gunicorn x\n"
    )
    spec = (
        "name: x\njobs:\n- name: clean\n  kind: SCHEDULED\n  run_command: python manage.py b\n"
        "  schedule: {cron: '0 1 * * *', time_zone: Europe/Berlin}\n"
    )
    found = scheduled_commands(repository({"manage.py": "", "render.yaml": render, ".do/app.yaml": spec}), ".")
    assert [(s.name, s.cron, s.command, s.time_zone) for s in found] == [
        ("clean", "0 1 * * *", "python manage.py b", "Europe/Berlin"),
        ("nightly", "0 2 * * *", "python manage.py a", None),
    ]


def test_names() -> None:
    assert command_name("python /srv/app/manage.py send_mail --now") == "send_mail"
    assert command_name("/srv/app/bin/backup.sh") == "backup"
    assert command_name("") == "job"
