"""`doctor schema`: the JSON Schema of each document."""

from enum import StrEnum
from typing import Annotated

import typer

from analyzer.cli.support import failures
from analyzer.console import print_text


class Document(StrEnum):
    """A document with a JSON Schema."""

    REPORT = "report"
    DETECT = "detect"


def schema(
    document: Annotated[
        Document,
        typer.Argument(metavar="<report|detect>", help="The document of doctor scan, or that of doctor detect."),
    ],
) -> None:
    """Print the JSON Schema of what `--format json` prints."""
    from analyzer.render.schema import schema as schema_of

    with failures(verbose=False):
        print_text(schema_of(document.value))
