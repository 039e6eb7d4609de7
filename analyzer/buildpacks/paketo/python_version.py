"""Which Python the cpython buildpack installs: cpython build.go, packit draft/planner.go and postal/service.go."""

from analyzer.buildpacks.lifecycle import Resolution
from analyzer.buildpacks.masterminds import ImproperConstraint, parse_constraints, parse_version
from analyzer.buildpacks.notes import absent
from analyzer.buildpacks.paketo.tables import MESSAGES, table
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.prediction import PredictedFailure
from analyzer.model.quick_dataclass import dataclass

_MINOR = lazy_pattern(r"\d+\.\d+")
_STACK = "io.buildpacks.stacks.jammy"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedPython:
    """The constraint, as the plan has it, and the file or variable that it is from; "default" when nothing asks."""

    constraint: str
    origin: str
    evidence: tuple[Evidence, ...]


def requested_python(resolution: Resolution) -> RequestedPython | None:
    """The request with the highest priority; None when the group has no cpython."""
    if "cpython" not in resolution.group:
        return None
    priorities: list[str] = table()["python"]["priorities"]
    entries = [entry for entry in resolution.requires if entry.name == "cpython"]
    entry = min(entries, key=lambda e: priorities.index(e.source) if e.source in priorities else len(priorities))
    if not entry.version:
        return _default()
    origin = entry.source or next((e.path for e in entry.evidence), "")
    return RequestedPython(constraint=entry.version, origin=origin, evidence=entry.evidence)


def _default() -> RequestedPython:
    nothing = absent("file or variable from which the version is taken; .python-version and runtime.txt are not read")
    return RequestedPython(constraint=table()["python"]["default"], origin="default", evidence=(nothing,))


def resolve_python(requested: RequestedPython) -> str | PredictedFailure:
    """The newest shipped release that satisfies the constraint, or why the build stops."""
    releases: list[str] = table()["python"]["releases"]
    constraint = requested.constraint
    if constraint == "default":
        constraint = table()["python"]["default"]
    values = {"constraint": constraint, "origin": requested.origin}
    try:
        constraints = parse_constraints(_without_pessimistic_operator(constraint))
    except ImproperConstraint as improper:
        return MESSAGES.failure("cpython::improper-constraint", *requested.evidence, log=improper, **values)
    versions = [version for version in map(parse_version, releases) if version is not None]
    matching = [v for v in versions if constraints.check(v)]
    if not matching:
        values |= {"stack": _STACK, "shipped": ", ".join(releases), "minor": _nearest_minor(constraint, releases)}
        return MESSAGES.failure("cpython::no-compatible-version", *requested.evidence, **values)
    newest = max(matching, key=lambda version: version.release)
    return ".".join(map(str, newest.release))


def _without_pessimistic_operator(constraint: str) -> str:
    """`~> N.N.N` keeps the minor version, `~> N.N` and `~> N` the major one."""
    if "~>" not in constraint:
        return constraint
    rest = constraint.replace("~>", "")
    return f"~{rest}" if len(rest.split(".")) == 3 else f"^{rest}"


def _nearest_minor(constraint: str, releases: list[str]) -> str:
    """The first N.N of the constraint of which a release is shipped, else that of the newest release."""
    shipped = [release.rpartition(".")[0] for release in releases]
    return next((minor for minor in _MINOR.findall(constraint) if minor in shipped), shipped[-1])
