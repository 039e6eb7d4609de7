"""A small Django project with a Dockerfile and an app spec written by hand, which tests damage in one place."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analyzer.model.quick_dataclass import dataclass

FILES = {
    "Dockerfile": """\
FROM python:3.13-slim-trixie
RUN pip install --no-cache-dir "Django==5.2.*" "gunicorn==23.*" "whitenoise==6.*" "celery==5.5.*" "redis==5.*" \\
    packaging "psycopg[binary]==3.*"
WORKDIR /app
COPY . .
RUN SECRET_KEY=for-the-build python manage.py collectstatic --noinput
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
CMD ["sh", "-c", "exec gunicorn shop.wsgi --bind 0.0.0.0:$PORT --worker-tmp-dir /dev/shm"]
""",
    ".dockerignore": ".git\n.do\n",
    ".do/app.yaml": """\
name: shop
services:
  - name: web
    dockerfile_path: Dockerfile
    instance_size_slug: apps-s-1vcpu-0.5gb
    health_check:
      http_path: /health
envs:
  - key: SECRET_KEY
    type: SECRET
  - key: ALLOWED_HOSTS
    value: ${APP_DOMAIN}
""",
    "manage.py": """\
import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
execute_from_command_line(sys.argv)
""",
    "shop/__init__.py": "",
    "shop/settings.py": """\
import os
from pathlib import Path

BASE_DIR = Path(__file__).parent.parent
SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split(",")
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "orders",
]
MIDDLEWARE = [
    "shop.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "shop.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/tmp/db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
""",
    "shop/health.py": """\
from django.http import HttpResponse


class Health:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return HttpResponse("ok") if request.path == "/health" else self.get_response(request)
""",
    "shop/urls.py": """\
from django.contrib import admin
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("hello")), path("admin/", admin.site.urls)]
""",
    "shop/wsgi.py": """\
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
application = get_wsgi_application()
""",
    "orders/__init__.py": "",
    "orders/models.py": """\
from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20)
""",
    "orders/migrations/__init__.py": "",
    "orders/migrations/0001_initial.py": """\
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
            ],
        )
    ]
""",
}
"""The project as it works, without a database server: the container's own file."""

DATABASE = (
    "shop/settings.py",
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/tmp/db.sqlite3"}}',
    'import tempfile\n\nCA = Path(tempfile.mkdtemp(), "ca.pem")\n'
    'CA.write_text(os.environ.get("DB_CA", ""))\n'
    'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "defaultdb",'
    ' "HOST": os.environ.get("DB_HOST"),'
    ' "USER": "doadmin", "PASSWORD": os.environ.get("DB_PASSWORD"),'
    ' "OPTIONS": {"sslmode": "verify-full", "sslrootcert": str(CA)}}}',
)
"""File, text of the database in a file, text of one that a server has, whose certificate is checked."""
POSTGRES = """\
  - key: DB_HOST
    value: ${db.HOSTNAME}
  - key: DB_PASSWORD
    value: ${db.PASSWORD}
  - key: DB_CA
    value: ${db.CA_CERT}
jobs:
  - name: migrate
    kind: PRE_DEPLOY
    dockerfile_path: Dockerfile
    run_command: python manage.py migrate --noinput
databases:
  - name: db
    engine: PG
"""
"""What the spec gets for a database that a job migrates."""
CELERY = """\
workers:
  - name: worker
    dockerfile_path: Dockerfile
    run_command: exec celery -A shop worker --concurrency 1
databases:
  - name: queue
    engine: VALKEY
"""
CELERY_APP = """\
import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
app = Celery("shop", broker=os.environ.get("BROKER_URL"))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a run of `doctor verify` ended."""

    code: int
    report: str
    progress: str
    document: Mapping[str, Any]

    def failures(self) -> dict[str, Mapping[str, Any]]:
        """The checks that failed, by id."""
        return {check["id"]: check for check in self.document["checks"] if check["outcome"] == "failed"}

    def check(self, id_: str) -> Mapping[str, Any]:
        """The first check of that id."""
        found: Mapping[str, Any] = next(check for check in self.document["checks"] if check["id"] == id_)
        return found


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files below the folder."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def with_postgres(files: Mapping[str, str]) -> dict[str, str]:
    """The project with a database of its own, and a job that migrates it."""
    name, old, new = DATABASE
    spec = ".do/app.yaml"
    return {**files, name: files[name].replace(old, new), spec: files[spec] + POSTGRES}


def run_verify(repository: Path, *options: str, environment: Mapping[str, str] | None = None) -> Run:
    """Run `doctor verify` on a folder and read its document, which is empty where it wrote none."""
    result = repository.parent / f"{repository.name}-verification.json"
    done = subprocess.run(
        [sys.executable, "-m", "analyzer", "verify", str(repository), "--json-out", str(result), *options],
        capture_output=True,
        text=True,
        timeout=850,
        env=environment,
    )
    document = json.loads(result.read_text())["verification"] if result.exists() else {"checks": []}
    return Run(code=done.returncode, report=done.stdout, progress=done.stderr, document=document)
