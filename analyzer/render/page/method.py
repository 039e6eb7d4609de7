"""How the report came about: versions, bounds, what was not read, and what reading alone cannot tell."""

from collections.abc import Iterator

from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.page.places import Link, Places

NAMED = 12
"""Paths named for each reason."""
BLIND_SPOTS = (
    "Values that only the running platform has: variables typed into a console, add-ons, what a database holds.",
    "Code that decides at run time: settings that are fetched, plugins that register themselves, generated modules.",
    "Load: how much memory and how many connections the app takes. doctor verify measures a start, not a day.",
    "Services of others: whether an address answers, a certificate is valid or an account has the rights it needs.",
    "What is not in the repository: files on the old server, jobs in a scheduler's own console, DNS records.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Paths that were not read for one reason."""

    reason: str
    number: int
    paths: tuple[str, ...]


def unread(report: Report) -> Iterator[Unread]:
    """What was skipped, the most frequent reason first."""
    by_reason: dict[str, list[str]] = {}
    for file in report.facts.repository.skipped:
        by_reason.setdefault(file.reason, []).append(file.path)
    for reason, paths in sorted(by_reason.items(), key=lambda one: (-len(one[1]), one[0])):
        yield Unread(reason=reason, number=len(paths), paths=tuple(paths[:NAMED]))


def not_understood(report: Report, places: Places) -> tuple[Link, ...]:
    """Lines of requirements that could not be read, each with its reason."""
    return places.of(report.facts.dependencies.problems)
