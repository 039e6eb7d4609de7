"""lib/python_version.sh: which Python is asked for, and which release that is."""

import re

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.dependencies import fitting_python
from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.buildpacks.heroku_classic.pipfile_lock import read_pipfile_lock_version
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.heroku_classic.text_encoding import is_accepted
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.prediction import Step
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.source_tree import SourceTree

_INTEGER = r"(0|[1-9][0-9]*)"
_VERSION = rf"{_INTEGER}\.{_INTEGER}(?:\.{_INTEGER})?"
_RUNTIME = lazy_pattern(f"python-({_VERSION})")
VERSION = lazy_pattern(_VERSION)
"""N.N or N.N.N without leading zeros; groups: major, minor, patch."""
_SPACE = "\t\v\f\r \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
"""[[:space:]] of the C.UTF-8 locale, without the newline: no-break spaces and U+0085 are not in it."""
_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedPython:
    """The version as asked for, N.N or N.N.N, and what asks for it: a file, or "default"."""

    version: str
    origin: str
    evidence: Evidence


def read_requested_python_version(tree: SourceTree, manager: str, release: Release, notes: Notes) -> RequestedPython:
    """The version that the first of the known files asks for, else the default. Raises BuildStops if it is invalid."""
    requested = _read(tree, manager, release)
    text = "none is asked for" if requested.origin == "default" else f"{requested.origin} asks for {requested.version}"
    notes.say(Step.PYTHON, text, requested.evidence, source=release.lines["requested"])
    return requested


def _read(tree: SourceTree, manager: str, release: Release) -> RequestedPython:
    if tree.is_file("runtime.txt"):
        return _parse_runtime_txt(tree, release)
    for name in release.misspelt:
        if tree.is_file(name):
            evidence = Evidence(path=name, note="not read under this name")
            raise BuildStops(MESSAGES.failure("python-version-file::misspelled", evidence, name=name))
    if tree.is_file(".python-version"):
        return _parse_python_version_file(tree, release)
    if manager == "pipenv":
        stated = read_pipfile_lock_version(tree)
        if stated is not None:
            if VERSION.fullmatch(stated.version):
                return RequestedPython(version=stated.version, origin="Pipfile.lock", evidence=stated.evidence)
            values = {"version": stated.version[:_SHOWN], "default": release.default_python}
            raise BuildStops(MESSAGES.failure("pipfile-lock::invalid-version", stated.evidence, **values))
    return RequestedPython(version=release.default_python, origin="default", evidence=absent(".python-version"))


def _parse_runtime_txt(tree: SourceTree, release: Release) -> RequestedPython:
    lines = _trimmed_lines(tree.read("runtime.txt") or b"")
    evidence = Evidence(path="runtime.txt", line=lines[0][0] if lines else 1)
    match = _RUNTIME.fullmatch(lines[0][1]) if len(lines) == 1 else None
    if match is None:
        raise BuildStops(MESSAGES.failure("runtime-txt::invalid-version", evidence, default=release.default_python))
    return RequestedPython(version=match[1], origin="runtime.txt", evidence=evidence)


def _parse_python_version_file(tree: SourceTree, release: Release) -> RequestedPython:
    path, default = ".python-version", release.default_python
    content = tree.read(path) or b""
    lines = _trimmed_lines(content)
    for number, line in lines:
        if VERSION.fullmatch(line):
            continue
        evidence = Evidence(path=path, line=number)
        if not is_accepted(content):
            raise BuildStops(MESSAGES.failure("python-version-file::invalid-encoding", evidence))
        shown = re.sub(r"[^ -~\t]", "\N{REPLACEMENT CHARACTER}", line)[:_SHOWN]
        raise BuildStops(
            MESSAGES.failure("python-version-file::invalid-version", evidence, version=shown, default=default)
        )
    if not lines:
        raise BuildStops(MESSAGES.failure("python-version-file::no-version", Evidence(path=path), default=default))
    if len(lines) > 1:
        every = (Evidence(path=path, line=number) for number, _ in lines)
        versions = ", ".join(line for _, line in lines)
        raise BuildStops(MESSAGES.failure("python-version-file::multiple-versions", *every, versions=versions))
    number, version = lines[0]
    return RequestedPython(version=version, origin=path, evidence=Evidence(path=path, line=number))


