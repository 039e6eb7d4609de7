"""A settings file as a syntax tree with places, and what editors need of it."""

import sys
from collections.abc import Iterator
from functools import cached_property

import libcst as cst
from libcst.helpers import get_full_name_for_node
from libcst.metadata import MetadataWrapper, PositionProvider

from analyzer.patches.splices import Splice
from analyzer.snapshot.nesting import nests_deeply

MAX_CHARACTERS = 200_000
"""A larger file is not patched: libcst takes a second for about 100,000."""


class SettingsFile:
    """The text of a module, which stays as it is: editors answer with changes."""

    def __init__(self, text: str, wrapper: MetadataWrapper) -> None:
        self.text = text
        self.module = wrapper.module
        self._places = wrapper.resolve(PositionProvider)
        starts, at = [0], 0
        for line in text.splitlines(keepends=True):
            at += len(line)
            starts.append(at)
        self._starts = starts

    @classmethod
    def parse(cls, text: str) -> "SettingsFile | None":
        """The module in a text; None for one that libcst cannot read, or should not be given."""
        if len(text) > MAX_CHARACTERS or nests_deeply(text) or _odd(text):
            return None
        try:
            return cls(text, MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True))
        except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError):
            return None

    # --- looking ---

    def assignment(self, name: str, line: int) -> "Assignment | None":
        """The assignment of a name which stands on a line, however deep; None where there is none."""
        found = (one for one in self.assignments(name) if one.first_line <= line <= one.last_line)
        return next(found, None)

    def first(self, name: str) -> "Assignment | None":
        """The first assignment of a name; None where the file has none."""
        return next(iter(self.assignments(name)), None)

    def assignments(self, name: str) -> "Iterator[Assignment]":
        """All assignments `name = value`, in their order."""
        for statement in self._statements:
            for part in statement.body:
                target, value = _target(part)
                if value is not None and isinstance(target, cst.Name) and target.value == name:
                    yield Assignment(self, statement, value)

    def star_imports(self) -> bool:
        """Whether names come from modules that the file does not name one by one."""
        bodies = (one.body for one in self.module.body if isinstance(one, cst.SimpleStatementLine))
        return any(
            isinstance(part, cst.ImportFrom) and isinstance(part.names, cst.ImportStar) for b in bodies for part in b
        )

    @cached_property
    def imported(self) -> dict[str, str]:
        """Names that imports at the top level bind -> what they are, dotted."""
        found: dict[str, str] = {}
        for statement in self.module.body:
            if isinstance(statement, cst.SimpleStatementLine):
                for part in statement.body:
                    found.update(_bound(part))
        return found

    @cached_property
    def _statements(self) -> list[cst.SimpleStatementLine]:
        collector = _Statements()
        self.module.visit(collector)
        return collector.found

    # --- changing ---

    def code(self, node: cst.CSTNode) -> str:
        """The source of a node as it stands in the file."""
        start, end = self.span(node)
        return self.text[start:end]

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Offsets of a node, with the parentheses around it."""
        place = self._places[node]
        start = self._starts[place.start.line - 1] + place.start.column
        end = self._starts[place.end.line - 1] + place.end.column
        for _ in getattr(node, "lpar", ()):
            opening = len(self.text[:start].rstrip()) - 1
            closing = end + len(self.text[end:]) - len(self.text[end:].lstrip())
            if self.text[opening : opening + 1] != "(" or self.text[closing : closing + 1] != ")":
                break  # a comment stands between
            start, end = opening, closing + 1
        return start, end

    def lines(self, node: cst.CSTNode) -> tuple[int, int]:
        """First and last line of a node."""
        place = self._places[node]
        return place.start.line, place.end.line

    def column(self, node: cst.CSTNode) -> int:
        """Characters in front of a node on its line."""
        return int(self._places[node].start.column)

    def replace(self, node: cst.CSTNode, text: str) -> Splice:
        """The change that puts text in the place of a node."""
        start, end = self.span(node)
        return Splice(start=start, end=end, text=text)

    def after(self, node: cst.CSTNode, lines: list[str]) -> Splice:
        """The change that adds lines behind the one on which a node ends, indented as the node is."""
        at = self._starts[self.lines(node)[1]] if self.lines(node)[1] < len(self._starts) else len(self.text)
        indent = " " * self.column(node)
        newline = self.module.default_newline
        begin = "" if self.text[:at].endswith(("\n", "\r")) else newline
        return Splice(
            start=at, end=at, text=begin + "".join(f"{indent}{line}{newline}" if line else newline for line in lines)
        )

    def importing(self, module: str) -> tuple[Splice, ...]:
        """What has to be added so that `module` can be named; nothing where it is imported.

        Among the plain imports of the standard library by name, other packages behind all imports.
        """
        if self.imported.get(module) == module:
            return ()
        newline = self.module.default_newline
        imports = self._leading_imports
        if not imports:
            first = self.module.body[0] if self.module.get_docstring(clean=False) is not None else None
            at = self._starts[self.lines(first)[1]] if first is not None else 0
            text = f"import {module}{newline}"
            return (Splice(start=at, end=at, text=f"{newline}{text}" if first is not None else f"{text}{newline}"),)
        plain = [one for one in imports if isinstance(one.body[0], cst.Import)]
        before = next((one for one in plain if self._name(one) > module), None)
        if not plain:
            before = next((one for one in imports if not _is_future(one)), None)
        if before is None or module not in sys.stdlib_module_names:
            last = imports[-1] if module not in sys.stdlib_module_names or not plain else plain[-1]
            at = self._starts[self.lines(last)[1]]
        else:
            at = self._starts[self.lines(before)[0] - 1]
        return (Splice(start=at, end=at, text=f"import {module}{newline}"),)

    @cached_property
    def _leading_imports(self) -> list[cst.SimpleStatementLine]:
        """The imports at the top, in front of all else but the docstring."""
        docstring = self.module.get_docstring(clean=False) is not None
        found = []
        for statement in self.module.body[1 if docstring else 0 :]:
            if not isinstance(statement, cst.SimpleStatementLine) or not _imports(statement):
                break
            found.append(statement)
        return found

    def _name(self, statement: cst.SimpleStatementLine) -> str:
        part = statement.body[0]
        assert isinstance(part, cst.Import)
        return get_full_name_for_node(part.names[0].name) or ""


class Assignment:
    """`name = value` in a settings file."""

    def __init__(self, file: SettingsFile, statement: cst.SimpleStatementLine, value: cst.BaseExpression) -> None:
        self.file = file
        self.statement = statement
        self.value = value
        self.first_line, self.last_line = file.lines(statement)

    def is_none(self) -> bool:
        """Whether the value is None as it stands there."""
        return isinstance(self.value, cst.Name) and self.value.value == "None"

    def texts(self) -> tuple[str, ...] | None:
        """The texts of a list or tuple that has nothing else."""
        if not isinstance(self.value, cst.List | cst.Tuple):
            return None
        found = [text_of(element.value) for element in self.value.elements]
        return None if None in found else tuple(one for one in found if one is not None)

    def entry(self, *keys: str) -> cst.BaseExpression | None:
        """The value that a dictionary has under keys, one inside the other; None where it has none."""
        value: cst.BaseExpression | None = self.value
        for key in keys:
            value = entry_of(value, key)
        return value


def entry_of(value: cst.BaseExpression | None, key: str) -> cst.BaseExpression | None:
    """What a dictionary has under a key: `{"key": …}` or `dict(key=…)`."""
    if isinstance(value, cst.Dict):
        for element in value.elements:
            if isinstance(element, cst.DictElement) and text_of(element.key) == key:
                return element.value
    if isinstance(value, cst.Call) and isinstance(value.func, cst.Name) and value.func.value == "dict":
        for argument in value.args:
            if argument.keyword is not None and argument.keyword.value == key:
                return argument.value
    return None


def text_of(node: cst.BaseExpression) -> str | None:
    """The text of a string literal without fields."""
    if isinstance(node, cst.SimpleString | cst.ConcatenatedString):
        value = node.evaluated_value
        return value if isinstance(value, str) else None
    return None


class _Statements(cst.CSTVisitor):
    """All lines of simple statements but those inside functions."""

    def __init__(self) -> None:
        self.found: list[cst.SimpleStatementLine] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> bool:
        self.found.append(node)
        return False


def _target(part: cst.BaseSmallStatement) -> tuple[cst.BaseExpression | None, cst.BaseExpression | None]:
    match part:
        case cst.Assign(targets=[cst.AssignTarget(target=target)], value=value):
            return target, value
        case cst.AnnAssign(target=target, value=cst.BaseExpression() as value):
            return target, value
        case _:
            return None, None


def _bound(part: cst.BaseSmallStatement) -> Iterator[tuple[str, str]]:
    if isinstance(part, cst.Import):
        for alias in part.names:
            full = get_full_name_for_node(alias.name) or ""
            bound = alias.evaluated_alias or full
            yield bound, full
    elif isinstance(part, cst.ImportFrom) and not isinstance(part.names, cst.ImportStar) and part.module is not None:
        module = get_full_name_for_node(part.module) or ""
        for alias in part.names:
            yield alias.evaluated_alias or alias.evaluated_name, f"{module}.{alias.evaluated_name}"


def _imports(statement: cst.SimpleStatementLine) -> bool:
    return isinstance(statement.body[0], cst.Import | cst.ImportFrom)


def _is_future(statement: cst.SimpleStatementLine) -> bool:
    part = statement.body[0]
    return isinstance(part, cst.ImportFrom) and isinstance(part.module, cst.Name) and part.module.value == "__future__"


def _odd(text: str) -> bool:
    """Whether a text has characters at which `str.splitlines` ends a line and Python does not."""
    return any(character in text for character in "\v\f\x1c\x1d\x1e\x85\u2028\u2029")
