"""Findings, questions and the score as lines of a terminal."""

from collections.abc import Iterable, Iterator

from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.finding import Audit, Excerpt, NotApplicable, Passed, Score, Severity
from analyzer.render.outcomes import Group, Question, groups, ignored, not_applicable, passed, questions
from analyzer.render.sections.snippets import hanging, snippet
from analyzer.render.statements import counted, statement
from analyzer.render.text_layout import GAP, INDENT, Row, Section, Style, cells, paint, visible, wrap

STYLES = {Severity.BLOCKER: Style.DANGER, Severity.RISK: Style.WARNING, Severity.ADVICE: Style.HINT}
SHOWN = {Severity.BLOCKER: 3, Severity.RISK: 3, Severity.ADVICE: 1}
"""Places of a group of findings, and of one, that are shown where not every detail is asked for."""
ASKED = 3
"""Places of a question that are shown."""
LABEL = 8
"""Columns of the words in front of a finding and of its parts."""
START = INDENT + 6 + GAP
"""Column in which the remedy begins."""


def finding_lines(audit: Audit, *, width: int, colour: bool, details: bool) -> Iterator[str]:
    """The open findings, worst first: what, where, the remedy, and the command that says why."""
    for group in groups(audit):
        yield ""
        yield from _group(group, audit, width, colour, details)


def question_lines(audit: Audit, *, width: int, colour: bool, most: int | None = None) -> Iterator[str]:
    """What only a person can tell: the question, its lines, and the key that answers it; at most `most` of them."""
    asked = questions(audit)
    for question in asked[:most]:
        yield ""
        yield from _question(question, audit, width, colour)
    if most is not None and len(asked) > most:
        yield ""
        yield f"and {counted(len(asked) - most, 'more question')}: doctor scan --show questions"


def score_line(score: Score, width: int, how: str = "") -> Iterator[str]:
    """The score and its areas; an area to which no rule applies is left out.

    Args:
        how: the command that shows the points of each rule.
    """
    areas = ", ".join(f"{one.area} {_points(one.points)}/{one.weight}" for one in score.areas if one.points is not None)
    capped = "; blockers keep it low" if score.capped else ""
    start = len("Readiness ")
    head = "Readiness "
    for part in wrap(f"{score.total}/100: {areas}{capped}", width - start, width - start):
        yield head + part
        head = " " * start
    if how:
        yield f"{head}({how} says why)"


def score_sections(score: Score) -> Iterator[Section]:
    """The points of every rule, an area each."""
    for area in score.areas:
        if area.points is not None:
            rows = tuple(
                Row(label=f"{_points(one.points)} of {one.of}", value=f"{one.rule}{' (a question)' * one.undetermined}")
                for one in area.rules
            )
            title = f"{area.area}: {_points(area.points)} of {area.weight} points"
            yield Section(title=f"{title[0].upper()}{title[1:]}", rows=rows, min_label_width=LABEL)


def passed_sections(audit: Audit) -> Iterator[Section]:
    """What is right already, and what the project does not have."""
    yield Section(
        title="Passed",
        rows=tuple(
            statement(one.rule.id, one.outcome.reason, *one.outcome.evidence[:1])
            for one in passed(audit)
            if isinstance(one.outcome, Passed)
        ),
    )
    yield Section(
        title="Not applicable",
        rows=tuple(
            statement(one.rule.id, one.outcome.reason)
            for one in not_applicable(audit)
            if isinstance(one.outcome, NotApplicable)
        ),
    )


def ignored_section(audit: Audit) -> Section:
    """Findings that somebody decided to leave, with the reason and where it is written."""
    rows = []
    for one in ignored(audit):
        if one.ignored is not None:
            until = f" (until {one.ignored.until})" if one.ignored.until else ""
            rows.append(statement(one.rule, one.message, one.evidence[0]))
            rows.append(statement("because", one.ignored.reason + until, one.ignored.source))
    return Section(title="Ignored", rows=tuple(rows))


def outdated_ignores(audit: Audit) -> Section:
    """Entries of the configuration that do nothing any more."""
    expired = (statement("over", f"{e.rule}: held until {e.until}", e.source) for e in audit.expired_ignores)
    unused = (statement("of no use", f"{e.rule}: no finding needs it", e.source) for e in audit.unused_ignores)
    return Section(title="Ignores to take out of the configuration", rows=(*expired, *unused))


def _group(group: Group, audit: Audit, width: int, colour: bool, details: bool) -> Iterator[str]:
    style, most = STYLES[group.severity], None if details else SHOWN[group.severity]
    yield from _head(group.severity.value, group.rule.title, f"~{group.rule.effort}", width, style, colour)
    for finding in group.findings[:most]:
        yield from (f"{' ' * INDENT}{part}" for part in wrap(visible(finding.message), width - INDENT, width - INDENT))
        doubt = "" if finding.certainty is Certainty.CERTAIN else f" ({finding.certainty})"
        yield from _snippets(finding.evidence[:most], finding.excerpt, audit, width, style, colour, doubt)
    places = {one for finding in group.findings for one in finding.evidence}
    hidden = places - {one for finding in group.findings[:most] for one in finding.evidence[:most]}
    if hidden:
        yield f"{' ' * INDENT}and {counted(len(hidden), 'more place')}: doctor scan -v"
    first = group.findings[0]
    yield from hanging("fix", first.remediation, width, START)
    yield from (f"{' ' * START}{visible(line)}" for command in first.commands for line in command.split("\n"))
    yield from hanging("why", f"doctor explain {group.rule.id}", width, START)


def _question(question: Question, audit: Audit, width: int, colour: bool) -> Iterator[str]:
    asked = question.asked
    yield from _head("question", asked.question, "", width, Style.QUESTION, colour)
    yield from _snippets(asked.evidence[:ASKED], None, audit, width, Style.QUESTION, colour)
    if asked.override:
        yield from hanging("answer", f"set {asked.override} in doctor.toml", width, START)
    yield from hanging("why", f"doctor explain {question.rule.id}", width, START)


def _snippets(
    places: Iterable[Evidence],
    first: Excerpt | None,
    audit: Audit,
    width: int,
    style: Style,
    colour: bool,
    tail: str = "",
) -> Iterator[str]:
    for where in places:
        excerpt = first or audit.excerpts.get((where.path, where.line))
        yield from snippet(where, excerpt, width=width, style=style, colour=colour, tail=tail)
        first, tail = None, ""


def _head(word: str, title: str, tail: str, width: int, style: Style, colour: bool) -> Iterator[str]:
    """The kind in colour, the title, and at the right edge what is in `tail`, where that fits."""
    start = LABEL + 1
    head = paint(word, style, colour) + " " * (start - len(word))
    *full, last = wrap(visible(title), width - start, width - start)
    for part in full:
        yield head + part
        head = " " * start
    room = width - start - cells(last) - len(tail)
    yield f"{head}{last}{' ' * room}{tail}".rstrip() if tail and room >= GAP else head + last


def _points(points: float | None) -> str:
    return f"{points or 0:.1f}".removesuffix(".0")
