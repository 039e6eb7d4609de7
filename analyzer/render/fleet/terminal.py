"""The summary of a fleet for people at a terminal."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from statistics import median

from analyzer.model.finding import Severity
from analyzer.model.fleet import BuildpackOutcome, FleetSummary, RuleTotal, ScanOutcome
from analyzer.render.fleet.words import headline, in_short, money, repositories, verdict, verified_in_short
from analyzer.render.statements import counted, listing
from analyzer.render.text_layout import INDENT, Row, Section, Style, lay_out, paint, visible, wrap

MOVES_SHOWN = 20
RULES_SHOWN = 12
FAILURES_SHOWN = 3
"""Of each buildpack."""
DEAREST_SHOWN = 3
COLUMN_WIDTH = 12
LABELS = {
    BuildpackOutcome.STARTS: "starts",
    BuildpackOutcome.FAILS: "fails",
    BuildpackOutcome.OVERRULED: "Dockerfile",
    BuildpackOutcome.REFUSES: "not taken",
}
BLOCKERS = "Blockers by rule, which no emitted file can mend: in how many repositories"
NEXT = "Next: doctor scan on the first of them says each finding with its line, and the remedy."
FOOTER = "Nothing was run, written or fetched: doctor fleet only reads."
TRIED = "No repository was changed: copies were built and run in containers."


def render(summary: FleetSummary, *, width: int, colour: bool, verbose: bool = False) -> str:
    """The summary; with `verbose` every repository and every rule, else the first ones."""
    head = f"{summary.tool.name} {summary.tool.version}  {visible(summary.target)}  {headline(summary)}"
    lines = [*wrap(head, width, width), *wrap(verdict(summary), width, width)]
    lines += _buildpacks(summary, width, colour)
    lines += lay_out(_sections(summary, verbose=verbose), width=width, colour=colour, details=verbose)
    shown = len(summary.moves) if verbose else MOVES_SHOWN
    hidden = len(summary.moves) - shown
    lines += [""]
    if hidden > 0:
        lines += wrap(f"and {repositories(hidden)} more in the order: doctor fleet -v, or --html FILE", width, width)
    lines += wrap(
        "Next: doctor scan on the first of them says each finding with its line, and the remedy.", width, width
    )
    lines += wrap(FOOTER, width, width)
    return "\n".join(lines) + "\n"


def _buildpacks(summary: FleetSummary, width: int, colour: bool) -> Iterator[str]:
    """A row for each buildpack: how many repositories it would build and start, and how many not."""
    if not summary.buildpacks:
        return
    label = max(len(one.buildpack) for one in summary.buildpacks) + INDENT
    yield ""
    title = "Buildpacks: what would become of the repositories as they are"
    yield from (paint(line, Style.TITLE, colour) for line in wrap(title, width, width))
    yield " " * label + "".join(f"{LABELS[outcome]:>{COLUMN_WIDTH}}" for outcome in BuildpackOutcome)
    for one in summary.buildpacks:
        cells = "".join(f"{one.numbers[outcome]:>{COLUMN_WIDTH},}" for outcome in BuildpackOutcome)
        yield f"{' ' * INDENT}{one.buildpack:{label - INDENT}}{cells}"


def _sections(summary: FleetSummary, *, verbose: bool) -> Iterator[Section]:
    yield Section(
        title="Where they fail first",
        rows=tuple(
            Row(label=one.buildpack, value=listing([f"{f.id} ({f.repositories})" for f in failures]))
            for one in summary.buildpacks
            if (failures := one.failures[:FAILURES_SHOWN])
        ),
    )
    yield _blockers(summary, verbose=verbose)
    yield _cost(summary)
    yield from _order(summary, len(summary.moves) if verbose else MOVES_SHOWN)
    yield _verifications(summary)
    yield _unanswered(summary)


def _blockers(summary: FleetSummary, *, verbose: bool) -> Section:
    blockers = [one for one in summary.rules if one.severity is Severity.BLOCKER]
    shown = blockers if verbose else blockers[:RULES_SHOWN]
    rows = [
        Row(label=str(len(one.repositories)), value=f"{one.title} (~{one.effort}{_alone(one)})", place=one.rule)
        for one in shown
    ]
    if more := len(blockers) - len(shown):
        rows.append(Row(value=f"and {counted(more, 'more rule')}: doctor fleet -v"))
    return Section(
        title=BLOCKERS,
        rows=tuple(rows),
        min_label_width=3,
    )


def _alone(total: RuleTotal) -> str:
    return f"; nothing else blocks {total.alone} of them" if total.alone else ""


def _cost(summary: FleetSummary) -> Section:
    moves = summary.moves
    if not moves:
        return Section(title="")
    dearest = sorted(moves, key=lambda move: (-move.entry.cents, move.entry.repository))[:DEAREST_SHOWN]
    named = [f"{visible(one.entry.repository)} {money(one.entry.cents, summary.currency)}" for one in dearest]
    middle = round(median(move.entry.cents for move in moves))
    return Section(
        title="Monthly cost, an estimate",
        rows=(
            Row(label="together", value=f"{money(summary.cents, summary.currency)} for {repositories(len(moves))}"),
            Row(label="median", value=money(middle, summary.currency)),
            Row(label="dearest", value=listing(named)),
        ),
    )


def _order(summary: FleetSummary, most: int) -> Iterator[Section]:
    waves = Counter(move.wave for move in summary.moves)
    for wave, group in groupby(enumerate(summary.moves[:most], start=1), key=lambda item: item[1].wave):
        yield Section(
            title=f"Order of migration, easiest first: {wave} ({repositories(waves[wave])})",
            rows=tuple(
                Row(
                    label=f"{position}. {visible(move.entry.repository)}",
                    value=visible(move.reason),
                    place=money(move.entry.cents, move.entry.currency),
                )
                for position, move in group
            ),
        )


def _verifications(summary: FleetSummary) -> Section:
    tried = [entry for entry in summary.entries if entry.verification is not None]
    return Section(
        title="Verified: the emitted files, built and run",
        rows=tuple(
            Row(label=visible(entry.repository), value=visible(verified_in_short(entry).removeprefix("verification ")))
            for entry in tried
        ),
    )


def _unanswered(summary: FleetSummary) -> Section:
    """Those without a report; those without a Django project in one row, since nothing is wrong with them."""
    without = [visible(entry.repository) for entry in summary.ended(ScanOutcome.NO_PROJECT)]
    rows = [
        Row(label=visible(entry.repository), value=visible(in_short(entry)), style=Style.WARNING)
        for entry in sorted(summary.entries, key=attrgetter("outcome", "repository"))
        if not entry.outcome.is_answer
    ]
    if without:
        rows.append(Row(label="no Django project", value=listing(without)))
    return Section(title="Not in the order", rows=tuple(rows))
