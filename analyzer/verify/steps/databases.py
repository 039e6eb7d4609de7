"""Starts the databases, and gives every component its variables."""

from analyzer.model.app_spec import SpecComponent, SpecDatabase
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify import databases
from analyzer.verify.app import Image
from analyzer.verify.checks import image as image_checks
from analyzer.verify.checks import variables
from analyzer.verify.diagnosis import diagnose
from analyzer.verify.environment import run_environment
from analyzer.verify.session import Session

TITLE = "database starts"


def start_databases(run: Session) -> bool:
    """Start every database and fill the bindable variables; whether all are up. Raises EngineError without an image."""
    domain = run.app.domain
    run.bindings[""] = {"APP_DOMAIN": domain, "APP_URL": f"https://{domain}", "APP_ID": run.app.space.run}
    for component in run.app.spec.components:
        run.bindings[component.name] = _own_variables(component, domain)
    started = [_start(run, database) for database in run.app.spec.databases]
    if all(started):
        run.recorder.check(
            "references-resolve",
            "every ${…} in the spec names something",
            None,
            lambda: variables.references(run.app.spec, run.bindings),
        )
    return all(started)


def _start(run: Session, database: SpecDatabase) -> bool:
    if database.engine not in databases.engines():
        not_here = not_applicable(f"{database.engine} is not started here")
        return run.recorder.check("database-starts", TITLE, database.name, lambda: not_here)
    image = databases.image_of(database, run.request.images, run.repository)
    run.say(f"start {database.name} ({image})")

    def look() -> Finding:
        try:
            started = databases.start(run.app.space, database, image)
        except databases.DatabaseError as error:
            found = diagnose(error.log)
            return failed(
                f"{error}: {found.cause}",
                found.fix or f"choose another image: --image {database.engine}=NAME",
                log=error.log,
                evidence=(database.evidence,),
            )
        run.bindings[database.name] = started
        run.recorder.redact.add([started["PASSWORD"]])
        return passed(image)

    return run.recorder.check("database-starts", TITLE, database.name, look)


def _own_variables(component: SpecComponent, domain: str) -> dict[str, str]:
    """The bindable variables of a component (the platform's page on environment variables)."""
    own = {"COMMIT_HASH": "0" * 40}
    if component.kind in ("services", "static_sites"):
        own |= {"PUBLIC_ROUTE_PATH": "/", "PUBLIC_URL": f"https://{domain}"}
    if component.kind == "services":
        own |= {
            "PRIVATE_DOMAIN": component.name,
            "PRIVATE_PORT": str(component.port),
            "PRIVATE_URL": f"http://{component.name}:{component.port}",
        }
    return own


def fill_environments(run: Session) -> None:
    """Give each component its variables, and look whom its processes run as."""
    for one in run.chosen:
        run.app.environments[one.name] = run_environment(run.app.spec, one, run.app.values, run.bindings)
    if run.app.values.invented:
        run.say(f"made up for this run: {', '.join(sorted(run.app.values.invented))}")
    for made in {made.tag: made for made in run.app.images.values()}.values():
        _look_at_user(run, made)


def _look_at_user(run: Session, made: Image) -> None:
    names = ", ".join(component.name for component in made.components)
    run.recorder.check("not-root", "processes do not run as root", names, lambda: image_checks.user(run.app, made))
