"""The one jinja2 environment: templates/ of the checkout, or the copy that the wheel holds."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import analyzer
from analyzer.render.json_text import to_json
from analyzer.render.text_layout import visible

SHIPPED = "_templates"
CHECKOUT = "templates"


@cache
def environment() -> Environment:
    """Templates of files that are no HTML: nothing is escaped, a missing name is an error, blocks leave no line."""
    package = Path(analyzer.__file__).parent
    folders = [package / SHIPPED, package.parent / CHECKOUT]
    made = Environment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.policies["json.dumps_function"] = to_json
    return made


def page_environment() -> Environment:
    """Templates of HTML: whatever is put in is escaped, and characters that nobody sees are shown as escapes."""
    return environment().overlay(autoescape=True, finalize=_shown)


def _shown(value: Any) -> Any:
    """Text of the repository may turn the direction of reading; markup is that of a template."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "\n".join(map(visible, value.expandtabs(4).split("\n")))
    return value
