"""Standard output and standard error: colour, width, and what happens when nobody reads on."""

import os
import shutil
import sys
from enum import StrEnum
from typing import TextIO

from analyzer.model.errors import UsageError

WIDTH = 80
"""Columns without a terminal."""
MAX_WIDTH = 120
"""Columns on a wide one: longer lines are hard to read."""


class When(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def uses_colour(when: When, stream: TextIO) -> bool:
    """Whether to write colour; NO_COLOR goes before FORCE_COLOR, both before the kind of terminal."""
    if when is not When.AUTO:
        return when is When.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO) -> int:
    """Columns to use."""
    return min(shutil.get_terminal_size((WIDTH, 24)).columns, MAX_WIDTH) if stream.isatty() else WIDTH


def open_streams() -> None:
    """Give a program that was started with closed streams (`>&-`) somewhere to write."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (open until the program ends)


def print_text(text: str) -> None:
    """Write the text to standard output; that a reader has gone away (`| head`) is no error.

    Raises UsageError when the system refuses to write.
    """
    try:
        sys.stdout.write(_encodable(text, sys.stdout))
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more at exit: what is left must have somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise UsageError(f"cannot write to standard output: {error.strerror}") from error


def say(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(_encodable(text, sys.stderr) + "\n")


def _encodable(text: str, stream: TextIO) -> str:
    """The text with every character escaped that the stream's encoding lacks."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
