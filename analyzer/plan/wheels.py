"""For which Pythons the requirements have wheels: by the tables, or by what the package index answered."""

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from analyzer.model.evidence import Evidence
from analyzer.model.facts import Dependency, ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.markers import applies
from analyzer.model.plan import PlanNote
from analyzer.model.wheels import IndexAnswer

_NAME = lazy_pattern(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


def gaps(facts: ProjectFacts, python: str, answer: IndexAnswer | None, *, only_fatal: bool = False) -> list[str]:
    """The requirements without a wheel for a version of Python; `only_fatal`: those that have no source to be built
    from, too. What has no wheel for any version says nothing about which to choose, and is left out."""
    known = facts.on_python.get(python)
    told = known.gaps if known is not None else ()
    fatal = {gap.requirement for gap in told if not gap.buildable}
    missing = answer.missing.get(python) if answer is not None else None
    if answer is not None and missing is not None:
        found = [requirement for requirement in missing if requirement not in answer.nowhere]
    else:
        found = [gap.requirement for gap in told]
    return list(dict.fromkeys(one for one in found if not only_fatal or one in fatal))


def requirements_on(facts: ProjectFacts, python: str) -> tuple[str, ...]:
    """What an index can be asked for: name and versions of what production installs from it on a version of Python.

    Names and versions are checked, so that none can be an option, an address or a file to whoever gets them.
    """
    found: dict[str, str] = {}
    for dependency in facts.dependencies.dependencies:
        if dependency.group is None and dependency.vcs is None and applies(dependency.marker, python):
            versions = _versions(dependency)
            if versions is not None and _NAME.fullmatch(dependency.name):
                found.setdefault(dependency.name, f"{dependency.name}{versions}")
    return tuple(found.values())


def index_notes(facts: ProjectFacts, python: str, answer: IndexAnswer | None) -> list[PlanNote]:
    """What the index did not answer, and what has no wheel for the Python that was chosen."""
    if answer is None:
        return []
    if answer.problem is not None:
        return [
            PlanNote(
                code="package-index-silent",
                message=f"the package index was asked for wheels without success, so tables decide: {answer.problem}",
                remedy="see that `python -m pip download --no-deps django` works here, then ask again",
            )
        ]
    fatal = gaps(facts, python, None, only_fatal=True)  # those have a note of their own
    missing = [requirement for requirement in answer.missing.get(python, ()) if requirement not in fatal]
    if not missing:
        return []
    return [
        PlanNote(
            code="wheel-missing-in-index",
            message=f"the package index has no wheel of {', '.join(missing)} for Python {python}: it is built",
            evidence=_lines(facts, missing),
            remedy="update it; where its build needs compilers or headers, add them to image.build_packages",
        )
    ]


def _lines(facts: ProjectFacts, requirements: list[str]) -> tuple[Evidence, ...]:
    return tuple(
        dependency.evidence
        for dependency in facts.dependencies.dependencies
        if dependency.group is None and f"{dependency.name}{_versions(dependency)}" in requirements
    )


def _versions(dependency: Dependency) -> str | None:
    """ "==4.2.1", ">=4,<5" or ""; None for what no index is asked for."""
    try:
        if dependency.locked is not None:
            return f"=={Version(dependency.locked)}"
        specifiers = SpecifierSet(dependency.specifier)
    except (InvalidSpecifier, InvalidVersion):
        return None
    return None if any(one.operator == "===" for one in specifiers) else str(specifiers)
