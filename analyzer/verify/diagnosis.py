"""What a log means: the cause of a failure, and the smallest change that mends it (data/failures.toml)."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table

LONGEST = 300
"""Characters of a line that is quoted."""
_NOISE = re.compile(
    r"^(\s|Traceback |During handling|The above exception|The command '|Removing intermediate| ---> "
    r"|Sentry is attempting to send|Waiting up to \d+ seconds|Press Ctrl-(C|Break) to quit)"
)
"""Parts of tracebacks, of a build's steps, and what Sentry says when a process ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The cause as a statement, and the fix as an instruction; the fix is empty where none is known."""

    cause: str
    fix: str


@cache
def _known() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = load_table("analyzer.verify", "failures")["failure"]
    return tuple((re.compile(row["pattern"], re.MULTILINE), row["cause"], row["fix"]) for row in rows)


def diagnose(log: Iterable[str]) -> Diagnosis:
    """The cause that the log names: the first row of the table that fits, else its last line that says something."""
    lines = list(log)
    text = "\n".join(lines)
    for pattern, cause, fix in _known():
        found = list(pattern.finditer(text))
        if found:
            named = {name: (value or "").strip() for name, value in found[-1].groupdict().items()}
            return Diagnosis(cause=cause.format(**named).rstrip(": "), fix=fix.format(**named))
    return Diagnosis(cause=_last(lines), fix="")


def _last(lines: Sequence[str]) -> str:
    """The last line that is no part of a traceback."""
    telling = [line.strip() for line in lines if line.strip() and not _NOISE.match(line)]
    return telling[-1][:LONGEST] if telling else "nothing was printed"
