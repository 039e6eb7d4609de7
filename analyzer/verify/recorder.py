"""Keeps what the checks find, in the order in which they were made."""

import time
from collections.abc import Callable
from dataclasses import replace

from analyzer.model.verification import Check, Finding, Outcome
from analyzer.verify.redaction import Redactor

Say = Callable[[str], None]
"""Tells a person what happens, a line at a time."""


class Recorder:
    """Runs checks one after the other."""

    def __init__(self, say: Say, redactor: Redactor) -> None:
        self.checks: list[Check] = []
        self._say = say
        self.redact = redactor

    def check(
        self, id_: str, title: str, component: str | None, look: Callable[[], Finding], *, since: float | None = None
    ) -> bool:
        """Make a check and keep what it finds, without secrets; whether it did not fail.

        Args:
            since: when the work for it began (time.monotonic), where that was earlier.
        """
        begin = time.monotonic() if since is None else since
        finding = look()
        shown = replace(
            finding,
            detail=self.redact(finding.detail),
            cause=self.redact(finding.cause),
            fix=self.redact(finding.fix),
            command=self.redact(finding.command),
            log=tuple(self.redact(line) for line in finding.log),
        )
        check = Check(id=id_, title=title, component=component, seconds=time.monotonic() - begin, finding=shown)
        self.checks.append(check)
        where = f"{component}: " if component else ""
        note = shown.cause or shown.detail
        self._say(f"{shown.outcome.mark:4} {where}{title}{': ' + note if note else ''}")
        return shown.outcome is not Outcome.FAILED

    def holds(self, id_: str, component: str) -> bool:
        """Whether that check was made of the component, and passed."""
        return any(
            check.id == id_ and check.component == component and check.finding.outcome is Outcome.PASSED
            for check in self.checks
        )
