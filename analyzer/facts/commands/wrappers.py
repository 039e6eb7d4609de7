"""Finds the program of a command behind the programs that only run it: `exec`, `gosu`, `poetry run`, `python -m`, …"""

import re
from dataclasses import field, replace
from enum import StrEnum
from typing import Any

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table

_ASSIGNMENT = lazy_pattern(r"[A-Za-z_]\w*=")
_VERSIONED = lazy_pattern(r"(?<=\D)\d+(\.\d+)?$")
_MAX_WRAPPERS = 12


class LaunchKind(StrEnum):
    """What a command runs in the end."""

    PROGRAM = "program"
    MANAGEMENT = "management"
    """A management command of Django; its name is the first word."""
    FILE = "file"
    """A Python file; its path is the first word."""
    SCRIPT = "script"
    """A shell script; its path is the first word."""
    SHELL = "shell"
    """Shell text, the only word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """What a command runs: `words` begin with the program, module, command or path; `text` is the command to show."""

    kind: LaunchKind
    words: tuple[str, ...]
    text: str
    assignments: tuple[tuple[str, str], ...] = ()
    wrappers: tuple[str, ...] = ()
    """The words of wrappers that stay in `text`, as written."""

    @property
    def name(self) -> str:
        """The program without its folder; empty for an empty command."""
        return base_name(self.words[0]) if self.words else ""


@dataclass(slots=True)
class _State:
    words: list[str]
    raw: list[str]
    kept: list[str] = field(default_factory=list)
    assignments: list[tuple[str, str]] = field(default_factory=list)

    def drop(self, count: int, *, keep: bool) -> None:
        if keep:
            self.kept += self.raw[:count]
        del self.words[:count], self.raw[:count]

    def finish(self, kind: LaunchKind, skipped: int = 0) -> Launch:
        text = " ".join((*self.kept, *self.raw))
        return Launch(
            kind=kind,
            words=tuple(self.words[skipped:]),
            text=text,
            assignments=tuple(self.assignments),
            wrappers=tuple(self.kept),
        )


def tables() -> dict[str, Any]:
    """data/wrappers.toml"""
    return load_table("analyzer.facts.commands", "wrappers")


def base_name(word: str) -> str:
    """A program's name without its folder."""
    return word.rsplit("/", 1)[-1]


def unwrap(words: tuple[str, ...], raw: tuple[str, ...]) -> Launch:
    """What the command of these words runs; `raw` are the same words as written."""
    state = _State(list(words), list(raw))
    for _ in range(_MAX_WRAPPERS):
        _take_assignments(state)
        if not state.words:
            break
        name = base_name(state.words[0])
        interpreter = _interpreter(name)
        if interpreter is not None:
            return _interpreted(state, interpreter)
        if name in tables()["management"]["files"]:
            return state.finish(LaunchKind.MANAGEMENT, 1)
        rule = tables()["wrappers"].get(name)
        if rule is None or not _unwrap_one(state, rule):
            break
        if "script" in rule and len(state.words) == 1 and " " in state.words[0]:
            return state.finish(LaunchKind.SHELL)
    return state.finish(LaunchKind.PROGRAM)


def _take_assignments(state: _State) -> None:
    while state.words and _ASSIGNMENT.match(state.words[0]):
        name, _, value = state.words[0].partition("=")
        state.assignments.append((name, value))
        state.drop(1, keep=False)


def _unwrap_one(state: _State, rule: dict[str, Any]) -> bool:
    """Drop one wrapper; False when the words do not have its form, and then nothing is dropped."""
    words, at = state.words, 1
    for expected in rule.get("words", ()):
        if at >= len(words) or words[at] != expected:
            return False
        at += 1
    if "until" in rule and rule["until"] in words:
        at = words.index(rule["until"]) + 1
    elif rule.get("script"):
        if rule["script"] not in words[:-1]:
            return False
        at = words.index(rule["script"]) + 1
        del state.words[at + 1 :], state.raw[at + 1 :]
    else:
        at = _after_options(words, at, rule.get("values", ()))
        at = _after_options(words, at + int(rule.get("skip", 0)), ("",)) if rule.get("skip") else at
    if at >= len(words):
        return False
    state.drop(at, keep=bool(rule.get("keep")))
    return True


def _after_options(words: list[str], at: int, with_value: tuple[str, ...] | list[str]) -> int:
    """The position of the first word that is no option."""
    while at < len(words) and words[at].startswith("-") and len(words[at]) > 1:
        if words[at] == "--":
            return at + 1
        at += 2 if words[at] in with_value else 1
    return at


def _interpreter(name: str) -> str | None:
    plain = _VERSIONED.sub("", name)
    return next((kind for kind, row in tables()["interpreters"].items() if {name, plain} & set(row["names"])), None)


def _interpreted(state: _State, interpreter: str) -> Launch:
    words, values = state.words, tables()["interpreters"][interpreter]["values"]
    at = 1
    while at < len(words) and words[at][:1] in "-+" and len(words[at]) > 1:
        option = words[at]
        if interpreter == "python" and option == "-m" and at + 1 < len(words):
            return _module(state, at + 1)
        if interpreter == "shell" and re.fullmatch(r"-[a-z]*c[a-z]*", option) and at + 1 < len(words):
            text = words[at + 1]
            return Launch(kind=LaunchKind.SHELL, words=(text,), text=text, assignments=tuple(state.assignments))
        if interpreter == "python" and option == "-c":
            return state.finish(LaunchKind.PROGRAM)
        at += 2 if option in values else 1
    if at >= len(words):
        return state.finish(LaunchKind.PROGRAM)
    if interpreter == "shell":
        return state.finish(LaunchKind.SCRIPT, at)
    if base_name(words[at]) in tables()["management"]["files"]:
        return state.finish(LaunchKind.MANAGEMENT, at + 1)
    return state.finish(LaunchKind.FILE, at)


def _module(state: _State, at: int) -> Launch:
    """`python -m name …`: a program by the module's name; `django` and `manage` are management commands."""
    if state.words[at] in ("django", "manage"):
        return state.finish(LaunchKind.MANAGEMENT, at + 1)
    inner = unwrap(tuple(state.words[at:]), tuple(state.raw[at:]))
    if inner.words and inner.words[0] != state.words[at]:  # such as `python -m coverage run manage.py`
        whole = state.finish(inner.kind)
        return replace(whole, words=inner.words, assignments=inner.assignments)
    return state.finish(LaunchKind.PROGRAM, at)
