"""Follows the scripts of a package.json to the programs that they run."""

import fnmatch
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.commands.wrappers import base_name
from analyzer.facts.frontend.manifests import Manifest, manifest_in, workspace_manifests
from analyzer.facts.frontend.tables import Bundler, bundler_of, javascript
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join

MAX_DEPTH = 8
MAX_COMMANDS = 100

_ASSIGNMENT = lazy_pattern(r"[A-Za-z_]\w*=")
_SOURCE = lazy_pattern(r"\.(?:[cm]?[jt]s)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One program that a script runs in `folder`; `evidence` is the script's line."""

    manifest: Manifest
    program: str
    arguments: tuple[str, ...]
    folder: RepoPath
    environment: Mapping[str, str]
    evidence: Evidence

    @property
    def bundler(self) -> Bundler | None:
        """The bundler that it calls to build."""
        row = bundler_of(self.program) or bundler_of(_SOURCE.sub("", self.program))
        if row is None or set(self.arguments) & set(javascript()["watch_options"]):
            return None
        if row.subcommands is None:
            return row
        first = next((word for word in self.arguments if not word.startswith("-")), "")
        return row if first in row.subcommands or ("" in row.subcommands and bundler_of(first) is None) else None

    @property
    def source(self) -> RepoPath | None:
        """The file of the repository that Node runs."""
        path = join(self.folder, self.program) if _SOURCE.search(self.program) else None
        return path if path is not None and self.manifest.repo.is_file(path) else None


def steps_of(manifest: Manifest, script: str) -> tuple[Step, ...]:
    """The programs that a script runs, in order, those of the scripts that it calls included."""
    return tuple(_Follower().script(manifest, script))


def command_steps(manifest: Manifest, command: str, evidence: Evidence) -> tuple[Step, ...]:
    """The programs that a command line runs in the folder of a package.json."""
    return tuple(_Follower().text(manifest, command, evidence))


def is_for_development(script: str) -> bool:
    """Whether the name of a script says that it is not for production."""
    return not set(re.split(r"[^a-z0-9]+", script.lower())).isdisjoint(javascript()["development_words"])


class _Follower:
    def __init__(self) -> None:
        self.budget = MAX_COMMANDS
        self.active: list[tuple[RepoPath, str]] = []

    def script(self, manifest: Manifest, name: str) -> Iterator[Step]:
        """A script with those that npm runs before and after it."""
        for each in (f"pre{name}", name, f"post{name}"):
            command, key = manifest.scripts.get(each), (manifest.path, each)
            if command is None or key in self.active or len(self.active) >= MAX_DEPTH:
                continue
            self.active.append(key)
            yield from self.text(manifest, command, manifest.evidence("scripts", each, note=f"script {each}"))
            self.active.pop()

    def text(self, manifest: Manifest, text: str, evidence: Evidence) -> Iterator[Step]:
        folder = manifest.folder
        for command in split_commands(text):
            self.budget -= 1
            if self.budget < 0:
                return
            if command.words[:1] == ("cd",) and len(command.words) == 2:
                folder = join(folder, command.words[1]) or folder
                continue
            step = Step(
                manifest=manifest, program="", arguments=(), folder=folder, environment={}, evidence=evidence
            )  # fmt: skip
            yield from self._words([*(f"{n}={v}" for n, v in command.assignments), *command.words], step)

    def _words(self, words: list[str], step: Step) -> Iterator[Step]:
        words, environment = _unwrapped(words)
        if not words:
            return
        name, rest = _program(words[0]), words[1:]
        program = words[0] if _SOURCE.search(words[0]) and "node_modules" not in words[0] else name
        found = replace(step, program=program, arguments=tuple(rest), environment={**step.environment, **environment})
        if found.bundler is not None:
            yield found
        elif name in javascript()["managers"]:
            yield from self._manager(javascript()["managers"][name], rest, found)
        elif name in javascript()["runners"]:
            yield from self._runner(javascript()["runners"][name], rest, found)
        elif name in javascript()["workspace_runners"]:
            for workspace in workspace_manifests(step.manifest):
                yield from self.script(workspace, "build")
        else:
            yield found

    def _manager(self, row: Mapping[str, Any], words: list[str], step: Step) -> Iterator[Step]:
        call = _call(row, words)
        manifest = None if call is None else _manifest_of(step, call)
        if call is None or manifest is None:
            return
        name, inside = call.words[0], replace(step, manifest=manifest)
        if call.script and name in manifest.scripts:
            yield from self.script(manifest, name)
        elif call.program:
            yield from self._words(list(call.words), replace(inside, folder=manifest.folder) if call.script else inside)

    def _runner(self, row: Mapping[str, object], words: list[str], step: Step) -> Iterator[Step]:
        values = row.get("values", [])
        is_value = False
        for word in words:
            skipped, is_value = is_value, isinstance(values, list) and word in values
            if skipped or word.startswith("-"):
                continue
            pattern = re.sub(r"^(?:npm|yarn|pnpm|bun|node):", "", word)
            if row.get("quoted") and pattern == word:
                yield from self.text(step.manifest, word, step.evidence)
                continue
            for name in step.manifest.scripts:
                if fnmatch.fnmatchcase(name, pattern.split(" ")[0]):
                    yield from self.script(step.manifest, name)


def _program(word: str) -> str:
    """The program's name, or the package's where npx is given one with its scope or version: `@tailwindcss/cli@4`."""
    name = word if word.startswith("@") else base_name(word)
    return re.sub(r"(?<!^)@[^/@]*$", "", name)


def _unwrapped(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """The words from the program on, without the programs that only run it, and the environment that they set."""
    environment: dict[str, str] = {}
    wrappers = javascript()["wrappers"]
    while words:
        if _ASSIGNMENT.match(words[0]):
            name, _, value = words[0].partition("=")
            environment[name] = value
            words = words[1:]
        elif base_name(words[0]) in wrappers:
            values = wrappers[base_name(words[0])].get("values", ())
            words = words[1:]
            while words and words[0].startswith("-"):
                words = words[2:] if words[0] in values else words[1:]
        else:
            break
    return words, environment


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """A call of a package manager: `words` begin with the name of a script or of a program, whichever it may be."""

    words: tuple[str, ...]
    script: bool
    program: bool
    folder: str | None
    workspace: str | None


def called_script(words: tuple[str, ...]) -> str | None:
    """The script that a command runs by a package manager: `npm run NAME`, `yarn NAME`, `pnpm --filter UI NAME`."""
    row = javascript()["managers"].get(base_name(words[0])) if words else None
    call = _call(row, list(words[1:])) if row is not None else None
    return call.words[0] if call is not None and call.script else None


def _call(row: Mapping[str, Any], words: list[str]) -> _Call | None:
    folder, words = _take(words, row["folders"])
    workspace, words = _take(words, row["workspaces"])
    start = next((n for n, word in enumerate(words) if not word.startswith("-")), None)
    if start is None:
        return None
    executes, runs = words[start] in row["executing"], words[start] in row["running"]
    rest = words[start + 1 :] if executes or runs else words[start:]
    while rest and rest[0].startswith("-"):
        rest = rest[1:]
    if not rest or not (executes or runs or row["bare"]):
        return None
    return _Call(
        words=tuple(rest), script=not executes, program=executes or row["bare"], folder=folder, workspace=workspace
    )


def _take(words: list[str], options: list[str]) -> tuple[str | None, list[str]]:
    """-> (value of the first of these options, words without it)"""
    for position, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in options:
            taken = 1 if equals else 2
            return (value if equals else next(iter(words[position + 1 :]), None)), words[:position] + words[
                position + taken :
            ]
    return None, words


def _manifest_of(step: Step, call: _Call) -> Manifest | None:
    """The package.json that a call of a package manager is about."""
    repo = step.manifest.repo
    if call.folder is not None:
        below = join(step.folder, call.folder)
        return manifest_in(repo, below) if below is not None else None
    if call.workspace is not None:
        ending = "/" + call.workspace.strip("./{}")
        for found in workspace_manifests(step.manifest):
            if found.data.get("name") == call.workspace or f"/{found.folder}".endswith(ending):
                return found
        return None
    return manifest_in(repo, step.folder) or step.manifest
