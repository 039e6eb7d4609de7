"""`doctor plan`: the decisions."""

import sys
from typing import Annotated

import typer

from analyzer.cli.options import Colour, ConfigFile, Format, NoConfig, Online, ProjectDirectory, Repository
from analyzer.cli.support import configuration, failures, folder, refuse_both, refuse_without_project, say_nothing
from analyzer.console import When, print_text, say, uses_colour, width_of


def plan(
    path: Repository = ".",
    format_: Annotated[Format, typer.Option("--format", "-f", help="Format of the plan.")] = Format.TERMINAL,
    online: Online = False,
    root_dir: ProjectDirectory = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print alternatives; timings on stderr.")] = False,
    color: Colour = When.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Show what doctor emit would write and why: each decision, its reason, and the key that changes it.

    Reads only: nothing of the repository is run or changed, and no network is used without --online.
    """
    with failures(verbose):
        refuse_both("--config", config is not None, "--no-config", no_config)
        root = folder(path)

        from analyzer.pipeline import TOOL
        from analyzer.pipeline import plan as plan_for

        settings = configuration(root, config, no_config=no_config, root_dir=root_dir)
        decided = refuse_without_project(plan_for(root, settings, say if verbose else say_nothing, online=online), path)
        if format_ is Format.JSON:
            from analyzer.render.plan.json import render as render_json

            print_text(render_json(decided, TOOL))
        else:
            from analyzer.render.plan.terminal import render as render_terminal

            width, colour = width_of(sys.stdout), uses_colour(color, sys.stdout)
            print_text(render_terminal(decided, TOOL, width=width, colour=colour, details=verbose, online=online))
