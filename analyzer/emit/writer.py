"""Writes artifacts: all that can be written without loss, and tells what was left alone."""

from collections.abc import Iterable
from pathlib import Path

from analyzer.emit.places import write_file
from analyzer.model.artifact import Action, WriteAction

SIDE_BY_SIDE = ".doctor-new"


def write(root: Path, actions: Iterable[WriteAction], *, force: bool, side_by_side: bool) -> tuple[WriteAction, ...]:
    """Write what is new or only doctor's; give back the conflicts that were left alone.

    Args:
        root: the folder that the paths of the artifacts are relative to.
        force: overwrite files with edits, and files of others.
        side_by_side: write `NAME.doctor-new` beside a file that is left alone.

    Raises UsageError when the system does not let it.
    """
    left = []
    for action in actions:
        if action.action is Action.UNCHANGED:
            continue
        if action.is_conflict and not force:
            left.append(action)
            if side_by_side:
                write_file(root, action.artifact.path + SIDE_BY_SIDE, action.content)
            continue
        write_file(root, action.artifact.path, action.content)
    return tuple(left)
