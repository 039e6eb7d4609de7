"""The processes that the repository declares, whichever file declares them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from analyzer.facts.commands.wrappers import LaunchKind, base_name
from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.declarations import FollowedDeclaration, read_declarations
from analyzer.facts.existing.following import Started
from analyzer.facts.existing.redaction import redact_text, redact_value
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Process, ProcessType
from analyzer.snapshot.repository import RepositorySnapshot

_ORDER = {type_: position for position, type_ in enumerate(ProcessType)}
_WORD = re.compile(r"[a-z]+")
_LISTENS = re.compile(r"\bport\b|--bind\b", re.IGNORECASE)
_OTHERS_TOO = frozenset({"docker-compose", "Dockerfile", "supervisor", "circus", "systemd", "s6"})
"""Files that start programs of any kind: what is not known there is only listed when it is Django's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A process, with what tells it from others."""

    process: Process
    key: tuple[str, ...]
    file: RepoPath
    production: bool


def collect_processes(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[Process, ...]:
    """The declared processes by type, the ones for production first.

    A command that several files declare is listed once. What files for development declare counts only for a type
    that no other file declares.
    """
    found = [item for followed in read_declarations(repo, django_dir) for item in _processes(followed)]
    found.sort(key=lambda item: (_ORDER[item.process.type], not item.production))
    produced = {item.process.type for item in found if item.production}
    kept: list[_Found] = []
    for item in found:
        if (item.production or item.process.type not in produced) and not any(_same(item, other) for other in kept):
            kept.append(item)
    return tuple(item.process for item in kept)


def _same(item: _Found, other: _Found) -> bool:
    """Whether two declarations are about one process: two of one file with names of their own are not."""
    if item.process.type is not other.process.type:
        return False
    if item.process.type is ProcessType.RELEASE:
        return set(item.key) <= set(other.key)
    return item.key == other.key and (item.file != other.file or item.process.name == other.process.name)


def _processes(followed: FollowedDeclaration) -> Iterator[_Found]:
    declaration = followed.declaration
    if declaration.firm and declaration.hint is ProcessType.RELEASE:
        if declaration.command:
            yield _release(declaration, followed.started)
        return
    lasting = [s for s in followed.started if s.program is None or s.program.runs_on]
    main = next((s for s in reversed(lasting) if not s.attached), None)
    running = [(s, type_) for s in lasting if (type_ := _type(s, followed, s is main)) is not None]
    if declaration.prepares:
        running = []
    named = main if main in [s for s, _ in running] else next((s for s, _ in running), None)
    for item, type_ in running:
        if type_ is not ProcessType.RELEASE:
            name = declaration.name if item is named else ""
            yield _Found(
                process=_process(declaration, name or _own_name(item, type_), type_, item.launch.text, item.evidence),
                key=_key(item),
                file=declaration.file,
                production=declaration.production and not (item.program is not None and item.program.development),
            )
    before = tuple(s for s in followed.started if _prepares(s, declaration, s is main))
    if before:
        yield _release(declaration, before)


def _release(declaration: Declaration, started: tuple[Started, ...]) -> _Found:
    """One process for all commands that prepare: as written where the file itself writes them."""
    followed = not started or any(item.evidence.path != declaration.evidence.path for item in started)
    whole = declaration.firm and not (started and followed)
    text = declaration.command if whole else " && ".join(dict.fromkeys(item.launch.text for item in started))
    evidence = declaration.evidence if whole or not started else started[0].evidence
    own = declaration.firm or declaration.prepares
    return _Found(
        process=_process(declaration, declaration.name if own else "release", ProcessType.RELEASE, text, evidence),
        key=tuple(" ".join(_key(item)) for item in started) or (text,),
        file=declaration.file,
        production=declaration.production,
    )


def _process(declaration: Declaration, name: str, type_: ProcessType, text: str, evidence: Evidence) -> Process:
    return Process(
        name=name,
        type=type_,
        command=redact_text(text),
        source=declaration.source,
        evidence=evidence,
        environment={a.name: redact_value(a.name, a.value) for a in declaration.environment if a.value is not None},
    )


def _key(started: Started) -> tuple[str, ...]:
    """The command without the folder of its program."""
    words = started.launch.words
    return (started.launch.kind, base_name(words[0]), *words[1:])


def _type(started: Started, followed: FollowedDeclaration, is_main: bool) -> ProcessType | None:
    """The type of a program that goes on running; None for one that is not a process of the project.

    What the platform says holds for the main program when none of the others is of that type.
    """
    declaration, program, kind = followed.declaration, started.program, started.launch.kind
    known = [s.program for s in followed.started if s.program is not None]
    if declaration.firm and is_main and all(p.type is not declaration.hint for p in known):
        return declaration.hint
    if program is not None:
        return program.type
    ours = kind is LaunchKind.MANAGEMENT
    if not ours and (declaration.source in _OTHERS_TOO or any(p.runs_on for p in known)):
        return None
    if started.attached:
        return _guess(started, "")
    if not is_main:
        return None
    return declaration.hint or _guess(started, declaration.name)


def _guess(started: Started, name: str) -> ProcessType:
    """By the words of the name; else a program of the project that does not listen is a worker."""
    words = set(_WORD.findall(name.lower()))
    for type_ in (ProcessType.BEAT, ProcessType.WORKER, ProcessType.RELEASE, ProcessType.WEB):
        if words & _names()[type_]:
            return type_
    ours = started.launch.kind in (LaunchKind.MANAGEMENT, LaunchKind.FILE)
    return ProcessType.WORKER if ours and not _LISTENS.search(started.launch.text) else ProcessType.OTHER


def _prepares(started: Started, declaration: Declaration, is_main: bool) -> bool:
    """Whether a command ends before the others start: a known one, or a management command before the main program."""
    if started.program is not None:
        return started.program.type is ProcessType.RELEASE
    if started.launch.kind is not LaunchKind.MANAGEMENT or started.attached:
        return False
    return not is_main or declaration.prepares or _guess(started, declaration.name) is ProcessType.RELEASE


def _own_name(started: Started, type_: ProcessType) -> str:
    """A name for a process whose declaration has none for it."""
    if started.program is not None and type_ is not ProcessType.OTHER:
        return type_.value
    return started.program.name.rsplit(" ", 1)[-1] if started.program is not None else started.launch.name


@cache
def _names() -> dict[str, frozenset[str]]:
    text = resources.files("analyzer.facts.existing").joinpath("data/process_names.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}
