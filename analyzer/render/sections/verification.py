"""What was tried on a real engine, in short: what failed, with its cause, and how much held."""

from collections.abc import Iterator

from analyzer.model.verification import Outcome, Verification
from analyzer.render.statements import counted, statement
from analyzer.render.text_layout import Row, Section, Style, visible


def verification_section(verification: Verification) -> Section:
    """The failures, and the number of checks that held."""
    return Section(
        title=f"Verified on Docker {visible(verification.engine)}: doctor verify",
        rows=tuple(_rows(verification)),
    )


def _rows(verification: Verification) -> Iterator[Row]:
    for check in verification.checks:
        if check.finding.outcome is Outcome.FAILED:
            label = f"{check.component}: {check.title}" if check.component else check.title
            yield Row(label="failed", value=visible(label), style=Style.WARNING)
            yield statement("cause", visible(check.finding.cause), *check.finding.evidence)
            yield Row(label="fix", value=visible(check.finding.fix))
    held = sum(check.finding.outcome is Outcome.PASSED for check in verification.checks)
    skipped = sum(check.finding.outcome is Outcome.NOT_APPLICABLE for check in verification.checks)
    yield Row(label="passed", value=f"{counted(held, 'check')}, {skipped} not applicable")
