"""Gives projects that keep files in S3 or Spaces a server for them, before the jobs, and looks whether files arrive."""

from analyzer.model.app_spec import SpecComponent
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify import containers, object_storage
from analyzer.verify.checks.object_storage import SECONDS, comes_back, uploaded
from analyzer.verify.checks.variables import READERS
from analyzer.verify.diagnosis import diagnose
from analyzer.verify.object_storage import Storage, storages_of
from analyzer.verify.session import Session

TITLE = "object storage starts"
TRIED = 8
"""Variables of a storage's address that are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Storages of one image that keep their files on the server; `component` is one that has the image."""

    component: SpecComponent
    storages: tuple[Storage, ...]


def start_object_storage(run: Session) -> tuple[Stored, ...] | None:
    """Start the server if a storage of the project can be led to it, and lead it there.

    Gives back what then uses it; None where it does not start. Raises EngineError without an image.
    """
    found = [stored for component in run.one_of_each_image() if (stored := _storages(run, component)).storages]
    led = tuple(stored for stored in found if _lead(run, stored))
    if not led:
        return ()
    image = object_storage.image_of(run.request.images)
    run.say(f"start the object storage ({image})")
    good = run.recorder.check("object-storage", TITLE, None, lambda: _start(run, image, led))
    return led if good else None


def _storages(run: Session, component: SpecComponent) -> Stored:
    found = run.app.probe(component, "object_storage", action="describe", seconds=SECONDS)
    return Stored(component=component, storages=storages_of(found))


def _lead(run: Session, stored: Stored) -> bool:
    """Change the variables of all components of the image so that its storages ask the server; whether they do then."""
    environments = run.app.environments
    before = {one.name: environments[one.name] for one in run.app.images[stored.component.name].components}
    for name, environment in before.items():
        environments[name] = environment | object_storage.route(environment, stored.storages)
    astray = _astray(run, stored)
    for variable in _undeclared(run, stored.component) if astray else ():
        led = {name: environments[name] for name in before}
        environments |= {name: environment | {variable: object_storage.address()} for name, environment in led.items()}
        left = _astray(run, stored)
        if len(left) < len(astray):
            astray = left
        else:
            environments |= led
    if not astray:
        return True
    environments |= before
    reason = (
        f"no variable leads boto3 away from {astray[0].endpoint}: it is older than 1.28"
        if astray[0].given is None
        else f"the settings themselves say where files go: no variable has the address {astray[0].given}"
    )
    run.recorder.check("object-storage", TITLE, stored.component.name, lambda: not_applicable(reason))
    return False


def _astray(run: Session, stored: Stored) -> list[Storage]:
    """The storages that do not ask the server."""
    asked = {one.alias: one.endpoint for one in _storages(run, stored.component).storages}
    return [one for one in stored.storages if asked.get(one.alias) != object_storage.address()]


def _undeclared(run: Session, component: SpecComponent) -> list[str]:
    """Variables that the project reads, the spec does not declare, and whose default may be an address."""
    found = run.app.probe(component, "variables", readers=READERS, seconds=SECONDS)
    return [name for name in found.get("asked", ()) if object_storage.may_hold_address(name)][:TRIED]


def _start(run: Session, image: str, led: tuple[Stored, ...]) -> Finding:
    buckets = {storage.bucket for stored in led for storage in stored.storages if storage.bucket}
    container = object_storage.start(run.app.space, image, sorted(buckets))
    for stored in led:
        answer = run.app.probe(stored.component, "object_storage", action="create", seconds=SECONDS)
        if "error" in answer:
            log = containers.log_of(container)
            run.keep_log_of("object-storage", container)
            return failed(
                f"no bucket can be made: {diagnose([answer['error']]).cause}",
                f"choose another image: --image {object_storage.KIND}=NAME",
                log=log,
            )
    places = {storage.given or storage.endpoint for stored in led for storage in stored.storages}
    return passed(f"{image} in place of {', '.join(sorted(places))}")


def use_object_storage(run: Session, all_stored: tuple[Stored, ...]) -> None:
    """Look whether static files were uploaded and media files come back."""
    for stored in all_stored:
        _use(run, stored.component, {storage.alias for storage in stored.storages})


def _use(run: Session, one: SpecComponent, aliases: set[str]) -> None:
    app, check, jobs = run.app, run.recorder.check, run.built("jobs")
    if "staticfiles" in aliases:
        check("static-uploaded", "static files are uploaded", one.name, lambda: uploaded(app, one, jobs))
    if "default" in aliases:
        check("media-round-trip", "media files come back", one.name, lambda: comes_back(app, one))
