"""What the specifiers of a requirement allow."""

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

_UPPER = ("<", "<=", "==", "===", "~=")


def is_before(requirement: str, version: Version) -> bool:
    """Whether every release that the requirement (a version or a specifier set) allows is older than the version."""
    bound = _newest_allowed(requirement)
    return bound is not None and (bound[0] < version or bound == (version, False))


def _newest_allowed(requirement: str) -> tuple[Version, bool] | None:
    """The upper bound, and whether the bound itself is allowed; None without one."""
    try:
        return Version(requirement), True
    except InvalidVersion:
        pass
    try:
        specifiers = SpecifierSet(requirement)
    except InvalidSpecifier:
        return None
    bounds = [_upper_bound(s.operator, s.version) for s in specifiers if s.operator in _UPPER]
    return min(bounds, default=None)


def _upper_bound(operator: str, version: str) -> tuple[Version, bool]:
    base = Version(version.removesuffix(".*"))
    if operator == "~=" or version.endswith(".*"):
        release = base.release[:-1] if operator == "~=" else base.release
        return Version(".".join(map(str, (*release[:-1], release[-1] + 1)))), False
    return base, operator != "<"
