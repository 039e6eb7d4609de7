"""The processes that the repository declares, whichever file declares them."""

from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.facts.commands.wrappers import LaunchKind
from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.declarations import read_declarations
from analyzer.facts.existing.following import Started, follow
from analyzer.facts.existing.redaction import redact_text, redact_value
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import Process, ProcessType
from analyzer.snapshot.repository import RepositorySnapshot

_ORDER = {type_: position for position, type_ in enumerate(ProcessType)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    process: Process
    words: tuple[str, ...]
    production: bool
    declared_by: RepoPath


def collect_processes(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[Process, ...]:
    """The declared processes by type, the ones for production first.

    What files for development declare counts for a type that no other file declares.
    """
    found = [item for d in read_declarations(repo, django_dir) for item in _processes(repo, d)]
    produced = {item.process.type for item in found if item.production}
    kept: dict[tuple[ProcessType, tuple[str, ...]], _Found] = {}
    for item in sorted(found, key=lambda item: (_ORDER[item.process.type], not item.production)):
        if item.production or item.process.type not in produced:
            kept.setdefault((item.process.type, item.words), item)
    return tuple(item.process for item in kept.values())


def _processes(repo: RepositorySnapshot, declaration: Declaration) -> Iterator[_Found]:
    started = follow(repo, declaration.place, declaration.command, declaration.evidence, declaration.variables)
    for item in started:
        type_ = _type(item, declaration)
        if type_ is None:
            continue
        process = Process(
            name=declaration.name or type_.value,
            type=type_,
            command=redact_text(item.launch.text),
            source=declaration.source,
            evidence=item.evidence,
            environment={a.name: redact_value(a.name, a.value) for a in declaration.environment if a.value is not None},
        )
        production = declaration.production and not (item.program is not None and item.program.development)
        yield _Found(process=process, words=item.launch.words, production=production, declared_by=declaration.evidence.path)


def _type(started: Started, declaration: Declaration) -> ProcessType | None:
    if started.program is not None:
        return started.program.type
    if declaration.firm or declaration.hint is not None:
        return declaration.hint
    return ProcessType.OTHER if started.launch.kind is LaunchKind.MANAGEMENT else None
