"""What the docstrings of a dataclass say: its own, and the text behind each field."""

import ast
import inspect
import textwrap
from collections.abc import Mapping
from itertools import pairwise
from typing import Any


def summary(cls: type) -> str:
    """The first paragraph of a class's docstring, on one line; "" without one."""
    return _joined(inspect.getdoc(cls) or "")


def field_texts(cls: type) -> Mapping[str, str]:
    """The first paragraph of the text behind each field that has one, on one line, by field."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    found: dict[str, str] = {}
    body: list[Any] = definition.body if isinstance(definition, ast.ClassDef) else []
    for before, node in pairwise(body):
        match before, node:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = _joined(inspect.cleandoc(text))
            case _:
                pass
    return found


def _joined(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())
