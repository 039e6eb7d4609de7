"""The Procfile as paketo-buildpacks/procfile reads it: procfile.go."""

from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

PROCFILE = "Procfile"
VARIABLE = "BP_PROCFILE_DEFAULT_PROCESS"
_LINE = lazy_pattern(r"([A-Za-z0-9_-]+):[\t\n\f\r ]*(.+)")
_LONGEST = 64 * 1024
"""A line of this many bytes is more than the scanner takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The command of a process, and where it stands."""

    command: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Procfile:
    """Entries by process type, and the lines that look like entries and are none."""

    entries: dict[str, Entry]
    ignored: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableProcfile:
    """Why the buildpack stops with an error, without stopping the group."""

    reason: str
    evidence: Evidence


def read_procfile(source: Source) -> Procfile | UnreadableProcfile:
    """The variable's entry, overridden by those of the file, where the last of a name counts."""
    entries: dict[str, Entry] = {}
    given = source.variables.get(VARIABLE)
    if given:
        entries["web"] = Entry(command=given, evidence=Evidence(path=".", note=f"the variable {VARIABLE}"))
    if not source.tree.exists(PROCFILE):
        return Procfile(entries=entries)
    content = source.tree.read(PROCFILE)
    if content is None:
        reason = "read Procfile: is a directory"
        return UnreadableProcfile(reason=reason, evidence=Evidence(path=PROCFILE, note="cannot be read"))
    ignored = []
    for number, line in enumerate(content.split(b"\n"), 1):
        if len(line) >= _LONGEST:
            evidence = Evidence(path=PROCFILE, line=number, note="too long")
            return UnreadableProcfile(reason="bufio.Scanner: token too long", evidence=evidence)
        text = line.removesuffix(b"\r").decode("utf-8", "replace")
        match = _LINE.fullmatch(text)
        if match is not None:
            entries[match[1]] = Entry(command=match[2], evidence=Evidence(path=PROCFILE, line=number))
        elif ":" in text and not text.lstrip().startswith("#"):
            ignored.append((number, text.strip()))
    return Procfile(entries=entries, ignored=tuple(ignored))
