"""`doctor emit`: the files, and never at the cost of anybody's edits."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import ConfigFile, NoConfig, Online, ProjectDirectory, Repository
from analyzer.cli.support import (
    EXIT_CONFLICT,
    configuration,
    failures,
    folder,
    refuse_both,
    refuse_without_project,
    say_nothing,
)
from analyzer.console import print_text, say
from analyzer.model.errors import UsageError
from analyzer.model.evidence import RepoPath

if TYPE_CHECKING:
    from analyzer.model.artifact import WriteAction
    from analyzer.model.overrides import Overrides

DIFFERENCES = 3
"""Places of an edited file that a conflict names at most."""


def emit(
    path: Repository = ".",
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="LIST", help="Of dockerfile, dockerignore, app-spec, deploy-template, compose."),
    ] = None,
    with_template: Annotated[
        bool, typer.Option("--with-template", help="Write .do/deploy.template.yaml, too.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 4 where a file is out of date.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
    stdout: Annotated[bool, typer.Option("--stdout", help="Write nothing; print the files.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite edits and files of others.")] = False,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="Write NAME.doctor-new beside a file that is left alone.")
    ] = False,
    out_dir: Annotated[
        Path | None, typer.Option("--out-dir", metavar="DIR", help="Write below this folder instead of PATH.")
    ] = None,
    git_repo: Annotated[
        str | None, typer.Option("--git-repo", metavar="OWNER/NAME", help="The repository that the app is built from.")
    ] = None,
    branch: Annotated[str | None, typer.Option("--branch", metavar="NAME", help="Its branch.")] = None,
    buildkit: Annotated[
        bool, typer.Option("--buildkit", help="Cache mounts in the Dockerfile, which BuildKit alone builds.")
    ] = False,
    online: Online = False,
    root_dir: ProjectDirectory = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but conflicts.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Timings on stderr.")] = False,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Write Dockerfile, .dockerignore and .do/app.yaml from the facts alone.

    Nothing of the repository is run, and no network is used without --online. A file that somebody else wrote or
    edited is left alone.
    """
    with failures(verbose):
        modes = {"--check": check, "--diff": diff, "--stdout": stdout}
        given = [name for name, wanted in modes.items() if wanted]
        if len(given) > 1:
            raise UsageError(f"{given[0]} and {given[1]} exclude each other")
        refuse_both("--force", force, "--side-by-side", side_by_side)
        refuse_both("--config", config is not None, "--no-config", no_config)
        root = folder(path)
        target = root if out_dir is None else folder(str(out_dir))

        from analyzer.emit.diff import unified_diff
        from analyzer.emit.ownership import decide
        from analyzer.emit.writer import write
        from analyzer.model.artifact import Action
        from analyzer.pipeline import TOOL, plan
        from analyzer.render.artifacts import render_artifacts
        from analyzer.render.document.plan import plan_digest

        settings = configuration(root, config, no_config=no_config, root_dir=root_dir)
        overrides = _with_options(settings.overrides, git_repo=git_repo, branch=branch, buildkit=buildkit)
        settings = replace(settings, overrides=overrides)
        log = say if verbose else say_nothing
        decided = refuse_without_project(plan(root, settings, log, online=online), path)
        names = tuple(only.split(",")) if only else None
        digest = plan_digest(decided)
        actions = [
            decide(target, artifact, version=TOOL.version, plan_digest=digest)
            for artifact in render_artifacts(decided, names, with_template=with_template)
        ]
        changed = [action for action in actions if action.action is not Action.UNCHANGED]
        if stdout:
            print_text("".join(action.content for action in actions))
        elif diff:
            print_text("".join(unified_diff(action, _harmless) for action in changed))
        elif check:
            for action in changed:
                say(_drift(action))
            raise typer.Exit(EXIT_CONFLICT if changed else 0)
        else:
            left = write(target, actions, force=force, side_by_side=side_by_side)
            for action in actions:
                if action not in left and not quiet:
                    say(f"{_word(action, force):9} {action.artifact.path}{_unless_seen(target, action)}")
            for action in left:
                say(_conflict(action))
            if left:
                raise typer.Exit(EXIT_CONFLICT)
            if not quiet:
                say(_next_steps(path, unless_kept="image.buildkit = true" if buildkit else ""))


def _with_options(overrides: "Overrides", *, git_repo: str | None, branch: str | None, buildkit: bool) -> "Overrides":
    """What the command line says goes before the configuration."""
    given = {
        "app.git_repo": "--git-repo" if git_repo else "--branch" if branch else "",
        "image.buildkit": "--buildkit" if buildkit else "",
    }
    app, image = overrides.app, overrides.image
    return replace(
        overrides,
        app=replace(app, git_repo=git_repo or app.git_repo, branch=branch or app.branch),
        image=replace(image, buildkit=buildkit or image.buildkit),
        options={key: option for key, option in given.items() if option},
    )


def _word(action: "WriteAction", force: bool) -> str:
    return "OVERWRITE" if action.is_conflict and force else action.action.value.upper()


def _unless_seen(target: Path, action: "WriteAction") -> str:
    """What is said of a file that git ignores, so that no clone, and not the platform's, has it; else ""."""
    from analyzer.snapshot.walk import ignored_by

    path = action.artifact.path
    source = ignored_by(os.path.realpath(target), path)
    return f": git ignores it ({source}), so the platform never sees it; git add --force {path}" if source else ""


def _drift(action: "WriteAction") -> str:
    return f"{action.artifact.path}: {action.action.value}; doctor emit --diff shows it (exit {EXIT_CONFLICT})"


def _next_steps(path: str, unless_kept: str) -> str:
    """Args: unless_kept: what the configuration has to say, or the next run without the option undoes this one."""
    keep = f"Keep: {unless_kept} in [tool.doctor] lets the next run, and --check, agree.\n" if unless_kept else ""
    return f"{keep}Next: doctor plan {path} says why each line is there; doctor verify {path} builds and boots it."


def _harmless(path: RepoPath, lines: Sequence[str]) -> Iterator[str]:
    """Lines of a file of the repository without secrets, and without what a terminal would act on."""
    from analyzer.facts.existing.source_redaction import redact_lines
    from analyzer.render.text_layout import visible

    return ("\t".join(map(visible, line.split("\t"))) for line in redact_lines(path, lines))


def _conflict(action: "WriteAction") -> str:
    """Why a file was left alone, and how to keep or discard what is in it."""
    from analyzer.emit.diff import differences
    from analyzer.model.artifact import Action

    path, name = action.artifact.path, action.artifact.name
    why = "has your edits" if action.action is Action.EDITED else "was not written by doctor"
    lines = [f"error: {path} {why}, so it was left alone (exit {EXIT_CONFLICT})"]
    found = differences(action, _harmless) if action.present is not None else ()
    lines += [f"  differs at line {one.line}: {one.text or '(a line is missing)'}" for one in found[:DIFFERENCES]]
    keys = sorted({one.decision.override for one in found if one.decision is not None and one.decision.override})
    if keys and action.action is Action.EDITED:
        lines.append(f"  keep it:     set {', '.join(keys)} in [tool.doctor], then run doctor emit again")
    elif action.action is Action.EDITED:
        lines.append("  keep it:     no configuration key says this; name the other files with --only")
    lines.append(f"  compare:     doctor emit --diff --only {name}")
    lines.append(f"  both:        doctor emit --side-by-side --only {name} writes {path}.doctor-new")
    lines.append(f"  discard it:  doctor emit --force --only {name}")
    return "\n".join(lines)
