"""What something in Python source is called, wherever it was imported from."""

import ast


def last_name(node: ast.expr) -> str:
    """`c` of `a.b.c`, `a` of `a`; "" of any other expression."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
