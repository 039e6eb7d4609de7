"""Versions of Python: their official images, their ends, and which of them a Django version supports."""

from functools import cache

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.tables import table

MAX_MICRO = 40
"""Releases of one series that are tried against a range: none has had more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Python:
    """A minor version; `images` are the Debian releases of its slim images, newest first."""

    version: str
    end_of_life: str
    images: tuple[str, ...]
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Django:
    """A feature release of Django."""

    version: str
    pythons: tuple[str, ...]
    since: dict[str, str]
    """Python version -> the first release of the series that supports it, where that was not the first one."""
    requires: str | None

    def supports(self, python: str, release: str | None) -> bool:
        """Whether a release of the series ("5.2.3", None for the newest) supports a version of Python."""
        if python not in self.pythons:
            return False
        first = self.since.get(python)
        return first is None or release is None or Version(release) >= Version(first)


@cache
def pythons() -> tuple[Python, ...]:
    """All that are known, the newest first."""
    data = table("pythons")
    return tuple(
        Python(
            version=row["version"],
            end_of_life=row["end_of_life"],
            images=tuple(row["images"]),
            ended=f"{row['end_of_life']}-31" < data["as_of"],
        )
        for row in data["python"]
    )


def python_of(version: str) -> Python | None:
    """The row of a minor version."""
    return next((row for row in pythons() if row.version == version), None)


@cache
def djangos() -> tuple[Django, ...]:
    """All that are known, the newest first."""
    return tuple(
        Django(
            version=row["version"],
            pythons=tuple(row["pythons"]),
            since=row.get("since", {}),
            requires=row.get("requires"),
        )
        for row in table("django_pythons")["django"]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDjango:
    """What a pin or a range of Django leaves: feature releases, the newest first; `release` where it is pinned."""

    rows: tuple[Django, ...]
    release: str | None

    def on(self, python: str) -> Django | None:
        """The newest of them that pip installs on a version of Python; None where it installs none."""
        return next((r for r in self.rows if r.requires is None or order(r.requires) <= order(python)), None)

    def supports(self, python: str) -> bool:
        """Whether what pip installs on a version of Python supports it; yes where nothing is known."""
        found = self.on(python)
        return not self.rows or (found is not None and found.supports(python, self.release))

    def name(self, python: str) -> str:
        """ "Django 4.2.1", or "Django 4.2" where the range leaves the release open."""
        found = self.on(python) or (self.rows[-1] if self.rows else None)
        return f"Django {self.release or found.version}" if found is not None else "Django"


def wanted_django(wanted: str | None) -> WantedDjango:
    """The feature releases that a pin or range allows; none where the table does not know the pinned one."""
    if not wanted:
        return WantedDjango(rows=djangos(), release=None)
    try:
        pinned = Version(wanted)
    except InvalidVersion:
        pass
    else:
        series = f"{pinned.major}.{pinned.minor}"
        return WantedDjango(rows=tuple(row for row in djangos() if row.version == series), release=wanted)
    try:
        specifiers = SpecifierSet(wanted)
    except InvalidSpecifier:
        return WantedDjango(rows=djangos(), release=None)
    return WantedDjango(rows=tuple(row for row in djangos() if _allows(specifiers, row.version)), release=None)


def order(version: str) -> tuple[int, ...]:
    """Sorts "3.9" before "3.10"."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def allows(specifiers: str, python: str) -> bool:
    """Whether a range has some release of a minor version."""
    try:
        return _allows(SpecifierSet(specifiers), python)
    except InvalidSpecifier:
        return True


def _allows(specifiers: SpecifierSet, series: str) -> bool:
    return any(specifiers.contains(f"{series}.{micro}") for micro in range(MAX_MICRO))
