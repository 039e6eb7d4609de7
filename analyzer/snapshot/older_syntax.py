"""Rewrites Python syntax of 3.12 to 3.14 to that of 3.11, keeping every line where it is."""

import libcst as cst


class ToOlderSyntax(cst.CSTTransformer):
    """`except A, B:` (PEP 758), type parameters and `type` statements (PEP 695), free quotes in f-strings (PEP 701)."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__()
        self._module = module

    def leave_ExceptHandler(
        self, original_node: cst.ExceptHandler, updated_node: cst.ExceptHandler
    ) -> cst.ExceptHandler:
        """Put the parentheses of a tuple back."""
        if isinstance(updated_node.type, cst.Tuple) and not updated_node.type.lpar:
            return updated_node.with_changes(type=_in_parentheses(updated_node.type))
        return updated_node

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        """Leave type parameters out: no value depends on them."""
        return updated_node.with_changes(type_parameters=None)

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        """Leave type parameters out."""
        return updated_node.with_changes(type_parameters=None)

    def leave_TypeAlias(self, original_node: cst.TypeAlias, updated_node: cst.TypeAlias) -> cst.Assign:
        """`type X = Y` becomes `X = Y`."""
        return cst.Assign(targets=[cst.AssignTarget(updated_node.name)], value=updated_node.value)

    def leave_FormattedString(
        self, original_node: cst.FormattedString, updated_node: cst.FormattedString
    ) -> cst.BaseExpression:
        """An f-string that uses its own quotes inside becomes a call of `str.format`, on one line."""
        quote = updated_node.end
        inside = [part for part in updated_node.parts if isinstance(part, cst.FormattedStringExpression)]
        codes = [self._module.code_for_node(part.expression) for part in inside]
        if not any(quote in code or "\\" in code or "\n" in code for code in codes):
            return updated_node
        if any(part.format_spec for part in inside) or len(quote) > 1:
            return updated_node
        template = "".join(map(_as_template, updated_node.parts))
        prefix = "r" if "r" in updated_node.start.lower() else ""
        function = cst.Attribute(cst.SimpleString(f"{prefix}{quote}{template}{quote}"), cst.Name("format"))
        return cst.Call(function, [cst.Arg(part.expression) for part in inside])


def _as_template(part: cst.BaseFormattedStringContent) -> str:
    """A part of an f-string as `str.format` wants it."""
    if isinstance(part, cst.FormattedStringText):
        return part.value
    conversion = part.conversion if isinstance(part, cst.FormattedStringExpression) else None
    return "{" + (f"!{conversion}" if conversion else "") + "}"


def _in_parentheses(node: cst.Tuple) -> cst.Tuple:
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
