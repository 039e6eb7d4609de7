"""Looking for files by their ending: pkg/gcpbuildpack/filepath.go."""

from collections.abc import Iterator

from analyzer.buildpacks.source import Source
from analyzer.model.evidence import RepoPath
from analyzer.snapshot.source_tree import Kind

_DEPENDENCIES, _HISTORY = "node_modules", ".git"
_MOST = 200_000
"""Entries that are looked at where the snapshot has no answer."""


def in_root(source: Source, ending: str) -> RepoPath | None:
    """The first entry of the root with this ending, a folder or a broken link as well."""
    return next((name for name in source.tree.names() if name.endswith(ending)), None)


def anywhere(source: Source, ending: str, *, outside_dependencies: bool) -> RepoPath | None:
    """An entry of the tree with this ending, the nearest; links are not followed.

    The files of the snapshot answer nearly always; only where none of them has the ending is the tree walked, since
    the snapshot leaves out folders (venv/) that the buildpack looks into.
    """
    root = in_root(source, ending)
    if root is not None:
        return root
    listed = (path for path in source.repository.files if path.endswith(ending))
    if outside_dependencies:
        listed = (path for path in listed if _DEPENDENCIES not in path.split("/"))
    nearest = min(listed, key=lambda path: (path.count("/"), path), default=None)
    return nearest or next((path for path in _walk(source, outside_dependencies) if path.endswith(ending)), None)


def _walk(source: Source, outside_dependencies: bool) -> Iterator[RepoPath]:
    level, seen = ["."], 0
    while level:
        below: list[RepoPath] = []
        for folder in level:
            for name, kind in source.tree.entries(folder):
                seen += 1
                if seen > _MOST:
                    return
                if name == _HISTORY or (outside_dependencies and name == _DEPENDENCIES):
                    continue
                path = name if folder == "." else f"{folder}/{name}"
                yield path
                if kind is Kind.DIRECTORY:
                    below.append(path)
        level = below
