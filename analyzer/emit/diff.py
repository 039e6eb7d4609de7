"""How a file differs from what doctor would write."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from analyzer.emit.ownership import body_of
from analyzer.model.artifact import WriteAction
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import Decision

_HUNK = lazy_pattern(r"@@ -(\d+)")
Redact = Callable[[RepoPath, Sequence[str]], Iterable[str]]


class Difference(NamedTuple):
    """A line of the present file that differs, and the decision that wrote doctor's."""

    line: int
    text: str
    decision: Decision[Any] | None


def unified_diff(action: WriteAction, redact: Redact) -> str:
    """From the present file to doctor's; "" when both are equal. `git apply` reads it, unless a secret is left out.

    Args:
        redact: takes secrets out of the lines of a file; nobody who looks at a change asked to see those.
    """
    path = action.artifact.path
    old = (action.present or "").splitlines(keepends=True)
    new = action.content.splitlines(keepends=True)
    source = "/dev/null" if action.present is None else f"a/{path}"
    lines = difflib.unified_diff(old, new, source, f"b/{path}")
    shown = list(redact(path, [line.rstrip("\r\n") for line in old]))
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in _with_removed(lines, old, shown)
    )


def _with_removed(lines: Iterable[str], old: Sequence[str], shown: Sequence[str]) -> Iterator[str]:
    """The lines of a diff, in which those that are taken away are as they may be shown; all others are doctor's."""
    at = -1
    for line in lines:
        if found := _HUNK.match(line):
            at = int(found[1]) - 1
        elif at >= 0 and line.startswith("-"):
            end = old[at][len(old[at].rstrip("\r\n")) :]
            line = f"-{shown[at]}{end}"
        if at >= 0 and line[0] in "- ":
            at += 1
        yield line


def differences(action: WriteAction, redact: Redact) -> tuple[Difference, ...]:
    """The places where the present file has something else; its own header is none. Texts are redacted."""
    present = action.present or ""
    below = body_of(present)
    offset = present[: len(present) - len(below)].count("\n")
    theirs, ours = below.splitlines(), action.artifact.body.splitlines()
    shown = list(redact(action.artifact.path, theirs))
    found = []
    for tag, their_start, their_end, our_start, our_end in difflib.SequenceMatcher(
        None, theirs, ours, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            decided = (
                action.artifact.decisions.get(line) for line in range(our_start + 1, max(our_end, our_start + 1) + 1)
            )
            text = shown[their_start] if their_start < their_end else ""
            found.append(
                Difference(line=offset + their_start + 1, text=text.strip(), decision=next(filter(None, decided), None))
            )
    return tuple(found)
