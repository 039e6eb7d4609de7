"""Which files of a folder ask for Python packages, and in which folder the Django project keeps them."""

import re
from collections.abc import Iterator

from analyzer.facts.dependencies.conda import NAMES as CONDA_NAMES
from analyzer.facts.dependencies.names import DEVELOPMENT_ROLES, Role, role_of
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import basename, join, parent
from analyzer.snapshot.repository import RepositorySnapshot

LOCKS = {"uv.lock": "uv", "poetry.lock": "poetry", "pdm.lock": "pdm", "Pipfile.lock": "pipenv"}
"""Lock file -> the manager that writes it."""

MAX_ELSEWHERE = 20
"""Folders off the way from manage.py to the root that are considered, shallowest first."""

_REQUIREMENTS = lazy_pattern(
    r"(?:.*[-_.])?(?:requirements?|requeriments|requirments|reqs)(?:[-_.].*)?\.(?:txt|in|pip)$", re.IGNORECASE
)
_FOLDERS = lazy_pattern(r"(?:pip[-_])?(?:requirements?|reqs)$", re.IGNORECASE)
_IN_FOLDER = lazy_pattern(r".*\.(?:txt|in|pip)$", re.IGNORECASE)
_CONSTRAINTS = lazy_pattern(r"constraints?\b", re.IGNORECASE)
_DJANGO = lazy_pattern(r"\bdjango\b", re.IGNORECASE)
_ASKING = {"pyproject.toml": "dependencies", "setup.cfg": "install_requires", "setup.py": "install_requires"}
"""File that tools also keep settings in -> the word without which it asks for no package."""
_LOCAL = lazy_pattern(r"(?m)^[ \t]*(?:-e[ \t]*|--editable[= ])?(?P<folder>\.{1,2}(?:/[^\s\[#;]*)?)")
_PYLOCK = lazy_pattern(r"pylock(?:\.[^.]+)?\.toml$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifests:
    """The files of one folder that ask for packages."""

    directory: RepoPath
    requirements: tuple[RepoPath, ...] = ()
    """Requirements files in it and in its requirements folders."""
    locks: tuple[RepoPath, ...] = ()
    pylock: RepoPath | None = None
    pyproject: RepoPath | None = None
    pipfile: RepoPath | None = None
    conda: RepoPath | None = None
    setup_cfg: RepoPath | None = None
    setup_py: RepoPath | None = None
    procfile: RepoPath | None = None
    """A Procfile, with which a buildpack installs what the other files ask for; it asks for nothing itself."""

    @property
    def all(self) -> tuple[RepoPath, ...]:
        """Every file that asks for packages."""
        single = (self.pylock, self.pyproject, self.pipfile, self.conda, self.setup_cfg, self.setup_py)
        return self.requirements + self.locks + tuple(path for path in single if path is not None)


def folders_upward(django_dir: RepoPath) -> tuple[RepoPath, ...]:
    """The folder of manage.py and those above it, the root last."""
    found = [django_dir]
    while found[-1] != ".":
        found.append(parent(found[-1]))
    return tuple(found)


def manifests_in(repo: RepositorySnapshot, directory: RepoPath) -> Manifests:
    """The files of `directory` that may ask for packages."""
    # They are asked for again with every Dockerfile and script.
    return repo.once("manifests", directory, lambda: _manifests_in(repo, directory))


def _manifests_in(repo: RepositorySnapshot, directory: RepoPath) -> Manifests:
    names = frozenset(repo.children(directory))

    def file(name: str) -> RepoPath | None:
        path = join(directory, name) if name in names else None
        return path if path is not None and repo.is_file(path) else None

    requirements = tuple(dict.fromkeys(_requirements(repo, directory, sorted(names))))
    locks = tuple(path for name in LOCKS if (path := file(name)))
    pylock = next((path for name in sorted(names) if _PYLOCK.match(name) and (path := file(name))), None)
    conda = next((path for name in CONDA_NAMES if (path := file(name))), None)
    return Manifests(
        directory=directory,
        requirements=_without_sources(requirements),
        locks=locks,
        pylock=pylock,
        pyproject=file("pyproject.toml"),
        pipfile=file("Pipfile"),
        conda=conda,
        setup_cfg=file("setup.cfg"),
        setup_py=file("setup.py"),
        procfile=file("Procfile"),
    )


def home_manifests(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[Manifests, ...]:
    """Candidates, best first: from manage.py upwards those that mention Django, then the others, then, when none of
    them mentions it, folders elsewhere that do."""
    near = [found for folder in folders_upward(django_dir) if (found := manifests_in(repo, folder)).all]
    with_django = [found for found in near if mentions_django(repo, found)]
    if not with_django:
        with_django = [found for found in _elsewhere(repo, near) if mentions_django(repo, found)]
    return (*with_django, *(found for found in near if found not in with_django))


def mentions_django(repo: RepositorySnapshot, manifests: Manifests) -> bool:
    """Whether a file that asks for packages names Django, or installs a folder that does; files of development and
    settings of tools do not count."""
    asking = [path for path in manifests.all if role_in(manifests.directory, path) not in DEVELOPMENT_ROLES]
    if any(_asks_for_django(basename(path), repo.text(path) or "") for path in asking):
        return True
    installed = {
        folder
        for path in asking
        if path in manifests.requirements
        for found in _LOCAL.finditer(repo.text(path) or "")
        if (folder := join(manifests.directory, found["folder"])) and folder != manifests.directory
    }
    nested = (path for folder in sorted(installed) for path in manifests_in(repo, folder).all)
    return any(_asks_for_django(basename(path), repo.text(path) or "") for path in nested)


def role_in(directory: RepoPath, path: RepoPath) -> Role:
    """What a file is for, by its name and the folders between it and `directory`."""
    return role_of(path if directory == "." else path.removeprefix(f"{directory}/"))


def _asks_for_django(name: str, text: str) -> bool:
    needed = _ASKING.get(name)
    return (needed is None or needed in text) and bool(_DJANGO.search(text))


def _requirements(repo: RepositorySnapshot, directory: RepoPath, names: list[str]) -> Iterator[RepoPath]:
    for name in names:
        path = join(directory, name)
        if path is None:
            continue
        if repo.is_file(path):
            if _REQUIREMENTS.match(name) and not _CONSTRAINTS.search(name):
                yield path
        elif _FOLDERS.match(name):
            yield from (
                p for p in repo.under(path) if _IN_FOLDER.match(basename(p)) and not _CONSTRAINTS.search(basename(p))
            )
        elif role_of(name) in DEVELOPMENT_ROLES:
            nested = join(path, "requirements.txt")
            if nested is not None and repo.is_file(nested):
                yield nested


def _without_sources(paths: tuple[RepoPath, ...]) -> tuple[RepoPath, ...]:
    """`paths` without the `.in` files that a compiled `.txt` stands beside."""
    present = frozenset(paths)
    return tuple(p for p in paths if not (p.endswith(".in") and f"{p.removesuffix('.in')}.txt" in present))


def _elsewhere(repo: RepositorySnapshot, near: list[Manifests]) -> Iterator[Manifests]:
    named = list(repo.matching(_REQUIREMENTS.match))
    named += [path for name in ("pyproject.toml", "Pipfile", "setup.py", *CONDA_NAMES) for path in repo.named(name)]
    known = {path for found in near for path in found.all}
    folders = {parent(path) for path in named if path not in known and role_of(parent(path)) not in DEVELOPMENT_ROLES}
    for folder in sorted(folders, key=lambda f: (f.count("/"), f))[:MAX_ELSEWHERE]:
        yield manifests_in(repo, folder)
