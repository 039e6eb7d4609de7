"""How a file differs from what doctor would write."""

import difflib
from typing import Any, NamedTuple

from analyzer.emit.ownership import body_of
from analyzer.model.artifact import WriteAction
from analyzer.model.plan import Decision


class Difference(NamedTuple):
    """A line of the present file that differs, and the decision that wrote doctor's."""

    line: int
    text: str
    decision: Decision[Any] | None


def unified_diff(action: WriteAction) -> str:
    """From the present file to doctor's, as `git apply` reads it; "" when both are equal."""
    path = action.artifact.path
    old = (action.present or "").splitlines(keepends=True)
    new = action.content.splitlines(keepends=True)
    source = "/dev/null" if action.present is None else f"a/{path}"
    lines = [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(old, new, source, f"b/{path}")
    ]
    return "".join(lines)


def differences(action: WriteAction) -> tuple[Difference, ...]:
    """The places where the present file has something else; its own header is none."""
    present = action.present or ""
    below = body_of(present)
    offset = present[: len(present) - len(below)].count("\n")
    theirs, ours = below.splitlines(), action.artifact.body.splitlines()
    found = []
    for tag, their_start, their_end, our_start, our_end in difflib.SequenceMatcher(
        None, theirs, ours, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            decided = (
                action.artifact.decisions.get(line) for line in range(our_start + 1, max(our_end, our_start + 1) + 1)
            )
            text = theirs[their_start] if their_start < their_end else ""
            found.append(
                Difference(line=offset + their_start + 1, text=text.strip(), decision=next(filter(None, decided), None))
            )
    return tuple(found)
