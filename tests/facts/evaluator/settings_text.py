"""Settings given as text, evaluated."""

from collections.abc import Mapping

from analyzer.facts.django.evaluation import EvaluatedSettings, Program, evaluate_settings
from analyzer.facts.django.plain_settings import to_plain
from analyzer.model.facts import Plain
from tests.facts.conftest import MakeRepository


def evaluate(
    repository: MakeRepository, text: str, files: Mapping[str, str] | None = None, *, configured: bool = False
) -> EvaluatedSettings:
    """The module `app.settings` with this text, in a repository with these further files."""
    repo = repository({"app/__init__.py": "", "app/settings.py": text, **(files or {})})
    program = Program(repo=repo, roots=(".",), written={"DJANGO_SETTINGS_MODULE": "app.settings"})
    return evaluate_settings(program, "app.settings", "app/settings.py", configured=configured)


def plain(settings: EvaluatedSettings, name: str) -> Plain:
    """A setting as data."""
    return to_plain(settings.namespace.values[name])
