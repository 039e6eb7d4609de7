"""Django projects with a front end, whole facts collected."""

import json
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import FrontendFacts, ProjectFacts
from tests.facts.conftest import MakeRepository

SETTINGS = """from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.staticfiles"]
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
"""
MANAGE = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")\n'

CollectFrontend: TypeAlias = Callable[..., FrontendFacts]


def package_json(**content: Any) -> str:
    """A package.json with one key a line."""
    return json.dumps(content, indent=2) + "\n"


@pytest.fixture
def frontend(repository: MakeRepository) -> CollectFrontend:
    """`frontend({"package.json": …}, settings="…")`: the facts about the front end of a small Django project."""

    def collect(
        files: dict[str, str], *, settings: str = "", requirements: str = "django", folder: str = "."
    ) -> FrontendFacts:
        repo = repository(
            {
                f"{folder}/manage.py": MANAGE,
                f"{folder}/requirements.txt": requirements,
                f"{folder}/site_/__init__.py": "",
                f"{folder}/site_/settings.py": SETTINGS + settings,
                **files,
            }
        )
        facts = collect_facts(repo)
        assert isinstance(facts, ProjectFacts)
        return facts.frontend

    return collect
