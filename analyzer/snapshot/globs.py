"""The globs of ignore files, part by part, as regular expressions.

Source: git's wildmatch.c. `*`, `?` and brackets stay inside one part of a path; a part that is `**` stands for any
number of parts.
"""

import re
from collections.abc import Sequence

from analyzer.model.lazy_pattern import lazy_pattern

FOLDER = "\0"
"""Ends the name of a folder where it is compared with a regular expression."""
SPECIAL = lazy_pattern(r"[*?\[\\]")
"""A character that does not stand for itself."""
_ANY = f"[^/{FOLDER}]"
_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r"\ \t",
    "cntrl": r"\x01-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    "space": r"\ \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


def split(glob: str) -> list[str] | None:
    """The parts of a glob between its slashes; None when it matches nothing."""
    if "[" not in glob and "\\" not in glob:
        return glob.split("/")
    parts, start, at = [], 0, 0
    while at < len(glob):
        if glob[at] == "[":
            bracket = _bracket(glob, at + 1)
            if bracket is None:
                return None
            at = bracket[1]
            continue
        end = at
        at += glob[at] == "\\"
        if at == len(glob):
            return None
        if glob[at] == "/":  # an escaped slash separates all the same, but before it `**` is at least one part
            part, start = glob[start:end], at + 1
            parts += ["*", part] if end < at and is_deep(part) else [part]
        at += 1
    return [*parts, glob[start:]]


def is_deep(part: str) -> bool:
    """Whether a part stands for any number of parts."""
    return len(part) > 1 and not part.strip("*")


def translate_folder(parts: Sequence[str]) -> str:
    """The regular expression of a path whose parts all end with a slash; that of no parts is empty.

    All but the last stretch between two `**` is atomic: the leftmost place is as good as any other, and without going
    back the time does not grow with the number of stars.
    """
    stretches = [""]
    for part in parts:
        if is_deep(part):
            stretches.append("")
        else:
            stretches[-1] += f"{translate_part(part)}/"
    first, *rest = stretches
    if not rest:
        return first
    return first + "".join(f"(?>(?:.*?/)??{stretch})" for stretch in rest[:-1] if stretch) + f"(?:.*/)?{rest[-1]}"


def translate_part(part: str) -> str:
    """The regular expression of one part, with atomic stretches between its stars as between `**`."""
    stretches, at = [""], 0
    while at < len(part):
        character = part[at]
        if character == "*":
            stretches.append("")
            at = len(part) - len(part[at:].lstrip("*"))
        elif character == "?":
            stretches[-1] += _ANY
            at += 1
        elif character == "[" and (bracket := _bracket(part, at + 1)) is not None:
            stretches[-1] += bracket[0]
            at = bracket[1]
        else:
            at += character == "\\"
            stretches[-1] += re.escape(part[at : at + 1])
            at += 1
    first, *rest = stretches
    if not rest:
        return first
    return first + "".join(f"(?>{_ANY}*?{stretch})" for stretch in rest[:-1]) + f"{_ANY}*{rest[-1]}"


def _bracket(glob: str, at: int) -> tuple[str, int] | None:
    """The expression of a bracket whose content starts at `at`, and where it ends; None when it never does."""
    negated = glob[at : at + 1] in ("!", "^")
    at += negated
    content, previous, first = "", "", True
    while first or glob[at : at + 1] != "]":
        first = False
        character = glob[at : at + 1]
        if character == "[" and glob[at + 1 : at + 2] == ":":
            end = glob.find("]", at + 2)
            if end < 0:
                return None
            if glob[end - 1] == ":" and end - 1 >= at + 2:
                known = _CLASSES.get(glob[at + 2 : end - 1])
                if known is None:
                    return None
                content, previous, at = content + known, "", end + 1
                continue
        ranged = character == "-" and previous and glob[at + 1 : at + 2] not in ("", "]")
        at += bool(ranged)
        at += glob[at : at + 1] == "\\"
        character = glob[at : at + 1]
        if not character:
            return None
        if not ranged:
            content += re.escape(character)
        elif previous <= character:
            content += f"{re.escape(previous)}-{re.escape(character)}"
        previous = "" if ranged else character
        at += 1
    if negated:
        return f"[^/{FOLDER}{content}]", at + 1
    accepted = f"[{content}]"
    return f"(?!/){accepted}" if re.match(accepted, "/") else accepted, at + 1
