"""Writes Django repositories of any size, shaped like real ones, to measure with."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

APP_MODULES = ("models", "views", "forms", "admin", "serializers", "tasks", "services", "urls")
TEST_MODULES = ("test_models", "test_views", "test_services")
MIGRATIONS = 5
SMALLEST = 10
"""Python files: the project, and one application."""
PROJECT = {
    "manage.py": """\
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    execute_from_command_line(sys.argv)
""",
    "config/__init__.py": 'from config.celery import app\n\n__all__ = ["app"]\n',
    "config/celery.py": """\
import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
""",
    "config/wsgi.py": """\
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
""",
    "config/urls.py": "from django.urls import path\n\nurlpatterns = []\n",
    "config/settings/__init__.py": "",
    "config/settings/base.py": """\
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEBUG = env.bool("DJANGO_DEBUG", False)
SECRET_KEY = env("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=["example.org"])
DATABASES = {"default": env.db("DATABASE_URL")}
CACHES = {"default": env.cache("REDIS_URL", default="locmem://")}
DJANGO_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.staticfiles"]
LOCAL_APPS = [%(apps)s]
INSTALLED_APPS = DJANGO_APPS + LOCAL_APPS
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
STATIC_URL = "/static/"
STATIC_ROOT = str(BASE_DIR / "staticfiles")
CELERY_BROKER_URL = env("REDIS_URL", default="redis://localhost:6379/0")
CELERY_BEAT_SCHEDULE = {"tidy": {"task": "app_000.tasks.job_0", "schedule": 3600}}
""",
    "config/settings/local.py": "from config.settings.base import *\n\nDEBUG = True\n",
    "config/settings/production.py": """\
from config.settings.base import *

MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
SECURE_SSL_REDIRECT = env.bool("DJANGO_SECURE_SSL_REDIRECT", default=True)
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
""",
    "requirements.txt": "celery==5.5.3\nDjango==5.2.7\ndjango-environ==0.12.0\ngunicorn==23.0.0\nwhitenoise==6.11.0\n",
    "Procfile": "web: gunicorn config.wsgi\nworker: celery -A config worker\nbeat: celery -A config beat\n",
    "package.json": '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "^7.0.0"}}\n',
    ".gitignore": "__pycache__/\nnode_modules/\n/staticfiles/\n*.log\n",
    "Dockerfile": """\
FROM python:3.12-slim
COPY . /app
RUN pip install -r /app/requirements.txt
CMD ["gunicorn", "config.wsgi"]
""",
}
METHOD = '''
    def step_{number}(self, item, *, limit=100, dry_run=False):
        """Handle what `item` leaves to be done, at most `limit` times."""
        done = []
        for position, entry in enumerate(self.entries.filter(owner=item.owner).order_by("-created")[:limit]):
            if entry.state in {{"open", "waiting"}} and not dry_run:
                entry.state = "closed" if position % 2 else "waiting"
                entry.save(update_fields=["state"])
            done.append({{"id": entry.pk, "name": f"{{item.name}}-{{position}}", "total": entry.amount * {number}}})
        return sorted(done, key=lambda row: (row["total"], row["name"]))
'''
HEAD = """\
import logging
import os

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
"""


def write_repository(root: Path, python_files: int) -> None:
    """Write a Django project with exactly so many Python files, at least SMALLEST, into the folder `root`.

    About 4 KB per Python file, and half as many templates. One in fifty modules reads the environment.
    """
    own = sum(path.endswith(".py") for path in PROJECT)
    modules = list(islice(_modules(), python_files - own))
    apps = ", ".join(f'"{name}"' for name in sorted({path.split("/")[0] for path, _ in modules}))
    for path, text in PROJECT.items():
        _write(root / path, text % {"apps": apps} if "%(apps)s" in text else text)
    for number, (path, text) in enumerate(modules):
        reader = f'\nTIMEOUT = int(os.environ.get("TIMEOUT_{number}", "30"))\n' if text and number % 50 == 0 else ""
        _write(root / path, text + reader)
        if number % 2:
            _write((root / path).parent / "templates" / f"page_{number}.html", "<p>{{ item.name }}</p>\n" * 40)


def _modules() -> Iterator[tuple[str, str]]:
    """(path, text) of the modules of one application after another, without end."""
    number = 0
    while True:
        app = f"app_{number:03}"
        for folder in ("", "migrations/", "tests/", "management/", "management/commands/"):
            yield f"{app}/{folder}__init__.py", ""
        for name in APP_MODULES:
            yield f"{app}/{name}.py", _module(name, methods=8)
        for name in TEST_MODULES:
            yield f"{app}/tests/{name}.py", _module(name, methods=16)
        for migration in range(MIGRATIONS):
            yield f"{app}/migrations/{migration:04}_step.py", _module(f"migration {migration}", methods=2)
        yield f"{app}/management/commands/import_{app}.py", _module("command", methods=4)
        number += 1


def _module(name: str, methods: int) -> str:
    title = "".join(part.title() for part in name.replace("_", " ").split())
    return f"{HEAD}\n\nclass {title}:" + "".join(METHOD.format(number=number) for number in range(methods))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
