"""Goes through the parts of a syntax tree that hold a word, and leaves out the rest."""

import ast
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from re import Pattern


class WordLines:
    """The lines of a Python file on which one of the patterns is found.

    A module has hundreds of nodes a page, of which the few around a word like `environ` matter. What a pattern finds
    in comments and strings only makes the walk longer.
    """

    def __init__(self, text: str, *patterns: Pattern[str]) -> None:
        self._lines: list[int] = []
        line, counted = 1, 0
        for place in sorted(found.start() for pattern in patterns for found in pattern.finditer(text)):
            line += text.count("\n", counted, place)
            counted = place
            self._lines.append(line)

    def walk(self, node: ast.AST) -> Iterator[ast.AST]:
        """`ast.walk`, without the statements below that hold no pattern."""
        todo = deque([node])
        while todo:
            node = todo.popleft()
            yield node
            todo.extend(self.children(node))

    def children(self, node: ast.AST) -> Iterator[ast.AST]:
        """`ast.iter_child_nodes`, without the statements that hold no pattern; expressions are not tested."""
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.stmt) or self._are_in(child):
                yield child

    def _are_in(self, statement: ast.stmt) -> bool:
        decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
        first = decorators[0].lineno if decorators else statement.lineno
        at = bisect_left(self._lines, first)
        return at < len(self._lines) and self._lines[at] <= (statement.end_lineno or first)
