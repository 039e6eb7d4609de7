"""What is read in pyproject.toml and uv.lock: pyproject_parser.go, pyprojectparser.go, pyprojecthandler.go."""

from typing import Any

from analyzer.buildpacks.go_documents import GoToml, Malformed, read_go_toml
from analyzer.buildpacks.go_values import ListOf, MapOf, Mismatch, Shape, Struct, Text, decode
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass

PYPROJECT = "pyproject.toml"
_BUILD_SYSTEM = Struct({"requires": ListOf(Text()), "build-backend": Text()})
_PYTHON: dict[str, Shape] = {
    "tool": Struct({"poetry": Struct({"dependencies": Struct({"python": Text()})})}),
    "project": Struct({"requires-python": Text()}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was looked for in a file, "" when it is not there."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why the buildpack stops at the file with an error."""

    reason: str
    evidence: Evidence


def read_python_version(source: Source, *, with_build_system: bool = False) -> Read | Unreadable:
    """`requires-python`, else Poetry's `python`, without the "=" at both ends; in the packages' own struct or with the
    build system in it, whose types then count as well.
    """
    shape = Struct({**_PYTHON, "build-system": _BUILD_SYSTEM} if with_build_system else _PYTHON)
    decoded = _decode(source, PYPROJECT, shape)
    if isinstance(decoded, Unreadable):
        return decoded
    file, data = decoded
    required = data["project"]["requires-python"]
    if required:
        keys: tuple[str, ...] = ("project", "requires-python")
    else:
        required, keys = data["tool"]["poetry"]["dependencies"]["python"], ("tool", "poetry", "dependencies", "python")
    evidence = file.evidence(*keys, note=required) if required else Evidence(path=PYPROJECT, note="asks for no Python")
    return Read(value=required.strip("="), evidence=evidence)


def read_script(source: Source) -> Read | Unreadable:
    """The name of Poetry's script when there is exactly one; no file is no error."""
    if not source.tree.exists(PYPROJECT):
        return Read(value="", evidence=Evidence(path=".", note=f"no {PYPROJECT}"))
    decoded = _decode(source, PYPROJECT, Struct({"tool": Struct({"poetry": Struct({"scripts": MapOf(Text())})})}))
    if isinstance(decoded, Unreadable):
        return decoded
    file, data = decoded
    scripts = tuple(data["tool"]["poetry"]["scripts"])
    if len(scripts) != 1:
        return Read(
            value="", evidence=Evidence(path=PYPROJECT, note=f"{len(scripts)} scripts in [tool.poetry.scripts]")
        )
    return Read(
        value=scripts[0], evidence=file.evidence("tool", "poetry", "scripts", scripts[0], note="the only script")
    )


def read_build_backend(source: Source) -> Read | Unreadable:
    """The build backend."""
    decoded = _decode(source, PYPROJECT, Struct({"build-system": _BUILD_SYSTEM}))
    if isinstance(decoded, Unreadable):
        return decoded
    file, data = decoded
    backend = data["build-system"]["build-backend"]
    evidence = file.evidence("build-system", "build-backend", note=backend) if backend else Evidence(path=PYPROJECT)
    return Read(value=backend, evidence=evidence)


def read_lock_version(source: Source, path: RepoPath) -> Read | Unreadable:
    """`requires-python` of uv.lock, without the "=" at both ends."""
    decoded = _decode(source, path, Struct({"requires-python": Text()}))
    if isinstance(decoded, Unreadable):
        return decoded
    file, data = decoded
    required = data["requires-python"]
    evidence = file.evidence("requires-python", note=required) if required else Evidence(path=path)
    return Read(value=required.strip("="), evidence=evidence)


def _decode(source: Source, path: RepoPath, shape: Struct) -> tuple[GoToml, Any] | Unreadable:
    file = read_go_toml(source, path, version="1.1")
    if isinstance(file, Malformed):
        return Unreadable(reason=f"toml: {file.reason}", evidence=Evidence(path=path, line=file.line, note=file.reason))
    data = decode(file.data, shape)
    if isinstance(data, Mismatch):
        reason = f"toml: {'.'.join(data.keys)} is no {data.wanted}"
        return Unreadable(reason=reason, evidence=file.evidence(*data.keys, note=f"no {data.wanted}"))
    return file, data
