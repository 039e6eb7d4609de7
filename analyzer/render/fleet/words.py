"""Sentences about a fleet that every renderer says alike."""

from collections.abc import Iterator

from analyzer.model.finding import SEVERITIES, Severity
from analyzer.model.fleet import FleetEntry, FleetSummary, ScanOutcome, VerificationOutcome, Wave
from analyzer.render.statements import counted

CENTS = 100


def headline(summary: FleetSummary) -> str:
    """`90 repositories: 80 scanned, 9 no Django project, 1 timed out`."""
    ended = [f"{len(found)} {outcome}" for outcome in ScanOutcome if (found := summary.ended(outcome))]
    return f"{repositories(len(summary.entries))}: {', '.join(ended)}"


def verdict(summary: FleetSummary) -> str:
    """One sentence on how far the fleet is."""
    total = len(summary.moves)
    if not total:
        return "No repository was scanned."
    ready, soon = (sum(move.wave is wave for move in summary.moves) for wave in (Wave.NOW, Wave.MINUTES))
    more = f"; {soon} {'has' if soon == 1 else 'have'} blockers of minutes alone" if soon else ""
    return f"{ready} of {repositories(total)} {'has' if ready == 1 else 'have'} no blocker{more}."


def in_short(entry: FleetEntry) -> str:
    """How one repository did: `2 blockers, 3 risks; 17.00 USD a month`, or why there is no report."""
    if entry.outcome is not ScanOutcome.SCANNED:
        return f"{entry.outcome}{f': {entry.reason}' if entry.reason else ''}"
    return f"{', '.join(_numbers(entry)) or 'nothing found'}; {money(entry.cents, entry.currency)} a month"


def _numbers(entry: FleetEntry) -> Iterator[str]:
    for severity in SEVERITIES:
        if number := sum(one.count for one in entry.findings if one.severity is severity):
            yield f"{number} {severity}" if severity is Severity.ADVICE else counted(number, severity.value)


def verified_in_short(entry: FleetEntry) -> str:
    """How the verification of one repository ended."""
    found = entry.verification
    if found is None:
        return "not verified"
    failed = ", ".join(dict.fromkeys(check.id for check in found.failed))
    more = failed if found.outcome is VerificationOutcome.FAILED else found.reason
    return f"verification {found.outcome}{f': {more}' if more else ''}"


def money(cents: int, currency: str) -> str:
    """An amount: `1,234.00 USD`."""
    return f"{cents / CENTS:,.2f} {currency}".rstrip()


def repositories(number: int) -> str:
    """A number of repositories, in words."""
    return f"{number:,} {'repository' if number == 1 else 'repositories'}"
