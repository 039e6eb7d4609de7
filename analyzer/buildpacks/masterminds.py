"""Version constraints as Masterminds/semver v3.5.0 reads and checks them (constraints.go, version.go)."""

import re
from collections.abc import Callable, Iterable

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

_MAX_CONSTRAINT, _MAX_GROUPS, _MAX_VERSION = 512, 32, 256
_SPACE = r"[\t\n\f\r ]*"
_IDENTIFIERS = r"[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*"
_PART = r"[0-9|xX*]+"
_WILD = rf"v?({_PART})(\.{_PART})?(\.{_PART})?(-{_IDENTIFIERS})?(\+{_IDENTIFIERS})?"
_CONSTRAINT = lazy_pattern(rf"{_SPACE}([=!<>~^]*){_SPACE}({_WILD}){_SPACE}(,?)")
_RANGE = lazy_pattern(rf"{_SPACE}({_WILD})[\t\n\f\r ]+-[\t\n\f\r ]+({_WILD}){_SPACE}")
_VERSION = lazy_pattern(rf"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-({_IDENTIFIERS}))?(?:\+({_IDENTIFIERS}))?")
_LARGEST = 2**64 - 1


class ImproperConstraint(ValueError):
    """The text is no constraint; the message is the library's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SemVersion:
    """A version; what is left out of it is 0."""

    major: int
    minor: int = 0
    patch: int = 0
    pre: str = ""

    @property
    def release(self) -> tuple[int, int, int]:
        return self.major, self.minor, self.patch


def parse_version(text: str) -> SemVersion | None:
    """The version that the text names ("3", "3.12", "v3.12.1-rc1+build"); None when it is none."""
    match = _VERSION.fullmatch(text) if len(text) <= _MAX_VERSION else None
    if match is None or not _is_prerelease(match[4] or ""):
        return None
    major, minor, patch = (int(part or 0) for part in match.group(1, 2, 3))
    if max(major, minor, patch) > _LARGEST:
        return None
    return SemVersion(major=major, minor=minor, patch=patch, pre=match[4] or "")


def _is_prerelease(pre: str) -> bool:
    """Whether no part of it is a number with a leading zero."""
    return not any(part.isdigit() and len(part) > 1 and part[0] == "0" for part in pre.split("."))


def compare(left: SemVersion, right: SemVersion) -> int:
    """Below 0, 0 or above 0, build metadata left out."""
    if left.release != right.release:
        return 1 if left.release > right.release else -1
    return _compare_prereleases(left.pre, right.pre)


def _compare_prereleases(left: str, right: str) -> int:
    if left == right:
        return 0
    if not left or not right:
        return 1 if not left else -1
    ours, theirs = left.split("."), right.split(".")
    for a, b in zip(ours, theirs, strict=False):
        if a == b:
            continue
        if a.isdigit() and b.isdigit():
            return 1 if int(a) > int(b) else -1
        if a.isdigit() or b.isdigit():
            return -1 if a.isdigit() else 1
        return 1 if a > b else -1
    return 1 if len(ours) > len(theirs) else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Constraint:
    """One comparison. `dirty` when a part of the version is left out or a wildcard: the minor, the patch, or all."""

    operator: str
    version: SemVersion
    dirty: bool
    minor_dirty: bool
    patch_dirty: bool


@dataclass(frozen=True, slots=True)
class Constraints:
    """Alternatives, each a tuple of comparisons that all have to hold."""

    alternatives: tuple[tuple[_Constraint, ...], ...]

    def check(self, version: SemVersion) -> bool:
        """Whether the version satisfies them; a pre-release does only where one is named."""
        for alternative in self.alternatives:
            named = any(constraint.version.pre for constraint in alternative)
            if (named or not version.pre) and all(_CHECKS[c.operator](version, c) for c in alternative):
                return True
        return False


def parse_constraints(text: str) -> Constraints:
    """The constraints of the text. Raises ImproperConstraint."""
    if len(text.encode("utf-8", "replace")) > _MAX_CONSTRAINT:
        raise ImproperConstraint(f"constraint string is too long (max {_MAX_CONSTRAINT} bytes)")
    alternatives = _rewrite_ranges(text).split("||")
    if len(alternatives) > _MAX_GROUPS:
        raise ImproperConstraint(f"too many constraint groups (max {_MAX_GROUPS})")
    return Constraints(tuple(tuple(_parse_alternative(alternative)) for alternative in alternatives))


def _rewrite_ranges(text: str) -> str:
    """`A - B` as comparisons."""
    for match in _RANGE.finditer(text):
        text = text.replace(match[0], f">= {match[1]}, <= {match[7]} ", 1)
    return text


def _parse_alternative(text: str) -> Iterable[_Constraint]:
    """Comparisons that white space or a comma separates."""
    position = 0
    while True:
        match = _CONSTRAINT.match(text, position)
        if match is None or match[1] not in _CHECKS:
            raise ImproperConstraint(f'improper constraint: "{text}"')
        yield _constraint(match)
        position = match.end()
        if position == len(text):
            if match[8]:
                raise ImproperConstraint(f'improper constraint: "{text}"')
            return
        if not match[8] and match.end(2) == match.end():
            raise ImproperConstraint(f'improper constraint: "{text}"')


def _constraint(match: re.Match[str]) -> _Constraint:
    major, minor, patch, pre = match[3], (match[4] or "")[1:], (match[5] or "")[1:], match[6] or ""
    all_dirty, minor_dirty, patch_dirty = major in _ANY, False, False
    if all_dirty:
        text = f"0.0.0{pre}"
    elif minor in _ANY:
        minor_dirty, text = True, f"{major}.0.0{pre}"
    elif patch in _ANY:
        patch_dirty, text = True, f"{major}.{minor}.0{pre}"
    else:
        text = match[2]
    version = parse_version(text)
    if version is None:
        raise ImproperConstraint("constraint parser error")
    return _Constraint(
        operator=match[1],
        version=version,
        dirty=all_dirty or minor_dirty or patch_dirty,
        minor_dirty=minor_dirty,
        patch_dirty=patch_dirty,
    )


_ANY = ("", "x", "X", "*")


def _not_equal(version: SemVersion, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if constraint.dirty:
        if version.major != wanted.major:
            return True
        if version.minor != wanted.minor and not constraint.minor_dirty:
            return True
        if constraint.minor_dirty:
            return False
        if version.patch != wanted.patch and not constraint.patch_dirty:
            return True
        if constraint.patch_dirty:
            return (version.pre != "" or wanted.pre != "") and version.pre != wanted.pre
    return compare(version, wanted) != 0


def _greater_than(version: SemVersion, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if constraint.dirty:
        if version.major != wanted.major:
            return version.major > wanted.major
        if constraint.minor_dirty:
            return False
        if constraint.patch_dirty:
            return version.minor > wanted.minor
    return compare(version, wanted) > 0


def _less_than_equal(version: SemVersion, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if not constraint.dirty:
        return compare(version, wanted) <= 0
    if version.major > wanted.major:
        return False
    return not (version.major == wanted.major and version.minor > wanted.minor and not constraint.minor_dirty)


def _tilde(version: SemVersion, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if compare(version, wanted) < 0:
        return False
    if wanted.release == (0, 0, 0) and not constraint.minor_dirty and not constraint.patch_dirty:
        return True
    return version.major == wanted.major and (version.minor == wanted.minor or constraint.minor_dirty)


def _tilde_or_equal(version: SemVersion, constraint: _Constraint) -> bool:
    return _tilde(version, constraint) if constraint.dirty else compare(version, constraint.version) == 0


def _caret(version: SemVersion, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if compare(version, wanted) < 0:
        return False
    if wanted.major > 0 or constraint.minor_dirty:
        return version.major == wanted.major
    if version.major > 0:
        return False
    if wanted.minor > 0 or constraint.patch_dirty:
        return version.minor == wanted.minor
    return version.minor == 0 and version.patch == wanted.patch


_CHECKS: dict[str, Callable[[SemVersion, _Constraint], bool]] = {
    "": _tilde_or_equal,
    "=": _tilde_or_equal,
    "!=": _not_equal,
    ">": _greater_than,
    "<": lambda version, constraint: compare(version, constraint.version) < 0,
    ">=": lambda version, constraint: compare(version, constraint.version) >= 0,
    "=>": lambda version, constraint: compare(version, constraint.version) >= 0,
    "<=": _less_than_equal,
    "=<": _less_than_equal,
    "~": _tilde,
    "~>": _tilde,
    "^": _caret,
}
