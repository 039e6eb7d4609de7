"""The detector of the lifecycle: the first group of an order that passes and whose build plan resolves.

Mirrors phase/detector.go of buildpacks/lifecycle v0.21.17 (detectOrder, Resolve, runTrials, runTrial, newDepMap).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum

from analyzer.model.evidence import Evidence
from analyzer.model.quick_dataclass import dataclass

FAILED_DETECTION = "ERR_FAILED_DETECTION"
"""No group passes."""
BUILDPACK_ERROR = "ERR_BUILDPACK"
"""No group passes, and a buildpack of one of them stopped with an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A buildpack in a group."""

    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a build plan requires; `version` and `source` are its metadata, "" when it has none."""

    name: str
    version: str = ""
    source: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One alternative of a build plan."""

    provides: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()


class Code(IntEnum):
    """Exit codes of bin/detect."""

    PASS = 0
    ERROR = 1
    FAIL = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectRun:
    """What bin/detect of one buildpack answers: why, and the alternatives of its plan, best first."""

    code: Code
    reason: str
    evidence: tuple[Evidence, ...] = ()
    plans: tuple[Plan, ...] = (Plan(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A group that does not build: `member` is the first of its required members that does not pass; None when all
    pass but their plans do not resolve, of which `unmet` tells the first gap.
    """

    group: tuple[Member, ...]
    member: str | None
    unmet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The group that builds, the requirements of its plan in order, and the groups before it."""

    group: tuple[str, ...]
    requires: tuple[Requirement, ...]
    rejected: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotResolved:
    """No group builds; `error` is FAILED_DETECTION or BUILDPACK_ERROR."""

    error: str
    rejected: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class _Option:
    """A member with one alternative of its plan; only the last alternative of an optional member may be left out."""

    name: str
    optional: bool
    plan: Plan


def resolve_order(order: Sequence[Sequence[Member]], runs: Mapping[str, DetectRun]) -> Resolution | NotResolved:
    """The first group that passes. `runs` has an answer for every member."""
    error, rejected = FAILED_DETECTION, list[Rejection]()
    for group in order:
        missing = next((m.name for m in group if not m.optional and runs[m.name].code is not Code.PASS), None)
        unmet = ""
        if missing is None:
            resolution = _resolve_plans(group, runs)
            if isinstance(resolution, Resolution):
                return replace(resolution, rejected=tuple(rejected))
            unmet = resolution
        elif any(runs[member.name].code is Code.ERROR for member in group):
            error = BUILDPACK_ERROR
        rejected.append(Rejection(group=tuple(group), member=missing, unmet=unmet))
    return NotResolved(error=error, rejected=tuple(rejected))


def _resolve_plans(group: Sequence[Member], runs: Mapping[str, DetectRun]) -> Resolution | str:
    """The first choice of plans that resolves, or the gap of the last one."""
    passing = [member for member in group if runs[member.name].code is Code.PASS]
    outcome: Resolution | str = "no member passes"
    for trial in _trials([tuple(_options(member, runs[member.name])) for member in passing]):
        outcome = _run_trial(trial)
        if isinstance(outcome, Resolution):
            break
    return outcome


def _options(member: Member, run: DetectRun) -> Iterator[_Option]:
    last = len(run.plans) - 1
    for index, plan in enumerate(run.plans):
        yield _Option(member.name, member.optional and index == last, plan)


def _trials(options: Sequence[Sequence[_Option]]) -> Iterator[list[_Option]]:
    """Every choice of one option for each member, the later members varying first."""
    if not options:
        yield []
        return
    for option in options[0]:
        for rest in _trials(options[1:]):
            yield [option, *rest]


def _run_trial(trial: Sequence[_Option]) -> Resolution | str:
    """The group without the optional members whose plan is not met; or the gap because of which there is none."""
    remaining = list(trial)
    while gaps := _gaps(remaining):
        gap = next((gap for option, gap in gaps if not option.optional), None)
        if gap is not None:
            return gap
        unmet = [option for option, _ in gaps]
        remaining = [option for option in remaining if option not in unmet]
    if not remaining:
        return "no member is left"
    return Resolution(
        group=tuple(option.name for option in remaining),
        requires=tuple(requirement for option in remaining for requirement in option.plan.requires),
    )


def _gaps(options: Sequence[_Option]) -> list[tuple[_Option, str]]:
    """Members that require what neither they nor an earlier member provides, or provide what nobody after requires."""
    unused: dict[str, list[_Option]] = {}
    provided: set[str] = set()
    gaps: list[tuple[_Option, str]] = []
    for option in options:
        for name in option.plan.provides:
            unused.setdefault(name, []).append(option)
        for requirement in option.plan.requires:
            if unused.pop(requirement.name, None):
                provided.add(requirement.name)
            if requirement.name not in provided:
                gaps.append((option, f"{option.name} requires {requirement.name}, which nothing provides"))
    unneeded = ((option, name) for name, providers in unused.items() for option in providers)
    return [*gaps, *((option, f"{option.name} provides {name}, which nothing requires") for option, name in unneeded)]
