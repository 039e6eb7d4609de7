"""Findings as cards: one for all places of a rule that are mended in the same way; questions and other outcomes."""

from collections.abc import Iterator
from itertools import count

from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.finding import (
    SEVERITIES,
    Audit,
    Excerpt,
    Finding,
    NotApplicable,
    Passed,
    RuleInfo,
    Severity,
)
from analyzer.model.quick_dataclass import dataclass
from analyzer.render import outcomes
from analyzer.render.page.places import Link, Places

SHOWN_FURTHER = 2
"""Places of a finding, beside the first, whose lines are shown; the rest are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the repository, or of a diff; `mark` says what it is: "" | hit | added | removed | head."""

    number: int | None
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Lines around a place."""

    place: Link
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One finding of a card."""

    message: str
    snippets: tuple[Snippet, ...]
    also: tuple[Link, ...]
    patch: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Findings of one rule that have severity and remedy in common."""

    id: str
    rule: RuleInfo
    severity: Severity
    certainties: tuple[Certainty, ...]
    remediation: str
    commands: tuple[str, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The cards of one severity."""

    severity: Severity
    cards: tuple[Card, ...]
    number: int
    """Of findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What only a person can tell."""

    rule: RuleInfo
    text: str
    snippets: tuple[Snippet, ...]
    also: tuple[Link, ...]
    key: str | None
    """Of the configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A rule that found nothing, or a finding that does not count."""

    title: str
    rule: str
    reason: str
    places: tuple[Link, ...] = ()
    until: str | None = None


def groups(audit: Audit, places: Places) -> Iterator[Group]:
    """The open findings, worst first."""
    cards = _cards(audit, places)
    for severity in SEVERITIES:
        found = tuple(card for card in cards if card.severity is severity)
        if found:
            yield Group(severity=severity, cards=found, number=sum(len(card.spots) for card in found))


def _cards(audit: Audit, places: Places) -> tuple[Card, ...]:
    numbers: dict[str, Iterator[int]] = {}
    cards = []
    for group in outcomes.groups(audit):
        first = group.findings[0]
        number = next(numbers.setdefault(first.rule, count(1)))
        cards.append(
            Card(
                id=f"finding-{first.rule}" + (f"-{number}" if number > 1 else ""),
                rule=group.rule,
                severity=group.severity,
                certainties=tuple(dict.fromkeys(one.certainty for one in group.findings)),
                remediation=first.remediation,
                commands=first.commands,
                spots=tuple(_spot(one, audit, places) for one in group.findings),
            )
        )
    return tuple(cards)


def _spot(finding: Finding, audit: Audit, places: Places) -> Spot:
    snippets, also = _snippets(finding.evidence, finding.excerpt, audit, places)
    return Spot(message=finding.message, snippets=snippets, also=also, patch=tuple(_patch(finding.patch or "")))


def _snippets(
    evidence: tuple[Evidence, ...], first: Excerpt | None, audit: Audit, places: Places
) -> tuple[tuple[Snippet, ...], tuple[Link, ...]]:
    """Places with their lines, and places without."""
    shown: list[Snippet] = []
    named: list[Link] = []
    for index, one in enumerate(evidence):
        excerpt = audit.excerpts.get((one.path, one.line)) if index or first is None else first
        links = places.of((one,))
        if excerpt is not None and links and len(shown) <= SHOWN_FURTHER:
            shown.append(Snippet(place=links[0], lines=tuple(_lines(excerpt, one.line))))
        else:
            named += links
    return tuple(shown), tuple(dict.fromkeys(named))


def _lines(excerpt: Excerpt, meant: int) -> Iterator[Line]:
    for number, text in enumerate(excerpt.lines, start=excerpt.first_line):
        yield Line(number=number, text=text, mark="hit" if number == meant else "")


def _patch(patch: str) -> Iterator[Line]:
    marks = {"+": "added", "-": "removed", "@": "head"}
    for text in patch.splitlines():
        head = text.startswith(("--- ", "+++ ", "diff ", "index "))
        yield Line(number=None, text=text, mark="head" if head else marks.get(text[:1], ""))


def questions(audit: Audit, places: Places) -> Iterator[Question]:
    """What the rules could not tell."""
    for rule, asked in outcomes.questions(audit):
        snippets, also = _snippets(asked.evidence, None, audit, places)
        yield Question(rule=rule, text=asked.question, snippets=snippets, also=also, key=asked.override)


def passed(audit: Audit, places: Places) -> Iterator[Other]:
    """What is right already."""
    for result in outcomes.passed(audit):
        if isinstance(result.outcome, Passed):
            found = places.of(result.outcome.evidence)
            yield Other(title=result.rule.title, rule=result.rule.id, reason=result.outcome.reason, places=found)


def not_applicable(audit: Audit) -> Iterator[Other]:
    """What the project has nothing of."""
    for result in outcomes.not_applicable(audit):
        if isinstance(result.outcome, NotApplicable):
            yield Other(title=result.rule.title, rule=result.rule.id, reason=result.outcome.reason)


def set_aside(audit: Audit, places: Places) -> Iterator[Other]:
    """Findings that are ignored, with the reason, or that the baseline has."""
    for one in audit.findings:
        if not one.counts:
            ignored = one.ignored
            yield Other(
                title=f"{one.severity.value}: {one.message}",
                rule=one.rule,
                reason=ignored.reason if ignored is not None else "known: the baseline has it",
                places=places.of((one.evidence[0], *((ignored.source,) if ignored is not None else ()))),
                until=ignored.until if ignored is not None else None,
            )
