"""The package.json files of a repository."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from analyzer.facts.commands.shell import MAX_COMMAND, TOO_LONG
from analyzer.facts.dependencies.tables import table, text, texts
from analyzer.facts.existing.project_files import project_files
from analyzer.facts.frontend.tables import Bundler, bundlers, javascript
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import JsonDocument, ParseFailure, read_json
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot

MAX_MANIFESTS = 200


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One package.json; `failure` says why it could not be read, and then it is empty."""

    repo: RepositorySnapshot
    document: JsonDocument | None
    path: RepoPath
    failure: str | None = None

    @property
    def folder(self) -> RepoPath:
        """The folder of the file."""
        return parent(self.path)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """Its content."""
        return table(self.document.data) if self.document is not None else {}

    @cached_property
    def scripts(self) -> Mapping[str, str]:
        """Name -> command of the scripts that are not empty, and that a shell can be started with."""
        found = {name: words for name, value in table(self.data.get("scripts")).items() if (words := text(value))}
        if any(len(words) > MAX_COMMAND for words in found.values()):
            self.repo.leave_out(self.path, TOO_LONG)
        return {name: words for name, words in found.items() if len(words) <= MAX_COMMAND}

    @cached_property
    def ranges(self) -> Mapping[str, str]:
        """The packages that it asks for, those for development included, with their ranges."""
        kinds = ("optionalDependencies", "devDependencies", "dependencies")
        return {name: text(wanted) or "" for kind in kinds for name, wanted in table(self.data.get(kind)).items()}

    @cached_property
    def packages(self) -> frozenset[str]:
        """The names of these packages."""
        return frozenset(self.ranges)

    @cached_property
    def bundlers(self) -> tuple[Bundler, ...]:
        """The bundlers among its packages."""
        return tuple(row for row in bundlers() if self.packages & set(row.packages))

    @cached_property
    def workspaces(self) -> tuple[str, ...]:
        """Patterns of the folders of its workspaces."""
        value = self.data.get("workspaces")
        return texts(table(value).get("packages") if isinstance(value, dict) else value)

    def evidence(self, *keys: str, note: str = "") -> Evidence:
        """The line of a key."""
        line = self.document.line_of(*keys) if self.document is not None and keys else 1
        return Evidence(path=self.path, line=line, note=note)


def find_manifests(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[Manifest, ...]:
    """The package.json files of the project and of its neighbours, the nearest to manage.py first.

    Copies of published packages among the assets, and those of other Django projects, are left out.
    """
    paths = project_files(repo, django_dir, lambda name: name == "package.json")
    mine = [path for path in paths if not _is_foreign(path)][:MAX_MANIFESTS]
    return tuple(manifest for path in mine if not _is_published(manifest := read_manifest(repo, path)))


def read_manifest(repo: RepositorySnapshot, path: RepoPath) -> Manifest:
    """The package.json at `path`."""
    document = read_json(repo, path)
    if isinstance(document, JsonDocument):
        return Manifest(repo=repo, document=document, path=path)
    reason = document.reason if isinstance(document, ParseFailure) else "it is no text"
    return Manifest(repo=repo, document=None, path=path, failure=reason)


def manifest_in(repo: RepositorySnapshot, folder: RepoPath) -> Manifest | None:
    """The package.json of a folder."""
    path = join(folder, "package.json")
    return read_manifest(repo, path) if path is not None and repo.is_file(path) else None


def workspace_manifests(manifest: Manifest) -> tuple[Manifest, ...]:
    """The package.json files of its workspaces, also of those that pnpm-workspace.yaml stands for."""
    repo, folder = manifest.repo, manifest.folder
    below = [path for path in repo.named("package.json") if path != manifest.path and _inside(path, folder)]
    if not manifest.workspaces and not repo.is_file(join(folder, "pnpm-workspace.yaml") or ""):
        return ()
    return tuple(read_manifest(repo, path) for path in below[:MAX_MANIFESTS] if not _is_foreign(path))


def _inside(path: RepoPath, folder: RepoPath) -> bool:
    return folder == "." or path.startswith(f"{folder}/")


def _is_foreign(path: RepoPath) -> bool:
    return not set(parent(path).split("/")).isdisjoint(javascript()["foreign_folders"])


def _is_published(manifest: Manifest) -> bool:
    below_assets = not set(manifest.folder.split("/")).isdisjoint(javascript()["asset_folders"])
    return below_assets and not manifest.data.keys().isdisjoint(javascript()["published_keys"])
