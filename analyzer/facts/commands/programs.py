"""Says what type of process a program is, by the table of known programs (data/programs.toml)."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from analyzer.facts.commands.wrappers import Launch, LaunchKind, base_name
from analyzer.model.facts import ProcessType
from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that is known: its type, None when it ends by itself and prepares nothing for the others."""

    name: str
    type: ProcessType | None
    development: bool = False

    @property
    def runs_on(self) -> bool:
        """Whether it goes on running, as a process of the deployment does."""
        return self.type not in (None, ProcessType.RELEASE)


def _tables() -> dict[str, Any]:
    return load_table("analyzer.facts.commands", "programs")


@cache
def _helpers() -> frozenset[str]:
    return frozenset(_tables()["helpers"]["programs"])


def identify(launch: Launch) -> Program | None:
    """The program that is launched; None when the table does not have it."""
    if not launch.words:
        return None
    tables = _tables()
    if launch.kind is LaunchKind.MANAGEMENT:
        command = next((word for word in launch.words if not word.startswith("-")), "")
        if command in tables["once"]["commands"]:
            return Program(name=f"manage.py {command}", type=None)
        return _program(tables["management"].get(command), f"manage.py {command}", launch.words)
    if launch.kind in (LaunchKind.PROGRAM, LaunchKind.FILE):
        name = base_name(launch.words[0])
        row = tables["programs"].get(name) or tables["programs"].get(name.rsplit(".", 1)[-1])
        return _program(row, name, launch.words)
    return None


def is_helper(launch: Launch) -> bool:
    """Whether the program is a tool of scripts, or a manager that starts what other files declare."""
    return launch.kind is LaunchKind.PROGRAM and launch.name in _helpers()


def _program(row: dict[str, Any] | None, name: str, words: Sequence[str]) -> Program | None:
    if row is None:
        return None
    if "subcommands" in row:
        found = _subcommand(row, words[1:])
        return Program(name=f"{name} {found}".strip(), type=ProcessType(row["subcommands"][found]) if found else None)
    reload = any(word.partition("=")[0] in _tables()["reload"]["options"] for word in words)
    return Program(name=name, type=ProcessType(row["type"]), development=reload or bool(row.get("development")))


def _subcommand(row: dict[str, Any], words: Sequence[str]) -> str:
    """The first argument that is a subcommand of the table and no value of an option; empty when there is none."""
    options, value_follows = row.get("options_with_value", ()), False
    for word in words:
        if not value_follows and word in row["subcommands"]:
            return word
        value_follows = word in options
    return ""
