"""Hints at the Python of a project: what CI and tox test with, what classifiers name."""

from collections.abc import Iterator

from analyzer.facts.dependencies.tables import table, texts
from analyzer.facts.python.declaration import Declaration, Strength, declaration
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import ParseFailure, read_ini, read_toml
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

_WORKFLOW = lazy_pattern(r"\.github/workflows/[^/]+\.ya?ml$")
_SETUP_PYTHON = lazy_pattern(r"""python-version["']?\s*:\s*(?P<versions>.+)""")
_NUMBER = lazy_pattern(r"(?<![\d.])(?P<version>3\.\d+(?:\.\d+)?)(?![\d.])")
_TOX = lazy_pattern(r"\bpy(?:thon)?3\.?(?P<minor>\d+)|\{py3(?P<first>\d+)|(?<=,)3\.?(?P<other>\d+)(?=[,}])")
_CLASSIFIER = lazy_pattern(r"Programming Language :: Python :: (?P<version>3\.\d+)$")


def python_hints(repo: RepositorySnapshot, folders: tuple[RepoPath, ...]) -> Iterator[Declaration]:
    """One declaration for each source, with the newest version that it names."""
    for path in repo.files:
        if _WORKFLOW.match(path):
            yield from _workflow(repo, path)
    for distance, folder in enumerate(folders):
        for name, source, reader in (("tox.ini", "tox.ini", _tox), ("pyproject.toml", "classifiers", _classifiers)):
            hinted = join(folder, name) or name
            found = reader(repo, hinted) if repo.is_file(hinted) else None
            if found is not None:
                version, line, note = found
                yield declaration(Strength.HINT, version, source, hinted, line, note, 10 + distance)


def _workflow(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    lines = [
        (number, found["version"])
        for number, line in enumerate((repo.text(path) or "").split("\n"), 1)
        if (asked := _SETUP_PYTHON.search(line))
        for found in _NUMBER.finditer(asked["versions"])
    ]
    if lines:
        number, version = max(lines, key=lambda item: _order(item[1]))
        yield declaration(Strength.HINT, version, "GitHub Actions", path, number, f"python-version {version}")


def _tox(repo: RepositorySnapshot, path: RepoPath) -> tuple[str, int, str] | None:
    document = read_ini(repo, path)
    if document is None or isinstance(document, ParseFailure):
        return None
    settings = document.sections.get("tox", {})
    key = "envlist" if "envlist" in settings else "env_list"
    minors = [int(found["minor"] or found["first"] or found["other"]) for found in _TOX.finditer(settings.get(key, ""))]
    return (f"3.{max(minors)}", document.line_of("tox", key), key) if minors else None


def _classifiers(repo: RepositorySnapshot, path: RepoPath) -> tuple[str, int, str] | None:
    document = read_toml(repo, path)
    if document is None or isinstance(document, ParseFailure):
        return None
    entries = texts(table(document.data.get("project")).get("classifiers"))
    found = [(m["version"], n) for n, entry in enumerate(entries) if (m := _CLASSIFIER.match(entry))]
    if not found:
        return None
    version, position = max(found, key=lambda item: _order(item[0]))
    return version, document.line_of("project", "classifiers", position), entries[position]


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
