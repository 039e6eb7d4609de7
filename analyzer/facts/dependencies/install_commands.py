"""Install commands of Python packages in shell text: `pip install -r …`, `uv sync`, `poetry install` and their kin."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.names import canonical

_PROGRAM = re.compile(r"(?:.*/)?(?P<name>pip|uv|poetry|pipenv|pdm|conda|mamba|micromamba|pip-sync)(?:\d+(?:\.\d+)?)?$")
_MENTION = re.compile(r"\b(?:pip3?(?:\.\d+)?|uv|poetry|pipenv|pdm|conda|micromamba|mamba|pip-sync)\b|setup\.py")
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
    packages: tuple[str, ...] = ()
    """Requirements named on the command line."""
    projects: tuple[str, ...] = ()
    """Local paths that are installed, extras still attached: `.[prod]`."""
    activation: Activation = Activation()
    development: bool = False
    """Whether it takes the development dependencies by an option that says so."""


@cache
def _tools() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    data = tomllib.loads(files("analyzer.facts.dependencies").joinpath("data/installers.toml").read_text("utf-8"))
    return {name: (frozenset(tool["commands"]), frozenset(tool["with_value"])) for name, tool in data.items()}


def install_commands(script: str, *, depth: int = 0) -> Iterator[tuple[int, Install]]:
    """-> (line in `script`, install command) in order; commands inside quoted words (`bash -c "…"`) included."""
    if not _MENTION.search(script):
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
    start = next((n for n, argument in enumerate(rest) if not argument.startswith("-")), None)
    if start is None or rest[start] not in commands:
        return None
    options, positional = _arguments(rest[start + 1 :], with_value)
    if name == "pip":
        return _pip(rest[start], options, positional)
    if name == "conda":
        named = tuple(value for key in ("-f", "--file") for value in options.get(key, ()))
        return Install(manager="conda", requirements=named) if rest[start] != "install" or named else None
    return Install(
        manager=name,
        activation=_activation(name, options),
        development=bool({"--dev", "-d", "--only-dev"} & options.keys()) and "--no-dev" not in options,
    )


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


def _pip(command: str, options: Mapping[str, list[str]], positional: list[str]) -> Install | None:
    requirements = [v for key in ("-r", "--requirement", "--requirements") for v in options.get(key, ())]
    if command == "compile":
        return None
    if command == "sync":
        requirements, positional = requirements + positional, []
    editable = [value for key in ("-e", "--editable") for value in options.get(key, ())]
    files_named = [word for word in positional if "*" in word or word.endswith((".whl", ".gz", ".zip"))]
    local = [word for word in positional if word.startswith((".", "/")) and word not in files_named]
    local += [word for word in editable if "://" not in word]
    packages = [word for word in positional if word not in local and word not in files_named]
    groups = [value.rpartition(":")[2] for value in options.get("--group", ())]
    activation = Activation(
        groups=frozenset(map(canonical, groups)), extras=frozenset(map(canonical, options.get("--extra", ())))
    )
    if not (requirements or local or packages or groups):
        return None
    return Install(
        manager="pip",
        requirements=tuple(requirements),
        packages=tuple(packages),
        projects=tuple(local),
        activation=activation,
    )


def _activation(manager: str, options: Mapping[str, list[str]]) -> Activation:
    def names(*keys: str) -> frozenset[str]:
        return frozenset(
            canonical(name)
            for key in keys
            for value in options.get(key, ())
            for name in re.split(r"[,\s]+", value)
            if name
        )

    only = names("--only", "--only-group")
    groups = names("--group", "--with", "-G", "--categories") | only
    without = names("--without", "--no-group", "--no-extra")
    everything = manager == "poetry" and not only and not {"--no-dev"} & options.keys()
    return Activation(
        extras=names("--extra", "-E", "--extras") | (groups if manager == "pdm" else frozenset()),
        groups=groups,
        all_extras=bool({"--all-extras"} & options.keys()),
        all_groups=everything or "--all-groups" in options,
        without=without,
    )
