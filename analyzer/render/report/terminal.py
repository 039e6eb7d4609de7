"""The report for people: what goes wrong and what to do about it, each with the line that says so.

The facts behind it are shown where they are asked for.
"""

from collections.abc import Collection, Iterator
from enum import IntEnum

from analyzer.model.evidence import Answer, Fact
from analyzer.model.finding import Audit
from analyzer.model.report import Report
from analyzer.render.outcomes import ENGINES, summary, unlifted_codes
from analyzer.render.sections.buildpacks import SHORT, table
from analyzer.render.sections.facts import fact_sections
from analyzer.render.sections.findings import (
    finding_lines,
    ignored_section,
    outdated_ignores,
    passed_sections,
    question_lines,
    score_line,
    score_sections,
)
from analyzer.render.sections.plan import dockerfile_column, plan_section
from analyzer.render.sections.verification import verification_section
from analyzer.render.statements import COULD_NOT_TELL, listing
from analyzer.render.text_layout import Section, Style, cells, lay_out, paint, pieces, visible, wrap

WIDTH = 80
"""Columns of a report that no terminal shows."""
FACTS, PASSED, IGNORED, QUESTIONS, SCORE = "facts", "passed", "ignored", "questions", "score"
"""What is shown only where it is asked for. Of questions: those beyond the first few."""
QUESTIONS_SHOWN = 5
FOOTER = "Nothing was run, written or fetched: doctor scan only reads."


class Detail(IntEnum):
    """How much of the report is shown."""

    SUMMARY = 0
    NORMAL = 1
    FULL = 2


def render(
    report: Report,
    *,
    width: int = WIDTH,
    colour: bool = False,
    detail: Detail = Detail.NORMAL,
    show: Collection[str] = (),
) -> str:
    """The report as lines of at most `width` columns, but for commands, which are to be copied.

    Args:
        detail: SUMMARY is one line.
        show: parts that the normal report leaves out (FACTS, PASSED, ...); the full one has all of them.
    """
    if detail is Detail.SUMMARY:
        lines = [*_headline(report, width)] if report.audit is None else [summary(report.audit)]
    else:
        full = detail is Detail.FULL
        shown = {FACTS, PASSED, IGNORED, QUESTIONS, SCORE} if full else set(show)
        lines = [*_headline(report, width), *_buildpacks(report, width, colour)]
        if report.audit is not None:
            lines += ["", *wrap(summary(report.audit), width, width)]
            lines += _audit(report.audit, width, colour, shown, full=full)
        lines += lay_out(_sections(report, shown, full=full), width=width, colour=colour, details=full)
        lines += ["", *_closing(report, width, shown)]
    return "\n".join(lines) + "\n"


def _headline(report: Report, width: int) -> Iterator[str]:
    """What the project is, two spaces between the parts, broken only between them."""
    dependencies, modules = report.facts.dependencies, report.facts.django.settings_modules
    line = f"{report.tool.name} {report.tool.version}"
    for part in (
        f"{visible(report.target)}/",
        _said("Django ", dependencies.django_version, "no version given"),
        _said("Python ", dependencies.python_version, "none requested"),
        _said("", dependencies.package_manager, "no package manager"),
        _said("settings ", modules.production, "none found"),
    ):
        first, *rest = pieces(part, width - 2)
        if cells(line) + 2 + cells(first) > width:
            yield line
            line = f"  {first}"
        else:
            line += f"  {first}"
        for piece in rest:
            yield line
            line = f"  {piece}"
    yield line


def _said(name: str, answer: Answer[str | None], none: str) -> str:
    return name + visible((answer.value or none) if isinstance(answer, Fact) else COULD_NOT_TELL)


def _buildpacks(report: Report, width: int, colour: bool) -> Iterator[str]:
    """What the buildpacks would do, in short, and the Dockerfile beside them."""
    if report.predictions:
        yield ""
        yield paint("Buildpacks, given this folder: doctor detect says more", Style.TITLE, colour)
        more = () if report.plan is None else (dockerfile_column(report.plan),)
        yield from table(report.predictions, width, SHORT, *more)


def _audit(audit: Audit, width: int, colour: bool, shown: Collection[str], *, full: bool) -> Iterator[str]:
    """Findings and questions."""
    yield from finding_lines(audit, width=width, colour=colour, details=full)
    most = None if QUESTIONS in shown else QUESTIONS_SHOWN
    yield from question_lines(audit, width=width, colour=colour, most=most)


def _sections(report: Report, shown: Collection[str], *, full: bool) -> Iterator[Section]:
    """All that is told in rows: what is right, the plan, what was tried, the points, the facts."""
    audit = report.audit
    if audit is not None:
        yield from passed_sections(audit) if PASSED in shown else ()
        yield from (ignored_section(audit),) if IGNORED in shown else ()
        yield outdated_ignores(audit)
    if report.plan is not None:
        yield plan_section(report.plan, unlifted_codes(report.plan, audit))
    if report.verification is not None:
        yield verification_section(report.verification)
    if FACTS in shown:
        yield from fact_sections(report.facts, full=full)
    if audit is not None and SCORE in shown:
        yield from score_sections(audit.score)


def _closing(report: Report, width: int, shown: Collection[str]) -> Iterator[str]:
    """The score, and what to do next."""
    if report.audit is not None:
        how = "" if SCORE in shown else "doctor scan --show score"
        yield from score_line(report.audit.score, width, how)
    yield from _next(report, shown)
    yield FOOTER


def _next(report: Report, shown: Collection[str]) -> Iterator[str]:
    steps = []
    if report.plan is not None:
        steps.append(("doctor emit", "write Dockerfile, .dockerignore and .do/app.yaml"))
        engines = dict.fromkeys(ENGINES[one.engine.value.value] for one in report.plan.databases)
        beside = f" with {listing(list(engines))}" if engines else ""
        steps.append(("doctor verify", f"build and boot them{beside}"))
    if FACTS not in shown:
        steps.append(("doctor scan -v", "every detail: settings, variables, processes, packages"))
    head = "Next: "
    for command, what in steps:
        yield f"{head}{command:16}{what}"
        head = " " * len(head)
