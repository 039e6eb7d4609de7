"""Commands of findings name the project's own modules and versions."""

from pathlib import Path

import pytest

from analyzer.rules.services import with_celery, with_processes
from tests.rules.examples import findings_of, report_of

APP = "from celery import Celery\napp = Celery('site')\napp.config_from_object('django.conf:settings')\n"
WSGI = (
    "import os\nfrom django.core.wsgi import get_wsgi_application\n"
    "os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings'\n"
)


def commands(tmp_path: Path, rule: str, files: dict[str, str | None]) -> list[tuple[str, ...]]:
    return [found.commands for found in findings_of(report_of(tmp_path, files), rule)]


def test_the_wsgi_module(tmp_path: Path) -> None:
    files: dict[str, str | None] = {
        "shop/settings.py": "from shop.defaults import *\n\nWSGI_APPLICATION = 'shop.served.application'\n",
        "shop/served.py": WSGI + "application = get_wsgi_application()\n",
        "Procfile": "web: python manage.py runserver 0.0.0.0:$PORT\n",
    }
    (found,) = commands(tmp_path, "runserver-in-production", files)
    assert found == ("web: gunicorn shop.served --bind 0.0.0.0:$PORT",)


@pytest.mark.parametrize(("module", "name"), [("shop/celery.py", "shop"), ("shop/queue.py", "shop.queue:app")])
def test_the_celery_application(tmp_path: Path, module: str, name: str) -> None:
    files: dict[str, str | None] = {
        module: APP,
        "shop/settings.py": "import os\n\nfrom shop.defaults import *\n\nBROKER_URL = os.environ['REDIS_URL']\n",
        "requirements.txt": "celery[redis]==5.5.3\ndj-database-url==3.1.0\ndjango==5.2.8\ngunicorn==23.0.0\n"
        "psycopg[binary]==3.2.13\nredis==7.1.0\nwhitenoise==6.11.0\n",
    }
    (found,) = commands(tmp_path, "worker-started-by-nobody", files)
    assert found == (f"worker: celery -A {name} worker --loglevel=INFO --concurrency=2",)


def test_the_python_of_the_image(tmp_path: Path) -> None:
    files: dict[str, str | None] = {
        "requirements.txt": "dj-database-url==0.5.0\ndjango==4.0.3\ngunicorn==20.1.0\npsycopg2-binary==2.9.3\n"
        "redis==4.1.0\nwhitenoise==6.0.0\n",
        ".python-version": None,
    }
    (found,) = commands(tmp_path, "python-not-pinned", files)
    assert found == ("echo 3.10 > .python-version",)


def test_the_missing_folder(tmp_path: Path) -> None:
    settings = (
        "from shop.defaults import *\n\nSTATICFILES_DIRS = [BASE_DIR / 'shop' / 'assets', BASE_DIR / 'node_modules']\n"
    )
    (found,) = commands(tmp_path, "static-folder-missing", {"shop/settings.py": settings})
    assert found == ("mkdir -p shop/assets && touch shop/assets/.gitkeep && git add -f shop/assets/.gitkeep",)


def test_a_procfile_is_not_converted_for_a_space(tmp_path: Path) -> None:
    procfile = "web : gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"
    (found,) = commands(tmp_path, "procfile-not-understood", {"Procfile": procfile})
    assert found == ()


def test_the_commands_of_a_new_version_file(tmp_path: Path) -> None:
    files: dict[str, str | None] = {"runtime.txt": "python-3.12.4\n", ".python-version": None}
    (found,) = commands(tmp_path, "version-file-refused", files)
    assert found == ("echo 3.12 > .python-version", "git rm runtime.txt")


def test_a_folder_of_packages_is_not_committed(tmp_path: Path) -> None:
    settings = "from shop.defaults import *\n\nSTATICFILES_DIRS = [BASE_DIR / 'node_modules']\n"
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "static-folder-missing")
    assert (found.commands, found.remediation.partition(" ")[0]) == ((), "Install")


def test_a_requirement_goes_into_the_file_of_production(tmp_path: Path) -> None:
    packages = "dj-database-url==3.1.0\ndjango==5.2.8\ngunicorn==23.0.0\npsycopg[binary]==3.2.13\nredis==7.1.0\n"
    files: dict[str, str | None] = {
        "requirements.txt": None,
        "requirements/production.txt": packages,
        "Dockerfile": "FROM python:3.13\nRUN pip install -r requirements/production.txt\nCMD gunicorn shop.wsgi\n",
    }
    (found,) = commands(tmp_path, "storage-package-missing", files)
    assert found == (r"printf '\n%s\n' whitenoise >> requirements/production.txt",)


