"""`doctor scan`: the report."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import Colour, ConfigFile, NoConfig, ProjectDirectory, ReportFormat, Repository
from analyzer.cli.reports import SUFFIXES, Look, Show, format_of, render
from analyzer.cli.support import (
    EXIT_FINDINGS,
    EXIT_NO_PROJECT,
    configuration,
    failures,
    folder,
    profiled,
    refuse_both,
    say_nothing,
)
from analyzer.console import WIDTH, When, print_text, say, uses_colour, width_of
from analyzer.model.errors import UsageError
from analyzer.model.finding import FailOn, MinCertainty, MinSeverity

if TYPE_CHECKING:
    from analyzer.config import Config
    from analyzer.model.report import Report
    from analyzer.model.verification import Verification


def scan(
    path: Repository = ".",
    format_: Annotated[
        ReportFormat | None, typer.Option("--format", "-f", envvar="DOCTOR_FORMAT", help="Format of the report.")
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=f"Write the report to a file ({', '.join(SUFFIXES)}) instead; repeatable.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Let --output replace a file that is no report.")] = False,
    root_dir: ProjectDirectory = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="RULE|CATEGORY", help="Apply only this rule, or those of it; repeatable."),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option("--skip", metavar="RULE|CATEGORY", help="Do not apply this rule, or those of it; repeatable."),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            envvar="DOCTOR_FAIL_ON",
            help="Exit 1 with an open finding at least this severe.  [default: blocker]",
        ),
    ] = None,
    min_severity: Annotated[
        MinSeverity | None, typer.Option("--min-severity", help="Leave out findings that are less severe.")
    ] = None,
    min_certainty: Annotated[
        MinCertainty | None, typer.Option("--min-certainty", help="Leave out findings that are less certain.")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            envvar="DOCTOR_BASELINE",
            help="Findings in this file are known and do not count.",
        ),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", metavar="FILE", help="Write what is found to a baseline file as well."),
    ] = None,
    no_ignores: Annotated[
        bool, typer.Option("--no-ignores", help="Let findings count that the configuration or a comment ignores.")
    ] = False,
    show: Annotated[
        list[Show] | None,
        typer.Option("--show", help="Show this, too, in the terminal; repeatable."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the summary line only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every detail; timings on stderr.")] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Print on stderr where the time went.")] = False,
    color: Colour = When.AUTO,
    verified: Annotated[
        Path | None,
        typer.Option("--verified", metavar="FILE", help="Add the result that doctor verify --json-out wrote."),
    ] = None,
    exit_zero: Annotated[
        bool,
        typer.Option(
            "--exit-zero", envvar="DOCTOR_EXIT_ZERO", help="Exit 0 also with findings, or without a Django project."
        ),
    ] = False,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Audit a repository for its move off buildpacks, each statement with file and line.

    Reads only: nothing of the repository is run or changed, and no network is used.
    """
    with failures(verbose), profiled(profile) as heard:
        refuse_both("--quiet", quiet, "--verbose", verbose)
        refuse_both("--config", config is not None, "--no-config", no_config)
        refuse_both("--baseline", baseline is not None, "--write-baseline", write_baseline is not None)
        root = folder(path)

        from analyzer.emit.report_file import check_report_files, write_report_file
        from analyzer.model.facts import NoDjangoProject
        from analyzer.pipeline import analyze, stage

        files = {file: format_of(file, format_) for file in output or ()}
        check_report_files([*files, *([write_baseline] if write_baseline else [])], force=force)
        verification = _verification(verified) if verified is not None else None
        settings = configuration(root, config, no_config=no_config, root_dir=root_dir)
        audit = settings.audit
        known = str(baseline.absolute()) if baseline is not None else audit.baseline
        audit = replace(
            audit,
            fail_on=fail_on or audit.fail_on,
            min_severity=min_severity or audit.min_severity,
            min_certainty=min_certainty or audit.min_certainty,
            only=tuple(only or audit.only),
            skip=(*audit.skip, *(skip or ())),
            baseline=known if write_baseline is None else None,
        )
        settings = replace(settings, audit=audit, ignores=() if no_ignores else settings.ignores)
        log = heard(say if verbose else say_nothing)
        formats = set(files.values()) or {format_ or ReportFormat.TERMINAL}
        patches = bool(formats & {ReportFormat.PATCH, ReportFormat.HTML})
        result = analyze(root, settings, log, comments=not no_ignores, patches=patches)
        if isinstance(result, NoDjangoProject):
            from analyzer.render.no_project import render as render_no_project

            say(render_no_project(result, path))
            raise typer.Exit(0 if exit_zero else EXIT_NO_PROJECT)
        result = replace(result, verification=verification)
        if write_baseline is not None:
            _write_baseline(write_baseline, result)
        with stage("render the report", log):
            if not files:
                look = Look(width_of(sys.stdout), uses_colour(color, sys.stdout), quiet, verbose, tuple(show or ()))
                print_text(render(result, format_ or ReportFormat.TERMINAL, look))
            for file, format_of_file in files.items():
                look = Look(WIDTH, color is When.ALWAYS, quiet, verbose, tuple(show or ()))
                write_report_file(file, render(result, format_of_file, look))
                log(f"wrote {file}")
        if not exit_zero and write_baseline is None and _fails(result, settings):
            raise typer.Exit(EXIT_FINDINGS)


def _fails(report: "Report", settings: "Config") -> bool:
    """Whether an open finding is as severe as what the exit code is to tell of."""
    from analyzer.model.finding import SEVERITIES, Severity

    least = settings.audit.fail_on or Severity.BLOCKER.value
    if least == "never" or report.audit is None:
        return False
    severe = SEVERITIES[: SEVERITIES.index(Severity(least)) + 1]
    return any(one.severity in severe for one in report.audit.open)


def _write_baseline(file: Path, report: "Report") -> None:
    from analyzer.audit.baseline import baseline_text
    from analyzer.emit.report_file import write_report_file

    found = report.audit.open if report.audit is not None else ()
    write_report_file(file, baseline_text(found))
    say(f"wrote {file}: {len(found)} findings are known from now on, with --baseline {file}")


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
