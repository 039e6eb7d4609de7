"""Which Python is asked for: pkg/python/python.go, pkg/runtime/install.go, pkg/version/version.go."""

from analyzer.buildpacks.google.tables import MESSAGES, Stack
from analyzer.buildpacks.masterminds import (
    ImproperConstraint,
    SemVersion,
    parse_constraints,
    parse_version,
)
from analyzer.buildpacks.notes import absent
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.prediction import PredictedFailure
from analyzer.model.quick_dataclass import dataclass

VERSION_FILE = ".python-version"
VARIABLES = ("GOOGLE_PYTHON_VERSION", "GOOGLE_RUNTIME_VERSION")
GO_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What strings.TrimSpace trims."""
MAX_LENGTH = 1_000
"""Of a version; a longer one is not parsed."""
_CANDIDATE = lazy_pattern(r"[0-9]+\.[0-9]+\..*(?:rc|RC|beta)")
_MAJORS, _MINORS, _PATCHES = (2, 3), range(40), range(40)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedPython:
    """The constraint as it stands, and what asks for it: a variable, .python-version or "default"."""

    version: str
    origin: str
    evidence: Evidence

    @property
    def exact(self) -> str | None:
        """The release, where the constraint names one."""
        is_exact = self.version.count(".") == 2 and parse_version(self.version) is not None
        return self.version if is_exact or _CANDIDATE.search(self.version) else None


def read_requested_python_version(source: Source, stack: Stack) -> RequestedPython | PredictedFailure:
    """RuntimeVersion: variables, the whole of .python-version, the stack's default."""
    runtime = source.variables.get("GOOGLE_RUNTIME", "")
    if runtime and not runtime.startswith("python"):
        return RequestedPython(version="*", origin="GOOGLE_RUNTIME", evidence=_variable("GOOGLE_RUNTIME"))
    for name in VARIABLES:
        if source.variables.get(name):
            return RequestedPython(version=source.variables[name], origin=name, evidence=_variable(name))
    if not source.tree.exists(VERSION_FILE):
        return RequestedPython(version=stack.python, origin="default", evidence=absent(VERSION_FILE))
    content = source.tree.read(VERSION_FILE)
    if content is None:
        evidence = Evidence(path=VERSION_FILE, note="a folder, or not readable")
        return MESSAGES.failure("python.runtime::unreadable-version-file", evidence)
    text = content.decode("utf-8", "replace")
    version = text.strip(GO_SPACE)
    if not version:
        return MESSAGES.failure("python.runtime::no-version", Evidence(path=VERSION_FILE))
    line = text[: text.index(version)].count("\n") + 1
    if len(version) > MAX_LENGTH:
        shown = {"version": f"{version[:20]}…", "origin": VERSION_FILE}
        reason = f"more than {MAX_LENGTH:,} characters are no version"
        evidence = Evidence(path=VERSION_FILE, line=line)
        return MESSAGES.failure("python.runtime::invalid-version", evidence, reason=reason, **shown)
    return RequestedPython(version=version, origin=VERSION_FILE, evidence=Evidence(path=VERSION_FILE, line=line))


def _variable(name: str) -> Evidence:
    return Evidence(path=".", note=f"the variable {name}")


def check_version(requested: RequestedPython) -> PredictedFailure | None:
    """Why the runtime buildpack finds no release: ResolveVersion, which looks at Google's list of releases."""
    if requested.exact is not None:
        return None
    shown = requested.version.split("\n")[0] if "\n" in requested.version else requested.version
    values = {"version": shown, "origin": requested.origin}
    try:
        constraints = parse_constraints(requested.version)
    except ImproperConstraint as improper:
        return MESSAGES.failure("python.runtime::invalid-version", requested.evidence, reason=improper, **values)
    candidates = (SemVersion(major=a, minor=b, patch=c) for c in _PATCHES for a in _MAJORS for b in _MINORS)
    if any(map(constraints.check, candidates)):
        return None
    reason = f"failed to resolve version matching: {' '.join(requested.version.split())}"
    return MESSAGES.failure("python.runtime::invalid-version", requested.evidence, reason=reason, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidVersion:
    """A constraint that cannot be compared with a version."""

    version: str


def is_at_least(requested: RequestedPython, minor: int) -> bool | InvalidVersion:
    """versionMatchesSemver with ">=3.MINOR.0-0": the constraint is read as a version, each `*` in it as 0."""
    text = requested.version.replace("*", "0")
    version = parse_version(_with_hyphen(text))
    if version is None:
        return InvalidVersion(version=text)
    return parse_constraints(f">=3.{minor}.0-0").check(version)


def _with_hyphen(version: str) -> str:
    if version.count(".") == 2 and version.count("rc") == 1 and "-rc" not in version:
        return version.replace("rc", "-rc", 1)
    return version
