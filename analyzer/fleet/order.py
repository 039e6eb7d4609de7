"""The order of migration: whose blockers take the least goes first, then whose risks do, then the smaller app."""

from collections.abc import Iterable, Iterator

from analyzer.model.finding import Effort, Severity
from analyzer.model.fleet import FleetEntry, Move, ScanOutcome, VerificationOutcome, Wave
from analyzer.render.outcomes import ENGINES
from analyzer.render.statements import counted, listing

_LONGEST_FIRST = (Effort.DAYS, Effort.HOURS, Effort.MINUTES)
_WAVES = {Effort.MINUTES: Wave.MINUTES, Effort.HOURS: Wave.HOURS, Effort.DAYS: Wave.DAYS}
_VERIFIED = {VerificationOutcome.PASSED: 0, VerificationOutcome.FAILED: 2}
"""What a verification adds to the difficulty; 1 where there is none, or it said nothing."""


def moves(entries: Iterable[FleetEntry]) -> tuple[Move, ...]:
    """The scanned repositories, easiest first, each with its reason.

    Rules are counted, not their findings: the remedy of one finding is mostly that of its neighbours. Names decide
    where nothing else does.
    """
    scanned = (entry for entry in entries if entry.outcome is ScanOutcome.SCANNED)
    return tuple(
        Move(entry=entry, wave=_wave(entry), reason="; ".join(_reasons(entry))) for entry in sorted(scanned, key=_rank)
    )


def _rank(entry: FleetEntry) -> tuple[object, ...]:
    verified = 1 if entry.verification is None else _VERIFIED.get(entry.verification.outcome, 1)
    size = len(entry.components) + len(entry.databases)
    return (
        *_by_effort(entry, Severity.BLOCKER),
        verified,
        *_by_effort(entry, Severity.RISK),
        size,
        entry.cents,
        entry.repository,
    )


def _by_effort(entry: FleetEntry, severity: Severity) -> tuple[int, ...]:
    """Numbers of rules of that severity, those first whose remedy takes longest."""
    efforts = [one.effort for one in entry.findings if one.severity is severity]
    return tuple(efforts.count(effort) for effort in _LONGEST_FIRST)


def _wave(entry: FleetEntry) -> Wave:
    numbers = zip(_LONGEST_FIRST, _by_effort(entry, Severity.BLOCKER), strict=True)
    return next((_WAVES[effort] for effort, number in numbers if number), Wave.NOW)


def _reasons(entry: FleetEntry) -> Iterator[str]:
    for severity in (Severity.BLOCKER, Severity.RISK):
        numbers = _by_effort(entry, severity)
        spread = {effort: number for effort, number in zip(_LONGEST_FIRST, numbers, strict=True) if number}
        if not spread:
            yield f"no {severity}"
        elif len(spread) == 1:
            yield f"{counted(sum(numbers), severity.value)} (~{next(iter(spread))})"
        else:
            parts = listing([f"{number} ~{effort}" for effort, number in spread.items()])
            yield f"{counted(sum(numbers), severity.value)} ({parts})"
    yield listing([*entry.components, *(ENGINES[one] for one in entry.databases)])
    if entry.verification is not None:
        failed = dict.fromkeys(check.id for check in entry.verification.failed)
        yield f"verification {entry.verification.outcome}{f': {listing(list(failed))}' if failed else ''}"
