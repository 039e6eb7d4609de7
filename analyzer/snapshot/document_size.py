"""How much JSON, TOML, YAML and INI is parsed: a document takes up to fifty times the memory of its text.

The bounds keep all documents of a scan below 100 MB. Of the public repositories that were tried, the largest file has
half as many signs, and the largest repository half as many blocks.
"""

MAX_SIGNS = 500_000
"""Of one file."""
MAX_SIGNS_OF_TOML = 300_000
MAX_SIGNS_OF_INI = 100_000
"""Their parsers need more memory, and more time."""
MAX_BLOCKS = 600_000
"""Pieces of memory of all documents that are kept."""
TOO_LARGE = "has more than {:,} brackets, commas and lines, too much to be parsed"
TOO_MANY = "beyond the documents that are parsed in one scan"


def signs(text: str) -> int:
    """Opening brackets, commas and lines: with each begins something that is kept as an object of its own."""
    return len(text) // 2 if len(text) <= MAX_SIGNS else sum(map(text.count, "[{,\n"))
