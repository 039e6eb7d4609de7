"""The program `doctor`: its commands, and what it does without one."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from analyzer import __version__
from analyzer.cli.detect import detect
from analyzer.cli.emit import emit
from analyzer.cli.explain import explain
from analyzer.cli.fleet import fleet
from analyzer.cli.plan import plan
from analyzer.cli.scan import scan
from analyzer.cli.schema import schema
from analyzer.cli.verify import verify


class Commands(TyperGroup):
    """The commands; without one, `doctor` with its options means `doctor scan`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `scan` in front of options that are not the group's own."""
        own = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        if not ctx.resilient_parsing and (not args or (args[0].startswith("-") and args[0].split("=")[0] not in own)):
            args = ["scan", *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """A folder is no command, since it may be called `scan`; name the command that was meant."""
        if args[0] not in self.commands and Path(args[0]).is_dir():
            ctx.fail(f"No such command '{args[0]}'. To scan that folder: doctor scan {args[0]}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"doctor {__version__}")
        raise typer.Exit


@app.callback()
def doctor(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Read a Django repository without running it, and say what it needs.

    Plain `doctor` means `doctor scan .`
    """


app.command(epilog="Exit codes: 0 done, 1 findings, 2 usage or configuration, 3 no Django project, 70 internal error.")(
    scan
)
app.command(epilog="Exit codes: 0 done, 2 usage or configuration, 70 internal error.")(detect)
app.command(epilog="Exit codes: 0 done, 2 usage or configuration, 3 no Django project, 70 internal error.")(plan)
app.command(epilog="Exit codes: 0 done, 2 usage, 3 no Django project, 4 edits or drift, 70 internal error.")(emit)
app.command(epilog="Exit codes: 0 done, 2 usage, 5 a check failed, 6 no Docker engine, 70 internal error.")(verify)
app.command(
    epilog="Exit codes: 0 done, 1 not all came to an end, 2 usage or configuration, 5 a check of --verify failed, 6 no "
    "Docker engine, 70 internal error."
)(fleet)
app.command(epilog="Exit codes: 0 done, 2 there is no such rule, 70 internal error.")(explain)
app.command()(schema)
