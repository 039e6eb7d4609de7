"""Install commands of Python packages in shell text: `pip install -r …`, `uv sync`, `poetry install` and their kin."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cache

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.names import canonical
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table

_PROGRAM = lazy_pattern(
    r"(?:.*/)?(?P<name>pip|uv|poetry|pipenv|pdm|conda|mamba|micromamba|pip-sync)(?:\d+(?:\.\d+)?)?$"
)
_MENTION = lazy_pattern(r"\b(?:pip3?(?:\.\d+)?|uv|poetry|pipenv|pdm|conda|micromamba|mamba|pip-sync)\b|setup\.py")
_PARTS = ("pip", "uv", "poetry", "pdm", "conda", "mamba", "setup.py")
"""Each mention has one of them, and most texts have none, which is seen much sooner."""
_ECHO = frozenset({"echo", "printf"})
MAX_DEPTH = 3
"""Shells inside shells (`bash -c "…"`) that are opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Install:
    """One install command. Paths and requirements are as written; names of extras and groups are canonical."""

    manager: str
    """pip | uv | poetry | pipenv | pdm | conda | setuptools; "pip" also for `uv pip`."""
    requirements: tuple[str, ...] = ()
    """Values of `-r` (pip), of `-f` (conda)."""
    constraints: tuple[str, ...] = ()
    """Values of `-c` (pip)."""
    packages: tuple[str, ...] = ()
    """Requirements named on the command line."""
    projects: tuple[str, ...] = ()
    """Local paths that are installed, extras still attached: `.[prod]`."""
    activation: Activation = field(default_factory=Activation)
    development: bool = False
    """Whether it takes development dependencies by an option that says so, or by the name of an extra or group."""


@cache
def _tools() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    data = load_table("analyzer.facts.dependencies", "installers")
    return {name: (frozenset(tool["commands"]), frozenset(tool["with_value"])) for name, tool in data.items()}


def install_commands(script: str, *, depth: int = 0) -> Iterator[tuple[int, Install]]:
    """-> (line in `script`, install command) in order; commands inside quoted words (`bash -c "…"`) included."""
    if not any(part in script for part in _PARTS) or not _MENTION.search(script):
        return
    for command in split_commands(script):
        if command.words[:1] and command.words[0] in _ECHO:
            continue
        for text in (*command.words, *(value for _, value in command.assignments)):
            if depth < MAX_DEPTH and " " in text and _MENTION.search(text):
                yield from ((command.line, install) for _, install in install_commands(text, depth=depth + 1))
        for position, word in enumerate(command.words):
            found = _install(word, list(command.words[position + 1 :]))
            if found is not None:
                yield command.line, found
                break


def _install(word: str, rest: list[str]) -> Install | None:
    if word.endswith("setup.py"):
        return Install(manager="setuptools", projects=(".",)) if rest[:1] in (["install"], ["develop"]) else None
    program = _PROGRAM.match(word)
    if program is None:
        return None
    name = program["name"]
    if name == "pip-sync":
        return Install(
            manager="pip", requirements=tuple(w for w in rest if not w.startswith("-")) or ("requirements.txt",)
        )
    if name == "uv" and "pip" in rest[:3]:
        name, rest = "pip", rest[rest.index("pip") + 1 :]
    name = "conda" if name in ("mamba", "micromamba") else name
    commands, with_value = _tools()[name]
    options, positional = _arguments(rest, with_value)
    command, *positional = positional or [""]
    if command not in commands:
        return None
    if name == "pip":
        return _pip(command, options, positional)
    if name == "conda":
        named = _values(options, "-f", "--file")
        return Install(manager="conda", requirements=named) if command != "install" or named else None
    activation = _activation(name, command, options)
    asked = bool({"--dev", "-d", "--only-dev"} & options.keys()) and "--no-dev" not in options
    return Install(manager=name, activation=activation, development=asked or activation.develops)


def _arguments(words: list[str], with_value: frozenset[str]) -> tuple[dict[str, list[str]], list[str]]:
    options: dict[str, list[str]] = {}
    positional: list[str] = []
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        name, equals, value = word.partition("=")
        if not word.startswith("-") or word == "-":
            positional.append(word)
        elif equals and word.startswith("--"):
            options.setdefault(name, []).append(value)
        elif word in with_value:
            options.setdefault(word, []).extend(words[position : position + 1])
            position += 1
        elif not word.startswith("--") and word[:2] in with_value and len(word) > 2:
            options.setdefault(word[:2], []).append(word[2:])
        else:
            options.setdefault(word, [])
    return options, positional


def _values(options: Mapping[str, list[str]], *names: str) -> tuple[str, ...]:
    return tuple(value for name in names for value in options.get(name, ()))


def _pip(command: str, options: Mapping[str, list[str]], positional: list[str]) -> Install | None:
    requirements = [*_values(options, "-r", "--requirement", "--requirements")]
    if command == "compile":
        return None
    if command == "sync":
        requirements, positional = requirements + positional, []
    editable = _values(options, "-e", "--editable")
    files_named = [word for word in positional if "*" in word or word.endswith((".whl", ".gz", ".zip"))]
    local = [word for word in positional if word.startswith((".", "/")) and word not in files_named]
    local += [word for word in editable if "://" not in word]
    packages = [word for word in positional if word not in local and word not in files_named]
    activation = Activation(
        groups=frozenset(canonical(value.rpartition(":")[2]) for value in _values(options, "--group")),
        extras=frozenset(canonical(extra) for extra in _values(options, "--extra")).union(*map(extras_of, local)),
    )
    if not (requirements or local or packages or activation.groups):
        return None
    return Install(
        manager="pip",
        requirements=tuple(requirements),
        constraints=_values(options, "-c", "--constraint", "--constraints"),
        packages=tuple(packages),
        projects=tuple(local),
        activation=activation,
        development=activation.develops,
    )


def extras_of(project: str) -> frozenset[str]:
    """The extras (canonical names) of a local path as a command line writes it: `.[prod,s3]`."""
    _, bracket, extras = project.rstrip("]").partition("[")
    return frozenset(canonical(extra.strip()) for extra in extras.split(",") if bracket and extra.strip())


def _activation(manager: str, command: str, options: Mapping[str, list[str]]) -> Activation:
    def names(*keys: str) -> frozenset[str]:
        return frozenset(canonical(n) for value in _values(options, *keys) for n in re.split(r"[,\s]+", value) if n)

    only = names("--only", "--only-group")
    groups = names("--group", "--with", "-G", "--categories") | only
    without = names("--without", "--no-group", "--no-extra")
    # `poetry export` writes the main group alone unless it is told otherwise.
    everything = manager == "poetry" and command != "export" and not only and "--no-dev" not in options
    return Activation(
        extras=names("--extra", "-E", "--extras") | (groups if manager == "pdm" else frozenset()),
        groups=groups,
        all_extras=bool({"--all-extras"} & options.keys()),
        all_groups=everything or "--all-groups" in options,
        without=without,
        default_groups=manager == "uv" and not only and "--no-default-groups" not in options,
    )
