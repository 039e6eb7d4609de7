"""How deeply brackets nest: parsers written in C end the process where the nesting is too deep for their stack."""

import re

MAX_NESTING = 200
"""Open brackets at once, in files that people write far fewer; parsers of every kind stand this many."""

_TOKENS = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|#[^\n]*|[()\[\]{}]',
    re.DOTALL,
)


def nests_too_deeply(text: str) -> bool:
    """Whether more than MAX_NESTING brackets are open at one place, those in strings and comments left out."""
    if text.count("(") + text.count("[") + text.count("{") <= MAX_NESTING:
        return False
    depth = 0
    for found in _TOKENS.finditer(text):
        token = found[0]
        if token in "([{":
            depth += 1
            if depth > MAX_NESTING:
                return True
        elif token in ")]}":
            depth -= 1
    return False
