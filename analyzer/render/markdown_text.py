"""Text of any origin as Markdown of GitHub: it stays text, whatever it holds.

GitHub turns addresses, @names and #numbers of plain text into links, also behind a backslash; a character without
width keeps them apart. In code none of that happens.
"""

import html
import re
from collections.abc import Iterable, Sequence

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.render.text_layout import visible

LONGEST = 2000
"""Characters of one text; what lies behind them is left out."""
_APART = "&#8203;"
_SPECIAL = lazy_pattern(r"[\\`*_\[\]|~$]")
_LINKED = lazy_pattern(r"@(?=[\w-])|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|:(?=//)", re.IGNORECASE)
_BLOCK = lazy_pattern(r"^(\d*)([-+=#.)])")
"""What would begin a list or a heading at the beginning of a line."""
_BAR = lazy_pattern(r"(?<!\\)((?:\\\\)*)\|")
"""One that is not behind a backslash."""
_TICKS = lazy_pattern(r"`+")


def plain(text: str) -> str:
    """Text that is not to be formatted, on one line; blanks at its ends, which could mean code, are left out."""
    shown = html.escape(visible(_bounded(text.strip())), quote=False)
    escaped = _BLOCK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", shown))
    return _LINKED.sub(lambda found: found[0] + _APART, escaped)


def code(text: str) -> str:
    """A span of code."""
    shown = visible(_bounded(text)) or " "
    fence = "`" * (1 + max((len(run) for run in _TICKS.findall(shown)), default=0))
    blank = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{blank}{shown}{blank}{fence}"


def block(lines: Iterable[str], language: str = "") -> str:
    """A block of code, closed by nothing that stands in it."""
    shown = [visible(line.replace("\t", "    ")) for text in lines for line in _bounded(text).split("\n")]
    runs = [len(run) for line in shown for run in _TICKS.findall(line)]
    fence = "`" * max(3, 1 + max(runs, default=0))
    return "\n".join([fence + language, *shown, fence])


def tag(text: str) -> str:
    """Text inside an HTML element, where Markdown has no say."""
    shown = html.escape(visible(_bounded(text)))
    return _LINKED.sub(lambda found: found[0] + _APART, shown)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of cells that are Markdown already."""
    lines = (head, ["---" for _ in head], *(list(map(_cell, row)) for row in rows))
    return [f"| {' | '.join(line)} |" for line in lines]


def folded(title: str, content: str) -> str:
    """Content that opens on a click; the title is HTML."""
    return f"<details><summary>{title}</summary>\n\n{content}\n\n</details>"


def _cell(markdown: str) -> str:
    """A bar ends a cell even in code."""
    return _BAR.sub(r"\1\\|", markdown)


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."
