"""Where the Django project is: every `manage.py`, ranked."""

import re
from collections.abc import Callable
from functools import partial

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import ProjectDirectory
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import parent
from analyzer.snapshot.repository import RepositorySnapshot

MARKS = (b"execute_from_command_line", b"DJANGO_SETTINGS_MODULE", b"ManagementUtility", b"django.core.management")
_USUAL = frozenset({"backend", "server", "src", "app", "api", "web", "django", "project", "site", "www"})
_UNUSUAL = lazy_pattern(
    r"(^|/)(tests?|testing|test_\w+|\w+_tests?|examples?|example_\w+|demos?|samples?|docs?|tutorials?|benchmarks?|fixtures|templates?|scaffold\w*|sandbox|vendor|third_party)(/|$)",
    re.I,
)
LOOKED_FOR = (
    "a manage.py that names Django",
    "a script that calls execute_from_command_line",
    "a wsgi.py or asgi.py of Django",
)


def find_project_directories(repo: RepositorySnapshot) -> tuple[ProjectDirectory, ...]:
    """Folders with a Django `manage.py` (or a file that does its work), best first.

    The shallowest wins; folders of tests, examples and docs come last; a requirements file, a Procfile or a
    Dockerfile beside `manage.py` speaks for it. Where no file is called `manage.py`, any script that calls
    `execute_from_command_line`, and at last a `wsgi.py` or `asgi.py` of Django, marks the project.
    """
    found = [c for path in repo.named("manage.py") if (c := _candidate(repo, path, parent, 0)) is not None]
    if not found:
        others = [path for path in repo.files if path.endswith(".py") and path.count("/") <= 3]
        mark = (b"execute_from_command_line",)
        folder_of = partial(_above_packages, repo)
        found = [c for path in others if (c := _candidate(repo, path, folder_of, -20, mark)) is not None]
    if not found:
        entry = [*repo.named("wsgi.py"), *repo.named("asgi.py")]
        found = [c for path in entry if (c := _entrypoint(repo, path)) is not None]
    best: dict[RepoPath, ProjectDirectory] = {}
    for candidate in found:
        if candidate.path not in best or candidate.score > best[candidate.path].score:
            best[candidate.path] = candidate
    return tuple(sorted(best.values(), key=lambda c: (-c.score, c.path)))


def _candidate(
    repo: RepositorySnapshot,
    path: RepoPath,
    folder_of: Callable[[RepoPath], RepoPath],
    bonus: int,
    marks: tuple[bytes, ...] = MARKS,
) -> ProjectDirectory | None:
    content = repo.read(path)
    if content is None:
        return None
    content = content.replace(b"\0", b"")  # UTF-16
    mark = next((m for m in marks if m in content), None)
    if mark is None:
        return None
    line = content[: content.index(mark)].count(b"\n") + 1
    note = mark.decode()
    folder = folder_of(path)
    return ProjectDirectory(
        path=folder,
        manage_py=path,
        score=_score(repo, folder) + bonus,
        evidence=Evidence(path=path, line=line, note=note),
    )


def _above_packages(repo: RepositorySnapshot, path: RepoPath) -> RepoPath:
    """The folder from which a module is imported: a console script names it by its packages."""
    folder = parent(path)
    while folder != "." and repo.is_file(f"{folder}/__init__.py"):
        folder = parent(folder)
    return folder


def _entrypoint(repo: RepositorySnapshot, path: RepoPath) -> ProjectDirectory | None:
    content = repo.read(path) or b""
    if b"django" not in content:
        return None
    folder = parent(parent(path))
    evidence = Evidence(path=path, line=1, note="no manage.py; this module starts Django")
    return ProjectDirectory(path=folder, manage_py=path, score=_score(repo, folder) - 40, evidence=evidence)


def _score(repo: RepositorySnapshot, folder: RepoPath) -> int:
    if folder == ".":
        score, names = 100, []
    else:
        names = folder.split("/")
        score = 100 - 10 * len(names)
    if names and names[-1].lower() in _USUAL:
        score += 4
    if _UNUSUAL.search(folder):
        score -= 45
    if "{{" in folder:
        score -= 60
    inside = set(repo.children(folder))
    if inside & {"requirements.txt", "pyproject.toml", "Pipfile", "requirements", "Procfile", "Dockerfile"}:
        score += 5
    return score
