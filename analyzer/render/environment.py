"""The one jinja2 environment: templates/ of the checkout, or the copy that the wheel holds."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import analyzer

SHIPPED = "_templates"
CHECKOUT = "templates"


@cache
def environment() -> Environment:
    """Templates of files that are no HTML: nothing is escaped, a missing name is an error, blocks leave no line."""
    package = Path(analyzer.__file__).parent
    folders = [package / SHIPPED, package.parent / CHECKOUT]
    return Environment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
