"""How deeply Python source nests, judged without a parser: libcst ends the process where its stack does not suffice."""

import re

MAX_BRACKETS = 30
"""Open at once. libcst 1.9 ends the process at about 3,000, and takes seconds for 600."""
MAX_CHAIN = 120
"""Operators, attributes, calls and subscripts one after the other, which nest without brackets: seconds for 1,000."""
MAX_LAMBDAS = 20
"""In one statement: commas between their parameters hide a chain of them."""

_TOKEN = re.compile(
    r"""
    \\\n | \#[^\n]*
    | (?<!\w)(?:[fFtT][rR]?|[rR][fFtT])(?:\"{3}|'{3}|["'])  # what is inside counts as code
    | (?P<string> \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
    | (?P<word> [^\W\d]\w* )
    | (?P<opening> [(\[{] ) | (?P<closing> [)\]}] ) | (?P<comma> , ) | (?P<end> \n )
    | (?P<operator> \*\* | // | [-+*/%@&|^~<>=!.:] )
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD_OPERATORS = frozenset({"and", "await", "else", "for", "if", "in", "is", "lambda", "not", "or", "yield"})
_BRACKETS = re.compile(r"[(\[{]|[)\]}]")


def nests_deeply(text: str) -> bool:
    """Whether brackets, or chains of operators in one statement, go deeper than is harmless; in doubt they do.

    Strings are told from code by their quotes alone, so brackets inside a string count when they nest deeply there.
    """
    chains, lambdas = [0], 0
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind == "string":
            if _depth(found[0]) > MAX_BRACKETS:
                return True
        elif kind == "opening":
            chains[-1] += 1
            chains.append(0)
        elif kind == "closing":
            if len(chains) > 1:
                chains.pop()
        elif kind == "comma":
            chains[-1] = 0
        elif kind == "operator":
            chains[-1] += 1
        elif kind == "word" and found[0] in _WORD_OPERATORS:
            chains[-1] += 1
            lambdas += found[0] == "lambda"
        elif kind == "end" and len(chains) == 1:
            chains, lambdas = [0], 0
        if chains[-1] > MAX_CHAIN or len(chains) - 1 > MAX_BRACKETS or lambdas > MAX_LAMBDAS:
            return True
    return False


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        depth = depth + 1 if found[0] in "([{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest
