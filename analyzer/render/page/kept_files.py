"""What becomes of files: static ones, and uploads."""

from collections.abc import Iterator

from analyzer.model.evidence import Fact
from analyzer.model.plan import ComponentKind
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.page.places import Link, Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What becomes of files: static ones, and uploads."""

    label: str
    today: str
    then: str
    places: tuple[Link, ...]


def kept_files(report: Report, places: Places) -> Iterator[Files]:
    """Static files and uploads."""
    static, media = report.facts.django.static, report.facts.django.media
    plan = report.plan
    site = plan is not None and any(one.kind is ComponentKind.STATIC_SITE for one in plan.components)
    white = isinstance(static.whitenoise, Fact) and static.whitenoise.value
    served = "WhiteNoise serves them" if white else "a static site serves them" if site else "as the storage has it"
    collected = plan is not None and plan.image.collectstatic.value is not None
    yield Files(
        label="Static files",
        today=_told(static.storage),
        then=f"{'collected in the image' if collected else 'not collected in the image'}; {served}",
        places=places.of(static.storage.evidence[:1]),
    )
    local = "FileSystemStorage" in _told(media.storage)
    yield Files(
        label="Uploads",
        today=_told(media.storage),
        then="lost with each deployment, unless they move to Spaces" if local else "stay where the storage keeps them",
        places=places.of(media.storage.evidence[:1]),
    )


def _told(answer: object) -> str:
    if not isinstance(answer, Fact):
        return "could not tell"
    return str(answer.value or "none")
