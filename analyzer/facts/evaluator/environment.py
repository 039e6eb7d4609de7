"""The process environment that an evaluation assumes, and the record of what the program reads from it."""

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from analyzer.facts.environment_names import matches
from analyzer.facts.evaluator.values import NO_NAMES, FromEnv, Names, Value, Where
from analyzer.model.quick_dataclass import dataclass

MAX_COMPARED = 20
"""Texts of one variable."""


@dataclass(frozen=True, slots=True)
class EnvironmentRead:
    """One place where a variable is read."""

    name: str
    kind: str
    """url | bool | int | float | list | dict | json | text, by the reader's cast"""
    has_default: bool
    default: str | None
    """The default as text, where it is plain."""
    at: Where | None
    reader: str
    """What reads it: `os.environ`, `django-environ`, …"""
    cast: str = ""
    """The reader's own name of the cast, where it has a method for it (`db_url`, `uuid`)."""


def default_of(reads: Iterable[EnvironmentRead]) -> str | None:
    """The first default that is plain text."""
    return next((r.default for r in reads if r.has_default and r.default is not None), None)


def kind_of(name: str, reads: Sequence[EnvironmentRead]) -> str:
    """What a variable holds: by the readers' casts, else by its default, else by its name."""
    kind = next((r.kind for r in reads if r.kind != "text"), None)
    if kind is not None:
        return kind
    default = default_of(reads)
    if matches("url", name):
        return "url"
    if default is not None and default.lower() in ("true", "false"):
        return "bool"
    if default is not None and re.fullmatch(r"-?\d+", default):
        return "int"
    if matches("int", name) and default is None:
        return "int"
    return "bool" if matches("bool", name) else "text"


@dataclass(frozen=True, slots=True)
class Assumption:
    """Which variables are set. Everything else is absent.

    `present` are set to something unknown; `given` have a known text.
    """

    present: Names = frozenset()
    given: Mapping[str, str] = field(default_factory=dict)

    def agrees(self, other: "Assumption", names: Iterable[str]) -> bool:
        """Whether both say the same of these variables."""
        return all(
            self.given.get(name) == other.given.get(name) and (name in self.present) == (name in other.present)
            for name in names
        )


class Environment:
    """`os.environ` of one evaluation."""

    def __init__(self, assumption: Assumption) -> None:
        self.assumption = assumption
        self.asked: set[str] = set()
        """Variables of which the assumption was asked."""
        self.written: dict[str, Value] = {}
        self.reads: dict[str, list[EnvironmentRead]] = {}
        self.required: dict[str, str] = {}
        """Variables without which the program stops, and how."""
        self.missed: set[str] = set()
        """Those of them whose absence itself is refused, not only what follows from it."""
        self.refused: set[str] = set()
        """Variables whose given text the program cannot use."""
        self.switches: dict[str, Names] = {}
        """Names that a module assigns inside an `if`, and the variables that decide it."""
        self.absent_files: dict[str, Where] = {}
        """Files that the program reads where they exist, and which the repository does not have, with the line."""
        self.compared: dict[str, list[str]] = {}
        """Texts that the program compares a variable with, in order."""

    def lookup(self, name: str) -> Value | None:
        """The variable's value, None when it is absent."""
        if name in self.written:
            return self.written[name]
        self.asked.add(name)
        if name in self.assumption.given:
            return Value(self.assumption.given[name], frozenset({name}))
        if name in self.assumption.present or name in self.required:
            return Value(FromEnv(name), frozenset({name}))
        return None

    def under(self, assumption: Assumption) -> "Environment":
        """The record under another assumption, which agrees in all that was asked; further requirements are its own."""
        record = copy.copy(self)
        record.assumption = assumption
        record.required, record.missed = dict(self.required), set(self.missed)
        return record

    def record(self, read: EnvironmentRead) -> None:
        """Remember that the program reads a variable."""
        places = self.reads.setdefault(read.name, [])
        if read not in places:
            places.append(read)

    def switch(self, assigned: str, names: Names) -> None:
        """Remember that variables decide whether a module assigns a name here."""
        self.switches[assigned] = self.switches.get(assigned, NO_NAMES) | names

    def compare(self, names: Names, data: object) -> None:
        """Remember that the program compares a variable with a text, or looks for it in a list of texts."""
        texts = data if isinstance(data, list | tuple | set | frozenset) else (data,)
        for text in sorted(t for part in texts if isinstance(t := getattr(part, "data", part), str)):
            for name in names:
                known = self.compared.setdefault(name, [])
                if text not in known and len(known) < MAX_COMPARED:
                    known.append(text)

    def refuse(self, names: Names) -> bool:
        """Remember that the program cannot use the given text of one of these variables; False when none is given."""
        self.asked |= names
        given = names & self.assumption.given.keys()
        self.refused |= given
        return bool(given)

    def miss(self, name: str, how: str) -> None:
        """Remember that a variable is asked for itself and that the program cannot go on without it."""
        if name not in self.written and name not in self.required:
            self.missed.add(name)
        self.require(name, how)

    def require(self, name: str, how: str) -> None:
        """Remember that the program cannot go on without a variable; from now on it counts as set."""
        if name not in self.written:
            self.required.setdefault(name, how)
