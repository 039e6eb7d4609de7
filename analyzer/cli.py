"""The command line: options in, one call of the pipeline, a report and an exit code out.

Reports go to standard output, everything else to standard error. Exit codes: 0 done, 2 usage or configuration,
3 no Django project, 70 a fault of doctor itself. Whatever only some commands need is imported by those.
"""

import gc
import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from analyzer import __version__
from analyzer.cli_support import EXIT_NO_PROJECT, failures, folder, refuse_both, say_nothing
from analyzer.console import WIDTH, When, print_text, say, uses_colour, width_of
from analyzer.model.errors import UsageError

if TYPE_CHECKING:
    from analyzer.model.report import Report


class Format(StrEnum):
    """How a report is written."""

    TERMINAL = "terminal"
    JSON = "json"


SUFFIXES = {".txt": Format.TERMINAL, ".json": Format.JSON}


class Document(StrEnum):
    """A document with a JSON Schema."""

    REPORT = "report"


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


@app.command(epilog="Exit codes: 0 done, 2 usage or configuration, 3 no Django project, 70 internal error.")
def scan(
    path: Annotated[str, typer.Argument(metavar="PATH", help="Folder of the repository.")] = ".",
    format_: Annotated[
        Format | None, typer.Option("--format", "-f", envvar="DOCTOR_FORMAT", help="Format of the report.")
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the report to a file (.txt or .json) instead; repeatable."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Let --output replace a file that is no report.")] = False,
    root_dir: Annotated[
        str | None,
        typer.Option(
            "--root-dir", metavar="DIR", envvar="DOCTOR_ROOT_DIR", help="The project's folder, relative to PATH."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the summary line only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every detail; timings on stderr.")] = False,
    color: Annotated[When, typer.Option("--color", envvar="DOCTOR_COLOR", help="When to use colour.")] = When.AUTO,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", envvar="DOCTOR_EXIT_ZERO", help="Exit 0 also without a Django project.")
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", envvar="DOCTOR_CONFIG", help="Configuration instead of PATH's own."),
    ] = None,
    no_config: Annotated[
        bool, typer.Option("--no-config", envvar="DOCTOR_NO_CONFIG", help="Read no configuration.")
    ] = False,
) -> None:
    """Report what is in a repository, each statement with file and line.

    Reads only: nothing of the repository is run or changed, and no network is used.
    """
    with failures(verbose):
        refuse_both("--quiet", quiet, "--verbose", verbose)
        refuse_both("--config", config is not None, "--no-config", no_config)
        root = folder(path)

        from analyzer.config import Config, load_config
        from analyzer.emit.report_file import check_report_files, write_report_file
        from analyzer.model.facts import NoDjangoProject
        from analyzer.pipeline import analyze, stage

        files = {file: _format_of(file, format_) for file in output or ()}
        check_report_files(files, force=force)
        settings = Config() if no_config else load_config(root, config)
        log = say if verbose else say_nothing
        result = analyze(root, settings if root_dir is None else replace(settings, root_dir=root_dir), log)
        if isinstance(result, NoDjangoProject):
            from analyzer.render.no_project import render as render_no_project

            say(render_no_project(result, path))
            raise typer.Exit(0 if exit_zero else EXIT_NO_PROJECT)
        with stage("render the report", log):
            if not files:
                look = Look(width_of(sys.stdout), uses_colour(color, sys.stdout), quiet, verbose)
                print_text(_render(result, format_ or Format.TERMINAL, look))
            for file, format_of_file in files.items():
                look = Look(WIDTH, color is When.ALWAYS, quiet, verbose)
                write_report_file(file, _render(result, format_of_file, look))
                log(f"wrote {file}")


@app.command(epilog="Exit codes: 0 done, 2 usage or configuration, 70 internal error.")
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
    color: Annotated[When, typer.Option("--color", envvar="DOCTOR_COLOR", help="When to use colour.")] = When.AUTO,
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


@app.command()
def schema(document: Annotated[Document, typer.Argument(help="Which document.")]) -> None:
    """Print the JSON Schema of a document."""
    from analyzer.render.schema import schema as schema_of

    with failures(verbose=False):
        print_text(schema_of(document.value))


class Look(NamedTuple):
    """How a report for people looks."""

    width: int
    colour: bool
    quiet: bool
    verbose: bool


def _render(report: "Report", format_: Format, look: Look) -> str:
    if format_ is Format.JSON:
        from analyzer.render.report.json import render as render_json

        return render_json(report)
    from analyzer.render.report.terminal import Detail, render

    detail = Detail.SUMMARY if look.quiet else Detail.FULL if look.verbose else Detail.NORMAL
    return render(report, width=look.width, colour=look.colour, detail=detail)


def _format_of(file: Path, chosen: Format | None) -> Format:
    """The suffix of a file decides; `--format` does where the suffix says nothing."""
    found = SUFFIXES.get(file.suffix.lower(), chosen)
    if found is None:
        raise UsageError(f"--output {file}: the name ends in none of {', '.join(SUFFIXES)}; add --format")
    return found


def main() -> None:
    """The command `doctor`.

    A scan builds syntax trees and answers, which live until it ends, and hardly a cycle: the collector, at its usual
    threshold, would walk them all again and again (a sixth of the whole run).
    """
    gc.set_threshold(100_000)
    app(prog_name="doctor")
