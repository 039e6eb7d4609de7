"""Whether the project's Django goes with a Python version (data/django_python.toml)."""

from packaging.version import InvalidVersion, Version

from analyzer.buildpacks.source import Source
from analyzer.buildpacks.tables import load
from analyzer.model.evidence import Fact
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.version_bounds import is_before


@dataclass(frozen=True, slots=True, kw_only=True)
class TooOld:
    """A Django that does not start on a Python, how it fails, and what it starts on."""

    django: Fact[str]
    """Its version or specifiers."""
    log: str
    newest: str
    """The newest Python, N.N, on which it starts."""
    upgrade: str | None
    """The Django that it takes where no buildpack has that Python any more."""

    def change(self, how: str) -> str:
        """What to do, for people; `how` says how to ask for a version, `{newest}`."""
        upgrade = f"upgrade Django to {self.upgrade} or newer, and " if self.upgrade is not None else ""
        return upgrade + how.format(newest=self.newest)


def too_old_for(source: Source, python: str) -> TooOld | None:
    """The Django that does not start on this Python, N.N or N.N.N, because every allowed release is too old for it."""
    django = _django(source)
    if django is None:
        return None
    table = load("django_python")
    rows = [row for row in table["too_old"] if Version(python) >= Version(row["python"])]
    failing = next((row for row in rows if is_before(django.value, Version(row["below"]))), None)
    newest = next((row for row in table["newest"] if is_before(django.value, Version(row["below"]))), None)
    if failing is None or newest is None:
        return None
    return TooOld(django=django, log=failing["log"], newest=newest["python"], upgrade=newest.get("upgrade"))


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
