"""Static sites: a front end of its own, and the collected static files where nothing else serves them."""

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.existing import ExistingComponent
from analyzer.model.facts import FrontendFacts, ProjectFacts
from analyzer.model.overrides import ComponentOverrides
from analyzer.model.plan import (
    Alternative,
    Component,
    ComponentKind,
    ImagePlan,
    PlanNote,
    Role,
    Route,
    StaticBuild,
)
from analyzer.plan.components import App, Planned
from analyzer.plan.decisions import decide
from analyzer.plan.ingress import static_prefix
from analyzer.plan.storage import Keeper, static_storage

SERVERS = ("next", "nuxt", "remix", "sveltekit", "astro")
"""Frameworks whose build needs a server of Node.js unless it is told to export pages."""
_PAGES_OF = {"next": "out"}


def plan_front_end(app: App) -> Planned:
    """The site of a front end that Django does not serve."""
    frontend = app.facts.frontend
    package = frontend.package_json.value if isinstance(frontend.package_json, Fact) else None
    if not frontend.separate_site or package is None:
        return Planned()
    folder = package.rpartition("/")[0] or "."
    evidence = frontend.package_json.evidence[:1]
    output = frontend.output_dir.value if isinstance(frontend.output_dir, Fact) else None
    server = next((name for name in SERVERS if name in frontend.bundlers), None)
    if output is None or (server is not None and not _exports(server, output)):
        return Planned(notes=(_needs_a_server(server, (*_script(frontend), *evidence)),))
    existing = _existing(app, folder)
    name = app.names.give(existing.name if existing is not None else folder.rpartition("/")[2], "site")
    configured = app.overrides.components.get(name, ComponentOverrides())
    if configured.enabled is False:
        return Planned(left_out=(name,))
    command = frontend.build_command.value if isinstance(frontend.build_command, Fact) else None
    build = StaticBuild(
        source_dir=folder,
        build_command=command or "npm run build",
        output_dir=output.removeprefix(f"{folder}/") if folder != "." else output,
        catchall_document="index.html",
    )
    places = (*frontend.build_command.evidence[:1], *frontend.output_dir.evidence[:1])
    route = configured.route or (existing.routes[0] if existing is not None and existing.routes else "/")
    component = Component(
        name=name,
        kind=ComponentKind.STATIC_SITE,
        role=Role.SITE,
        because=decide(name, "the front end is a site of its own, which Django does not serve", *evidence),
        command=decide(None, "a static site has no process"),
        size=decide(None, "a static site beside a service costs nothing"),
        routes=(Route(path=route),),
        static=decide(build, "its own build, and every path leads to its page", *places),
    )
    note = PlanNote(
        code="front-end-address",
        message=f"{name} is built before the app has its address, and reaches Django below the same domain",
        evidence=evidence,
        remedy="let the front end call the API by a path alone (/api/…), not by an address with a host",
    )
    return Planned(components=(component,), notes=(note,))


def plan_static_files(app: App, image: ImagePlan) -> Planned:
    """The collected files as a site built from the app's image, where neither WhiteNoise nor a store serves them."""
    facts = app.facts
    prefix = static_prefix(facts)
    existing = None if prefix is None else _existing_static(app, prefix)
    unserved = existing is not None or static_is_unserved(facts)
    root = facts.django.static.root
    folder = root.value if isinstance(root, Fact) else None
    if not unserved or image.collectstatic.value is None:
        return Planned()  # what keeps it from being collected, the image's own notes say
    absolute = _in_image(image, folder) or next(iter(image.collectstatic.value.outside), None)
    if prefix is None or absolute is None:
        return Planned(notes=_not_collected(app, prefix, absolute))
    name = app.names.give(existing.name if existing is not None else "static", "static-files")
    if app.overrides.components.get(name, ComponentOverrides()).enabled is False:
        return Planned(left_out=(name,))
    evidence = facts.django.middleware.evidence[:1] if existing is None else (existing.evidence,)
    why = "nothing in Django serves the collected static files (no WhiteNoise), so a site of the same image does"
    if existing is not None:
        why = "the existing app spec serves the collected static files from a site"
    build = StaticBuild(source_dir=".", build_command="", output_dir=absolute, environment_slug=None)
    other = Alternative(value="WhiteNoise", reason="add whitenoise and its middleware; the service serves them then")
    component = Component(
        name=name,
        kind=ComponentKind.STATIC_SITE,
        role=Role.SITE,
        because=decide(
            name,
            why,
            *evidence,
            alternatives=(other,),
        ),
        command=decide(None, "a static site has no process"),
        size=decide(None, "a static site beside a service costs nothing"),
        routes=(Route(path=prefix),),
        static=decide(build, "STATIC_ROOT of the image", *root.evidence[:1]),
    )
    return Planned(components=(component,))


