"""What a package index is asked about wheels, and what it answers."""

from collections.abc import Mapping
from dataclasses import field

from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelQuestion:
    """Which of these Pythons have wheels of everything that production installs?"""

    requirements: Mapping[str, tuple[str, ...]]
    """By minor version ("3.13"), the newest first: what is installed there ("lxml==4.9.2", "celery<6,>=5")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexAnswer:
    """The answer, for the Pythons that were asked about."""

    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By minor version: the requirements of the question of which there is no wheel for it on Linux."""
    problem: str | None = None
    """Why there is no answer; then nothing is missing."""

    @property
    def nowhere(self) -> frozenset[str]:
        """The requirements without a wheel for any version that was asked about: they are built, whichever it is."""
        found = [frozenset(names) for names in self.missing.values()]
        return frozenset.intersection(*found) if len(found) > 1 else frozenset()
