"""The Debian release and the base image: the official slim image of Python, named with its release."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from packaging.version import Version

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts, SystemPackage
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Alternative, Decision, PlanNote
from analyzer.model.version_bounds import is_before
from analyzer.plan.debian_names import declared_names
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.python_table import python_of
from analyzer.plan.tables import table

RELEASES = ("trixie", "bookworm")
"""Releases whose package names are known, the default first."""


def plan_debian(
    facts: ProjectFacts, python: str, packages: Iterable[SystemPackage], overrides: Overrides
) -> tuple[Decision[str], tuple[PlanNote, ...]]:
    """The newest release that has an image of this Python and every package that the project needs.

    Args:
        packages: those that the image needs at run time.
    """
    row = python_of(python)
    images = row.images if row is not None else RELEASES
    fallen: list[Alternative] = []
    evidence: list[Evidence] = []
    chosen = None
    for release in (*(name for name in RELEASES if name in images), *(n for n in images if n not in RELEASES)):
        against = next(_against(facts, release, packages), None) if release in RELEASES else None
        if against is None:
            chosen = release
            break
        fallen.append(Alternative(value=release, reason=against.note))
        evidence.append(against)
    if chosen is None:
        chosen = next((name for name in RELEASES if name in images), images[0])
    if chosen not in RELEASES:
        rule = f"the newest Debian release for which there is an official image of Python {python}"
    elif fallen:
        rule = f"Debian {chosen}, as {fallen[0].value} lacks what the project needs"
    elif chosen != RELEASES[0]:
        rule = f"the newest Debian release for which there is an official image of Python {python}"
        fallen.append(Alternative(value=RELEASES[0], reason=f"there is no python:{python}-slim-{RELEASES[0]}"))
    else:
        rule = "the current stable release of Debian; without its name a rebuild could move to the next one"
    decision = decide(chosen, rule, *evidence, override="image.debian", alternatives=fallen)
    decision = overridden(decision, overrides.image.debian, overrides)
    return decision, tuple(_notes(decision, python))


def plan_base_image(python: Decision[str], debian: Decision[str], overrides: Overrides) -> Decision[str]:
    """`python:X.Y-slim-RELEASE`."""
    rule = "the official slim image: wheels for glibc fit, and it is small; no Alpine, for whose musl many are missing"
    image = f"python:{python.value}-slim-{debian.value}"
    decision = decide(image, rule, *python.evidence[:1], *debian.evidence[:1], override="image.base_image")
    return overridden(decision, overrides.image.base_image, overrides)


def plan_buildkit(overrides: Overrides) -> Decision[bool]:
    """Whether the Dockerfile may say what only BuildKit understands; no, unless somebody asks for it."""
    rule = "every builder builds the file alike: the classic one of Docker, BuildKit, buildah, those of platforms"
    decision = overridden(decide(False, rule, override="image.buildkit"), overrides.image.buildkit, overrides)
    if not decision.value:
        return decision
    rule = f"only BuildKit builds this: cache mounts keep downloads; {decision.rule}"
    return replace(decision, rule=rule)


def _against(facts: ProjectFacts, release: str, packages: Iterable[SystemPackage]) -> Iterator[Evidence]:
    """What speaks against a release: a package that it lacks, a version of a library that a pin asks for."""
    for package in packages:
        names = dict(package.names) or declared_names(package.package)
        if names and release not in names and any(names.get(other) for other in RELEASES):
            because = f"{package.because} needs {package.package}, which it does not have"
            yield Evidence(path=package.evidence.path, line=package.evidence.line, note=because)
    for row in table("debian_libraries")["library"]:
        requirement = facts.dependencies.get(row["requirement"])
        if requirement is None or requirement.group is not None:
            continue
        wanted = requirement.locked or requirement.specifier
        if wanted and release == row["not_on"] and is_before(wanted, Version(row["before"])):
            line = requirement.evidence
            yield Evidence(path=line.path, line=line.line, note=f"{row['requirement']} {wanted}: {row['because']}")


def _notes(decision: Decision[str], python: str) -> Iterator[PlanNote]:
    if decision.value not in RELEASES:
        yield PlanNote(
            code="debian-ended",
            message=f"Debian {decision.value}, the newest with Python {python}, gets no security fixes any more,"
            " and the names of its packages are not checked",
            evidence=decision.evidence,
            remedy="move to a newer Python, then declare it or set image.python_version",
        )