def static_is_unserved(facts: ProjectFacts) -> bool:
    """Whether the project has static files that production does not serve by itself."""
    apps = facts.django.installed_apps
    if not isinstance(apps, Fact) or "django.contrib.staticfiles" not in apps.value:
        return False
    whitenoise = facts.django.static.whitenoise
    served = not isinstance(whitenoise, Fact) or whitenoise.value or "whitenoise.runserver_nostatic" in apps.value
    return not served and static_storage(facts).keeper is Keeper.CONTAINER


def _in_image(image: ImagePlan, folder: str | None) -> str | None:
    """STATIC_ROOT as a folder of the image; None where it is not below the build context."""
    context = image.context.value
    if folder is None or folder.startswith(("<", "..")):
        return None
    if folder.startswith("/"):
        return folder
    inside = folder if context == "." else folder.removeprefix(f"{context}/")
    return None if inside == folder and context != "." else f"/app/{inside}"


def _exports(server: str, output: str) -> bool:
    """Whether the framework's output is pages: its own folder for them, or at least not that of its server."""
    last = output.rpartition("/")[2]
    return last == _PAGES_OF[server] if server in _PAGES_OF else not last.startswith(".")


def _script(frontend: FrontendFacts) -> tuple[Evidence, ...]:
    """The line of the build script, where a file has it."""
    return frontend.build_command.evidence[:1] if isinstance(frontend.build_command, Fact) else ()


def _needs_a_server(server: str | None, evidence: tuple[Evidence, ...]) -> PlanNote:
    what = (
        f"{server} builds a server of Node.js" if server else "where the front end's build puts its pages is not known"
    )
    return PlanNote(
        code="front-end-left-out",
        message=f"{what}: the front end is not in the app spec",
        evidence=evidence,
        remedy="export static pages and run the plan again, or add a service for it by hand",
    )


def _not_collected(app: App, prefix: str | None, folder: str | None) -> tuple[PlanNote, ...]:
    """WhiteNoise serves what pages ask the app for, below a path of STATIC_URL."""
    static = app.facts.django.static
    steps = ["add whitenoise to the requirements", "put its middleware behind SecurityMiddleware"]
    lacks = []
    if folder is None:
        steps.append("set STATIC_ROOT")
        lacks.append("STATIC_ROOT is no folder of the image")
    if prefix is None:
        steps.append('set STATIC_URL = "/static/"')
        lacks.append("STATIC_URL is no known path of the app")
    places = (static.root if folder is None else static.url).evidence[:1]
    return (
        PlanNote(
            code="static-files-not-served",
            message=f"nothing serves static files: no WhiteNoise, no store, and no site of them: {' and '.join(lacks)}",
            evidence=places or static.root.evidence[:1],
            remedy=f"{', '.join(steps[:-1])}, and {steps[-1]}",
        ),
    )


def _existing(app: App, folder: str) -> ExistingComponent | None:
    return next((site for site in app.existing("static_sites") if site.source_dir == folder), None)


def _existing_static(app: App, prefix: str) -> ExistingComponent | None:
    routes = (prefix, f"{prefix}/")
    return next((site for site in app.existing("static_sites") if any(r in routes for r in site.routes)), None)
