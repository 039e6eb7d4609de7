"""The processes that the repository declares, whichever file declares them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import IntEnum
from functools import cache

from analyzer.facts.commands.variables import is_resolved, substitute
from analyzer.facts.commands.wrappers import LaunchKind, base_name
from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.declarations import FollowedDeclaration, Group
from analyzer.facts.existing.following import Started
from analyzer.facts.existing.redaction import redact_text, redact_value, redact_words
from analyzer.facts.existing.shell_scope import Reach
from analyzer.facts.existing.task_runners import TASK
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Process, ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table

_ORDER = {type_: position for position, type_ in enumerate(ProcessType)}
_WORD = lazy_pattern(r"[a-z]+")
_FILE = lazy_pattern(r"\.(?:py|ini|conf|cfg|toml|ya?ml|xml|json)$")
_LISTENS = lazy_pattern(r"\bport\b|--bind\b", re.IGNORECASE)


class _Tier(IntEnum):
    """How much a declaration counts: a type of process is listed from the best tier that has it."""

    PRODUCTION = 0
    IMPLIED = 1
    DEVELOPMENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A process, with what tells it from others."""

    process: Process
    key: tuple[str, ...]
    file: RepoPath
    tier: _Tier


def collect_processes(
    declarations: Iterable[FollowedDeclaration], own_programs: frozenset[str] = frozenset()
) -> tuple[Process, ...]:
    """The declared processes by type, in each type the platforms' files first.

    A command that several files declare is listed once. What files for development declare, and scripts that nothing
    starts, count only for a type that no other file declares, and then only those of one file.

    Args:
        own_programs: names of programs that the project itself brings.
    """
    found = [item for followed in declarations for item in _processes(followed, own_programs)]
    found.sort(key=lambda item: (_ORDER[item.process.type], item.tier))
    best: dict[ProcessType, _Found] = {}
    kept: list[_Found] = []
    for item in found:
        first = best.setdefault(item.process.type, item)
        counts = item.tier is first.tier and (item.tier is not _Tier.DEVELOPMENT or item.file == first.file)
        if counts and not any(_same(item, other) for other in kept):
            kept.append(item)
    return tuple(item.process for item in kept)


def _same(item: _Found, other: _Found) -> bool:
    """Whether two declarations are about one process: two of one file with names of their own are not."""
    if item.process.type is not other.process.type:
        return False
    if item.process.type is ProcessType.RELEASE:
        return set(item.key) <= set(other.key)
    return item.key == other.key and (item.file != other.file or item.process.name == other.process.name)


def _processes(followed: FollowedDeclaration, own_programs: frozenset[str]) -> Iterator[_Found]:
    declaration = followed.declaration
    if declaration.firm and declaration.hint is ProcessType.RELEASE:
        if declaration.command:
            yield _release(followed, followed.started, declaration.name)
        return
    lasting = [s for s in followed.started if s.program is None or s.program.runs_on]
    main = next((s for s in reversed(lasting) if not s.attached), None)
    running: dict[tuple[str, ...], tuple[Started, ProcessType]] = {}
    for item in () if declaration.prepares else lasting:
        type_ = _type(item, followed, item is main)
        if type_ not in (None, ProcessType.RELEASE):
            running.setdefault(_key(item), (item, type_))
    named = _key(main) if main is not None and _key(main) in running else next(iter(running), None)
    for key, (item, type_) in running.items():
        name = declaration.name if key == named else ""
        develops = item.program is not None and item.program.development
        yield _Found(
            process=_started(declaration, name or _own_name(item, type_), type_, item),
            key=key,
            file=declaration.file,
            tier=_Tier.DEVELOPMENT if develops else _tier(followed),
        )
    before = tuple(
        s for s in followed.started if _key(s) not in running and _prepares(s, followed, s is main, own_programs)
    )
    if before and not _by_hand(declaration):
        yield _release(followed, before, declaration.name if declaration.prepares else "release")


