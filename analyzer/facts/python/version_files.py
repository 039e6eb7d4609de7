"""Declarations in files of a folder: version files, tools, platforms, manifests and lock files."""

import re
from collections.abc import Callable, Iterator

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from analyzer.facts.dependencies.conda import NAMES as CONDA_NAMES
from analyzer.facts.dependencies.conda import python_spec
from analyzer.facts.dependencies.poetry_constraints import InvalidConstraint, to_specifier
from analyzer.facts.dependencies.pyproject import requires_python
from analyzer.facts.dependencies.setup_py import python_requires
from analyzer.facts.dependencies.tables import table, text, texts
from analyzer.facts.python.declaration import Declaration, Strength, declaration
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import ParseFailure, read_ini, read_json, read_toml
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot

_VERSION = lazy_pattern(r"(?:(?:cpython|python)[-@]?)?(?P<version>\d+(?:\.\d+){1,2})(?:t|-dev)?(?:/.*)?$")
_RANGE = lazy_pattern(r"(?:cpython|python)?[-@ ]?(?P<range>[<>=!~^].*)$")
_PLATFORM_VARIABLE = lazy_pattern(
    r"\b(?:NIXPACKS_PYTHON_VERSION|BP_CPYTHON_VERSION|GOOGLE_PYTHON_VERSION|UV_PYTHON|PYTHON_VERSION)\b[\"']?"
    r"\s*[:=]?\s*(?:value\s*[:=]\s*)?[\"']?(?P<version>\d\.\d+(?:\.\d+)?)(?![\d.])"
)
_COMMENT_LINES = lazy_pattern(r"(?m)^[ \t]*#.*$")
_APP_ENGINE = lazy_pattern(r"(?m)^runtime:[ \t]*[\"']?python(?P<major>3)(?P<minor>\d{1,2})[\"']?[ \t]*$")
_RENDER = lazy_pattern(r"(?m)^[ \t-]*runtime:[ \t]*[\"']?python-(?P<version>3\.\d{1,2}(?:\.\d{1,2})?)[\"']?[ \t]*$")
"""Not of Render's reference, which knows `python` alone; it is what people mean."""
_PLATFORM_FILES = (
    "render.yaml",
    "render.yml",
    "nixpacks.toml",
    "railway.toml",
    "railway.json",
    "project.toml",
    "fly.toml",
    "app.yaml",
)
_UV_LOCK_REQUIRES = lazy_pattern(r'(?m)^requires-python = "(?P<spec>[^"]+)"')


def declarations_in(repo: RepositorySnapshot, names: dict[str, RepoPath]) -> Iterator[Declaration]:
    """Every declaration in the files of one folder; `names` maps their names to their paths."""
    for name, path in names.items():
        reader = _READERS.get(name)
        if reader is not None:
            yield from reader(repo, path)


def exact_version(spec: str) -> str | None:
    """The "3.12" or "3.12.4" that a version or specifier asks for, None for a range of several minor versions."""
    if re.fullmatch(r"\d+\.\d+(?:\.\d+)?", spec):
        return spec
    if found := re.fullmatch(r"={2,3}\s*(\d+\.\d+)(?:\.\*|(\.\d+))?", spec.strip()):
        return f"{found[1]}{found[2] or ''}"
    series = re.fullmatch(r">=\s*3\.(\d+)(?:\.0)?\s*,\s*<\s*3\.(\d+)(?:\.0)?", spec.strip())
    return f"3.{series[1]}" if series and int(series[2]) == int(series[1]) + 1 else None


