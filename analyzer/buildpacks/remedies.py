"""The smallest change that gives a buildpack something to install from (data/remedies.toml)."""

from collections.abc import Sequence

from analyzer.buildpacks.notes import absent
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.tables import load
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import parent
from analyzer.snapshot.source_tree import SourceTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What to do, and the files because of which it is that."""

    text: str
    evidence: tuple[Evidence, ...]


def remedy_without_manager(source: Source, manager_files: Sequence[RepoPath]) -> Remedy:
    """What to do in a folder that has none of `manager_files`, the files that the buildpack installs from."""
    tree = source.tree
    return (
        _rename(tree)
        or _include(tree)
        or _generate(tree)
        or other_folder(source, manager_files)
        or Remedy(
            text=f"add a requirements.txt with what the app needs{_or(manager_files)}",
            evidence=(absent("requirements.txt"),),
        )
    )


def _or(manager_files: Sequence[RepoPath]) -> str:
    others = [name for name in manager_files if name != "requirements.txt"]
    return f", or a {', '.join(others)}" if others else ""


def other_folder(source: Source, manager_files: Sequence[RepoPath]) -> Remedy | None:
    """The nearest folder below that has one of `manager_files`: one on the way to manage.py before any other."""
    found = [path for name in manager_files for path in source.repository.named(name)]
    if not found:
        return None
    project = source.facts.repository.django_dir if source.facts is not None else "."
    nearest = min(found, key=lambda path: (not f"{project}/".startswith(f"{parent(path)}/"), path.count("/")))
    return Remedy(
        text=f"build the folder {parent(nearest)} instead of this one (source_dir, or a buildpack for sub-folders)",
        evidence=(Evidence(path=nearest, note="the nearest file to install from"),),
    )


def _rename(tree: SourceTree) -> Remedy | None:
    for name in load("remedies")["misspelt"]:
        if tree.is_file(name):
            return Remedy(text=f"rename {name} to requirements.txt", evidence=(Evidence(path=name, note="misspelt"),))
    return None


def _include(tree: SourceTree) -> Remedy | None:
    """A folder requirements/ with files in it."""
    files = [
        name for name in tree.names("requirements") if name.endswith(".txt") and tree.is_file(f"requirements/{name}")
    ]
    if not files:
        return None
    chosen = next((name for name in load("remedies")["production"] if name in files), files[0])
    path = f"requirements/{chosen}"
    return Remedy(
        text=f"add a requirements.txt with the line `-r {path}`",
        evidence=(Evidence(path=path, note="not looked at by itself"),),
    )


def _generate(tree: SourceTree) -> Remedy | None:
    for row in load("remedies")["files"]:
        path = row["file"]
        if not tree.is_file(path):
            continue
        lines = (tree.read(path) or b"").decode("utf-8", "replace").split("\n")
        found = [number for number, line in enumerate(lines, 1) if line.strip().startswith(row.get("holds", ""))]
        if found:
            return Remedy(text=row["remedy"], evidence=(Evidence(path=path, line=found[0], note="not installed from"),))
    return None
