"""The summary of a fleet as one HTML file, like the report of a scan: no network, no need of scripts, all escaped."""

from collections.abc import Mapping
from itertools import groupby
from statistics import median
from typing import NamedTuple

from analyzer.model.finding import Severity
from analyzer.model.fleet import BuildpackOutcome, BuildpackTotal, FleetSummary, Move, Wave
from analyzer.render.environment import page_environment
from analyzer.render.fleet.words import headline, in_short, money, repositories, verdict, verified_in_short
from analyzer.render.outcomes import ENGINES
from analyzer.render.policy import policy_hash
from analyzer.render.statements import counted

TEMPLATE = "fleet.html.j2"
STYLES, SCRIPT = ("report.css", "fleet.css"), "fleet.js"
TONES = {
    BuildpackOutcome.STARTS: "passed",
    BuildpackOutcome.FAILS: "blocker",
    BuildpackOutcome.OVERRULED: "advice",
    BuildpackOutcome.REFUSES: "none",
}
WIDTH = 1000
"""Of a bar, in its own units."""


class Part(NamedTuple):
    """A part of a bar."""

    outcome: BuildpackOutcome
    tone: str
    number: int
    x: float
    width: float


class Numbered(NamedTuple):
    """A repository with its place in the order."""

    position: int
    move: Move


class Group(NamedTuple):
    """The repositories of one wave."""

    wave: Wave
    moves: tuple[Numbered, ...]


class Section(NamedTuple):
    """One part of the page; `number` is shown beside its title."""

    id: str
    title: str
    number: int | None


def render(summary: FleetSummary, *, date: str | None = None) -> str:
    """The page.

    Args:
        date: as the reader is to see it; left out where nobody knows it, since the same input gives the same bytes.
    """
    environment = page_environment()
    unanswered = tuple(entry for entry in summary.entries if not entry.outcome.is_answer)
    verified = tuple(entry for entry in summary.entries if entry.verification is not None)
    by_severity = {one: tuple(rule for rule in summary.rules if rule.severity is one) for one in Severity}
    costs = [move.entry.cents for move in summary.moves]
    return environment.get_template(TEMPLATE).render(
        summary=summary,
        date=date,
        style_hash=policy_hash("\n".join(environment.get_template(name).render() for name in STYLES)),
        script_hash=policy_hash(environment.get_template(SCRIPT).render()),
        sections=_sections(summary, by_severity, len(verified), len(unanswered)),
        headline=headline(summary),
        verdict=verdict(summary),
        tone=_tone(summary),
        buildpacks=tuple((one, _parts(one)) for one in summary.buildpacks),
        tones=TONES,
        rules=by_severity,
        median=round(median(costs)) if costs else 0,
        groups=_groups(summary.moves),
        verified=verified,
        unanswered=unanswered,
        engines=ENGINES,
        money=money,
        counted=counted,
        repositories=repositories,
        in_short=in_short,
        verified_in_short=verified_in_short,
    )


def _sections(
    summary: FleetSummary, rules: Mapping[Severity, tuple[object, ...]], verified: int, unanswered: int
) -> tuple[Section, ...]:
    return (
        Section("buildpacks", "Buildpacks", None),
        Section("blockers", "Blockers by rule", len(rules[Severity.BLOCKER])),
        Section("order", "Order of migration", len(summary.moves)),
        Section("cost", "Monthly cost", None),
        *((Section("verification", "Verification", verified),) if verified else ()),
        Section("without", "Without a report", len(summary.entries) - len(summary.moves)),
        Section("method", "Method and limits", None),
    )


def _parts(total: BuildpackTotal) -> tuple[Part, ...]:
    parts, x, whole = [], 0.0, sum(total.numbers.values())
    for outcome, number in total.numbers.items():
        width = WIDTH * number / whole
        parts.append(Part(outcome, TONES[outcome], number, round(x, 1), round(width, 1)))
        x += width
    return tuple(parts)


def _groups(moves: tuple[Move, ...]) -> tuple[Group, ...]:
    numbered = [Numbered(position, move) for position, move in enumerate(moves, start=1)]
    return tuple(Group(wave, tuple(group)) for wave, group in groupby(numbered, key=lambda one: one.move.wave))


def _tone(summary: FleetSummary) -> str:
    ready = sum(move.wave is Wave.NOW for move in summary.moves)
    return "good" if summary.moves and ready == len(summary.moves) else "fair" if ready else "bad"
