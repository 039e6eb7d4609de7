"""How much Python is parsed: a syntax tree takes up to 700 times the memory of its text.

The bounds keep all trees of a scan below 150 MB. Of the public repositories that were tried, the largest file has half
as many signs, and the largest repository two thirds as many blocks.
"""

import sys

MAX_SIGNS = 60_000
"""Of one file."""
MAX_SIGNS_OF_PARTS = 300_000
"""Of all parts of files that are parsed on their own, which is done anew each time."""
MAX_BLOCKS = 600_000
"""Pieces of memory of all trees that are kept."""
TOO_LARGE = f"has more than {MAX_SIGNS:,} operators, brackets and lines, too much to be parsed"
TOO_MANY = "beyond the Python that is parsed in one scan"
_SIGNS = "()[]{},.:;=+-*/%@<>&|^~!\n\t "
_INDENTATION = "    "


def signs(text: str) -> int:
    """Operators, brackets, ends of lines and single spaces: what the size of the tree depends on."""
    if len(text) <= MAX_SIGNS // 8:
        return len(text) // 4
    return sum(map(text.count, _SIGNS)) - text.count(_INDENTATION) * len(_INDENTATION)


def blocks() -> int:
    """The pieces of memory that are in use now."""
    return sys.getallocatedblocks()
