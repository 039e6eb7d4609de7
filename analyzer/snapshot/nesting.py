"""How deeply Python source nests, judged without a parser: libcst ends the process where its stack does not suffice."""

import re

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

MAX_BRACKETS = 30
"""Open at once. libcst 1.9 ends the process at about 3,000, and takes seconds for 600."""
MAX_CHAIN = 120
"""Operators, attributes, calls and subscripts one after the other, which nest without brackets: seconds for 1,000."""
MAX_LAMBDAS = 20
"""In one statement: commas between their parameters hide a chain of them."""

_CODE = lazy_pattern(
    r"""
    \\\n | \#[^\n]*
    | (?<!\w) (?:[fFtT][rR]?|[rR][fFtT]) (?P<fields> \"{3} | '{3} | ["'] )
    | (?P<string> \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
    | (?P<word> [^\W\d]\w* )
    | (?P<opening> [(\[{] ) | (?P<closing> [)\]}] ) | (?P<comma> , ) | (?P<end> \n )
    | (?P<operator> \*\* | // | [-+*/%@&|^~<>=!.:] )
    """,
    re.VERBOSE | re.DOTALL,
)
_TEXT = lazy_pattern(r"""\\[^{}]|\{\{|\}\}|(?P<opening>\{)|(?P<quote>"{3}|'{3}|["'])|(?P<end>\n)""", re.DOTALL)
"""In a string with fields."""
_WORD_OPERATORS = frozenset({"and", "await", "else", "for", "if", "in", "is", "lambda", "not", "or", "yield"})
_BRACKETS = lazy_pattern(r"[(\[{]|[)\]}]")


@dataclass(slots=True)
class _Level:
    """What is open: the statement, a bracket, or a string with fields, which ends with `quote`."""

    quote: str = ""
    chain: int = 0
    """Operators since the last comma."""


def nests_deeply(text: str) -> bool:
    """Whether brackets, or chains of operators in one statement, go deeper than is harmless."""
    levels, lambdas, at = [_Level()], 0, 0
    while found := (_TEXT if levels[-1].quote else _CODE).search(text, at):
        at, kind, top = found.end(), found.lastgroup, levels[-1]
        if kind == "opening":
            top.chain += 1
            levels.append(_Level())
        elif kind == "fields":
            levels.append(_Level(quote=found["fields"]))
        elif kind == "closing" and len(levels) > 1:
            levels.pop()
        elif kind == "quote" and found[0].startswith(top.quote):
            levels.pop()
            at = found.start() + len(top.quote)
        elif kind == "end" and len(top.quote) == 1:
            levels.pop()  # never closed: no Python
        elif kind == "end" and len(levels) == 1:
            top.chain = lambdas = 0
        elif kind == "comma":
            top.chain = 0
        elif kind == "operator" or (kind == "word" and found[0] in _WORD_OPERATORS):
            top.chain += 1
            lambdas += found[0] == "lambda"
        elif kind == "string" and _depth(found[0]) > MAX_BRACKETS:
            return True  # in doubt whether it is a string
        if top.chain > MAX_CHAIN or len(levels) - 1 > MAX_BRACKETS or lambdas > MAX_LAMBDAS:
            return True
    return False


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        depth = depth + 1 if found[0] in "([{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest
