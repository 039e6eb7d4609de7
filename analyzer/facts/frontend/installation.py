"""What the installation of a package.json reads, with which Node.js, and what its build reads elsewhere."""

from collections.abc import Iterator

from analyzer.facts.dependencies.tables import table, text
from analyzer.facts.existing.container_images import is_dockerfile_name
from analyzer.facts.existing.dockerfile import read_dockerfile
from analyzer.facts.existing.project_files import project_files, upward
from analyzer.facts.frontend.builds import CONFIG_ENDINGS
from analyzer.facts.frontend.manifests import Manifest, manifest_in, workspace_manifests
from analyzer.facts.frontend.tables import javascript
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

MAX_FILES = 500
"""Files of an installation; more (a vendored cache) would not be manifests."""

_VERSION = lazy_pattern(r"v?(?P<version>\d+(?:\.\d+){0,2})$")
_NODE_IMAGE = lazy_pattern(r"(?:^|/)node:(?P<version>\d+(?:\.\d+){0,2})")
_TOOL_LINE = lazy_pattern(r"(?m)^[ \t]*node(?:js)?[ \t]+(?P<version>\S+)")
_OUTSIDE = lazy_pattern(r"""["'`(=:\s!]\.\./""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The fields of `FrontendFacts` that are about the installation."""

    directory: RepoPath
    files: tuple[RepoPath, ...]
    lock: RepoPath | None
    manager_version: str | None
    node_version: Answer[str | None]
    scans: tuple[RepoPath, ...]


def installation(
    repo: RepositorySnapshot, manifest: Manifest, manager: str, bundlers: tuple[str, ...], django_dir: RepoPath
) -> Installation:
    """How the packages of `manifest` are installed by `manager`.

    A workspace is installed where its lock file lies. Scripts of its own that run at the installation read the source,
    which then belongs to the files.
    """
    home = _home(repo, manifest, manager)
    lock = _lock(repo, home.folder, manager)
    files = dict.fromkeys(_files(repo, home, lock))
    if home is not manifest:
        files[manifest.path] = None
    return Installation(
        directory=home.folder,
        files=tuple(files)[:MAX_FILES],
        lock=lock,
        manager_version=_manager_version(home, manager),
        node_version=_node_version(repo, home, django_dir),
        scans=_scans(repo, manifest, bundlers),
    )


def installs_with_source(manifest: Manifest) -> bool:
    """Whether the installation runs a script of the project itself."""
    return not manifest.scripts.keys().isdisjoint(javascript()["lifecycle_scripts"])


def _home(repo: RepositorySnapshot, manifest: Manifest, manager: str) -> Manifest:
    """The manifest beside the lock file: its own, or that of the workspace that it is a member of."""
    for folder in upward(manifest.folder):
        above = manifest if folder == manifest.folder else manifest_in(repo, folder)
        if above is None or _lock(repo, folder, manager) is None:
            continue
        if above is manifest or any(member.path == manifest.path for member in workspace_manifests(above)):
            return above
    return manifest


def _lock(repo: RepositorySnapshot, folder: RepoPath, manager: str) -> RepoPath | None:
    locks = (join(folder, name) for name in javascript()["managers"][manager]["locks"])
    return next((path for path in locks if path is not None and repo.is_file(path)), None)


def _files(repo: RepositorySnapshot, home: Manifest, lock: RepoPath | None) -> Iterator[RepoPath]:
    yield home.path
    if lock is not None:
        yield lock
    for name in javascript()["install_files"]:
        path = join(home.folder, name)
        if path is not None and repo.is_file(path):
            yield path
    for name in javascript()["install_folders"]:
        folder = join(home.folder, name)
        if folder is not None and repo.is_dir(folder):
            yield from repo.under(folder)
    yield from (member.path for member in workspace_manifests(home))


def _manager_version(home: Manifest, manager: str) -> str | None:
    name, _, version = (text(home.data.get("packageManager")) or "").partition("@")
    return version.partition("+")[0] or None if name == manager else None


def _node_version(repo: RepositorySnapshot, home: Manifest, django_dir: RepoPath) -> Answer[str | None]:
    """The first of: version files and Volta, which pin one; the project's own images; `engines`, which is a range."""
    for folder in upward(home.folder):
        for name in (".nvmrc", ".node-version", ".tool-versions"):
            path = join(folder, name)
            found = _pinned(repo, path, name) if path is not None and repo.is_file(path) else None
            if found is not None:
                return found
    volta = text(table(home.data.get("volta")).get("node"))
    if volta:
        return Fact(value=volta, evidence=(home.evidence("volta", "node"),))
    for path in project_files(repo, django_dir, is_dockerfile_name):
        dockerfile = read_dockerfile(repo, path)
        for stage in dockerfile.stages if dockerfile is not None else ():
            image = _NODE_IMAGE.search(stage.base)
            if image is not None:
                evidence = Evidence(path=path, line=stage.line, note=f"FROM {stage.base}")
                return Fact(value=image["version"], evidence=(evidence,), certainty=Certainty.LIKELY)
    engines = text(table(home.data.get("engines")).get("node"))
    if engines:
        evidence = home.evidence("engines", "node", note=f'"node": "{engines}"')
        return Fact(value=engines, evidence=(evidence,), certainty=Certainty.LIKELY)
    return Fact(value=None, evidence=(home.evidence(note="asks for no version of Node.js"),))


def _pinned(repo: RepositorySnapshot, path: RepoPath, name: str) -> Fact[str | None] | None:
    content = repo.text(path) or ""
    if name == ".tool-versions":
        found = _TOOL_LINE.search(content)
        line = content.count("\n", 0, found.start("version")) + 1 if found else 1
        version = found["version"] if found else ""
    else:
        rows = [(n, row.split("#")[0].strip()) for n, row in enumerate(content.split("\n"), 1)]
        line, version = next(((n, row) for n, row in rows if row), (1, ""))
    exact = _VERSION.match(version)
    value = exact["version"] if exact else version
    return Fact(value=value, evidence=(Evidence(path=path, line=line, note=version),)) if value else None


def _scans(repo: RepositorySnapshot, manifest: Manifest, bundlers: tuple[str, ...]) -> tuple[RepoPath, ...]:
    """All of the repository where a tool searches templates for class names, or a script or configuration names files
    above its folder; nothing where the folder is all that is read."""
    if manifest.folder == ".":
        return ()
    if not set(bundlers).isdisjoint(javascript()["scanners"]):
        return (".",)
    configurations = [
        path
        for name in repo.children(manifest.folder)
        if name.endswith(CONFIG_ENDINGS) and (path := join(manifest.folder, name)) and repo.is_file(path)
    ]
    texts_read = [" ".join(manifest.scripts.values())]
    texts_read += [repo.text(path) or "" for path in configurations if not path.endswith("lock.json")]
    return (".",) if any(_OUTSIDE.search(f" {content}") for content in texts_read) else ()
