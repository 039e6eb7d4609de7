"""One hand-built report for every renderer."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from analyzer.model.evidence import Certainty, Evidence, Fact, Unresolved
from analyzer.model.facts import (
    BuildSettings,
    CacheFact,
    DatabaseFact,
    Dependency,
    DependencyFacts,
    DjangoFacts,
    EnvironmentVariable,
    FrontendFacts,
    InstallFacts,
    MediaFacts,
    PackageIndex,
    Process,
    ProcessType,
    ProjectDirectory,
    ProjectFacts,
    PythonVersionFact,
    RepositoryFacts,
    RequiredVariable,
    SettingsModules,
    SkippedFile,
    StaticFacts,
    SystemPackage,
    TaskQueueFacts,
    Unknown,
)
from analyzer.model.report import Report, Tool

T = TypeVar("T")
PRODUCTION = "backend/config/settings/production.py"
BASE = "backend/config/settings/base.py"


def at(path: str, line: int = 1, note: str = "") -> Evidence:
    return Evidence(path=path, line=line, note=note)


def told(value: T, line: int, path: str = BASE) -> Fact[T]:
    return Fact(value=value, evidence=(at(path, line),))


REPOSITORY = RepositoryFacts(
    django_dir="backend",
    candidates=(
        ProjectDirectory(path="backend", manage_py="backend/manage.py", score=9, evidence=at("backend/manage.py", 9)),
        ProjectDirectory(path="demo", manage_py="demo/manage.py", score=3, evidence=at("demo/manage.py", 11)),
    ),
    files=2304,
    python_files=1,
    skipped=(
        SkippedFile(path="backend/static/video.mp4", reason="larger than 2 MiB"),
        SkippedFile(path="frontend/node_modules", reason="installed packages"),
        SkippedFile(path="node_modules", reason="installed packages"),
    ),
)

DEPENDENCIES = DependencyFacts(
    python_version=told("3.12.4", 1, "backend/runtime.txt"),
    python_source="runtime.txt",
    python_declared=(
        PythonVersionFact(spec="3.12.4", source="runtime.txt", evidence=at("backend/runtime.txt")),
        PythonVersionFact(spec="3.11-slim", source="Dockerfile", evidence=at("Dockerfile", 2)),
    ),
    package_manager=told("pip", 1, "backend/requirements/production.txt"),
    package_managers_found=("pip", "poetry"),
    files=told(
        ("backend/requirements/base.txt", "backend/requirements/production.txt"),
        1,
        "backend/requirements/production.txt",
    ),
    dependencies=(
        Dependency(name="django", specifier="==5.0.6", evidence=at("backend/requirements/base.txt", 1)),
        Dependency(
            name="shop-auth",
            specifier="",
            vcs="git+https://example.org/shop/auth",
            evidence=at("backend/requirements/base.txt", 7),
        ),
        Dependency(
            name="sqlparse", specifier="", locked="0.5.0", direct=False, evidence=at("backend/requirements/base.txt", 9)
        ),
        Dependency(
            name="pytest",
            specifier=">=8",
            extras=("testing",),
            marker='python_version >= "3.12"',
            group="dev",
            evidence=at("backend/requirements/dev.txt", 2),
        ),
    ),
    install=InstallFacts(directory="backend", manifests=("backend/requirements.txt",), lock=None),
    indexes=(PackageIndex(url="https://pypi.example.org/simple", extra=True, evidence=at("backend/pip.conf", 2)),),
    django_version=told("5.0.6", 1, "backend/requirements/base.txt"),
    problems=(at("backend/requirements/base.txt", 12, "no requirement: ???"),),
)

DJANGO = DjangoFacts(
    settings_modules=SettingsModules(
        production=Fact(
            value="config.settings.production",
            evidence=(at("backend/config/wsgi.py", 6, "default of wsgi.py"), at("Procfile", 1, "started by gunicorn")),
            certainty=Certainty.LIKELY,
        ),
        manage=told("config.settings.local", 9, "backend/manage.py"),
        wsgi=told("config.settings.production", 6, "backend/config/wsgi.py"),
        asgi=told(None, 1, "backend/manage.py"),
        celery=told("config.settings.local", 5, "backend/config/celery.py"),
        candidates=("config.settings.base", "config.settings.local", "config.settings.production"),
        files=(BASE, PRODUCTION),
    ),
    settings={},
    wsgi_application=told("config.wsgi.application", 30),
    asgi_application=told(None, 1, "backend/manage.py"),
    root_urlconf=told("config.urls", 28),
    installed_apps=told(("django.contrib.admin", "rest_framework", "shop.orders"), 40),
    middleware=told(("django.middleware.security.SecurityMiddleware",), 70),
    databases=told(
        {
            "replica": DatabaseFact(engine=None, env=()),
            "default": DatabaseFact(
                engine="django.db.backends.sqlite3",
                env=("DATABASE_URL",),
                configured_engine="django.db.backends.postgresql",
            ),
        },
        88,
    ),
    caches=told({"default": CacheFact(backend="django_redis.cache.RedisCache", env=("REDIS_URL",))}, 12, PRODUCTION),
    channel_layers=told({}, 1),
    static=StaticFacts(
        url=told("/static/", 101),
        root=told("backend/staticfiles", 102),
        storage=told("whitenoise.storage.CompressedManifestStaticFilesStorage", 40, PRODUCTION),
        whitenoise=told(True, 71),
    ),
    media=MediaFacts(
        url=told("/media/", 105),
        root=Unresolved(reason="os.path.join(data_directory(), 'media') needs a run", evidence=(at(BASE, 106),)),
        storage=told("storages.backends.s3boto3.S3Boto3Storage", 44, PRODUCTION),
    ),
    debug=told(False, 3, PRODUCTION),
    allowed_hosts=told((".example.org", "été.example"), 5, PRODUCTION),
    csrf_trusted_origins=told((), 1),
    secret_key=told("environment DJANGO_SECRET_KEY", 4, PRODUCTION),
    session_engine=told("django.contrib.sessions.backends.db", 1),
    email_backend=told("anymail.backends.mailgun.EmailBackend", 60, PRODUCTION),
    auth_user_model=told("users.User", 110),
    secure={
        "SECURE_HSTS_SECONDS": told(float("inf"), 31, PRODUCTION),
        "SECURE_PROXY_SSL_HEADER": told(("HTTP_X_FORWARDED_PROTO", Unknown(reason="set by deploy()")), 30, PRODUCTION),
    },
    logging_files=told(("backend/log/shop.log",), 120),
    compilemessages=told(True, 1, "backend/locale/de/LC_MESSAGES/django.po"),
    geodjango=told(False, 1),
    build_settings=BuildSettings(
        manage_py="backend/manage.py",
        module=told("config.settings.local", 8, "backend/manage.py"),
        required=(
            RequiredVariable(
                name="DATABASE_URL",
                how="django.core.exceptions.ImproperlyConfigured: Set the DATABASE_URL environment variable",
                direct=True,
                kind="url",
                dummy="sqlite:////tmp/throwaway.sqlite3",
                evidence=at(BASE, 48),
            ),
        ),
        static_root=told("backend/staticfiles", 101),
        staticfiles=told(True, 60),
        storage=told("django.contrib.staticfiles.storage.StaticFilesStorage", 1),
        debug_off={},
        debug=told(True, 9, "backend/config/settings/local.py"),
        absent_apps=(Evidence(path="backend/config/settings/local.py", line=39, note="debug_toolbar"),),
    ),
    image_settings=BuildSettings(
        manage_py="backend/manage.py",
        module=told("config.settings.production", 6, "backend/config/wsgi.py"),
        required=(),
        static_root=told("backend/staticfiles", 101),
        staticfiles=told(True, 60),
        storage=told("django.contrib.staticfiles.storage.StaticFilesStorage", 1),
        debug_off={},
        debug=told(False, 9),
        absent_apps=(),
    ),
    entry_variables={},
)

WEB = Process(
    name="web",
    type=ProcessType.WEB,
    command="gunicorn config.wsgi --bind [::]:$PORT",
    source="Procfile",
    evidence=at("Procfile", 1),
)
WORKER = Process(
    name="celery",
    type=ProcessType.WORKER,
    command="celery -A config.celery worker --queues default,mail --concurrency 4 --max-tasks-per-child 1000",
    source="compose",
    evidence=at("docker-compose.production.yml", 31),
    environment={"C_FORCE_ROOT": "1"},
)

PROJECT = ProjectFacts(
    repository=REPOSITORY,
    dependencies=DEPENDENCIES,
    django=DJANGO,
    task_queue=TaskQueueFacts(
        kind=told("celery", 8, "backend/config/celery.py"),
        app=told("config.celery:app", 8, "backend/config/celery.py"),
        broker=told("redis", 130),
        broker_env=("CELERY_BROKER_URL", "REDIS_URL"),
        result_backend=told("django-db", 131),
        beat=told(True, 133),
        beat_scheduler=told("django_celery_beat.schedulers:DatabaseScheduler", 132),
        beat_entries=told(("cleanup", "report"), 133),
        queues=told((), 130),
        started_by=(WORKER,),
    ),
    processes=(WEB, WORKER),
    environment=(
        EnvironmentVariable(
            name="DEBUG",
            required=False,
            secret=False,
            kind="bool",
            default="False",
            phases=("run",),
            evidence=(at(BASE, 20),),
        ),
        EnvironmentVariable(
            name="DJANGO_SECRET_KEY",
            required=True,
            secret=True,
            kind="text",
            default=None,
            phases=("build", "run"),
            evidence=(at(PRODUCTION, 4), at(BASE, 22)),
        ),
    ),
    frontend=FrontendFacts(
        package_json=told("frontend/package.json", 1, "frontend/package.json"),
        build_command=told("vite build", 6, "frontend/package.json"),
        output_dir=Unresolved(reason="vite.config.ts computes it", evidence=(at("frontend/vite.config.ts", 9),)),
        package_manager=told("npm", 1, "frontend/package-lock.json"),
        bundlers=("vite",),
        separate_site=True,
    ),
    build_packages=(
        SystemPackage(package="libpq-dev", because="psycopg2", evidence=at("backend/requirements/base.txt", 3)),
        SystemPackage(
            package="gettext", because="translations", evidence=at("backend/locale/de/LC_MESSAGES/django.po")
        ),
    ),
    run_packages=(
        SystemPackage(package="libpq5", because="psycopg2", evidence=at("backend/requirements/base.txt", 3)),
        SystemPackage(
            package="gettext", because="translations", evidence=at("backend/locale/de/LC_MESSAGES/django.po")
        ),
    ),
)


@pytest.fixture
def facts() -> ProjectFacts:
    return PROJECT


@pytest.fixture
def report_of() -> Callable[[ProjectFacts], Report]:
    return lambda facts: Report(tool=Tool(name="doctor", version="1.2.3"), target="shop", facts=facts)


@pytest.fixture
def report(facts: ProjectFacts, report_of: Callable[[ProjectFacts], Report]) -> Report:
    return report_of(facts)
