"""Generated files, cut where the decision behind the lines changes."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from analyzer.model.artifact import Artifact
from analyzer.model.plan import Alternative, Decision
from analyzer.model.quick_dataclass import dataclass
from analyzer.render.page.places import Link, Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A decision as a page says it."""

    rule: str
    places: tuple[Link, ...]
    alternatives: tuple[Alternative, ...]
    override: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines of a file that come from one decision, or from none."""

    text: str
    reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file; `id` is its anchor."""

    id: str
    path: str
    blocks: tuple[Block, ...]
    explained: int
    """Lines that have a decision."""


def files(artifacts: Iterable[Artifact], places: Places) -> tuple[File, ...]:
    """The files in the order given."""
    return tuple(
        File(
            id=f"file-{artifact.name}",
            path=artifact.path,
            blocks=tuple(_blocks(artifact, places)),
            explained=len(artifact.decisions),
        )
        for artifact in artifacts
    )


def _blocks(artifact: Artifact, places: Places) -> Iterator[Block]:
    lines = artifact.body.removesuffix("\n").split("\n")
    numbered = list(enumerate(lines, start=1))
    # The same decision may be attached to lines far apart: identity is enough, and values need not be comparable.
    for _, group in groupby(numbered, key=lambda line: id(artifact.decisions.get(line[0]))):
        block = list(group)
        decision = artifact.decisions.get(block[0][0])
        text = "\n".join(text for _, text in block)
        yield Block(text=text, reason=None if decision is None else reason(decision, places))


def reason(decision: Decision[Any], places: Places) -> Reason:
    """A decision without its value."""
    return Reason(
        rule=decision.rule,
        places=places.of(decision.evidence),
        alternatives=decision.alternatives,
        override=decision.override,
    )
