"""Files that doctor writes, and what happens to each."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any

from analyzer.model.evidence import RepoPath
from analyzer.model.plan import Decision
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A rendered file, without the header that says whose it is."""

    name: str
    """What `--only` calls it: dockerfile | dockerignore | app-spec | deploy-template | compose."""
    path: RepoPath
    """Where it belongs, relative to the repository."""
    body: str
    decisions: Mapping[int, Decision[Any]] = field(default_factory=dict)
    """The decision behind a line of the body, by line number from 1."""


class Action(StrEnum):
    """What writing an artifact means for the file that is there."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    EDITED = "edited"
    """Written by doctor, then changed by somebody."""
    FOREIGN = "foreign"
    """Not written by doctor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAction:
    """What is to be done with one file."""

    artifact: Artifact
    action: Action
    content: str
    """The whole file, header included."""
    present: str | None
    """What the file holds now; None when there is none, or when it is no text."""

    @property
    def is_conflict(self) -> bool:
        """Whether writing would lose something that doctor did not write."""
        return self.action in (Action.EDITED, Action.FOREIGN)
