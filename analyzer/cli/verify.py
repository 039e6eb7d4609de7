"""`doctor verify`: the files, tried for real."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.options import Colour, ConfigFile, NoConfig, Repository
from analyzer.cli.support import EXIT_VERIFICATION, configuration, failures, folder, refuse_both, say_nothing
from analyzer.console import When, print_text, say, uses_colour, width_of
from analyzer.model.errors import UsageError

BUILD_SECONDS = 3600
"""As the platform gives a build."""


def verify(
    path: Repository = ".",
    spec: Annotated[
        str, typer.Option("--spec", metavar="FILE", help="The app spec, relative to PATH.")
    ] = ".do/app.yaml",
    component: Annotated[
        list[str] | None, typer.Option("--component", metavar="NAME", help="Only this one; can be given several times.")
    ] = None,
    env_file: Annotated[
        Path | None,
        typer.Option("--env-file", metavar="FILE", help="Values for variables that the spec leaves open (NAME=value)."),
    ] = None,
    image: Annotated[
        list[str] | None,
        typer.Option(
            "--image", metavar="ENGINE=NAME", help="Image of a database or of S3, as PG=postgis/postgis:17-3.5."
        ),
    ] = None,
    ca_bundle: Annotated[
        Path | None,
        typer.Option("--ca-bundle", metavar="FILE", help="Certificates (PEM) that builds trust, too: pip, apt, npm."),
    ] = None,
    timeout: Annotated[
        int, typer.Option("--timeout", metavar="SECONDS", min=1, help="For a build, and for a job.")
    ] = BUILD_SECONDS,
    network: Annotated[
        bool, typer.Option("--network/--no-network", help="Whether the app may reach the internet while it runs.")
    ] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave everything running and print the addresses.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove what killed and kept runs left on the engine; do nothing else.")
    ] = False,
    json_out: Annotated[
        Path | None, typer.Option("--json-out", metavar="FILE", help="Write the result there, as JSON, too.")
    ] = None,
    log_dir: Annotated[
        Path | None, typer.Option("--log-dir", metavar="DIR", help="Write the whole logs into this folder.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Let --json-out replace a file that is no report.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="The output of the builds, too.")] = False,
    color: Colour = When.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Build and run the app of the app spec on the local Docker engine, and check it.

    Works from the files alone, whoever wrote them. Everything is removed at the end. The code of the repository runs
    in containers only, without the engine's socket and the files of this machine, and without the internet unless
    --network is given.
    """
    with failures(verbose):
        from analyzer.pipeline import TOOL
        from analyzer.verify.engine import connect

        if prune:
            from contextlib import closing

            from analyzer.verify.workspace import prune as remove_leftovers

            with closing(connect()) as client:
                say(f"removed: {remove_leftovers(client)}")
            return
        root = folder(path)

        from analyzer.emit.report_file import check_report_files, write_report_file
        from analyzer.render.verification.json import render as render_json
        from analyzer.render.verification.terminal import render as render_terminal
        from analyzer.verify.run import verify as verify_app
        from analyzer.verify.session import Request
        from analyzer.verify.trust import read_bundle

        refuse_both("--config", config is not None, "--no-config", no_config)
        check_report_files([json_out] if json_out else [], force=force)
        settings = configuration(root, config, no_config=no_config, root_dir=None)
        request = Request(
            root=root,
            spec=spec,
            components=tuple(component or ()),
            values=_values(env_file),
            images=_images(settings.verify.images, image or []),
            limit=timeout,
            certificates=read_bundle(ca_bundle) if ca_bundle is not None else (),
            network=network,
            keep=keep,
            log_dir=_log_folder(log_dir),
        )
        begin = time.monotonic()

        def progress(line: str) -> None:
            say(f"[{time.monotonic() - begin:6.1f} s] {line}")

        found = verify_app(request, say_nothing if quiet else progress, say if verbose else say_nothing)
        if json_out is not None:
            write_report_file(json_out, render_json(found, TOOL))
        width, colour = width_of(sys.stdout), uses_colour(color, sys.stdout)
        print_text(render_terminal(found, TOOL, width=width, colour=colour))
        if not found.passed:
            raise typer.Exit(EXIT_VERIFICATION)


def _values(file: Path | None) -> dict[str, str]:
    """The variables of a file of lines NAME=value. Raises UsageError."""
    if file is None:
        return {}
    from docker.errors import DockerException
    from docker.utils import parse_env_file

    try:
        return dict(parse_env_file(str(file)))
    except (OSError, UnicodeDecodeError, DockerException) as error:
        raise UsageError(f"{file}: {error}") from None


def _images(configured: Mapping[str, str], given: list[str]) -> dict[str, str]:
    """Images by engine: what the options say, else the environment (read where an image is chosen), else the file.

    Raises UsageError.
    """
    from analyzer.verify.databases import engines
    from analyzer.verify.object_storage import KIND

    known = (*engines(), KIND)
    if unknown := sorted(configured.keys() - set(known)):
        raise UsageError(
            f"verify.images.{unknown[0]} in the configuration: there is no such engine; known: {', '.join(known)}"
        )
    found = {engine: name for engine, name in configured.items() if f"DOCTOR_IMAGE_{engine}" not in os.environ}
    for text in given:
        engine, equals, name = text.partition("=")
        if engine not in known or not equals or not name:
            raise UsageError(f"--image {text}: give ENGINE=NAME, with one of {', '.join(known)}")
        found[engine] = name
    return found


def _log_folder(folder_: Path | None) -> Path | None:
    """The folder, made if need be. Raises UsageError."""
    if folder_ is not None:
        try:
            folder_.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"cannot make the folder {folder_}: {error.strerror}") from None
    return folder_
