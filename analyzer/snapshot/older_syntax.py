"""Rewrites Python syntax of 3.12 to 3.15 to that of 3.11 with the same meaning; every line stays where it is.

Covered: `except A, B:` (PEP 758), type parameters and `type` statements (PEP 695, 696), quotes, backslashes and
comments inside f-strings (PEP 701), template strings (PEP 750), lazy imports (PEP 810).
"""

import ast
from collections.abc import Iterator, Sequence
from typing import TypeVar

import libcst as cst

_Generic = TypeVar("_Generic", cst.FunctionDef, cst.ClassDef)
_TEXTS = (cst.FormattedStringText, cst.TemplatedStringText)
_FIELDS = (cst.FormattedStringExpression, cst.TemplatedStringExpression)


class ToOlderSyntax(cst.CSTTransformer):
    """Transforms a module."""

    def leave_ExceptHandler(
        self, original_node: cst.ExceptHandler, updated_node: cst.ExceptHandler
    ) -> cst.ExceptHandler:
        """`except A, B:` becomes `except (A, B):`."""
        return updated_node.with_changes(type=_in_parentheses(updated_node.type))

    def leave_ExceptStarHandler(
        self, original_node: cst.ExceptStarHandler, updated_node: cst.ExceptStarHandler
    ) -> cst.ExceptStarHandler:
        """`except* A, B:` becomes `except* (A, B):`."""
        return updated_node.with_changes(type=_in_parentheses(updated_node.type))

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        """`def f[T](x)` becomes `def f(x)`: no value depends on the parameter."""
        return _without_type_parameters(updated_node)

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        """`class C[T]` becomes `class C`."""
        return _without_type_parameters(updated_node)

    def leave_TypeAlias(self, original_node: cst.TypeAlias, updated_node: cst.TypeAlias) -> cst.Assign:
        """`type X[T] = Y` becomes `X = lambda: Y`, which looks Y up as late."""
        target = cst.AssignTarget(
            updated_node.name, whitespace_before_equal=_blank(updated_node.type_parameters, otherwise=" ")
        )
        return cst.Assign([target], cst.Lambda(cst.Parameters(), updated_node.value), semicolon=updated_node.semicolon)

    def leave_LazyImport(self, original_node: "cst.LazyImport", updated_node: "cst.LazyImport") -> cst.Import:
        """`lazy import a` becomes `import a`."""
        return cst.Import(
            updated_node.names,
            semicolon=updated_node.semicolon,
            whitespace_after_import=updated_node.whitespace_after_import,
        )

    def leave_LazyImportFrom(
        self, original_node: "cst.LazyImportFrom", updated_node: "cst.LazyImportFrom"
    ) -> cst.ImportFrom:
        """`lazy from a import b` becomes `from a import b`."""
        return cst.ImportFrom(
            updated_node.module,
            updated_node.names,
            relative=updated_node.relative,
            lpar=updated_node.lpar,
            rpar=updated_node.rpar,
            semicolon=updated_node.semicolon,
            whitespace_after_from=updated_node.whitespace_after_from,
            whitespace_before_import=updated_node.whitespace_before_import,
            whitespace_after_import=updated_node.whitespace_after_import,
        )

    def leave_FormattedString(
        self, original_node: cst.FormattedString, updated_node: cst.FormattedString
    ) -> cst.BaseExpression:
        """`f"{a["b"]!r}"` becomes `"{!r}".format((a["b"]))`."""
        return updated_node if _is_accepted(original_node) else _as_call(updated_node)

    def leave_TemplatedString(
        self, original_node: "cst.TemplatedString", updated_node: "cst.TemplatedString"
    ) -> cst.BaseExpression:
        """`t"{a}"` becomes `Template("{}", (a))`, a call of something unknown."""
        return updated_node if _is_accepted(original_node) else _as_call(updated_node)

    def visit_ConcatenatedString(self, node: cst.ConcatenatedString) -> bool:
        """Leave the parts to `leave_ConcatenatedString`: a call cannot take the place of one."""
        return False

    def leave_ConcatenatedString(
        self, original_node: cst.ConcatenatedString, updated_node: cst.ConcatenatedString
    ) -> cst.BaseExpression:
        """`"a" f"{b["c"]}"` becomes `("a"+"{}".format((b["c"])))`."""
        if _is_accepted(original_node):
            return updated_node
        left, right = updated_node.left.visit(self), updated_node.right.visit(self)
        assert isinstance(left, cst.BaseExpression)
        assert isinstance(right, cst.BaseExpression)
        between = cst.Add(cst.SimpleWhitespace(""), updated_node.whitespace_between)
        lpar, rpar = [*updated_node.lpar, cst.LeftParen()], [cst.RightParen(), *updated_node.rpar]
        return cst.BinaryOperation(left, between, right, lpar, rpar)


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


