"""What all commands share: the folder that they read, and every exception as a message and an exit code."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from analyzer.console import open_streams, say
from analyzer.model.errors import EngineError, UsageError

if TYPE_CHECKING:
    from analyzer.config import Config
    from analyzer.model.facts import NoDjangoProject
    from analyzer.pipeline import Log

T = TypeVar("T")

EXIT_FINDINGS, EXIT_USAGE, EXIT_NO_PROJECT, EXIT_CONFLICT, EXIT_VERIFICATION, EXIT_ENGINE, EXIT_INTERNAL = (
    1,
    2,
    3,
    4,
    5,
    6,
    70,
)
"""0 is done; 1 is a finding as severe as --fail-on; 4 is a generated file that drifted, or that would lose edits; 5 is
a check of verify that failed; 6 is the Docker engine; 70 is a fault of doctor itself."""
EXIT_INTERRUPTED = 130


def folder(path: str) -> Path:
    """PATH as a folder that can be read; anything else is refused before any work."""
    if not path:
        raise UsageError("PATH is empty; for the folder that you are in: doctor scan .")
    if os.path.isfile(path):
        raise UsageError(f"{path} is a file; give the folder of a repository: doctor scan {Path(path).parent}")
    try:
        with os.scandir(path):
            return Path(path)
    except FileNotFoundError:
        raise UsageError(f"there is no folder {path}") from None
    except OSError as error:
        raise UsageError(f"cannot read the folder {path}: {error.strerror}") from None


def configuration(root: Path, file: Path | None, *, no_config: bool, root_dir: str | None) -> "Config":
    """What the options and the configuration of the folder `root` say together; the options go first.

    Raises what `load_config` raises.
    """
    from analyzer.config import Config, load_config

    settings = Config() if no_config else load_config(root, file)
    return settings if root_dir is None else replace(settings, root_dir=root_dir)


def refuse_both(one: str, one_given: bool, other: str, other_given: bool) -> None:
    """Raise UsageError where two options are given that exclude each other."""
    if one_given and other_given:
        raise UsageError(f"{one} and {other} exclude each other")


def refuse_without_project(answer: "T | NoDjangoProject", path: str) -> "T":
    """The answer; without a Django project, the message of that and its exit code."""
    from analyzer.model.facts import NoDjangoProject

    if isinstance(answer, NoDjangoProject):
        from analyzer.render.no_project import render

        say(render(answer, path))
        raise typer.Exit(EXIT_NO_PROJECT)
    return answer


def say_nothing(_: str) -> None:
    """The log that nobody asked for."""


@contextmanager
def profiled(wanted: bool) -> "Iterator[Callable[[Log], Log]]":
    """Say in the end where the time went, if that is wanted; the log of a scan that begins must be handed over."""
    if not wanted:
        yield lambda log: log
        return
    from analyzer.cli.profile import Profile

    profile = Profile()
    with profile.around_functions():
        try:
            yield profile.heard_by
        except typer.Exit:
            say(profile.table())
            raise
        say(profile.table())


def _shown(error: UsageError | EngineError) -> str:
    """The message, which may quote the repository, in lines that begin as we begin them."""
    from analyzer.render.text_layout import visible

    return "\n  ".join(visible(str(line)) for line in error.args)


@contextmanager
def failures(verbose: bool) -> Iterator[None]:
    """Every exception as a message and an exit code."""
    open_streams()
    try:
        yield
    except typer.Exit:
        raise
    except UsageError as error:
        say(f"error: {_shown(error)} (exit {EXIT_USAGE})")
        raise typer.Exit(EXIT_USAGE) from None
    except EngineError as error:
        say(f"error: {_shown(error)} (exit {EXIT_ENGINE})")
        raise typer.Exit(EXIT_ENGINE) from None
    except KeyboardInterrupt:
        say(f"interrupted (exit {EXIT_INTERRUPTED})")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    except Exception as error:
        from analyzer.internal_error import describe, full_traceback

        if verbose:
            say(full_traceback(error))
        say(describe(error))
        raise typer.Exit(EXIT_INTERNAL) from None
