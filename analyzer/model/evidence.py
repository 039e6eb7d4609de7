"""What is known, where it stands in the repository, and how sure we are."""

from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from analyzer.model.quick_dataclass import dataclass

RepoPath: TypeAlias = str
"""A path relative to the scanned root, with `/`; the root itself is `.`."""

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Certainty(StrEnum):
    """How far a fact can be trusted: read as it stands, deduced, or the best guess."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A line of the repository that a reader can check; lines and columns count from 1."""

    path: RepoPath
    line: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[T_co]):
    """A value read from the repository, with the lines that say so (never empty)."""

    value: T_co
    evidence: tuple[Evidence, ...]
    certainty: Certainty = Certainty.CERTAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A fact that could not be told, because of `reason`."""

    reason: str
    evidence: tuple[Evidence, ...] = ()


Answer: TypeAlias = Fact[T] | Unresolved