def _trimmed_lines(content: bytes) -> list[tuple[int, str]]:
    """The lines that are neither blank nor comments, without the space around them, and their numbers."""
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    trimmed = ((number, line.strip(_SPACE)) for number, line in enumerate(lines, 1))
    return [(number, line) for number, line in trimmed if line and not line.startswith("#")]


def resolve_python_version(requested: RequestedPython, release: Release, notes: Notes) -> str:
    """The release of Python, N.N.N. Raises BuildStops for one that is not supported."""
    resolved = _resolve(requested.version, requested, release)
    notes.say(Step.PYTHON, f"Python {resolved}", requested.evidence, source=release.lines["resolve"])
    if requested.version == resolved and resolved not in release.latest_python.values():
        text = f"there may be no archive of exactly {resolved}; then the build stops with python-version::unknown-patch"
        notes.say(Step.PYTHON, text, requested.evidence, source=release.lines["download"])
    return resolved


def _resolve(version: str, requested: RequestedPython, release: Release) -> str:
    match = VERSION.fullmatch(version)
    major, minor = (_bash_integer(part) for part in match.group(1, 2)) if match else (0, 0)
    names = {"minor": ".".join(version.split(".")[:2]), "origin": requested.origin}
    at = requested.evidence
    if major < 3 or (major == 3 and minor < release.oldest_minor):
        raise BuildStops(MESSAGES.failure("python-version::eol", at, oldest=release.oldest_minor, **names))
    if major >= 4 or minor > release.newest_minor:
        raise BuildStops(MESSAGES.failure("python-version::unknown-major", at, newest=release.newest_minor, **names))
    if version.count(".") == 2:
        return version
    if version not in release.latest_python:
        values = {"version": version, "default": release.default_python, "origin": requested.origin}
        raise BuildStops(MESSAGES.failure("internal-error::abort", at, **values))
    return release.latest_python[version]


def _bash_integer(digits: str) -> int:
    """The value of the digits in the shell's arithmetic, which has 64 bits and wraps; 64 digits decide about them."""
    value = int(digits[-64:]) % (1 << 64)
    return value - (1 << 64) if value >> 63 else value


def check_python_version(
    source: Source, requested: RequestedPython, resolved: str, manager: str, release: Release, notes: Notes
) -> None:
    """Warn about a missing or deprecated file, an old version and an old patch.

    Raises BuildStops where uv needs a .python-version.
    """
    at, minor = requested.evidence, resolved.rpartition(".")[0]
    if requested.origin == "default":
        if manager == "uv":
            fitting, because = fitting_python(source, minor, release.latest_python)
            raise BuildStops(MESSAGES.failure("python-version-file::not-found", at, *because, minor=fitting))
        notes.warn(MESSAGES.warning("python-version-file::not-found", at))
    elif requested.origin == "runtime.txt":
        if manager == "uv":
            raise BuildStops(MESSAGES.failure("runtime-txt::not-supported", at, minor=minor))
        notes.warn(MESSAGES.warning("runtime-txt::deprecated", at))
    if minor in release.ending_python:
        until = release.ending_python[minor]
        notes.warn(MESSAGES.warning("python-version::deprecated", at, minor=minor, until=until))
    latest = _resolve(minor, requested, release)
    if _bash_integer(resolved.rpartition(".")[2]) < _bash_integer(latest.rpartition(".")[2]):
        notes.warn(MESSAGES.warning("python-version::patch-update-available", at, version=resolved, latest=latest))
