"""The program `doctor`: its commands, and what it does without one."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from analyzer import __version__

_LOOK: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}
COMMANDS = {
    "scan": "Exit codes: 0 done, 1 findings, 2 usage or configuration, 3 no Django project, 70 internal error.",
    "detect": "Exit codes: 0 done, 2 usage or configuration, 70 internal error.",
    "plan": "Exit codes: 0 done, 2 usage or configuration, 3 no Django project, 70 internal error.",
    "emit": "Exit codes: 0 done, 2 usage, 3 no Django project, 4 edits or drift, 70 internal error.",
    "verify": "Exit codes: 0 done, 2 usage, 5 a check failed, 6 no Docker engine, 70 internal error.",
    "fleet": "Exit codes: 0 done, 1 not all came to an end, 2 usage or configuration, 5 a check of --verify failed, "
    "6 no Docker engine, 70 internal error.",
    "explain": "Exit codes: 0 done, 2 there is no such rule, 70 internal error.",
    "schema": None,
}
"""What follows the help of each; a command is the function of its name in the module of its name."""


class _OnDemand(Mapping[str, Any]):
    """The commands by name, each made when it is asked for: all of them take longer than the one that is wanted."""

    def __getitem__(self, name: str) -> Any:
        return _command(name)

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


@cache
def _command(name: str) -> Any:
    """Raises KeyError where there is none of this name."""
    epilog = COMMANDS[name]
    single = typer.Typer(**_LOOK, add_completion=False)
    single.command(name, epilog=epilog)(getattr(import_module(f"analyzer.cli.{name}"), name))
    return typer.main.get_command(single)


class Commands(TyperGroup):
    """The commands; without one, `doctor` with its options means `doctor scan`."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: Any = _OnDemand()

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the help."""
        return list(COMMANDS)

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


app = typer.Typer(cls=Commands, **_LOOK, context_settings={"help_option_names": ["-h", "--help"]})


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
