"""What is said about a fault of doctor itself."""

import traceback
from pathlib import Path

from analyzer import __version__

PACKAGE = Path(__file__).parent


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
    return f"{type(error).__name__}: {_printable(str(error).splitlines()[0]) if str(error) else 'no message'}"


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
