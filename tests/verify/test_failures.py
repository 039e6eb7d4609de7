"""Failures that are provoked for real: each is named as what it is, where it is, and with the smallest fix."""

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analyzer.model.quick_dataclass import dataclass
from tests.verify.app import CELERY, CELERY_APP, DATABASE, FILES, POSTGRES, run_verify, write

if TYPE_CHECKING:
    from docker import DockerClient


pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What is changed in the project that works, and what must be said of it.

    `replace` has (file, old, new); `failures` are the checks that fail, no more and no less; `cause` and `fix` are
    patterns for what the first of them says, `place` is its evidence.
    """

    replace: tuple[tuple[str, str, str], ...] = ()
    add: Mapping[str, str] = field(default_factory=dict)
    append: Mapping[str, str] = field(default_factory=dict)
    failures: tuple[str, ...]
    cause: str
    fix: str
    place: str = ""
    options: tuple[str, ...] = ()


SPEC, SETTINGS, DOCKERFILE = ".do/app.yaml", "shop/settings.py", "Dockerfile"

DAMAGES = {
    "missing system library": Damage(
        replace=((SETTINGS, "import os\n", 'import ctypes\nimport os\n\nctypes.CDLL("libpango-1.0.so.0")\n'),),
        failures=("image-builds",),
        cause=r"the system library libpango-1\.0\.so\.0 is not in the image",
        fix=r"image\.system_packages",
        place="Dockerfile:6",
    ),
    "missing secret": Damage(
        replace=(("shop/urls.py", "urlpatterns", 'import os\n\nKEY = os.environ["PAYMENT_KEY"]\nurlpatterns'),),
        failures=("variables-declared", "home-page"),
        cause=r"the environment variable PAYMENT_KEY is not set",
        fix=r"declare PAYMENT_KEY in envs of the app spec",
        place=".do/app.yaml:3",
    ),
    "wrong port": Damage(
        replace=(
            (DOCKERFILE, "0.0.0.0:$PORT", "0.0.0.0:8000"),
            (SPEC, "/health\n", "/health\n      failure_threshold: 1\n"),
        ),
        failures=("listens",),
        cause=r"it listens on port 8000, not on 8080",
        fix=r"\$PORT, or set http_port: 8000 for web",
        place=".do/app.yaml:3",
    ),
    "loopback only": Damage(
        replace=(
            (DOCKERFILE, "0.0.0.0:$PORT", "127.0.0.1:$PORT"),
            (SPEC, "/health\n", "/health\n      failure_threshold: 1\n"),
        ),
        failures=("listens",),
        cause=r"port 8080 of the container itself only",
        fix=r"--bind 0\.0\.0\.0:\$PORT",
    ),
    "hanging start": Damage(
        replace=(
            ("shop/wsgi.py", "import os\n", "import os\nimport time\n\ntime.sleep(600)\n"),
            (DOCKERFILE, "exec gunicorn", "exec gunicorn --preload"),
            (SPEC, "/health\n", "/health\n      failure_threshold: 1\n"),
        ),
        failures=("listens",),
        cause=r"it listens on no port after 10 s",
        fix=r"initial_delay_seconds",
    ),
    "out of memory": Damage(
        replace=(
            ("shop/wsgi.py", "application =", 'ballast = bytearray(b"x") * (800 * 1024 * 1024)\napplication ='),
            (DOCKERFILE, "exec gunicorn", "exec gunicorn --preload"),
        ),
        failures=("listens", "memory"),
        cause=r"it ran out of memory \(512 MB\)",
        fix=r"instance_size_slug: apps-s-1vcpu-1gb",
    ),
    "migration that fails": Damage(
        replace=(
            DATABASE,
            (
                "orders/migrations/0001_initial.py",
                "    operations = [",
                '    operations = [\n        migrations.RunSQL("SELECT * FROM nowhere"),',
            ),
        ),
        append={SPEC: POSTGRES},
        failures=("job-succeeds",),
        cause=r"exit code 1: the table nowhere is not there",
        fix=r"commit the migration",
        place=".do/app.yaml:20",
    ),
    "migration that was not written": Damage(
        replace=(("orders/models.py", "max_length=20", "max_length=30"),),
        failures=("migrations-written",),
        cause=r"models have changes without a migration: orders/migrations/0002_\w+\.py",
        fix=r"makemigrations",
    ),
    "worker that cannot reach its broker": Damage(
        add={"shop/celery.py": CELERY_APP},
        append={SPEC: "  - key: BROKER_URL\n    value: redis://localhost:6379/0\n" + CELERY},
        failures=("worker-answers",),
        cause=r"the worker does not answer: nothing answers at (redis://)?localhost:6379",
        fix=r"\$\{db\.DATABASE_URL\}",
    ),
    "a copied file that is not there": Damage(
        replace=((DOCKERFILE, "COPY . .", "COPY setup.cfg ./\nCOPY . ."),),
        failures=("image-builds",),
        cause=r"the build copies \S*setup\.cfg, which is not in its context",
        fix=r"commit the file",
        place="Dockerfile:5",
    ),
    "a base image that nobody has": Damage(
        replace=((DOCKERFILE, "FROM python:3.13-slim-trixie", "FROM doctor.invalid/none:1"),),
        failures=("image-builds",),
        cause=r"the image registry doctor\.invalid gives no image",
        fix=r"docker login doctor\.invalid",
        place="Dockerfile:1",
    ),
    "root": Damage(
        replace=((DOCKERFILE, "USER 10001\n", ""),),
        failures=("not-root",),
        cause=r"the processes run as root",
        fix=r"USER 10001:10001",
        place="Dockerfile:1",
    ),
    "dependencies behind the source": Damage(
        replace=(
            (
                DOCKERFILE,
                "WORKDIR /app\nCOPY . .\n",
                "WORKDIR /app\nCOPY . .\nRUN pip install --no-deps -r requirements.txt\n",
            ),
        ),
        add={"requirements.txt": "Django\n"},
        failures=("rebuild-is-quick",),
        cause=r"after a change of manage\.py the dependencies are installed anew",
        fix=r"before COPY \. \.",
        place="Dockerfile:6",
    ),
    "host of the health check": Damage(
        replace=((SETTINGS, '    "shop.health.Health",\n', ""), (SPEC, "/health", "/")),
        failures=("health-check",),
        cause=r"answered with 400: the platform asks by the container\'s address",
        fix=r"http_path",
    ),
    "endless redirect": Damage(
        replace=(
            (SETTINGS, 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")', "SECURE_SSL_REDIRECT = True"),
        ),
        failures=("home-page", "admin", "static-file"),
        cause=r"/ is redirected to itself for ever",
        fix=r"SECURE_PROXY_SSL_HEADER",
    ),
    "static files that nobody serves": Damage(
        replace=((SETTINGS, '    "whitenoise.middleware.WhiteNoiseMiddleware",\n', ""),),
        failures=("static-file",),
        cause=r"/static/admin/css/base\.\w+\.css is answered with 404",
        fix=r"whitenoise",
    ),
    "reference to nothing": Damage(
        replace=((SPEC, "${APP_DOMAIN}", "${APP_DOMAIN},${database.HOSTNAME}"),),
        failures=("references-resolve",),
        cause=r"ALLOWED_HOSTS refers to \$\{database\.HOSTNAME\}, which names nothing",
        fix=r"web",
        place=".do/app.yaml:11",
    ),
    "signal that nobody gets": Damage(
        replace=(
            (
                DOCKERFILE,
                "exec gunicorn shop.wsgi --bind 0.0.0.0:$PORT --worker-tmp-dir /dev/shm",
                "gunicorn shop.wsgi --bind 0.0.0.0:$PORT --worker-tmp-dir /dev/shm; echo end",
            ),
            (SPEC, "    health_check:", "    termination:\n      grace_period_seconds: 3\n    health_check:"),
        ),
        failures=("stops-in-time",),
        cause=r"still up 3 s after TERM",
        fix=r"exec",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_named_as_what_it_is(name: str, tmp_path: Path, engine: "DockerClient") -> None:
    damage = DAMAGES[name]
    files = {**FILES, **damage.add}
    for file, old, new in damage.replace:
        assert files[file].count(old) == 1, old
        files[file] = files[file].replace(old, new)
    for file, text in damage.append.items():
        files[file] += text
    run = run_verify(write(tmp_path / "shop", files), *damage.options)
    found = run.failures()
    assert tuple(found) == damage.failures, run.report
    first = found[damage.failures[0]]
    assert re.search(damage.cause, first["cause"])
    assert re.search(damage.fix, first["fix"])
    assert not damage.place or [f"{one['path']}:{one['line']}" for one in first["evidence"]] == [damage.place]
    assert run.code == 5
    assert first["cause"].split(":")[0] in " ".join(run.report.split())
