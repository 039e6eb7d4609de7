"""The newer syntax that real files have most, put into that of Python 3.11 line by line, without another parser.

Covered where it is on one line: `except A, B:` (PEP 758), type parameters of functions and classes and `type`
statements (PEP 695, 696). Whether such a line is code or inside a string, the tree of the result tells: each line must
begin the statement that it was taken for. The rest is left to analyzer.snapshot.newer_syntax, which starts slowly.
"""

import ast
import re
from collections.abc import Callable

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

_PARAMETERS = r"\[[^\[\]\"'#\\]*(?:\[[^\[\]\"'#\\]*\][^\[\]\"'#\\]*)*\]"
_ONE_NAME = r"[\w.]+[ \t]*,[ \t]*[a-z_]\w*[ \t]*:"
"""`except A, name:`, which is rather Python 2."""


def _catches_several(node: ast.AST) -> bool:
    return isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple)


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def _is_class(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef)


def _is_late_value(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)


_Construct = tuple[re.Pattern[str], str, Callable[[ast.AST], bool]]
_CONSTRUCTS: dict[str, _Construct] = {
    "except": (
        lazy_pattern(rf"([ \t]*except\*?[ \t]+)(?!{_ONE_NAME})((?:[\w.]+[ \t]*,[ \t]*)+[\w.]*)(?=[ \t]*:)"),
        r"\1(\2)",
        _catches_several,
    ),
    "def": (lazy_pattern(rf"([ \t]*(?:async[ \t]+)?def[ \t]+\w+){_PARAMETERS}(?=\()"), r"\1", _is_function),
    "class": (lazy_pattern(rf"([ \t]*class[ \t]+\w+){_PARAMETERS}(?=[(:])"), r"\1", _is_class),
    "type": (
        lazy_pattern(rf"([ \t]*)type[ \t]+(\w+)(?:{_PARAMETERS})?[ \t]*=(?!=)"),
        r"\1\2 = lambda:",
        _is_late_value,
    ),
}
"""By the first word: the newer syntax, the older, and the statement that it begins. As in newer_syntax, a `type` looks
its value up as late as a function, and type parameters are left out."""
_FIRST_WORD = lazy_pattern(r"[ \t]*(?:async[ \t]+)?(except|def|class|type)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderText:
    """A text whose newer lines are rewritten, each in its place."""

    text: str
    words: dict[tuple[int, int], str]
    """The first words of these lines, by line and column."""

    def fits(self, tree: ast.Module) -> bool:
        """Whether all these lines are code, according to the tree of the text."""
        missing = dict(self.words)
        for node in ast.walk(tree):
            place = getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
            if place in missing and _CONSTRUCTS[missing[place]][2](node):
                del missing[place]
        return not missing


def rewrite_lines(text: str) -> OlderText | None:
    """The same program without the newer lines that are known; None when there are none."""
    lines = text.split("\n")
    words: dict[tuple[int, int], str] = {}
    for number, line in enumerate(lines, 1):
        found = _FIRST_WORD.match(line)
        if found is None:
            continue
        pattern, older, _ = _CONSTRUCTS[found[1]]
        newer = pattern.match(line)
        if newer is not None:
            lines[number - 1] = newer.expand(older) + line[newer.end() :]
            words[number, len(line) - len(line.lstrip(" \t"))] = found[1]
    return OlderText(text="\n".join(lines), words=words) if words else None
