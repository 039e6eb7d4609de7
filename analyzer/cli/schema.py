"""`doctor schema`: the JSON Schema of each document."""

from enum import StrEnum
from typing import Annotated

import typer

from analyzer.cli.support import failures
from analyzer.console import print_text


class Document(StrEnum):
    """A document with a JSON Schema."""

    REPORT = "report"
    PLAN = "plan"
    CONFIG = "config"
    DETECT = "detect"
    FLEET = "fleet"


def schema(
    document: Annotated[
        Document,
        typer.Argument(
            metavar="<report|plan|config|detect|fleet>",
            help="The document of doctor scan, plan or detect, the configuration, or a line of doctor fleet.",
        ),
    ],
) -> None:
    """Print the JSON Schema of what `--format json` prints, of doctor.toml and [tool.doctor], or of fleet's lines."""
    with failures(verbose=False):
        if document is Document.CONFIG:
            from analyzer.config.schema import config_schema

            print_text(config_schema())
        else:
            from analyzer.render.schema import schema as schema_of

            print_text(schema_of(document.value))