def _is_accepted(node: cst.BaseExpression) -> bool:
    """Whether the running interpreter takes an expression as it is."""
    try:
        ast.parse(f"({_code(node)})", mode="eval")
    except SyntaxError:
        return False
    return True


def _in_parentheses(node: cst.BaseExpression | None) -> cst.BaseExpression | None:
    if isinstance(node, cst.Tuple) and not node.lpar:
        return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return node


def _without_type_parameters(node: _Generic) -> _Generic:
    if node.type_parameters is None:
        return node
    return node.with_changes(
        type_parameters=None,
        whitespace_after_name=_blank(node.type_parameters),
        whitespace_after_type_parameters=cst.SimpleWhitespace(""),
    )


def _blank(node: cst.CSTNode | None, otherwise: str = "") -> cst.SimpleWhitespace:
    """White space with as many lines as a node that is left out."""
    lines = _code(node).count("\n") if node is not None else 0
    return cst.SimpleWhitespace("\\\n" * lines + " " if lines else otherwise)


def _as_call(node: "cst.FormattedString | cst.TemplatedString") -> cst.Call:
    """The call of `str.format`, or of `Template`, that stands for a string with fields."""
    letters = node.start.rstrip("\"'")
    quotes = node.start[len(letters) :]
    prefix = "".join(letter for letter in letters if letter in "rR")
    parts = list(_parts(node.parts))
    template = cst.SimpleString(f"{prefix}{quotes}{''.join(text for text, _ in parts)}{node.end}")
    values = [cst.Arg(value) for _, found in parts for value in found]
    if isinstance(node, cst.FormattedString):
        return cst.Call(cst.Attribute(template, cst.Name("format")), values, node.lpar, node.rpar)
    return cst.Call(cst.Name("Template"), [cst.Arg(template), *values], node.lpar, node.rpar)


def _parts(nodes: Sequence[cst.CSTNode]) -> Iterator[tuple[str, list[cst.BaseExpression]]]:
    """The parts of a string as `str.format` wants them, each with the values of its fields."""
    for node in nodes:
        if isinstance(node, _TEXTS):
            yield node.value, []
        elif isinstance(node, _FIELDS):
            values = [_value(node)]
            conversion, spec = node.conversion, list(_parts(node.format_spec or ()))
            text = ""
            if node.equal is not None:
                shown = f"{_code(node.whitespace_before_expression)}{_code(node.expression)}{_code(node.equal)}"
                text, values = "{}", [cst.SimpleString(repr(shown)), *values]
                conversion = conversion or (None if spec else "r")
            text += "{" + (f"!{conversion}" if conversion else "")
            text += (":" + "".join(part for part, _ in spec) if spec else "") + "}"
            yield text, [*values, *(value for _, found in spec for value in found)]


def _value(node: "cst.FormattedStringExpression | cst.TemplatedStringExpression") -> cst.BaseExpression:
    """The expression of a field in parentheses, which it can do without inside the braces."""
    opening = cst.LeftParen(node.whitespace_before_expression)
    closing = cst.RightParen(node.whitespace_after_expression)
    return node.expression.with_changes(lpar=[opening, *node.expression.lpar], rpar=[*node.expression.rpar, closing])