def _release(followed: FollowedDeclaration, started: tuple[Started, ...], name: str) -> _Found:
    """One process for all commands that prepare: as written where the platform's file itself writes them."""
    declaration = followed.declaration
    elsewhere = any(item.evidence.path != declaration.evidence.path for item in started)
    whole = not started or (declaration.firm and declaration.hint is ProcessType.RELEASE and not elsewhere)
    text = declaration.command if whole else " && ".join(dict.fromkeys(item.launch.text for item in started))
    evidence = declaration.evidence if whole else started[0].evidence
    return _Found(
        process=_process(declaration, name, ProcessType.RELEASE, text, evidence),
        key=tuple(" ".join(word for word in _key(item) if not word.startswith("-")) for item in started) or (text,),
        file=declaration.file,
        tier=_tier(followed),
    )


def _by_hand(declaration: Declaration) -> bool:
    """Whether it is a task of people, as to load data, which is no part of each release, unless its name says so."""
    names_release = bool(set(_WORD.findall(declaration.name.lower())) & _names()[ProcessType.RELEASE])
    return declaration.source == TASK and not names_release


def _tier(followed: FollowedDeclaration) -> _Tier:
    if not followed.declaration.production:
        return _Tier.DEVELOPMENT
    return _Tier.IMPLIED if followed.group is Group.IMPLIED else _Tier.PRODUCTION


def _process(declaration: Declaration, name: str, type_: ProcessType, text: str, evidence: Evidence) -> Process:
    return Process(
        name=name,
        type=type_,
        command=redact_text(text),
        source=declaration.source,
        evidence=evidence,
        environment={a.name: redact_value(a.name, a.value) for a in declaration.environment if a.value is not None},
    )


def _started(declaration: Declaration, name: str, type_: ProcessType, started: Started) -> Process:
    """The process of one program that goes on running."""
    launch = started.launch
    management = launch.kind is LaunchKind.MANAGEMENT
    arguments = launch.words if management else launch.words[1:]
    given = dict(declaration.variables)
    given.update((key, value) for key, value, _ in started.environment)
    return replace(
        _process(declaration, name, type_, launch.text, started.evidence),
        wrappers=launch.wrappers,
        program="manage.py" if management else launch.name,
        arguments=redact_words(arguments),
        environment={key: redact_value(key, value) for key, value in given.items()},
        paths=dict(_paths(declaration, arguments, given)),
    )


def _paths(
    declaration: Declaration, arguments: Iterable[str], given: Mapping[str, str]
) -> Iterator[tuple[str, RepoPath]]:
    """Arguments that name files of the repository."""
    for word in arguments:
        value = word.partition("=")[2] if word.startswith("-") else word
        named = substitute(value, given)
        if ("/" in named or _FILE.search(named)) and is_resolved(named):
            path = declaration.place.locate(declaration.place.start, named)
            if path is not None:
                yield value, path


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
    any_counts = followed.group is Group.PLATFORM and not any(p.runs_on for p in known)
    if followed.group is Group.IMPLIED or not (any_counts or kind is LaunchKind.MANAGEMENT):
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


def _prepares(started: Started, followed: FollowedDeclaration, is_main: bool, own_programs: frozenset[str]) -> bool:
    """Whether a command ends before the others start: a known one, or one of the project before the main program.

    What a script does on request alone, as to load data, is no part of every release; migrations always are.
    """
    if started.program is not None:
        return started.program.type is ProcessType.RELEASE
    if started.reach is Reach.ON_REQUEST:
        return False
    own = started.launch.kind is LaunchKind.PROGRAM and started.launch.name in own_programs
    ours = own or started.launch.kind is LaunchKind.MANAGEMENT
    if not ours or started.attached or followed.group is Group.IMPLIED:
        return False
    named = started.launch.words[1:2] if own else (started.launch.name,)
    if set(_WORD.findall(" ".join(named).lower())) & _names()["runs_on"]:
        return False
    declaration = followed.declaration
    ends = declaration.prepares or declaration.hint is ProcessType.RELEASE
    return not is_main or ends or _guess(started, declaration.name) is ProcessType.RELEASE


def _own_name(started: Started, type_: ProcessType) -> str:
    """A name for a process whose declaration has none for it."""
    if started.program is not None and type_ is not ProcessType.OTHER:
        return type_.value
    return started.program.name.rsplit(" ", 1)[-1] if started.program is not None else started.launch.name


@cache
def _names() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_table("analyzer.facts.existing", "process_names").items()}
