"""A project of one settings module, observed."""

from collections.abc import Mapping

from analyzer.facts.collect import collect_facts
from analyzer.model.evidence import Answer, Fact, T, Unresolved
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os, django\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"


def observe(repository: MakeRepository, settings: str, files: Mapping[str, str] | None = None) -> ProjectFacts:
    """The facts of a project whose module `app.settings` is this text, with these further files."""
    base = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": settings}
    facts = collect_facts(repository({**base, **(files or {})}))
    assert isinstance(facts, ProjectFacts)
    return facts


def told(answer: Answer[T]) -> T:
    """The value of a fact that could be told."""
    assert isinstance(answer, Fact), answer
    return answer.value


def reason(answer: Answer[object]) -> str:
    """Why a fact could not be told."""
    assert isinstance(answer, Unresolved), answer
    return answer.reason
