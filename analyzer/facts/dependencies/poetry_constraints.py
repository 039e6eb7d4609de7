"""Poetry's version constraints as PEP 440 specifiers.

Source: Poetry's documentation, "Dependency specification"; checked against poetry-core in the tests.
"""

import re

from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from analyzer.model.lazy_pattern import lazy_pattern

_PART = lazy_pattern(r"(?P<op>\^|~=|~|===?|!=|<=|>=|<|>|=)?\s*(?P<version>[^\s,|^~=!<>]+)")
_WILDCARD = lazy_pattern(r"v?(?P<release>\d+(?:\.\d+)*)\.[*xX](?:\.[*xX])*$")

MAX_LENGTH = 1_000
"""Characters of a constraint: real ones have some twenty."""

MAX_GAP = 50
"""Minor series between two alternatives that are left out one by one."""


class InvalidConstraint(ValueError):
    """A constraint that Poetry would refuse, too."""


def to_specifier(constraint: str) -> str:
    """PEP 440 specifier set as text for a Poetry constraint, "" for `*`.

    Alternatives (`||`) have no PEP 440 form: they become the range that spans them all, without the versions of
    whole minor series that fall between them. Raises InvalidConstraint.
    """
    if len(constraint) > MAX_LENGTH:
        raise InvalidConstraint(f"is longer than {MAX_LENGTH:,} characters")
    text = re.sub(r"@[A-Za-z]+$", "", constraint.strip())
    alternatives = [_conjunction(part) for part in re.split(r"\|\|?", text)]
    if "" in alternatives:
        return ""
    return alternatives[0] if len(alternatives) == 1 else _union(alternatives)


def _conjunction(text: str) -> str:
    found, position = [], 0
    for part in _PART.finditer(text):
        if text[position : part.start()].strip(" ,\t"):
            break
        position = part.end()
        found += _simple(part["op"] or "", part["version"])
    if text[position:].strip(" ,\t") or not text.strip(" ,\t"):
        raise InvalidConstraint(f"`{text}` is no version constraint")
    return ",".join(found)


def _simple(operator: str, version: str) -> list[str]:
    if version in ("*", "x", "X"):
        return []
    wildcard = _WILDCARD.match(version)
    if wildcard and operator in ("", "=", "==", "!="):
        return [f"{'!=' if operator == '!=' else '=='}{wildcard['release']}.*"]
    if wildcard and operator not in ("^", "~", "~="):
        version = wildcard["release"]
    try:
        parsed = Version(version)
    except InvalidVersion as error:
        raise InvalidConstraint(f"`{version}` is no version") from error
    version = str(parsed) if version.lower().startswith("v") else version
    if operator == "^":
        bounds = [f">={version}", f"<{_next(parsed, _caret_position(parsed))}"]
    elif operator == "~" or (operator == "~=" and len(parsed.release) == 1):
        bounds = [f">={version}", f"<{_next(parsed, min(1, len(parsed.release) - 1))}"]
    else:
        bounds = [({"": "==", "=": "=="}.get(operator, operator)) + version]
    try:
        return [bound for bound in bounds if Specifier(bound)]
    except InvalidSpecifier as error:
        raise InvalidConstraint(f"`{operator}{version}` is no version constraint") from error


def _caret_position(version: Version) -> int:
    """The first part that is not zero changes last; with nothing but zeros the last part that is given does."""
    for position, number in enumerate(version.release):
        if number:
            return position
    return len(version.release) - 1


def _next(version: Version, position: int) -> str:
    kept = list(version.release[: position + 1])
    kept[-1] += 1
    epoch = f"{version.epoch}!" if version.epoch else ""
    return epoch + ".".join(map(str, kept + [0] * (len(version.release) - len(kept))))


def _union(alternatives: list[str]) -> str:
    spans = sorted(((_lower(text), _upper(text)) for text in alternatives), key=lambda span: span[0])
    low, reached = spans[0]
    between: list[str] = []
    for lower, upper in spans[1:]:
        if reached is not None and lower > reached:
            between += _between(reached, lower)
        reached = None if reached is None or upper is None else max(reached, upper)
    bounds = [f">={low.public}"] if low > Version("0") else []
    bounds += [f"<{reached}"] if reached is not None else []
    return ",".join(bounds + between)


def _between(start: Version, end: Version) -> list[str]:
    """`!=X.Y.*` for the minor series from `start` to `end` when both are of one major version."""
    if (start.epoch, start.major) != (end.epoch, end.major) or end.minor - start.minor > MAX_GAP:
        return []
    epoch = f"{start.epoch}!" if start.epoch else ""
    return [f"!={epoch}{start.major}.{minor}.*" for minor in range(start.minor + bool(start.micro), end.minor)]


def _lower(text: str) -> Version:
    """The first version that `text` may allow."""
    found = [
        Version(item.version.removesuffix(".*"))
        for item in SpecifierSet(text)
        if item.operator in (">=", ">", "==", "~=", "===")
    ]
    return max(found, default=Version("0"))


def _upper(text: str) -> Version | None:
    """The first version above all that `text` allows, as near as a specifier can name it; None when there is none."""
    found = []
    for item in SpecifierSet(text):
        version = Version(item.version.removesuffix(".*"))
        if item.operator == "<":
            found.append(version)
        elif item.operator in ("<=", "==", "==="):
            found.append(Version(_next(version, len(version.release) - 1)))
        elif item.operator == "~=":
            found.append(Version(_next(version, max(len(version.release) - 2, 0))))
    return min(found, default=None)
