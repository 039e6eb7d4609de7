"""Which paths of the app's domain lead to which component.

The platform takes the matched prefix off before it passes a request on, unless told to keep it; Django's URL
configuration has it, so it is kept.
"""

from urllib.parse import urlsplit

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import ProjectFacts
from analyzer.model.plan import PlanNote, Route
from analyzer.plan.storage import Keeper, media_storage, static_storage

ROOT = Route(path="/")


def django_routes(facts: ProjectFacts, taken: frozenset[str]) -> tuple[tuple[Route, ...], tuple[PlanNote, ...]]:
    """The routes of the service: everything, or beside a site that has the root what the URL configuration serves.

    Args:
        taken: the paths that sites have.
    """
    if ROOT.path not in taken:
        return (ROOT,), ()
    prefixes = {path: evidence for path, evidence in facts.urls.prefixes.items() if path not in taken}
    for path in (path for path in _served_files(facts) if path not in taken):
        prefixes.setdefault(path, Evidence(path=facts.django.build_settings.manage_py))
    if not prefixes:
        note = PlanNote(
            code="routes-not-known",
            message="what Django serves beside the front end cannot be told: the service has /api",
            evidence=facts.django.root_urlconf.evidence,
            remedy="set the service's routes in the app spec",
        )
        return (Route(path="/api", preserve_path_prefix=True),), (note,)
    return tuple(Route(path=path, preserve_path_prefix=True) for path in sorted(prefixes)), _hidden(facts)


def static_prefix(facts: ProjectFacts) -> str | None:
    """The path below which static files are served from this app; None where they are elsewhere or at the root."""
    return _path(facts.django.static.url)


def _served_files(facts: ProjectFacts) -> list[str]:
    """The paths of static files and uploads that the service itself serves."""
    found = []
    for url, keeper in (
        (facts.django.static.url, static_storage(facts).keeper),
        (facts.django.media.url, media_storage(facts).keeper),
    ):
        path = _path(url)
        if path is not None and keeper is Keeper.CONTAINER:
            found.append(path)
    return found


def _path(url: object) -> str | None:
    value = url.value if isinstance(url, Fact) else None
    if not isinstance(value, str) or not value.startswith("/") or "//" in value:
        return None
    path = urlsplit(value).path.rstrip("/")
    return path or None


def _hidden(facts: ProjectFacts) -> tuple[PlanNote, ...]:
    """Pages of Django that the front end's site stands before."""
    root = facts.urls.prefixes.get("/")
    evidence = ((root,) if root is not None else ()) + facts.urls.open_ended
    if not evidence:
        return ()
    return (
        PlanNote(
            code="root-belongs-to-front-end",
            message="the front end has the root of the domain: Django's own pages there cannot be reached",
            evidence=evidence,
            remedy="serve them below a fixed prefix, or give the front end a prefix (`route` of its component)",
        ),
    )
