"""`doctor detect`: what each buildpack would do."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.options import Colour, Format
from analyzer.cli.support import failures, folder, refuse_both, say_nothing
from analyzer.console import When, print_text, say, uses_colour, width_of


def detect(
    path: Annotated[str, typer.Argument(metavar="PATH", help="Folder that is built.")] = ".",
    format_: Annotated[Format, typer.Option("--format", "-f", help="Format of the answer.")] = Format.TERMINAL,
    buildpack: Annotated[
        list[str] | None, typer.Option("--buildpack", metavar="ID", help="Only this buildpack; repeatable.")
    ] = None,
    root_dir: Annotated[
        str | None, typer.Option("--root-dir", metavar="DIR", help="The folder that is built, relative to PATH.")
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Say what makes each buildpack do so.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the table only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Timings on stderr.")] = False,
    color: Colour = When.AUTO,
) -> None:
    """Say what each buildpack would do with a folder, be it a Django project or not.

    Reads only: nothing of the folder is run or changed, and no network is used.
    """
    with failures(verbose):
        refuse_both("--quiet", quiet, "--why", why)
        root = folder(path if root_dir is None else str(Path(path, root_dir)))

        from analyzer.config import Config
        from analyzer.pipeline import detect as detect_in

        answer = detect_in(root, Config(), say if verbose else say_nothing, tuple(buildpack or ()))
        if format_ is Format.JSON:
            from analyzer.render.detection.json import render as render_json

            print_text(render_json(answer))
        else:
            from analyzer.render.detection.terminal import render as render_terminal

            width, colour = width_of(sys.stdout), uses_colour(color, sys.stdout)
            print_text(render_terminal(answer, width=width, colour=colour, today=date.today(), why=why, quiet=quiet))
