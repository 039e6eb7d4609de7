"""The process environment that an evaluation assumes, and the record of what the program reads from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzer.facts.evaluator.values import FromEnv, Names, Value, Where

FALSE_TEXT = "False"


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


@dataclass(frozen=True, slots=True)
class Assumption:
    """Which variables are set. Everything else is absent.

    `present` are set to something unknown; `given` have a known text; with `configured` every variable whose name
    does not match `never` counts as set, too.
    """

    present: Names = frozenset()
    given: Mapping[str, str] = field(default_factory=dict)
    configured: bool = False
    never: Names = frozenset()


class Environment:
    """`os.environ` of one evaluation."""

    def __init__(self, assumption: Assumption) -> None:
        self.assumption = assumption
        self.written: dict[str, Value] = {}
        self.reads: dict[str, list[EnvironmentRead]] = {}
        self.required: dict[str, str] = {}
        """Variables without which the program stops, and how."""

    def lookup(self, name: str) -> Value | None:
        """The variable's value, None when it is absent."""
        if name in self.written:
            return self.written[name]
        env = frozenset({name})
        if name in self.assumption.given:
            return Value(self.assumption.given[name], env)
        if name in self.assumption.present or name in self.required:
            return Value(FromEnv(name), env)
        if self.assumption.configured and name not in self.assumption.never:
            return Value(FALSE_TEXT if "DEBUG" in name.upper() else FromEnv(name), env)
        return None

    def record(self, read: EnvironmentRead) -> None:
        """Remember that the program reads a variable."""
        places = self.reads.setdefault(read.name, [])
        if read not in places:
            places.append(read)

    def require(self, name: str, how: str) -> None:
        """Remember that the program cannot go on without a variable; from now on it counts as set."""
        if name not in self.written:
            self.required.setdefault(name, how)
