"""Folders that are copies of other people's work, by their names or by what is in them."""

import os
from collections.abc import Collection
from functools import cache

from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """An environment of Python packages that is in the way, and which of its folders make it."""

    reason: str
    standard_folders: frozenset[str] | None
    """Other folders in it are somebody's work; None: all of it is the environment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFolders:
    """The table of `data/skipped_folders.toml`."""

    reasons: dict[str, str]
    """Why a folder of that name is not read."""
    markers: frozenset[str]
    programs: tuple[tuple[str, tuple[str, ...]], ...]
    virtual: Environment
    conda_folder: str
    conda: Environment

    @property
    def telling_names(self) -> frozenset[str]:
        """Files and folders without which a folder is no environment."""
        return self.markers | {self.conda_folder} | {folder for folder, _ in self.programs}

    def environment(self, place: str, file_names: Collection[str], folder_names: Collection[str]) -> Environment | None:
        """The kind of environment that the folder `place` with these entries is, None when it is not one."""
        if self.conda_folder in folder_names:
            return self.conda
        if not self.markers.isdisjoint(file_names):
            return self.virtual
        for folder, programs in self.programs:
            if folder in folder_names and all(os.path.lexists(f"{place}/{folder}/{name}") for name in programs):
                return self.virtual
        return None


@cache
def skipped_folders() -> SkippedFolders:
    """The table, read once."""
    data = load_table("analyzer.snapshot", "skipped_folders")
    virtual, conda = data["virtual_environment"], data["conda_environment"]
    return SkippedFolders(
        reasons={name: group["reason"] for group in data["folders"] for name in group["names"]},
        markers=frozenset(virtual["markers"]),
        programs=tuple((group["folder"], tuple(group["files"])) for group in virtual["programs"]),
        virtual=Environment(reason=virtual["reason"], standard_folders=frozenset(virtual["folders"])),
        conda_folder=conda["folder"],
        conda=Environment(reason=conda["reason"], standard_folders=None),
    )