def _version_file(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    """pyenv's form (a version or the name of a virtual environment a line) and uv's (`cpython@3.12`, `>=3.12`)."""
    for number, line in enumerate((repo.text(path) or "").split("\n"), 1):
        words = line.split("#")[0].strip()
        if words and (spec := _spec(words)):
            yield declaration(Strength.PYTHON_VERSION, spec, ".python-version", path, number, words)


def _runtime_txt(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    for number, line in enumerate((repo.text(path) or "").split("\n"), 1):
        words = line.split("#")[0].strip()
        if words and (spec := _spec(words)):
            yield declaration(Strength.RUNTIME_TXT, spec, "runtime.txt", path, number, words)
            return


def _tool_versions(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    for number, line in enumerate((repo.text(path) or "").split("\n"), 1):
        words = line.split("#")[0].split()
        if len(words) > 1 and words[0] == "python" and (spec := _spec(words[1])):
            yield declaration(Strength.TOOL, spec, ".tool-versions", path, number, " ".join(words))


def _mise(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    document = read_toml(repo, path)
    if document is None or isinstance(document, ParseFailure):
        return
    wanted = table(document.data.get("tools")).get("python")
    for version in texts(wanted) or texts(table(wanted).get("version")):
        if spec := _spec(version):
            line = document.line_of("tools", "python")
            yield declaration(Strength.TOOL, spec, basename(path), path, line, f'python = "{version}"')


def _platform(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    content = _COMMENT_LINES.sub("", repo.text(path) or "")
    found = _PLATFORM_VARIABLE.search(content)
    if found is None and basename(path).startswith("render."):
        found = _RENDER.search(content)
    engine = _APP_ENGINE.search(content) if basename(path) == "app.yaml" else None
    if found:
        yield _at(content, found, found["version"], path)
    elif engine:
        yield _at(content, engine, f"{engine['major']}.{engine['minor']}", path)


def _at(content: str, found: re.Match[str], version: str, path: RepoPath) -> Declaration:
    line = content.count("\n", 0, found.end()) + 1
    return declaration(Strength.PLATFORM, version, basename(path), path, line, " ".join(found[0].split()))


def _pipfile(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    document = read_toml(repo, path)
    if document is None or isinstance(document, ParseFailure):
        return
    for key in ("python_full_version", "python_version"):
        wanted = text(table(document.data.get("requires")).get(key))
        if wanted and (spec := _spec(wanted)):
            line = document.line_of("requires", key)
            yield declaration(Strength.PIPFILE, spec, "Pipfile", path, line, f'{key} = "{wanted}"')
            return


def _pipfile_lock(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    document = read_json(repo, path)
    if document is None or isinstance(document, ParseFailure):
        return
    requires = table(table(table(document.data).get("_meta")).get("requires"))
    for key in ("python_full_version", "python_version"):
        wanted = text(requires.get(key))
        if wanted and (spec := _spec(wanted)):
            line = document.line_of("_meta", "requires", key)
            yield declaration(Strength.PIPFILE_LOCK, spec, "Pipfile.lock", path, line, f"{key} {wanted}")
            return


def _pyproject(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    document = read_toml(repo, path)
    if document is None or isinstance(document, ParseFailure):
        return
    for kind, (wanted, line) in requires_python(document).items():
        spec = _specifier(wanted) if kind == "project" else _poetry(wanted)
        if spec:
            name = "requires-python" if kind == "project" else "python"
            yield declaration(Strength.RANGE, spec, "pyproject.toml", path, line, f'{name} = "{wanted}"')


def _uv_lock(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    content = repo.text(path) or ""
    found = _UV_LOCK_REQUIRES.search(content)
    if found and (spec := _specifier(found["spec"])):
        line = content.count("\n", 0, found.start()) + 1
        yield declaration(Strength.RANGE, spec, "uv.lock", path, line, found[0])


def _setup_cfg(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    document = read_ini(repo, path)
    if document is None or isinstance(document, ParseFailure):
        return
    wanted = document.sections.get("options", {}).get("python_requires", "")
    if spec := _specifier(wanted):
        line = document.line_of("options", "python_requires")
        yield declaration(Strength.RANGE, spec, "setup.cfg", path, line, f"python_requires = {wanted}")


def _setup_py(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    wanted = python_requires(repo, path) if "python_requires" in (repo.text(path) or "") else None
    if wanted and (spec := _specifier(wanted[0])):
        yield declaration(Strength.RANGE, spec, "setup.py", path, wanted[1], f"python_requires {wanted[0]}")


def _conda(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Declaration]:
    wanted = python_spec(repo, path)
    if wanted and wanted[0]:
        spec = exact_version(wanted[0]) or wanted[0]
        yield declaration(Strength.CONDA, spec, basename(path), path, wanted[1], f"python {wanted[0]}")


def _spec(words: str) -> str | None:
    """The version or range that a word of a version file names, None for other implementations and names."""
    found = _VERSION.match(words)
    if found:
        return found["version"]
    ranged = _RANGE.match(words)
    return _specifier(ranged["range"]) if ranged else None


def _specifier(wanted: str) -> str | None:
    """`wanted` as written when it is a PEP 440 specifier set that excludes something, else None."""
    try:
        return " ".join(wanted.split()) if str(SpecifierSet(wanted)) else None
    except InvalidSpecifier:
        return wanted.strip() if re.fullmatch(r"\d+\.\d+(\.\d+)?", wanted.strip()) else None


def _poetry(wanted: str) -> str | None:
    try:
        return to_specifier(wanted) or None
    except InvalidConstraint:
        return None


_READERS: dict[str, Callable[[RepositorySnapshot, RepoPath], Iterator[Declaration]]] = {
    ".python-version": _version_file,
    "runtime.txt": _runtime_txt,
    ".tool-versions": _tool_versions,
    "mise.toml": _mise,
    ".mise.toml": _mise,
    "Pipfile": _pipfile,
    "Pipfile.lock": _pipfile_lock,
    "pyproject.toml": _pyproject,
    "uv.lock": _uv_lock,
    "setup.cfg": _setup_cfg,
    "setup.py": _setup_py,
    **dict.fromkeys(_PLATFORM_FILES, _platform),
    **dict.fromkeys(CONDA_NAMES, _conda),
}
