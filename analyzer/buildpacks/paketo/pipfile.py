"""What pipenv-install reads in Pipfile.lock and Pipfile: lock_parser.go, pipfile_parser.go."""

from analyzer.buildpacks.go_documents import Malformed, read_go_json, read_go_toml
from analyzer.buildpacks.go_values import ListOf, MapOf, Mismatch, Struct, Text, decode
from analyzer.buildpacks.paketo.pyproject import Read, Unreadable
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence

PIPFILE, LOCK = "Pipfile", "Pipfile.lock"
_LOCK = Struct(
    {
        "_meta": Struct({"requires": Struct({"python_version": Text()}), "sources": ListOf(Struct({"url": Text()}))}),
        "default": MapOf(Struct({"version": Text()})),
    }
)
_PIPFILE = Struct({"requires": Struct({"python_version": Text()})})


def read_lock_python_version(source: Source) -> Read | Unreadable:
    """`_meta.requires.python_version`; the whole of the struct has to fit, down to the versions of the packages."""
    document = read_go_json(source, LOCK)
    data = document if isinstance(document, Malformed) else decode(document, _LOCK)
    if isinstance(data, Malformed):
        return Unreadable(reason=data.reason, evidence=Evidence(path=LOCK, line=data.line, note=data.reason))
    if isinstance(data, Mismatch):
        reason = f"json: {'.'.join(data.keys)} is no {data.wanted}"
        return Unreadable(reason=reason, evidence=Evidence(path=LOCK, line=_line(source, data.keys[-1:]), note=reason))
    version: str = data["_meta"]["requires"]["python_version"]
    return Read(value=version, evidence=Evidence(path=LOCK, line=_line(source, ("python_version",)), note=version))


def _line(source: Source, keys: tuple[str, ...]) -> int:
    """The first line with the key; 1 when there is none."""
    lines = (source.tree.read(LOCK) or b"").decode("utf-8", "replace").split("\n")
    return next((number for number, line in enumerate(lines, 1) for key in keys if f'"{key}"' in line), 1)


def read_pipfile_python_version(source: Source) -> Read | Unreadable:
    """`[requires] python_version`."""
    file = read_go_toml(source, PIPFILE, version="1.1")
    if isinstance(file, Malformed):
        return Unreadable(reason=file.reason, evidence=Evidence(path=PIPFILE, line=file.line, note=file.reason))
    data = decode(file.data, _PIPFILE, any_case=False)
    if isinstance(data, Mismatch):
        reason = f"{'.'.join(data.keys)} is no {data.wanted}"
        return Unreadable(reason=reason, evidence=file.evidence(*data.keys, note=reason))
    version: str = data["requires"]["python_version"]
    return Read(value=version, evidence=file.evidence("requires", "python_version", note=version))
