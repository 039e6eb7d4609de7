"""What the project's own code uses, line by line (data/code_uses.toml, whose head says what the fields mean)."""

from collections.abc import Iterator, Mapping
from typing import Any

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import DependencyFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.needles import needles
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

MAX_PLACES = 20
"""Of one kind of use."""
LINES_BEFORE = 3
"""Lines above a place that may hold what makes it not count."""
_NOT_PRODUCTION = lazy_pattern(r"/(?:tests?|testing|examples?|conftest\.py|migrations)(?:/|$)|/tests?_?\w*\.py$")
"""In a path that begins with a slash; so does the pattern, which is found ten times as fast as with `(^|/)`."""
_DOCUMENTATION = lazy_pattern(r"(?:^|/)docs?(?=/)")


def code_uses(
    repo: RepositorySnapshot, root: RepoPath, dependencies: DependencyFacts
) -> Mapping[str, tuple[Evidence, ...]]:
    """The places of each kind of use, in the order of the files; tests and migrations do not count."""
    rows = [
        (name, needles([row["word"]]), needles(row.get("words", [row["word"]])), row)
        for name, row in load_table("analyzer.facts", "code_uses").items()
        if "package" not in row or dependencies.has(row["package"])
    ]
    found: dict[str, list[Evidence]] = {}
    for path in production_sources(repo, root):
        for name, word, words, row in rows:
            if repo.holds(path, words) and repo.holds(path, word):
                found.setdefault(name, []).extend(_places(path, repo.text(path) or "", row))
    return {name: tuple(places[:MAX_PLACES]) for name, places in sorted(found.items()) if places}


def production_sources(repo: RepositorySnapshot, root: RepoPath) -> Iterator[RepoPath]:
    """The Python files of the project, without those of tests, documentation and migrations."""
    for path in repo.under(root):
        if path.endswith(".py") and not _NOT_PRODUCTION.search(f"/{path}") and not _is_documentation(repo, path):
            yield path


def _is_documentation(repo: RepositorySnapshot, path: RepoPath) -> bool:
    """Whether a folder of documentation holds it; one with an `__init__.py` is a package, such as an app about it."""
    found = _DOCUMENTATION.search(path)
    return found is not None and not repo.is_file(f"{path[: found.end()]}/__init__.py")


def _places(path: RepoPath, text: str, row: Mapping[str, Any]) -> Iterator[Evidence]:
    for match in lazy_pattern(row["pattern"]).finditer(text):
        before = text[: match.start()].split("\n")
        if "unless" not in row or not any(row["unless"] in line for line in before[-1 - LINES_BEFORE :]):
            yield Evidence(path=path, line=len(before))
