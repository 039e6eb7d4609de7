"""The report of a scan in the format that was asked for."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzer.cli.options import ReportFormat
from analyzer.model.errors import UsageError

if TYPE_CHECKING:
    from analyzer.model.report import Report

SUFFIXES = {
    ".txt": ReportFormat.TERMINAL,
    ".md": ReportFormat.MARKDOWN,
    ".html": ReportFormat.HTML,
    ".json": ReportFormat.JSON,
    ".sarif": ReportFormat.SARIF,
    ".patch": ReportFormat.PATCH,
}


class Show(StrEnum):
    """What the terminal shows only when it is asked to."""

    PASSED = "passed"
    IGNORED = "ignored"
    QUESTIONS = "questions"
    SCORE = "score"
    FACTS = "facts"


class Look(NamedTuple):
    """How a report for people looks."""

    width: int
    colour: bool
    quiet: bool
    verbose: bool
    show: tuple[Show, ...] = ()


def format_of(file: Path, chosen: ReportFormat | None) -> ReportFormat:
    """The suffix of a file decides; `--format` does where the suffix says nothing."""
    found = SUFFIXES.get(file.suffix.lower(), chosen)
    if found is None:
        raise UsageError(f"--output {file}: the name ends in none of {', '.join(SUFFIXES)}; add --format")
    return found


def render(report: "Report", format_: ReportFormat, look: Look) -> str:
    """The report as text. Each format is imported when it is asked for."""
    match format_:
        case ReportFormat.JSON:
            from analyzer.render.report.json import render as render_json

            return render_json(report)
        case ReportFormat.MARKDOWN:
            from analyzer.render.report.markdown import render as render_markdown

            return render_markdown(report)
        case ReportFormat.HTML:
            from analyzer.render.artifacts import render_artifacts
            from analyzer.render.report.html import render as render_html

            artifacts = render_artifacts(report.plan, None, with_template=False) if report.plan is not None else ()
            return render_html(report, artifacts, date=source_date())
        case ReportFormat.SARIF:
            from analyzer.render.report.sarif import render as render_sarif

            return render_sarif(report)
        case ReportFormat.GITHUB:
            from analyzer.render.report.github import render as render_github

            return render_github(report)
        case ReportFormat.PATCH:
            from analyzer.render.report.patch import render as render_patch

            return render_patch(report)
        case ReportFormat.TERMINAL:
            from analyzer.render.report.terminal import Detail
            from analyzer.render.report.terminal import render as render_terminal

            detail = Detail.SUMMARY if look.quiet else Detail.FULL if look.verbose else Detail.NORMAL
            return render_terminal(report, width=look.width, colour=look.colour, detail=detail, show=look.show)


def source_date() -> str | None:
    """The day that SOURCE_DATE_EPOCH names, ISO 8601; None without it, so that the same input gives the same bytes."""
    from datetime import UTC, datetime

    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date().isoformat()
    except (KeyError, ValueError, OverflowError, OSError):
        return None
