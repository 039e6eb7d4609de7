"""The Node.js of the stage that builds the front end."""

from typing import Any

from packaging.version import InvalidVersion, Version

from analyzer.model.evidence import Fact
from analyzer.model.facts import FrontendFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.overrides import Overrides
from analyzer.plan.tables import table

_MAJOR = lazy_pattern(r"v?(\d+)(?:\.|$)")
_RANGE_PART = lazy_pattern(r"(>=|<=|>|<|\^|~|=)?\s*v?(\d+(?:\.\d+)*)")
_NUMBERS = lazy_pattern(r"\d+(?:\.\d+)*")
_ANY = ("*", "x", "lts/*", "latest", "node")


def node_version(frontend: FrontendFacts, overrides: Overrides) -> tuple[str, str]:
    """-> (major version of Node.js, why): what the project asks for, else the newest that its tools run on."""
    data = table("nodes")
    if overrides.image.node_version is not None:
        return overrides.image.node_version, f"the configuration asks for Node.js {overrides.image.node_version}"
    answer = frontend.node_version
    wanted = answer.value if isinstance(answer, Fact) else None
    default = str(data["default"])
    if wanted is None or answer is None:
        limit = _limit(frontend)
        if limit is not None:
            return str(limit["newest"]), f"nothing asks for a version of Node.js, and {limit['because']}"
        return default, f"nothing asks for a version of Node.js, so it is the long-term release {default}"
    exact = _MAJOR.match(wanted.strip())
    if exact is not None:
        return exact[1], f"{answer.evidence[0].path} asks for Node.js {wanted}"
    majors = sorted((int(major) for major in data["end_of_life"]), key=lambda major: (str(major) != default, -major))
    fitting = next((major for major in majors if _accepts(wanted, major)), None)
    chosen = str(fitting) if fitting is not None else default
    return chosen, f"{answer.evidence[0].path} asks for Node.js {wanted}"


def _limit(frontend: FrontendFacts) -> dict[str, Any] | None:
    """The tool of the build that asks for the oldest Node.js."""
    found = [row for row in table("nodes")["limit"] if _is_before(frontend, row["package"], str(row["before"]))]
    return min(found, key=lambda row: int(row["newest"]), default=None)


def _is_before(frontend: FrontendFacts, package: str, bound: str) -> bool:
    """Whether the locked version is older than `bound`, or the range asks for an older major version."""
    version = _NUMBERS.match(frontend.locked.get(package, ""))
    if version is not None:
        return Version(version[0]) < Version(bound)
    wanted = _MAJOR.search(frontend.packages.get(package, ""))
    return wanted is not None and int(wanted[1]) < Version(bound).major


def _accepts(wanted: str, major: int) -> bool:
    """Whether a range of npm's has a release of a major version."""
    newest = Version(f"{major}.999.999")
    for alternative in wanted.split("||"):
        parts = _RANGE_PART.findall(alternative)
        if parts and all(_holds(operator, version, newest, major) for operator, version in parts):
            return True
        if not parts and alternative.strip() in _ANY:
            return True
    return False


def _holds(operator: str, version: str, newest: Version, major: int) -> bool:
    try:
        bound = Version(version)
    except InvalidVersion:
        return True
    if operator in (">=", ">"):
        return newest >= bound
    if operator == "<":
        return Version(str(major)) < bound
    if operator == "<=":
        return Version(str(major)) <= bound
    return major == bound.major
