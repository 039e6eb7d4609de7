"""The verification for people: what failed, why and what mends it first, then everything that was tried."""

from collections.abc import Iterator

from analyzer.model.report import Tool
from analyzer.model.verification import Check, Outcome, Verification
from analyzer.render.statements import counted
from analyzer.render.text_layout import Row, Section, Style, lay_out, paint, visible, wrap

LOG_LINES = 8
"""Of a failure's log; all of it is in the JSON document and in --log-dir."""
INDENT = "    "


def render(verification: Verification, tool: Tool, *, width: int, colour: bool) -> str:
    """The verification as lines of at most `width` columns, except where a single word or path is longer."""
    failures = [check for check in verification.checks if check.finding.outcome is Outcome.FAILED]
    lines = [f"{tool.name} {tool.version}  {visible(verification.spec)}  Docker {verification.engine}"]
    for check in failures:
        lines += ["", *_failure(check, width, colour)]
    lines += [*lay_out(_sections(verification), width=width, colour=colour), "", *_summary(verification, failures)]
    return "\n".join(lines) + "\n"


def _failure(check: Check, width: int, colour: bool) -> Iterator[str]:
    finding = check.finding
    where = f"{check.component}: " if check.component else ""
    yield paint("FAIL", Style.WARNING, colour) + f"  {visible(where)}{check.title}"
    for label, text in (
        ("cause", finding.cause),
        ("fix", finding.fix),
        ("seen", finding.detail),
        ("ran", finding.command),
    ):
        if text:
            room = width - len(INDENT) - 7
            first, *rest = wrap(visible(text), room, room)
            yield f"{INDENT}{label:7}{first}"
            yield from (f"{INDENT}       {line}" for line in rest)
    for item in finding.evidence:
        yield f"{INDENT}{'at':7}{visible(item.path)}:{item.line}"
    for line in finding.log[-LOG_LINES:]:
        yield f"{INDENT}| {visible(line)[: width - len(INDENT) - 2]}"


def _sections(verification: Verification) -> Iterator[Section]:
    """A section for each component, in the order in which they came up."""
    by_owner: dict[str, list[Row]] = {}
    for check in verification.checks:
        finding = check.finding
        by_owner.setdefault(check.component or "the whole app", []).append(
            Row(
                label=f"{finding.outcome.mark:4} {check.title}",
                value=finding.cause or finding.detail or finding.outcome.value,
                place=f"{check.seconds:.1f} s",
                style=Style.WARNING if finding.outcome is Outcome.FAILED else Style.PLAIN,
            )
        )
    for owner, rows in by_owner.items():
        yield Section(title=owner, rows=tuple(rows))


def _summary(verification: Verification, failures: list[Check]) -> Iterator[str]:
    skipped = sum(check.finding.outcome is Outcome.NOT_APPLICABLE for check in verification.checks)
    tried = len(verification.checks) - skipped
    rest = f"{skipped} not applicable, {verification.seconds:.0f} s"
    if failures:
        yield f"{counted(len(failures), 'check')} of {tried} failed, {rest}"
    else:
        yield f"Verified: all {tried} checks passed, {rest}"
    for address in verification.addresses:
        yield f"{visible(address.component)} runs at {address.url}"
    if verification.addresses:
        yield "doctor verify --prune ends and removes it"
