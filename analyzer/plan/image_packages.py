"""Debian packages of the two stages."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from analyzer.model.evidence import Evidence
from analyzer.model.facts import OnPython, ProjectFacts, SystemPackage
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Alternative, AptPackage, Decision, PlanNote
from analyzer.plan.debian_names import declared_names, why_left_out
from analyzer.plan.decisions import decide
from analyzer.plan.tables import table

GETTEXT = "gettext"
MANUAL_PAGES = "/usr/share/man/man1"


def on_python(facts: ProjectFacts, python: str) -> OnPython:
    """What the requirements need with a version of Python; of one whose wheels nothing is known about, as the facts say
    for the version that the project requests."""
    known = facts.on_python.get(python)
    if known is not None:
        return known
    return OnPython(gaps=(), build_packages=facts.build_packages, run_packages=facts.run_packages)


def plan_build_packages(
    facts: ProjectFacts, python: str, debian: str, overrides: Overrides, *, translations: bool, commands: bool
) -> Decision[tuple[AptPackage, ...]]:
    """Compilers and headers for what has no wheel for this Python, what fetches requirements, and the libraries without
    which manage.py cannot import the apps.

    Args:
        translations: whether compilemessages runs.
        commands: whether management commands run in the builder stage.
    """
    needed = on_python(facts, python).build_packages
    wanted = [p for p in needed if p.names and (translations or p.package != GETTEXT)]
    loaded = [p for p in on_python(facts, python).run_packages if p.names and p.package.startswith("lib")]
    found = list(_apt((*wanted, *(loaded if commands else ())), debian))
    evidence = tuple(dict.fromkeys(e for package in found for e in package.evidence))
    names = _names(found)
    left = [
        Alternative(
            value=p.package, reason=f"{p.evidence.path} installs it; no requirement is known to be built with it"
        )
        for p in needed
        if not p.names and p.package not in names
    ]
    parts = []
    if any(p.package != GETTEXT for p in wanted):
        parts.append(f"what builds or fetches requirements without a wheel for Python {python}")
    if GETTEXT in names:
        parts.append(f"{GETTEXT}, which compiles the translations")
    if loaded and commands:
        parts.append("libraries without which manage.py cannot import the apps")
    rule = "; ".join(parts) or f"every requirement has a wheel for Python {python}, so nothing is compiled"
    added = overrides.image.build_packages or ()
    return _with_added(found, added, rule, evidence, left, "image.build_packages", overrides)


def plan_run_packages(
    facts: ProjectFacts, python: str, debian: str, overrides: Overrides
) -> tuple[Decision[tuple[AptPackage, ...]], tuple[PlanNote, ...]]:
    """Libraries and programs that the requirements load or start, and those that files of the repository name."""
    needed = on_python(facts, python).run_packages
    wanted = [p for p in needed if p.names or why_left_out(p.package) is None]
    left = [
        Alternative(value=p.package, reason=f"{p.evidence.path} installs it: {why_left_out(p.package)}")
        for p in needed
        if p not in wanted
    ]
    found = list(_apt(wanted, debian))
    known = {p.package for p in wanted if _name_on(p, debian)}
    absent = [p for p in wanted if p.package not in known]
    evidence = tuple(dict.fromkeys(e for package in found for e in package.evidence))
    rule = (
        "libraries and programs that the requirements load or start, wheels or not"
        if found
        else "no requirement is known to load a library or to start a program of the system"
    )
    added = overrides.image.system_packages or ()
    decision = _with_added(found, added, rule, evidence, left, "image.system_packages", overrides)
    missing = [p for p in absent if p.package not in added]
    return decision, tuple(_not_there(_once(missing), debian))


def _apt(packages: Iterable[SystemPackage], debian: str) -> Iterator[AptPackage]:
    """One entry for each name, with all that need it."""
    by_name: dict[str, list[SystemPackage]] = {}
    for package in packages:
        name = _name_on(package, debian)
        if name:
            by_name.setdefault(name, []).append(package)
    for name in sorted(by_name):
        needing = by_name[name]
        because = dict.fromkeys(_because(p) for p in needing)
        evidence = dict.fromkeys(Evidence(path=p.evidence.path, line=p.evidence.line) for p in needing)
        yield AptPackage(name=name, because=", ".join(because), folder=_folder(name), evidence=tuple(evidence))


def _folder(name: str) -> str:
    patterns = table("debian_packages")["manual_pages"]
    return MANUAL_PAGES if any(fnmatchcase(name, pattern) for pattern in patterns) else ""


def _because(package: SystemPackage) -> str:
    return package.because if package.names else f"{package.evidence.path} installs it"


def _name_on(package: SystemPackage, debian: str) -> str:
    """The package's name in a release; a release whose names are not known is taken to have bookworm's."""
    names = dict(package.names) or declared_names(package.package)
    if debian in table("debian_packages")["releases"]:
        return names.get(debian, "")
    name = names.get("bookworm", "")
    return str(table("debian_packages")["older"].get(name, name))


def _with_added(
    found: list[AptPackage],
    added: tuple[str, ...],
    rule: str,
    evidence: tuple[Evidence, ...],
    alternatives: list[Alternative],
    key: str,
    overrides: Overrides,
) -> Decision[tuple[AptPackage, ...]]:
    """With the packages of the configuration, which are added and replace nothing."""
    if not added:
        return decide(tuple(found), rule, *evidence, override=key, alternatives=alternatives)
    line = overrides.place(key)
    names = _names(found)
    more = [
        AptPackage(name=n, because="the configuration adds it", folder=_folder(n), evidence=(line,))
        for n in added
        if n not in names
    ]
    packages = tuple(sorted((*found, *more), key=lambda package: package.name))
    rule = f"{rule}; the configuration adds {', '.join(added)}"
    return decide(packages, rule, line, *evidence, override=key, alternatives=alternatives)


def _names(packages: Iterable[AptPackage]) -> set[str]:
    return {package.name for package in packages}


def _once(packages: Iterable[SystemPackage]) -> list[SystemPackage]:
    return list({package.package: package for package in reversed(list(packages))}.values())[::-1]


def _not_there(packages: Iterable[SystemPackage], debian: str) -> Iterator[PlanNote]:
    """One note for each package that the release does not have, and one for each line whose packages are not known."""
    unknown: dict[Evidence, list[str]] = {}
    for package in packages:
        if package.names or declared_names(package.package):
            message = f"Debian {debian} has no {package.package}, which {package.because} needs"
            yield _left_out(message, "replace it, or set image.debian to a release that has it", package.evidence)
        else:
            place = Evidence(path=package.evidence.path, line=package.evidence.line)
            unknown.setdefault(place, []).append(package.package)
    for place, names in unknown.items():
        it, them = ("it", "its name") if len(names) == 1 else ("them", "their names")
        message = f"{place.path} installs {', '.join(sorted(names))}; whether Debian {debian} has {it} is not known"
        remedy = f"where the app needs {it}, add {them} in Debian {debian} to image.system_packages"
        yield _left_out(message, remedy, place)


def _left_out(message: str, remedy: str, place: Evidence) -> PlanNote:
    return PlanNote(code="system-package-left-out", message=message, evidence=(place,), remedy=remedy)
