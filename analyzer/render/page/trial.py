"""What `doctor verify` found: its course over time, the layers of the images, the checks, the logs of what failed."""

from collections.abc import Iterator

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.verification import Check, ComponentUsage, ImageResult, Outcome, Verification
from analyzer.render.drawings.stack import Part, stack
from analyzer.render.page.files import File
from analyzer.render.page.places import Link, Places
from analyzer.render.statements import counted

_COLOUR = lazy_pattern(r"\x1b\[[0-9;]*[A-Za-z]")
LOG_LINES = 40
"""Of the end of a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A check that failed."""

    check: Check
    places: tuple[Link, ...]
    log: tuple[str, ...]
    related: tuple[Link, ...]
    """Findings about the same line, and the generated file in which it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageLayers:
    """An image and its layers as a bar."""

    image: ImageResult
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One run."""

    verification: Verification
    summary: str
    timeline: tuple[Part, ...]
    images: tuple[ImageLayers, ...]
    failures: tuple[Failure, ...]
    memory: tuple[tuple[ComponentUsage, int | None], ...]
    """With the share of the limit, in percent."""


def trial(verification: Verification, files: tuple[File, ...], places: Places, cards: tuple[Link, ...]) -> Trial:
    """The run as the page shows it.

    Args:
        cards: for each card of a finding, a link whose note is the place that it is about.
    """
    checks = verification.checks
    failed = [one for one in checks if one.finding.outcome is Outcome.FAILED]
    tried = [one for one in checks if one.finding.outcome is not Outcome.NOT_APPLICABLE]
    skipped = len(checks) - len(tried)
    result = (
        f"{len(failed)} of {counted(len(tried), 'check')} failed"
        if failed
        else f"{counted(len(tried), 'check')} passed"
    )
    return Trial(
        verification=verification,
        summary=f"{result}, {skipped} not applicable, {verification.seconds:.0f} s",
        timeline=stack((_name(one), one.seconds) for one in checks),
        images=tuple(
            ImageLayers(image=image, parts=stack((layer.instruction, layer.bytes) for layer in image.layers))
            for image in verification.images
        ),
        failures=tuple(_failure(one, files, places, cards) for one in failed),
        memory=tuple(
            (usage, round(100 * usage.peak / usage.limit) if usage.limit else None) for usage in verification.usage
        ),
    )


def _name(check: Check) -> str:
    return f"{check.component}: {check.title}" if check.component else check.title


def _failure(check: Check, files: tuple[File, ...], places: Places, cards: tuple[Link, ...]) -> Failure:
    return Failure(
        check=check,
        places=places.of(check.finding.evidence),
        log=tuple(_COLOUR.sub("", line) for line in check.finding.log[-LOG_LINES:]),
        related=tuple(_related(check, files, cards)),
    )


def _related(check: Check, files: tuple[File, ...], cards: tuple[Link, ...]) -> Iterator[Link]:
    at = {f"{one.path}:{one.line}" for one in check.finding.evidence}
    yield from (card for card in cards if card.note in at)
    paths = {one.path for one in check.finding.evidence}
    yield from (Link(text=file.path, url=f"#{file.id}") for file in files if file.path in paths)
