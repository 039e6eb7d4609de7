"""`doctor scan`: the report."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from analyzer.cli.options import Colour, ConfigFile, Format, NoConfig, ProjectDirectory, Repository
from analyzer.cli.support import EXIT_NO_PROJECT, configuration, failures, folder, refuse_both, say_nothing
from analyzer.console import WIDTH, When, print_text, say, uses_colour, width_of
from analyzer.model.errors import UsageError

if TYPE_CHECKING:
    from analyzer.model.report import Report
    from analyzer.model.verification import Verification


SUFFIXES = {".txt": Format.TERMINAL, ".json": Format.JSON}


def scan(
    path: Repository = ".",
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
    root_dir: ProjectDirectory = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the summary line only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every detail; timings on stderr.")] = False,
    color: Colour = When.AUTO,
    verified: Annotated[
        Path | None,
        typer.Option("--verified", metavar="FILE", help="Add the result that doctor verify --json-out wrote."),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", envvar="DOCTOR_EXIT_ZERO", help="Exit 0 also without a Django project.")
    ] = False,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Report what is in a repository, each statement with file and line.

    Reads only: nothing of the repository is run or changed, and no network is used.
    """
    with failures(verbose):
        refuse_both("--quiet", quiet, "--verbose", verbose)
        refuse_both("--config", config is not None, "--no-config", no_config)
        root = folder(path)

        from analyzer.emit.report_file import check_report_files, write_report_file
        from analyzer.model.facts import NoDjangoProject
        from analyzer.pipeline import analyze, stage

        files = {file: _format_of(file, format_) for file in output or ()}
        check_report_files(files, force=force)
        verification = _verification(verified) if verified is not None else None
        settings = configuration(root, config, no_config=no_config, root_dir=root_dir)
        log = say if verbose else say_nothing
        result = analyze(root, settings, log)
        if isinstance(result, NoDjangoProject):
            from analyzer.render.no_project import render as render_no_project

            say(render_no_project(result, path))
            raise typer.Exit(0 if exit_zero else EXIT_NO_PROJECT)
        result = replace(result, verification=verification)
        with stage("render the report", log):
            if not files:
                look = Look(width_of(sys.stdout), uses_colour(color, sys.stdout), quiet, verbose)
                print_text(_render(result, format_ or Format.TERMINAL, look))
            for file, format_of_file in files.items():
                look = Look(WIDTH, color is When.ALWAYS, quiet, verbose)
                write_report_file(file, _render(result, format_of_file, look))
                log(f"wrote {file}")


def _verification(file: Path) -> "Verification":
    """What doctor verify found. Raises UsageError for a file that does not say it."""
    import json

    from analyzer.render.document.verification import verification_from

    try:
        return verification_from(json.loads(file.read_bytes()))
    except OSError as error:
        raise UsageError(f"--verified {file}: {error.strerror}") from None
    except (KeyError, TypeError, ValueError, RecursionError):
        raise UsageError(f"--verified {file}: no result of doctor verify --json-out") from None


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
