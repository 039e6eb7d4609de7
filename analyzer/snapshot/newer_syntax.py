"""Python of a newer syntax than the running interpreter's, rewritten to what its `ast` accepts.

libcst brings a grammar of its own, which is newer. It is loaded only when `ast` has refused a file whose brackets nest
harmlessly: it is slow, and deep nesting ends its process.
"""

import ast
import re

MAX_CHARACTERS = 200_000
"""A larger file is not rewritten: libcst takes a second for about 100,000 characters."""
MAX_LINE = 2_000
"""Nor one with a longer line: long chains of operators and attributes nest without brackets."""

_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_PYTHON_2 = re.compile(
    r"^\s*(?:print\s+[\"'\w%]|exec\s+[\"'\w]|raise\s+\w+\s*,)|^\s*except\s+[\w.]+\s*,\s*\w+\s*:|[^\w]0[0-7]+\b|<>",
    re.MULTILINE,
)


def parse_newer(text: str, error: SyntaxError) -> ast.Module:
    """The tree of a file that `ast` has refused with `error`; line numbers stay those of the file.

    Raises SyntaxError, with a reason that names a template or Python 2 for what they are.
    """
    if len(text) <= MAX_CHARACTERS and all(len(line) <= MAX_LINE for line in text.split("\n")):
        rewritten = _rewrite(text)
        if rewritten is not None:
            try:
                return ast.parse(rewritten)
            except (SyntaxError, ValueError):
                pass
    if _TEMPLATE.search(text):
        error.msg = f"a template with placeholders, not Python until they are filled in ({error.msg})"
    elif _PYTHON_2.search(text):
        error.msg = f"Python 2, or no Python at all ({error.msg})"
    raise error


def _rewrite(text: str) -> str | None:
    """The same program in older syntax; None where libcst refuses it, too."""
    import libcst

    from analyzer.snapshot.older_syntax import ToOlderSyntax

    try:
        module = libcst.parse_module(text)
        return module.visit(ToOlderSyntax(module)).code
    except (libcst.ParserSyntaxError, RecursionError):
        return None
