"""What is said about a fault of doctor itself."""

import re
import traceback
from pathlib import Path

from analyzer import __version__
from analyzer.facts.existing.redaction import redact_text
from analyzer.model.texts import HIDDEN

PACKAGE = Path(__file__).parent
_QUOTED = re.compile(r"""(['"])(?:\\.|(?!\1).)*\1""")
_OF_CODE = (AttributeError, ImportError, NameError, TypeError)
"""Exceptions that quote names of the code, and nothing of the repository."""


def describe(error: Exception) -> str:
    """One paragraph: version, stage, and the line of doctor that failed."""
    stage = ", ".join(getattr(error, "__notes__", ())) or "start"
    return (
        f"error: internal error in doctor {__version__} (exit 70)\n"
        f"  stage: {_printable(stage)}\n"
        f"  {_what(error)}\n"
        f"  at {_place(error)}\n"
        "  This is a fault of doctor, not of the repository. The same command with -v shows\n"
        "  the traceback; a report of the fault is most useful with it and the file it names."
    )


def describe_briefly(error: Exception) -> str:
    """One line: what failed, where, and at which stage."""
    stage = ", ".join(getattr(error, "__notes__", ())) or "start"
    return f"internal error: {_what(error)} at {_place(error)} ({_printable(stage)})"


def _what(error: Exception) -> str:
    first = next(iter(_message(error).splitlines()), "no message")
    return f"{type(error).__name__}: {_printable(first)}"


def _message(error: BaseException) -> str:
    """What an exception says, without what it quotes, which may be a secret: `invalid literal for int(): '***'`."""
    text = redact_text(str(error))
    return text if isinstance(error, _OF_CODE) else _QUOTED.sub(rf"\1{HIDDEN}\1", text)


def full_traceback(error: BaseException) -> str:
    """The traceback as Python shows it, with the exceptions that led to this one, in messages as of `describe`."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    above = f"{full_traceback(before)}\n\n" if before is not None else ""
    message = "\n".join(_printable(line) for line in _message(error).splitlines())
    lines = "".join(traceback.format_tb(error.__traceback__))
    notes = "".join(f"\n{_printable(note)}" for note in getattr(error, "__notes__", ()))
    return f"{above}Traceback (most recent call last):\n{lines}{type(error).__name__}: {message}{notes}"


def _printable(text: str) -> str:
    """The text, which may be of the repository, without what a terminal would act on."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def _place(error: Exception) -> str:
    """The innermost line of doctor's own code that the exception went through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(PACKAGE):
            return f"{path.relative_to(PACKAGE.parent).as_posix()}:{frame.lineno}"
    return "an unknown place"
