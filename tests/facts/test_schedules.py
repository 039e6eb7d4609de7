"""Commands that the settings have run at fixed times."""

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"


def schedules(repository: MakeRepository, settings: str) -> list[tuple[str, str, str, str, int]]:
    files = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": settings}
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    return [(s.source, s.name, s.cron, s.command, s.evidence.line) for s in facts.schedules]


def test_django_crontab(repository: MakeRepository) -> None:
    settings = (
        "CRONJOBS = [\n"
        "    ('0 4 * * *', 'app.cron.clean'),\n"
        "    ('@hourly', 'django.core.management.call_command', ['clearsessions']),\n"
        "    ('5 4 * * *', 'app.cron.send', [7, 'all']),\n"
        "    ('not a time', 'app.cron.x'), 'text', ('0 1 * * *',),\n"
        "]\n"
    )
    assert schedules(repository, settings) == [
        (
            "django-crontab",
            "clean",
            "0 4 * * *",
            'python manage.py shell -c "from app.cron import clean; clean()"',
            1,
        ),
        ("django-crontab", "clearsessions", "0 * * * *", "python manage.py clearsessions", 1),
        (
            "django-crontab",
            "send",
            "5 4 * * *",
            "python manage.py shell -c \"from app.cron import send; send(7, 'all')\"",
            1,
        ),
    ]


def test_django_cron(repository: MakeRepository) -> None:
    found = schedules(repository, "CRON_CLASSES = ['app.cron.Clean']\n")
    assert found == [("django-cron", "runcrons", "*/5 * * * *", "python manage.py runcrons", 1)]


def test_without_any(repository: MakeRepository) -> None:
    assert schedules(repository, "CRONJOBS = []\nCRON_CLASSES = []\n") == []
