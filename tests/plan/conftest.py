"""Plans of small repositories."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import TypeAlias

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import DeploymentPlan
from analyzer.plan.planner import plan_deployment
from analyzer.snapshot.repository import RepositorySnapshot

MakePlan: TypeAlias = Callable[..., DeploymentPlan]

PROJECT = {
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    "shop/__init__.py": "",
    "shop/wsgi.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\napplication = 1\n",
    "shop/urls.py": "urlpatterns = [path('', home), path('admin/', admin.site.urls)]\n",
    "requirements.txt": "django==5.2.19\ngunicorn\npsycopg[binary]\nredis\ndj-database-url\n",
}
SETTINGS = """\
import os
import dj_database_url
SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("HOSTS", "localhost").split(",")
INSTALLED_APPS = ["django.contrib.staticfiles"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "whitenoise.middleware.WhiteNoiseMiddleware", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
DATABASES = {"default": dj_database_url.config()}
STATIC_URL = "static/"
STATIC_ROOT = "staticfiles"
"""  # noqa: E501
CELERY = """\
from celery import Celery
app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
"""


@pytest.fixture
def facts(tmp_path: Path) -> Callable[[Mapping[str, str]], ProjectFacts]:
    """The facts of a project: `facts({"Procfile": …})`; `settings` are added to its settings; None: no such file."""

    numbers = count()

    def collect(files: Mapping[str, str | None] = {}, settings: str = "") -> ProjectFacts:
        root = tmp_path / str(next(numbers))
        whole: dict[str, str | None] = {**PROJECT, "shop/settings.py": SETTINGS + settings, **files}
        for path, text in whole.items():
            if text is None:
                continue
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        found = collect_facts(RepositorySnapshot.open(root))
        assert isinstance(found, ProjectFacts)
        return found

    return collect


@pytest.fixture
def plan(facts: Callable[..., ProjectFacts]) -> MakePlan:
    """The plan of a project: `plan({"Procfile": …}, settings="…", overrides=Overrides(…))`."""

    def make(
        files: Mapping[str, str | None] = {},
        settings: str = "",
        overrides: Overrides = Overrides(),  # noqa: B008
    ) -> DeploymentPlan:
        return plan_deployment(facts(files, settings), overrides)

    return make


def codes(plan: DeploymentPlan) -> set[str]:
    """The codes of the plan's notes."""
    return {note.code for note in plan.notes}


def values(plan: DeploymentPlan) -> dict[str, str | None]:
    """The variables of the app."""
    return {variable.name: variable.value.value for variable in plan.variables}


def shape(plan: DeploymentPlan) -> list[tuple[str, str, str | None]]:
    """Kind, name and command of each component."""
    return [(c.kind.value, c.name, c.command.value) for c in plan.components]
