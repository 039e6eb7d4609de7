r"""The Procfile as Heroku's platform reads it, and where it does not.

The platform's rule is quoted in SPEC.md of heroku/buildpacks-procfile:
`^[[:space:]]*([a-zA-Z0-9_-]+):?\s+(.*)[[:space:]]*` for each line; the colon may be missing, the space after it not.
"""

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

SOURCE = "SPEC.md of heroku/buildpacks-procfile"
_LINE = lazy_pattern(r"[ \t\r\v\f]*([a-zA-Z0-9_-]+):?[ \t\r\f]+(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcfileLine:
    """One process; `line` counts from 1."""

    name: str
    command: str
    line: int


def parse_procfile(content: bytes) -> tuple[ProcfileLine, ...]:
    """The processes of a Procfile, a later line replacing an earlier one of the same name; other lines are left out.
    UTF-16 has no line that matches, and a byte order mark hides the first one.
    """
    found: dict[str, ProcfileLine] = {}
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
        match = _LINE.match(line)
        command = match[2].rstrip() if match else ""
        if match and command:
            found[match[1]] = ProcfileLine(name=match[1], command=command, line=number)
    return tuple(found.values())
