"""Task queues that only the code shows: a package that is installed and imported, without an app or a setting."""

import re
from collections.abc import Iterator

from analyzer.facts.django.evaluation import Program
from analyzer.facts.task_queue.celery_config import queue_data
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import DependencyFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.needles import needles

_NOT_PRODUCTION = lazy_pattern(r"/(?:tests?|testing|examples?|docs?|conftest\.py|migrations)(?:/|$)|/test_\w+\.py$")
"""In a path that begins with a slash; so does the pattern, which is found ten times as fast as with `(^|/)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedQueue:
    """A queue that the code imports, the first line that does, and the broker that the code names."""

    kind: str
    evidence: Evidence
    broker: str | None
    broker_evidence: Evidence


def queue_in_code(program: Program, dependencies: DependencyFacts) -> UsedQueue | None:
    """The first queue of the table that production installs and that code of the project imports."""
    for row in queue_data()["queue"]:
        if not row.get("imports") or not any(dependencies.has(package) for package in row["packages"]):
            continue
        places = list(_imports(program, tuple(row["imports"])))
        if places:
            broker, at = _broker(places, row.get("brokers", {}))
            return UsedQueue(kind=row["kind"], evidence=places[0][1], broker=broker, broker_evidence=at)
    return None


def _imports(program: Program, modules: tuple[str, ...]) -> Iterator[tuple[str, Evidence]]:
    """(import statement, where) of every import of one of the modules."""
    names = "|".join(map(re.escape, modules))
    pattern = re.compile(rf"^[ \t]*(?:from|import)[ \t]+(?:{names})(?=[.\s,]|$).*", re.M)
    named = needles(modules)
    for path in _sources(program):
        if not program.repo.holds(path, named):
            continue
        text = program.repo.text(path) or ""
        for found in pattern.finditer(text):
            yield found[0].strip(), Evidence(path=path, line=text.count("\n", 0, found.start()) + 1)


def _sources(program: Program) -> Iterator[RepoPath]:
    for path in program.repo.under(program.roots[0]):
        if path.endswith(".py") and not _NOT_PRODUCTION.search(f"/{path}"):
            yield path


def _broker(places: list[tuple[str, Evidence]], brokers: dict[str, str]) -> tuple[str | None, Evidence]:
    """The broker whose module or class an import names."""
    for statement, evidence in places:
        words = re.findall(r"[\w.]+", statement)
        named = {words[1], *(f"{words[1]}.{word}" for word in words[2:])}
        for module, broker in brokers.items():
            if module in named:
                return broker, evidence
    return None, places[0][1]