def test_a_variable_that_leads_to_a_store_is_named(tmp_path: Path) -> None:
    settings = (
        "import os\n\nfrom shop.defaults import *\n\nif os.environ.get('USE_S3') == 'yes':\n"
        "    STORAGES['default'] = {'BACKEND': 'storages.backends.s3.S3Storage'}\n"
        "else:\n    MEDIA_ROOT = BASE_DIR / 'media'\n"
    )
    packages = "dj-database-url==3.1.0\ndjango==5.2.8\ndjango-storages[s3]==1.14.6\ngunicorn==23.0.0\n"
    files: dict[str, str | None] = {
        "shop/settings.py": settings,
        "requirements.txt": f"{packages}psycopg[binary]==3.2.13\nredis==7.1.0\nwhitenoise==6.11.0\n",
    }
    files["shop/models.py"] = (
        "from django.db import models\n\n\nclass Product(models.Model):\n    picture = models.ImageField()\n"
    )
    (found,) = findings_of(report_of(tmp_path, files), "uploads-in-container")
    assert "deployment, unless USE_S3 says otherwise." in found.message
    assert found.evidence[0].line == 8


def test_an_old_django_cannot_check_connections(tmp_path: Path) -> None:
    settings = "from shop.defaults import *\n\nDATABASES = {'default': dj_database_url.config(conn_max_age=60)}\n"
    packages = "dj-database-url==1.0.0\ngunicorn==20.1.0\npsycopg2-binary==2.9.9\nredis==4.1.0\nwhitenoise==5.3.0\n"
    files: dict[str, str | None] = {"shop/settings.py": settings, "requirements.txt": f"django==3.2.25\n{packages}"}
    assert commands(tmp_path, "connections-unchecked", files) == [('DATABASES["default"]["CONN_MAX_AGE"] = 0',)]


@pytest.mark.parametrize(
    ("configured", "line"),
    [
        ("app.config_from_object('django.conf:settings', namespace='CELERY')", "CELERY_TASK_TIME_LIMIT = 300"),
        ("app.config_from_object('django.conf:settings', namespace='JOBS')", "JOBS_TASK_TIME_LIMIT = 300"),
        ("app.config_from_object('django.conf:settings')", "app.conf.task_time_limit = 300"),
    ],
)
def test_options_of_celery(tmp_path: Path, configured: str, line: str) -> None:
    files = {**with_celery(""), "shop/celery.py": f"from celery import Celery\napp = Celery('site')\n{configured}\n"}
    (found,) = commands(tmp_path, "task-time-limit-missing", files)
    assert found[0].splitlines()[1] == line


def test_a_worker_keeps_its_queues(tmp_path: Path) -> None:
    started = "worker: celery -A shop worker -Q celery,mail -c 8 --logfile=worker.log"
    files = with_processes(started)
    (fewer,) = commands(tmp_path / "fewer", "worker-concurrency-high", files)
    (in_front,) = commands(tmp_path / "front", "celery-runs-as-daemon", files)
    assert fewer == ("worker: celery -A shop worker -Q celery,mail --concurrency=2",)
    assert in_front == ("worker: celery -A shop worker -Q celery,mail -c 8",)


def test_beat_stays_beat(tmp_path: Path) -> None:
    schedule = 'CELERY_BEAT_SCHEDULE = {"report": {"task": "shop.tasks.report", "schedule": 3600}}\n'
    files = with_processes("beat: celery -A shop beat --pidfile=/run/beat.pid", text=schedule)
    (found,) = commands(tmp_path, "celery-runs-as-daemon", files)
    assert found[0].startswith("beat: celery -A shop beat ")
    assert "--pidfile" not in found[0]


@pytest.mark.parametrize(
    ("base", "found"),
    [
        ("", ('STATIC_ROOT = BASE_DIR / "staticfiles"',)),
        ("BASE_DIR = str(BASE_DIR)\n", ('STATIC_ROOT = os.path.join(BASE_DIR, "staticfiles")',)),
        ("del os\nBASE_DIR = str(BASE_DIR)\n", ("import os", 'STATIC_ROOT = os.path.join(BASE_DIR, "staticfiles")')),
        (
            "del BASE_DIR\n",
            ("from pathlib import Path", 'STATIC_ROOT = Path(__file__).resolve().parent.parent / "staticfiles"'),
        ),
    ],
)
def test_folders_are_written_as_the_settings_can(base: str, found: tuple[str, ...], tmp_path: Path) -> None:
    settings = f"from shop.defaults import *\n\n{base}STATIC_ROOT = None\n"
    assert commands(tmp_path, "static-root-missing", {"shop/settings.py": settings}) == [found]


@pytest.mark.parametrize("rule", ["email-not-sent", "email-by-smtp"])
def test_mail_by_a_provider_is_a_requirement(tmp_path: Path, rule: str) -> None:
    backend = "EMAIL_BACKEND = 'django.core.mail.backends.console.EmailBackend'\n"
    server = "EMAIL_HOST = 'smtp.example.org'\nEMAIL_PORT = 587\n"
    lines = backend if rule == "email-not-sent" else server
    (found,) = commands(tmp_path, rule, {"shop/settings.py": f"from shop.defaults import *\n\n{lines}"})
    assert found[0].endswith("'django-anymail[mailgun]' >> requirements.txt")
    assert any("MAILGUN_API_KEY" in line for line in found)
