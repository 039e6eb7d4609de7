"""`doctor fleet`: many repositories."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from analyzer.cli.options import Colour, ConfigFile, NoConfig
from analyzer.cli.support import EXIT_VERIFICATION, failures, refuse_both
from analyzer.console import When, print_text, say, uses_colour, width_of
from analyzer.model.errors import UsageError

if TYPE_CHECKING:
    from analyzer.fleet.repositories import Repository
    from analyzer.fleet.results import Results
    from analyzer.fleet.scanning import ScanOptions
    from analyzer.fleet.verification import VerifyOptions
    from analyzer.model.fleet import FleetEntry

Step: TypeAlias = Callable[[str, str], None]
"""Told of each repository that is done: its name, and what came of it."""

EXIT_INCOMPLETE = 1
"""A repository was not scanned, or not verified, for a reason that is not its own."""
SCAN_SECONDS = 120
VERIFY_SECONDS = 7200


def fleet(
    path: Annotated[
        str, typer.Argument(metavar="DIR|LIST", help="Folder of repositories, or a file with a path in each line.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FILE", help="Keep the results here, as JSON lines; what is in it is not done again."
        ),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the summary there, as a page, too.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew, whatever --out holds.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Do again what crashed or timed out.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is no report.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Scans at a time.  [default: one a processor]"),
    ] = None,
    timeout: Annotated[
        int, typer.Option("--timeout", metavar="SECONDS", min=1, help="For the scan of a repository.")
    ] = SCAN_SECONDS,
    verify: Annotated[
        bool, typer.Option("--verify", help="Build and run each, too, on the workers of a Dask cluster.")
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Scheduler of that cluster, instead of one made here."),
    ] = None,
    verify_timeout: Annotated[
        int, typer.Option("--verify-timeout", metavar="SECONDS", min=1, help="For the verification of a repository.")
    ] = VERIFY_SECONDS,
    ca_bundle: Annotated[
        Path | None,
        typer.Option("--ca-bundle", metavar="FILE", help="Certificates (PEM) that builds trust, too: pip, apt, npm."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every repository.")] = False,
    color: Colour = When.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Scan many repositories side by side, and say what they need together and in which order to move them.

    Reads only: nothing of a repository is run or changed, and no network is used; --verify runs copies in containers.
    """
    with failures(verbose):
        refuse_both("--config", config is not None, "--no-config", no_config)
        for name, given in (("--scheduler", scheduler), ("--ca-bundle", ca_bundle)):
            if given is not None and not verify:
                raise UsageError(f"{name} is for --verify")

        from analyzer.cli.reports import source_date
        from analyzer.emit.report_file import check_report_files, write_report_file
        from analyzer.fleet.repositories import find_repositories
        from analyzer.fleet.results import results
        from analyzer.fleet.scanning import ScanOptions, check_options
        from analyzer.fleet.summary import summary_of
        from analyzer.fleet.verification import VerifyOptions
        from analyzer.render.fleet.terminal import render as render_terminal

        check_report_files([file for file in (out, html) if file is not None], force=force)
        options = ScanOptions(config=config and config.absolute(), no_config=no_config, retry=retry)
        check_options(options)
        repositories = find_repositories(Path(path))
        jobs = jobs or _processors()
        with results(out, fresh=fresh) as kept, _told_how_to_go_on(out):
            if kept.unread:
                say(f"{out}: {kept.unread} of its lines are no results and are left out")
            _scan(repositories, kept, options, jobs=jobs, seconds=timeout, quiet=quiet)
            lost = 0
            if verify:
                wanted = VerifyOptions(
                    seconds=verify_timeout, ca_bundle=ca_bundle, config=options.config, no_config=no_config, retry=retry
                )
                lost = _verify(repositories, kept, wanted, scheduler=scheduler, jobs=jobs, quiet=quiet)
            entries = [kept.entries[one.name] for one in repositories]
        summary = summary_of(os.path.basename(os.path.realpath(path)), entries)
        if html is not None:
            from analyzer.render.fleet.html import render as render_html

            write_report_file(html, render_html(summary, date=source_date()))
        width, colour = width_of(sys.stdout), uses_colour(color, sys.stdout)
        print_text(render_terminal(summary, width=width, colour=colour, verbose=verbose))
        if code := EXIT_INCOMPLETE if lost else _exit_code(entries):
            raise typer.Exit(code)


def _scan(
    repositories: "Sequence[Repository]",
    kept: "Results",
    options: "ScanOptions",
    *,
    jobs: int,
    seconds: int,
    quiet: bool,
) -> None:
    """Scan what is not known yet, and keep each result as it comes."""
    from analyzer.fleet.scanning import scan_each
    from analyzer.render.fleet.words import in_short

    scans = scan_each(repositories, kept.entries, options, jobs=jobs, seconds=seconds)
    with closing(scans), _progress(len(repositories), "Scanning", quiet=quiet) as step:
        for entry, is_new in scans:
            if is_new:
                kept.add(entry)
            step(entry.repository, f"{in_short(entry)}{'' if is_new else ' (as before)'}")


def _verify(
    repositories: "Sequence[Repository]",
    kept: "Results",
    options: "VerifyOptions",
    *,
    scheduler: str | None,
    jobs: int,
    quiet: bool,
) -> int:
    """Verify what was scanned and is not verified yet, and keep each result as it comes; the number of those without.

    Raises UsageError and EngineError where there is no cluster, or a worker without a Docker engine.
    """
    from analyzer.fleet.cluster import Lost, cluster, on_each_worker, on_workers
    from analyzer.fleet.verification import check_workers, tasks_of, verify_one, worker_state
    from analyzer.render.fleet.words import verified_in_short

    tasks = tasks_of(repositories, kept.entries, options)
    if not tasks:
        return 0
    lost: dict[str, Lost] = {}
    with cluster(scheduler, workers=min(jobs, len(tasks))) as client:
        check_workers(on_each_worker(client, worker_state))
        with _progress(len(tasks), "Verifying", quiet=quiet) as step:
            for task, found in on_workers(client, verify_one, tasks):
                if isinstance(found, Lost):
                    lost[task.name] = found
                    step(task.name, "not verified")
                else:
                    entry = replace(kept.entries[task.name], verification=found)
                    kept.add(entry)
                    step(task.name, verified_in_short(entry))
    for name, reason in lost.items():
        say(f"{name}: not verified: {reason}")
    return len(lost)


def _exit_code(entries: "Sequence[FleetEntry]") -> int:
    from analyzer.model.fleet import VerificationOutcome

    outcomes = {entry.verification.outcome for entry in entries if entry.verification is not None}
    if not all(one.is_answer for one in outcomes) or not all(entry.outcome.is_answer for entry in entries):
        return EXIT_INCOMPLETE
    return EXIT_VERIFICATION if VerificationOutcome.FAILED in outcomes else 0


@contextmanager
def _progress(total: int, label: str, *, quiet: bool) -> Iterator[Step]:
    """A bar on a terminal, a line for each repository elsewhere."""
    from analyzer.render.text_layout import visible

    if quiet:
        yield lambda name, text: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with typer.progressbar(length=total, label=label, file=sys.stderr, show_pos=True) as bar:
            yield lambda name, text: bar.update(1)
    else:
        numbers = count(1)
        yield lambda name, text: say(f"[{next(numbers):{len(str(total))}}/{total}] {visible(f'{name}: {text}')}")


@contextmanager
def _told_how_to_go_on(out: Path | None) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        say(f"{out} keeps what is done; the same command goes on" if out else "nothing is kept without --out FILE")
        raise


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
