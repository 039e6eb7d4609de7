"""Poetry's version constraints as PEP 440 specifiers.

Source: Poetry's documentation, "Dependency specification"; checked against poetry-core in the tests.
"""

import re

from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.version import InvalidVersion, Version

_ALTERNATIVES = re.compile(r"\s*\|\|?\s*")
_PART = re.compile(r"(?P<op>\^|~=|~|===?|!=|<>|<=|>=|<|>|=)?\s*(?P<version>[^\s,|^~=!<>]+)")
_WILDCARD = re.compile(r"v?(?P<release>\d+(?:\.\d+)*)\.[*xX](?:\.[*xX])*$")


class InvalidConstraint(ValueError):
    """A constraint that Poetry would refuse, too."""


def to_specifier(constraint: str) -> str:
    """PEP 440 specifier set as text for a Poetry constraint, "" for `*`.

    Alternatives (`||`) have no PEP 440 form: they become the range that spans them all, without the versions of
    whole minor series that fall between them. Raises InvalidConstraint.
    """
    text = re.sub(r"@[A-Za-z]+$", "", constraint.strip())
    alternatives = [_conjunction(part) for part in _ALTERNATIVES.split(text) if part.strip()]
    if not alternatives or "" in alternatives:
        return ""
    return alternatives[0] if len(alternatives) == 1 else _union(alternatives)


def _conjunction(text: str) -> str:
    found, position = [], 0
    for part in _PART.finditer(text):
        if text[position : part.start()].strip(" ,\t"):
            break
        position = part.end()
        found += _simple(part["op"] or "", part["version"])
    if text[position:].strip(" ,\t") or not text.strip():
        raise InvalidConstraint(f"`{text}` is no version constraint")
    return ",".join(found)


def _simple(operator: str, version: str) -> list[str]:
    if version in ("*", "x", "X"):
        return []
    wildcard = _WILDCARD.match(version)
    if wildcard:
        release = wildcard["release"]
        if operator in ("", "=", "==", "!=", "<>"):
            return [("!=" if operator in ("!=", "<>") else "==") + release + ".*"]
        version = release
    try:
        parsed = Version(version)
    except InvalidVersion as error:
        raise InvalidConstraint(f"`{version}` is no version") from error
    version = str(parsed) if version.lower().startswith("v") else version
    if operator == "^":
        return [f">={version}", f"<{_next(parsed, _caret_position(parsed))}"]
    if operator == "~":
        return [f">={version}", f"<{_next(parsed, min(1, len(parsed.release) - 1))}"]
    pep440 = {"": "==", "=": "==", "<>": "!="}.get(operator, operator) + version
    try:
        Specifier(pep440)
    except InvalidSpecifier as error:
        raise InvalidConstraint(f"`{operator}{version}` is no version constraint") from error
    return [pep440]


def _caret_position(version: Version) -> int:
    """The first part that is not zero changes last; with nothing but zeros the last part that is given does."""
    for position, number in enumerate(version.release):
        if number:
            return position
    return len(version.release) - 1


def _next(version: Version, position: int) -> str:
    kept = list(version.release[: position + 1])
    kept[-1] += 1
    return ".".join(map(str, kept + [0] * (len(version.release) - len(kept))))


def _union(alternatives: list[str]) -> str:
    bounds = sorted((_lower(text), _upper(text)) for text in alternatives)
    low, high = bounds[0][0], max((upper for _, upper in bounds), key=lambda upper: upper or Version("9999999"))
    text = [f">={low}"] if low > Version("0") else []
    if all(upper is not None for _, upper in bounds):
        text.append(f"<{high}")
    reached = bounds[0][1]
    for lower, upper in bounds[1:]:
        if reached is not None and lower > reached:
            text += _between(reached, lower)
        reached = None if reached is None or upper is None else max(reached, upper)
    return ",".join(text)


def _between(start: Version, end: Version) -> list[str]:
    """`!=X.Y.*` for the minor series from `start` to `end` when both are of one major version."""
    if start.major != end.major:
        return []
    return [f"!={start.major}.{minor}.*" for minor in range(start.minor + bool(start.micro), end.minor)]


def _lower(text: str) -> Version:
    found = [
        Version(s.version.removesuffix(".*"))
        for s in SpecifierSet(text)
        if s.operator in (">=", ">", "==", "~=", "===")
    ]
    return max(found, default=Version("0"))


def _upper(text: str) -> Version | None:
    """The first version above all that `text` allows, as near as a specifier can name it; None when there is none."""
    found = []
    for specifier in SpecifierSet(text):
        version = Version(specifier.version.removesuffix(".*"))
        if specifier.operator == "<":
            found.append(version)
        elif specifier.operator in ("<=", "==", "==="):
            found.append(Version(_next(version, len(version.release) - 1)))
        elif specifier.operator == "~=":
            found.append(Version(_next(version, max(len(version.release) - 2, 0))))
    return min(found, default=None)
