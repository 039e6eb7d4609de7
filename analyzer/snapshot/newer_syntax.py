"""Python that the running interpreter's `ast` refuses: of a newer syntax, of Python 2, or a template of Python.

libcst has a grammar of its own, which is newer. It takes long to import, is slow, and ends the process where source
nests deeply; so it gets only files that look as if they used newer syntax, and that nest harmlessly.
"""

import re

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.nesting import nests_deeply

MAX_CHARACTERS = 200_000
"""A larger file is not rewritten: libcst takes a second for about 100,000."""

_NEWER = lazy_pattern(
    r"""
    ^[ \t]* (?: except\*?[ \t](?!\s*[\w.]+\s*,\s*[a-z_]\w*\s*:)[^(\n:]*,
              | (?:async[ \t]+)?def[ \t]+\w+[ \t]*\[ | class[ \t]+\w+[ \t]*\[
              | type[ \t]+\w | lazy[ \t]+(?:import|from)\b )
    | (?<!\w)(?:[fFtT][rR]?|[rR][fFtT])["\']
    """,
    re.VERBOSE | re.MULTILINE,
)
_TAG = lazy_pattern(r"^[ \t]*\{[%#]|\{%.{,300}%\}", re.MULTILINE)
_PLACEHOLDER = lazy_pattern(r"\{\{.{,300}\}\}")
_PYTHON_2 = lazy_pattern(
    r"""
    ^\s*print(?:\s+["\'\w%]|\s*>>) | ^\s*exec\s+["\'\w] | ^\s*raise\s+[\w.]+\s*, | ` | <>
    | ^\s*except\s+[\w.]+\s*,\s*[a-z_]\w*\s*: | ^\s*except\s*\(.*\)\s*,\s*\w+\s*:
    | (?<![\w.])0[0-7]+\b(?!\.) | (?<![\w.])\d+[lL]\b | \b[uU][rR]["\']
    """,
    re.VERBOSE,
)


def rewrite(text: str, refused: int | None) -> str | None:
    """The same program in the syntax of Python 3.11, line for line; None where that is not known.

    Args:
        refused: the line where `ast` gave up.

    The result may be refused again: libcst accepts some programs that are none.
    """
    if len(text) > MAX_CHARACTERS or _TAG.search(line_at(text, refused)):
        return None
    if not _NEWER.search(text) or nests_deeply(text):
        return None
    import libcst

    from analyzer.snapshot.older_syntax import ToOlderSyntax

    try:
        rewritten = libcst.parse_module(text).visit(ToOlderSyntax()).code
    except (libcst.ParserSyntaxError, libcst.CSTValidationError, RecursionError):
        return None
    return rewritten if rewritten.count("\n") == text.count("\n") else None


def is_template(text: str, refused: int | None) -> bool:
    """Whether a text that its parser refuses is a template of Jinja or Django: by its tags, or by the refused line."""
    return _TAG.search(text) is not None or _PLACEHOLDER.search(line_at(text, refused)) is not None


def is_python_2(text: str, refused: int | None) -> bool:
    """Whether the line where `ast` gave up is Python 2."""
    return _PYTHON_2.search(line_at(text, refused)) is not None


def line_at(text: str, number: int | None) -> str:
    """A line of a text, empty where there is none of that number."""
    lines = text.split("\n")
    return lines[number - 1] if number is not None and 0 < number <= len(lines) else ""
