"""The Procfile as config.entrypoint reads it: pkg/entrypoint/procfile.go."""

import re

from analyzer.buildpacks.google.python_version import GO_SPACE
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

PROCFILE = "Procfile"
_PROCESS = lazy_pattern(r"^(\w+):[\t\n\f\r ]*(.+)$", re.MULTILINE | re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process type with its command; `repeated` when an earlier line has it already, which then counts."""

    name: str
    command: str
    evidence: Evidence
    repeated: bool


def read_procfile(source: Source) -> tuple[Process, ...] | None:
    """The processes in order; None when it cannot be read."""
    content = source.tree.read(PROCFILE)
    if content is None:
        return None
    text = content.decode("utf-8", "replace")
    found: dict[str, Process] = {}
    repeated: list[Process] = []
    line, counted = 1, 0
    for match in _PROCESS.finditer(text):
        name = match[1]
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        evidence = Evidence(path=PROCFILE, line=line)
        process = Process(name=name, command=match[2].strip(GO_SPACE), evidence=evidence, repeated=name in found)
        if process.repeated:
            repeated.append(process)
        else:
            found[name] = process
    return (*found.values(), *repeated)
