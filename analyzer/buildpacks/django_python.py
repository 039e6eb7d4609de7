"""Whether the project's Django goes with a Python version (data/django_python.toml)."""

from packaging.version import InvalidVersion, Version

from analyzer.buildpacks.source import Source
from analyzer.buildpacks.tables import load
from analyzer.model.evidence import Fact
from analyzer.model.version_bounds import is_before


def too_old_for(source: Source, python: str) -> Fact[str] | None:
    """The Django that does not start on this Python, N.N or N.N.N, because every allowed release is too old for it."""
    django = _django(source)
    rows = [row for row in load("django_python")["too_old"] if Version(python) >= Version(row["python"])]
    if django is None or not any(is_before(django.value, Version(row["below"])) for row in rows):
        return None
    return django


def too_new_for(source: Source, python: str) -> Fact[str] | None:
    """The exact release of Django that refuses to be installed on this Python."""
    django = _django(source)
    try:
        version = Version(django.value) if django is not None else None
    except InvalidVersion:
        return None
    if version is None:
        return None
    rows = load("django_python")["too_new"]
    refused = any(version >= Version(row["from"]) and Version(python) < Version(row["python"]) for row in rows)
    return django if refused else None


def _django(source: Source) -> Fact[str] | None:
    answer = source.facts.dependencies.django_version if source.facts is not None else None
    if not isinstance(answer, Fact) or answer.value is None:
        return None
    return Fact(value=answer.value, evidence=answer.evidence, certainty=answer.certainty)
