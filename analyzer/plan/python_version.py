"""The Python of the image.

The second most frequent cause of broken builds is a Python for which the pins have no wheels, so what the project
declares comes first, and where it declares nothing, the newest one that Django and the pins can live with.
"""

import re
from collections.abc import Iterator

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import ProjectFacts, PythonVersionFact
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Alternative, Decision, PlanNote
from analyzer.model.wheels import IndexAnswer, WheelQuestion
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.python_limits import Limit, limits_on
from analyzer.plan.python_table import WantedDjango, allows, order, python_of, pythons, wanted_django
from analyzer.plan.wheels import gaps, index_notes, requirements_on

OVERRIDE = "image.python_version"
MAX_NAMED = 4
"""Requirements that one reason names."""
MAX_ASKED = 5
"""Versions that an index is asked about."""


def plan_python_version(
    facts: ProjectFacts, overrides: Overrides, answer: IndexAnswer | None = None
) -> tuple[Decision[str], tuple[PlanNote, ...]]:
    """The minor version ("3.12"), with the candidates that fell as alternatives, and what is wrong with it.

    Args:
        answer: what the package index said to `wheel_question`, where it was asked.
    """
    decision = overridden(_decide(facts, answer), overrides.image.python_version, overrides)
    return decision, tuple(_notes(facts, decision, answer))


def wheel_question(facts: ProjectFacts, overrides: Overrides) -> WheelQuestion | None:
    """What an index would have to be asked; None where the project or the configuration names the version itself."""
    wanted, exact, django = _declared(facts), _exact(facts), _django(facts)
    if overrides.image.python_version is not None or (exact and not (django.rows and django.on(exact) is None)):
        return None
    candidates = _running(facts, None if exact else wanted)[:MAX_ASKED]
    return WheelQuestion(requirements={python: requirements_on(facts, python) for python in candidates})


def _declared(facts: ProjectFacts) -> str | None:
    wanted = facts.dependencies.python_version
    return wanted.value if isinstance(wanted, Fact) else None


def _exact(facts: ProjectFacts) -> str | None:
    """The minor version of what is declared, where that is one version and no range."""
    exact = re.fullmatch(r"(\d+\.\d+)(?:\.\d+)?", _declared(facts) or "")
    return exact[1] if exact is not None else None


def _decide(facts: ProjectFacts, answer: IndexAnswer | None) -> Decision[str]:
    wanted, declared, minor = facts.dependencies.python_version, _declared(facts), _exact(facts)
    if declared is None or minor is None:
        return _newest(facts, declared, wanted.evidence, answer)
    django = _django(facts)
    if django.rows and django.on(minor) is None:
        return _instead_of(facts, declared, django, wanted.evidence, answer)
    source = facts.dependencies.python_source or wanted.evidence[0].path
    rule = f"{source} declares Python {declared}"
    if minor != declared:
        rule += f"; the image has the newest {minor} release, with its security fixes"
    return decide(minor, rule, *wanted.evidence, override=OVERRIDE, alternatives=_other_declarations(facts, minor))


def _running(facts: ProjectFacts, wanted: str | None) -> list[str]:
    """The versions in a range that Django supports and on which the pins run, the newest first."""
    django = _django(facts)
    in_range = [row.version for row in pythons() if wanted is None or allows(wanted, row.version)]
    return [version for version in in_range if django.supports(version) and not limits_on(facts, version)]


def _newest(
    facts: ProjectFacts, wanted: str | None, evidence: tuple[Evidence, ...], answer: IndexAnswer | None
) -> Decision[str]:
    """The newest version in a range (None: any) that Django supports, on which the pins run, and for which each has a
    wheel. Where there is none, the pins that can be built from source are, then Django's word is left aside."""
    django = _django(facts)
    in_range = [row.version for row in pythons() if wanted is None or allows(wanted, row.version)]
    supported = [version for version in in_range if django.supports(version)]
    running = _running(facts, wanted)
    with_wheels = [version for version in running if not gaps(facts, version, answer)]
    buildable = [version for version in running if not gaps(facts, version, answer, only_fatal=True)]
    chosen = next(iter((*with_wheels, *buildable, *running, *supported, *in_range)), pythons()[0].version)
    start = "" if wanted is not None else "no file declares a Python version: "
    start += f"the newest that {wanted} allows and that " if wanted is not None else "the newest that "
    name = django.name(chosen)
    if chosen in with_wheels:
        rule = f"{start}{name} supports and for which the pins have wheels{_by_index(chosen, answer)}"
    elif chosen in supported:
        rule = f"{start}{name} supports; the pins have wheels for none of them all"
    else:
        rule = f"{start}has an official image, though {name} does not name it"
    fallen = [
        Alternative(value=row.version, reason=reason)
        for row in pythons()
        if order(row.version) > order(chosen) and (reason := _why_not(facts, row.version, wanted, answer))
    ]
    hints = _hints(facts, chosen) if wanted is None else _other_declarations(facts, chosen)
    found = (*evidence, *_django_evidence(facts))
    return decide(chosen, rule, *found, override=OVERRIDE, alternatives=(*fallen, *hints))


def _instead_of(
    facts: ProjectFacts,
    declared: str,
    django: WantedDjango,
    evidence: tuple[Evidence, ...],
    answer: IndexAnswer | None,
) -> Decision[str]:
    """A declared version on which pip refuses the pinned Django cannot be what runs."""
    newest = _newest(facts, None, evidence, answer)
    oldest = django.rows[-1]
    fallen = Alternative(value=declared, reason=f"{django.name(declared)} needs Python {oldest.requires}")
    rule = f"Python {declared} is declared, but it cannot install Django; this is the newest that Django supports"
    others = [alternative for alternative in newest.alternatives if alternative.value != declared]
    return decide(newest.value, rule, *newest.evidence, override=OVERRIDE, alternatives=(fallen, *others))


