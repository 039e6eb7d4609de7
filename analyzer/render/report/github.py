"""The open findings as annotations of a pull request: workflow commands of GitHub Actions.

A step shows ten errors, ten warnings and ten notices, the first ones, and a job fifty annotations in all; whatever lies
beyond them stands in the log of the step. So the worst findings come first, and the last line counts them all.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

import posixpath
from collections.abc import Iterator, Mapping

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Audit, Finding, Severity
from analyzer.model.report import Report
from analyzer.render.outcomes import summary
from analyzer.render.text_layout import visible

_COMMANDS = {Severity.BLOCKER: "error", Severity.RISK: "warning", Severity.ADVICE: "notice"}
_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_MESSAGE, ":": "%3A", ",": "%2C"}


def render(report: Report) -> str:
    """A line for each open finding, worst first, and one that counts them."""
    audit = report.audit
    if audit is None:
        return ""
    lines = [*(_annotation(one, audit, report.prefix) for one in audit.open), summary(audit)]
    return "\n".join(lines) + "\n"


def _annotation(finding: Finding, audit: Audit, prefix: str) -> str:
    properties = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in _properties(finding, audit, prefix))
    doubt = "" if finding.certainty is Certainty.CERTAIN else f" ({finding.certainty})"
    text = "\n".join([visible(finding.message) + doubt, visible(finding.remediation), f"doctor explain {finding.rule}"])
    return f"::{_COMMANDS[finding.severity]} {properties}::{_escaped(text, _MESSAGE)}"


def _properties(finding: Finding, audit: Audit, prefix: str) -> Iterator[tuple[str, str]]:
    """Where it is, in the checkout, and its title; columns only where there are some."""
    place, excerpt = finding.evidence[0], finding.excerpt
    yield "file", visible(posixpath.normpath(posixpath.join(prefix, place.path)))
    yield "line", str(place.line)
    if excerpt is not None:
        yield "endLine", str(place.line)
        yield "col", str(excerpt.column)
        yield "endColumn", str(excerpt.end_column)
    yield "title", f"{finding.severity}: {audit.rule(finding.rule).title}"


def _escaped(text: str, characters: Mapping[str, str]) -> str:
    """The text with every character written out that would end a command or a part of it."""
    return "".join(characters.get(character, character) for character in text)
