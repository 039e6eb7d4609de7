"""A small plan, written by hand, that renderers are tried on."""

from dataclasses import replace
from typing import Any, TypeVar

from analyzer.model.evidence import Evidence
from analyzer.model.plan import (
    AddedPackage,
    AptPackage,
    AssetsPlan,
    Decision,
    DeploymentPlan,
    GitSource,
    IgnorePattern,
    ImagePlan,
    ImageVariable,
    InstallPlan,
    ManagementCommand,
    MonthlyCost,
)

T = TypeVar("T")


def decided(value: T, rule: str, *places: str, override: str | None = None) -> Decision[T]:
    """A decision with evidence such as "requirements.txt:3"."""
    evidence = tuple(Evidence(path=place.split(":")[0], line=int(place.split(":")[1])) for place in places)
    return Decision(value=value, rule=rule, evidence=evidence, override=override)


SIMPLE = ImagePlan(
    context=decided(".", "manage.py and the requirements stand here", "manage.py:1"),
    working_dir=decided("/app", "manage.py stands here", "manage.py:1"),
    python_version=decided("3.12", "the project asks for it", ".python-version:1", override="image.python_version"),
    debian=decided("trixie", "the newest Debian", override="image.debian"),
    base_image=decided(
        "python:3.12-slim-trixie", "Python 3.12 as .python-version asks, on Debian trixie", ".python-version:1"
    ),
    buildkit=decided(False, "every builder builds the file alike", override="image.buildkit"),
    install=decided(
        InstallPlan(
            manager="pip",
            tools=(),
            copies=("requirements.txt",),
            environment={},
            commands=("pip install --no-cache-dir -r requirements.txt",),
        ),
        "pip installs requirements.txt",
        "requirements.txt:1",
    ),
    added_packages=decided((), "the project has a web server"),
    build_packages=decided((), "every requirement has a wheel"),
    run_packages=decided((), "no requirement loads a system library"),
    assets=decided(None, "there is no front end"),
    placed=decided((), "no module has to be in another place"),
    compilemessages=decided(None, "there are no translations"),
    collectstatic=decided(
        ManagementCommand(
            command="python manage.py collectstatic --noinput",
            variables={"SECRET_KEY": "build-only", "DJANGO_SETTINGS_MODULE": "shop.settings"},
        ),
        "static files are collected while building: containers do not share a disk",
        "shop/settings.py:40",
    ),
    tailwind=decided(None, "no app that runs Tailwind is installed", override="image.tailwind"),
    compilescss=decided(None, "no app that compiles Sass is installed", override="image.compilescss"),
    compress=decided(None, "django-compressor is not installed", override="image.compress"),
    variables=decided(
        (
            ImageVariable(name="PYTHONUNBUFFERED", value="1", because="logs appear at once"),
            ImageVariable(name="HOME", value="/tmp", because="the user has no folder"),
        ),
        "what the buildpack set silently",
    ),
    writable=decided((), "nothing writes into the source"),
    user_id=decided(10001, "a numeric user that is not root", override="image.user_id"),
    port=decided(8080, "the platform's default", override="image.port"),
    ignored=decided(
        (
            IgnorePattern(pattern="**/.env", group="secrets"),
            IgnorePattern(pattern="!**/.env.example", group="secrets"),
            IgnorePattern(pattern="**/venv", group="environments"),
        ),
        "what the image does not need stays out",
        override="image.ignore",
    ),
    command=decided(
        "gunicorn shop.wsgi --bind 0.0.0.0:${PORT:-8080}", "as the Procfile says", "Procfile:1", override=None
    ),
)

RICH = replace(
    SIMPLE,
    context=decided("backend", "manage.py stands here", "backend/manage.py:1"),
    working_dir=decided("/app/src", "manage.py stands here", "backend/src/manage.py:1"),
    install=decided(
        InstallPlan(
            manager="uv",
            tools=("uv==0.9.1",),
            copies=("pyproject.toml", "uv.lock", "requirements/base.txt", "libs/a b"),
            folders=("libs/a b",),
            environment={"UV_PROJECT_ENVIRONMENT": "/opt/venv", "UV_LINK_MODE": "copy"},
            commands=("uv sync --frozen --no-dev --no-install-project",),
            project_commands=("uv sync --frozen --no-dev",),
        ),
        "uv installs uv.lock",
        "backend/uv.lock:1",
    ),
    added_packages=decided(
        (AddedPackage(requirement="gunicorn==23.0.0", because="no requirement is a web server"),), "a server is needed"
    ),
    build_packages=decided(
        (AptPackage(name="libpq-dev", because="psycopg2"), AptPackage(name="gcc", because="psycopg2")),
        "psycopg2 has no wheel",
        "backend/pyproject.toml:9",
    ),
    run_packages=decided((AptPackage(name="libpq5", because="psycopg2"),), "libraries that are loaded"),
    assets=decided(
        AssetsPlan(
            image="node:22-slim",
            directory="frontend",
            copies=("frontend/package.json", "frontend/package-lock.json"),
            install="npm ci",
            build="npm run build",
            outputs=("static/dist",),
            sources=("templates",),
        ),
        "vite writes into static/dist",
        "backend/frontend/package.json:5",
    ),
    compilemessages=decided(
        ManagementCommand(command="python manage.py compilemessages", variables={}), "no .mo file is committed"
    ),
    collectstatic=decided(None, "static files go to Spaces: the pre-deploy job uploads them", "backend/src/a.py:1"),
    writable=decided(("src/media",), "MEDIA_ROOT is a local folder", "backend/src/a.py:9"),
)


def plan_of(image: ImagePlan, **changes: Any) -> DeploymentPlan:
    """A plan with nothing but the image."""
    plan = DeploymentPlan(
        app_name=decided("shop", "the name of the folder"),
        region=decided("nyc", "the default"),
        source=decided(
            GitSource(provider="github", repository="example/shop", branch="main"), "the remote", ".git/config:1"
        ),
        image=image,
        components=(),
        databases=(),
        variables=(),
        alerts=decided((), "none"),
        cost=MonthlyCost(currency="USD", items=()),
    )
    return replace(plan, **changes)
