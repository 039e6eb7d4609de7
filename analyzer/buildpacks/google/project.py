"""What pyproject.toml and requirements.txt say: pkg/python/pyproject.go, requirements.go, dependencies.go."""

import re

from analyzer.buildpacks.go_documents import GoToml, Malformed, read_go_toml
from analyzer.buildpacks.go_values import Anything, ListOf, MapOf, Mismatch, Struct, Text, decode
from analyzer.buildpacks.google.python_version import RequestedPython, is_at_least, read_requested_python_version
from analyzer.buildpacks.google.tables import Stack
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.quick_dataclass import dataclass

PYPROJECT, REQUIREMENTS = "pyproject.toml", "requirements.txt"
POETRY_LOCK, UV_LOCK = "poetry.lock", "uv.lock"
PACKAGE_MANAGER = "GOOGLE_PYTHON_PACKAGE_MANAGER"
_DEPENDENCIES = Struct(
    {
        "project": Struct({"dependencies": ListOf(Text())}),
        "tool": Struct({"poetry": Struct({"dependencies": MapOf(Anything())})}),
    }
)
_SCRIPTS = MapOf(Text())
_WITH_SCRIPTS = Struct(
    {"project": Struct({"scripts": _SCRIPTS}), "tool": Struct({"poetry": Struct({"scripts": _SCRIPTS})})}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why a buildpack stops with an error at the file."""

    reason: str
    evidence: Evidence


def is_pyproject_enabled(source: Source) -> bool:
    """Whether pyproject.toml counts: requirements.txt is preferred where both are."""
    return source.tree.exists(PYPROJECT) and not source.tree.exists(REQUIREMENTS)


def prefers(source: Source, manager: str) -> bool:
    """Whether the variable asks for this package manager; with "" whether it is not set."""
    return source.variables.get(PACKAGE_MANAGER, "").casefold() == manager


def is_poetry_project(source: Source) -> Evidence | Unreadable | None:
    """The file that makes it a Poetry project; one that cannot be parsed does not."""
    if not is_pyproject_enabled(source):
        return None
    if source.tree.exists(POETRY_LOCK):
        return Evidence(path=POETRY_LOCK)
    file = _read(source)
    if not isinstance(file, GoToml):
        return file
    tool = file.data.get("tool")
    if isinstance(tool, dict) and "poetry" in tool:
        return file.evidence("tool", "poetry", note="[tool.poetry]")
    return None


def is_uv_project(source: Source) -> tuple[Evidence, ...]:
    """The files that make it uv's, which is the default; none when it is not."""
    if not is_pyproject_enabled(source):
        return ()
    if source.tree.exists(UV_LOCK):
        return Evidence(path=PYPROJECT), Evidence(path=UV_LOCK)
    return (Evidence(path=PYPROJECT),) if prefers(source, "uv") or prefers(source, "") else ()


def uses_uv_for_requirements(source: Source, stack: Stack) -> bool:
    """Whether uv installs requirements.txt: by the variable, else from Python 3.14 on."""
    if prefers(source, "uv"):
        return True
    requested = read_requested_python_version(source, stack)
    return prefers(source, "") and isinstance(requested, RequestedPython) and is_at_least(requested, 14) is True


def read_script(source: Source) -> tuple[str, Evidence] | Unreadable | None:
    """The script that is started: the only one, or `start`; Poetry's before the project's."""
    file = _read(source)
    if not isinstance(file, GoToml):
        return file
    data = decode(file.data, _WITH_SCRIPTS)
    if isinstance(data, Mismatch):
        return None
    for keys in (("tool", "poetry", "scripts"), ("project", "scripts")):
        table = data
        for key in keys:
            table = table[key]
        name = next(iter(table)) if len(table) == 1 else "start"
        if len(table) == 1 or table.get(name):
            return name, file.evidence(*keys, name, note=f"[{'.'.join(keys)}]")
    return None


def package_present(source: Source, name: str) -> bool | Unreadable:
    """Whether the package is asked for: by its exact name at the start of a line, or in Poetry's dependencies."""
    if not is_pyproject_enabled(source):
        return requirements_have(source, name) if source.tree.exists(REQUIREMENTS) else False
    if source.tree.read(PYPROJECT) is None:
        return _unreadable(PYPROJECT)
    file = read_go_toml(source, PYPROJECT, version="1.0")
    if isinstance(file, Malformed):
        evidence = Evidence(path=PYPROJECT, line=file.line, note=file.reason)
        return Unreadable(reason=f"toml: {file.reason}", evidence=evidence)
    data = decode(file.data, _DEPENDENCIES)
    if isinstance(data, Mismatch):
        reason = f"toml: {'.'.join(data.keys)} is no {data.wanted}"
        return Unreadable(reason=reason, evidence=file.evidence(*data.keys, note=reason))
    stated = "\n".join(data["project"]["dependencies"])
    return _contains(stated, name) or name in data["tool"]["poetry"]["dependencies"]


def requirements_have(source: Source, name: str) -> bool | Unreadable:
    """Whether a line of requirements.txt starts with the package; other files that it includes are not read."""
    content = source.tree.read(REQUIREMENTS)
    return _unreadable(REQUIREMENTS) if content is None else _contains(content.decode("utf-8", "replace"), name)


def _contains(text: str, name: str) -> bool:
    escaped, end = re.escape(name), "" if name.endswith("]") else r"\b"
    return re.search(rf"^{escaped}{end}(?:[^-]|$)|#egg={escaped}$", text, re.MULTILINE | re.ASCII) is not None


def _read(source: Source) -> GoToml | Unreadable | None:
    """pyproject.toml; None, with only a warning in the log, when it is no TOML."""
    if source.tree.read(PYPROJECT) is None:
        return _unreadable(PYPROJECT)
    file = read_go_toml(source, PYPROJECT, version="1.0")
    return file if isinstance(file, GoToml) else None


def _unreadable(path: str) -> Unreadable:
    return Unreadable(reason=f'reading file "{path}": is a directory', evidence=Evidence(path=path, note="not a file"))