def _by_index(python: str, answer: IndexAnswer | None) -> str:
    """How the reason goes on where the package index was asked about the version."""
    if answer is None or python not in answer.missing:
        return ""
    apart = [name for name in answer.missing[python] if name in answer.nowhere]
    return ", as the package index says" + (f", but for {_named(apart)}, which has none for any" if apart else "")


def _why_not(facts: ProjectFacts, version: str, wanted: str | None, answer: IndexAnswer | None) -> str:
    if wanted is not None and not allows(wanted, version):
        return f"{wanted} excludes it"
    django = _django(facts)
    if not django.supports(version):
        found = django.on(version)
        first = found.since.get(version) if found is not None else None
        since = f", {first} is the first that does" if first else ""
        return f"{django.name(version)} does not support it{since}"
    limits = limits_on(facts, version)
    if limits:
        return f"{limits[0].requirement} does not run on it: {limits[0].because}"
    without = gaps(facts, version, answer)
    return f"no wheel of {_named(without)}" if without else ""


def _named(requirements: list[str]) -> str:
    more = len(requirements) - MAX_NAMED
    return ", ".join(requirements[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")


def _django(facts: ProjectFacts) -> WantedDjango:
    wanted = facts.dependencies.django_version
    return wanted_django(wanted.value if isinstance(wanted, Fact) else None)


def _django_evidence(facts: ProjectFacts) -> tuple[Evidence, ...]:
    wanted = facts.dependencies.django_version
    return wanted.evidence if isinstance(wanted, Fact) and wanted.value is not None else ()


def _other_declarations(facts: ProjectFacts, chosen: str) -> list[Alternative]:
    """What other files declare, each version once."""
    found: dict[str, Alternative] = {}
    for item in facts.dependencies.python_declared:
        if not _agrees(item, chosen) and _is_exact(item):
            reason = f"{item.evidence.path}:{item.evidence.line} declares it, which counts for less"
            found.setdefault(item.spec, Alternative(value=item.spec, reason=reason))
    return list(found.values())


def _hints(facts: ProjectFacts, chosen: str) -> list[Alternative]:
    """The versions that tests and classifiers name, each once."""
    found: dict[str, Alternative] = {}
    for item in facts.dependencies.python_declared:
        if not _agrees(item, chosen):
            reason = f"{item.source} names it ({item.evidence.path}:{item.evidence.line})"
            found.setdefault(item.spec, Alternative(value=item.spec, reason=reason))
    return list(found.values())


def _agrees(item: PythonVersionFact, chosen: str) -> bool:
    return f"{item.spec}.".startswith(f"{chosen}.") or (not _is_exact(item) and allows(item.spec, chosen))


def _is_exact(item: PythonVersionFact) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+){1,2}", item.spec) is not None


def _notes(facts: ProjectFacts, decision: Decision[str], answer: IndexAnswer | None) -> Iterator[PlanNote]:
    version, django = decision.value, _django(facts)
    row = python_of(version)
    if row is None:
        yield PlanNote(
            code="python-unknown",
            message=f"no official image of Python {version} is known",
            evidence=decision.evidence,
            remedy=f"set {OVERRIDE} to a version that has one, or image.base_image to an image that has Python",
        )
    elif version == "2.7":
        yield PlanNote(
            code="python-2",
            message="Python 2.7 has no venv module, with which the image keeps its packages: it does not build",
            evidence=decision.evidence,
            remedy=f"port the project to Python 3, then set {OVERRIDE}",
        )
    elif row.ended:
        newer = next((p for p in pythons() if django.supports(p.version)), row)
        stuck = bool(django.rows) and newer.ended
        also = f"; {django.name(newer.version)} also supports {newer.version}" if not newer.ended else ""
        first = f"{django.name(newer.version)} supports none that gets fixes: update it first, then " if stuck else ""
        yield PlanNote(
            code="python-ended",
            message=f"Python {version} has had no security fixes since {row.end_of_life}{also}",
            evidence=decision.evidence,
            remedy=f"{first}move to a newer version, then declare it or set {OVERRIDE}",
        )
    if row is not None and not django.supports(version):
        supported = [p.version for p in pythons() if django.supports(p.version)]
        yield PlanNote(
            code="python-not-supported-by-django",
            message=f"{django.name(version)} does not support Python {version}",
            evidence=(*decision.evidence[:1], *_django_evidence(facts)),
            remedy=f"set {OVERRIDE} to {supported[0]}" if supported else "move to a newer Django",
        )
    yield from (_breaks(limit, version) for limit in limits_on(facts, version))
    fatal = gaps(facts, version, answer, only_fatal=True)
    if fatal:
        yield PlanNote(
            code="no-wheel",
            message=f"{', '.join(fatal)} has neither a wheel for Python {version} nor a source distribution",
            evidence=tuple(g.evidence for g in facts.on_python[version].gaps if g.requirement in fatal),
            remedy=f"update it, or set {OVERRIDE} to an older version",
        )
    yield from index_notes(facts, version, answer)


def _breaks(limit: Limit, version: str) -> PlanNote:
    return PlanNote(
        code="pin-breaks-on-python",
        message=f"{limit.requirement} does not run on Python {version}: {limit.because}",
        evidence=(limit.evidence,),
        remedy=f"update it, or set {OVERRIDE} to {limit.newest}",
    )
