"""Comments that say why, and which decision stands behind which line of a rendered file.

A renderer writes `explain(decision)` above the lines that come from it. The comment carries a mark, which `finish`
takes out: the lines from there to the next mark or blank line belong to the decision.
"""

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import Decision

WIDTH = 100
PLACES = 3
"""Lines of the repository that a comment names at most."""
_MARK = lazy_pattern(r"^([ ]*)\x00(\d+)\x00")
_CONTROL = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


class Annotations:
    """The decisions that one rendered file explains."""

    def __init__(self) -> None:
        self._decisions: list[Decision[Any]] = []

    def explain(self, decision: Decision[Any], indent: str = "") -> str:
        """Comment lines with the decision's rule and the places that speak for it, without the last line end."""
        self._decisions.append(decision)
        lines = comment(f"{decision.rule}{_in_brackets(decision.evidence)}", indent)
        return lines.replace(indent, f"{indent}\x00{len(self._decisions) - 1}\x00", 1)

    def attach(self, decision: Decision[Any], indent: str = "") -> str:
        """A line that `finish` takes out again: the decision stands behind what follows, and says nothing."""
        self._decisions.append(decision)
        return f"{indent}\x00{len(self._decisions) - 1}\x00"

    def finish(self, text: str) -> tuple[str, Mapping[int, Decision[Any]]]:
        """The text without marks, and the decision of each line that has one, by line number from 1."""
        lines: list[str] = []
        decisions: dict[int, Decision[Any]] = {}
        current = None
        for line in text.split("\n"):
            found = _MARK.match(line)
            if found is not None:
                current = self._decisions[int(found[2])]
                if found.end() == len(line):
                    continue
                line = found[1] + line[found.end() :]
            elif not line.strip():
                current = None
            lines.append(line)
            if current is not None:
                decisions[len(lines)] = current
        return "\n".join(lines), decisions


def comment(text: str, indent: str = "") -> str:
    """The text as comment lines, without the last line end; characters that could end a line are taken out."""
    line = one_line(text)
    word = line.partition(" ")[0]
    lines = textwrap.wrap(
        # "gcc: …" and "manage.py stands here" begin with names, which keep their letters
        word.capitalize() + line[len(word) :] if word.isalpha() and word.islower() else line,
        WIDTH - len(indent) - 2,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(f"{indent}# {line}" for line in lines or ["-"])


def one_line(text: str) -> str:
    """The text without control characters and line ends, so that a name of the repository cannot add a line."""
    return _CONTROL.sub(" ", text).strip()


def places(evidence: Iterable[Evidence]) -> list[str]:
    """ "a.py:1" for each line, the same line once."""
    return list(dict.fromkeys(f"{one.path}:{one.line}" for one in evidence))


def _in_brackets(evidence: tuple[Evidence, ...]) -> str:
    """ " (a.py:1, b.py:2)", or nothing."""
    found = places(evidence)
    more = f" and {len(found) - PLACES} more" if len(found) > PLACES else ""
    return f" ({', '.join(found[:PLACES])}{more})" if found else ""
