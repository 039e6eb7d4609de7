"""Options that several commands have."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analyzer.console import When


class Format(StrEnum):
    """How an answer is written."""

    TERMINAL = "terminal"
    JSON = "json"


class ReportFormat(StrEnum):
    """How the report of a scan is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    PATCH = "patch"


ProjectDirectory = Annotated[
    str | None,
    typer.Option("--root-dir", metavar="DIR", envvar="DOCTOR_ROOT_DIR", help="The project's folder, relative to PATH."),
]
Online = Annotated[
    bool,
    typer.Option(
        "--online",
        help="Where the Python version is open, ask the package index of pip which one has wheels of all requirements.",
    ),
]
Repository = Annotated[str, typer.Argument(metavar="PATH", help="Folder of the repository.")]
Colour = Annotated[When, typer.Option("--color", envvar="DOCTOR_COLOR", help="When to use colour.")]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", envvar="DOCTOR_CONFIG", help="Configuration instead of PATH's own."),
]
NoConfig = Annotated[bool, typer.Option("--no-config", envvar="DOCTOR_NO_CONFIG", help="Read no configuration.")]
