"""One run: build, start the databases, run the jobs, start services and workers, look, and remove everything."""

import contextlib
import time

from docker.errors import DockerException
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from analyzer.app_spec.read import read_app_spec
from analyzer.model.app_spec import AppSpec, SpecComponent
from analyzer.model.errors import EngineError, UsageError
from analyzer.model.verification import Verification
from analyzer.snapshot.limits import Limits
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.verify.app import App
from analyzer.verify.engine import connect, describe, explain_failure
from analyzer.verify.environment import Values
from analyzer.verify.recorder import Recorder, Say
from analyzer.verify.redaction import Redactor
from analyzer.verify.sampler import Sampler
from analyzer.verify.session import Request, Session
from analyzer.verify.steps import components
from analyzer.verify.steps.databases import fill_environments, start_databases
from analyzer.verify.steps.images import build_images
from analyzer.verify.steps.jobs import run_jobs
from analyzer.verify.steps.object_storage import start_object_storage, use_object_storage
from analyzer.verify.steps.project import ask_django
from analyzer.verify.steps.publishing import publish_services
from analyzer.verify.steps.websockets import look_at_websockets
from analyzer.verify.workspace import workspace

DOMAIN = "{name}-doctor.ondigitalocean.app"
"""Where people would find the app."""


def verify(request: Request, say: Say, output: Say) -> Verification:
    """Run the app of a spec and say what was found.

    Args:
        say: told of every step and check.
        output: told every line of the builds.

    Raises UsageError for a spec that cannot be used, EngineError where the engine is at fault.
    """
    begin = time.monotonic()
    repository = RepositorySnapshot.open(request.root, Limits(), generated=True, named=[request.spec])
    spec = read_app_spec(repository, request.spec)
    chosen = _chosen(spec, request.components)
    client = connect()
    redact = Redactor()
    with contextlib.closing(client), workspace(client, keep=request.keep) as space, Sampler(client) as sampler:
        run = Session(
            request=request,
            repository=repository,
            app=App(
                spec=spec,
                space=space,
                values=Values(request.values, redact),
                domain=DOMAIN.format(name=spec.name),
            ),
            chosen=chosen,
            recorder=Recorder(say, redact),
            sampler=sampler,
            say=lambda line: say(redact(line)),
            output=lambda line: output(redact(line)),
        )
        try:
            _everything(run)
        except (DockerException, RequestException, HTTPError) as error:
            raise EngineError(explain_failure(redact(str(error)))) from error
        finally:
            for name, container in run.app.containers.items():
                run.keep_log_of(name, container)
        return Verification(
            spec=request.spec,
            engine=describe(client),
            checks=tuple(run.recorder.checks),
            images=tuple(run.images),
            usage=tuple(run.usage),
            addresses=tuple(run.addresses),
            seconds=time.monotonic() - begin,
        )


def _chosen(spec: AppSpec, names: tuple[str, ...]) -> tuple[SpecComponent, ...]:
    """The components of those names, and the jobs before a deployment, without which they do not work."""
    known = [component.name for component in spec.components]
    for name in names:
        if name not in known:
            raise UsageError(f"{spec.path} has no component {name}; it has {', '.join(known)}")
    return tuple(one for one in spec.components if not names or one.name in names or _before_deployment(one))


def _before_deployment(component: SpecComponent) -> bool:
    return component.kind == "jobs" and component.job_kind == "PRE_DEPLOY"


def _everything(run: Session) -> None:
    """All steps. What cannot be tried since something before failed is left out, which the failure explains."""
    build_images(run)
    if not run.app.images:
        return
    run.app.space.create_network(internal=not run.request.network)
    if not start_databases(run):
        return
    fill_environments(run)
    jobs = [one for one in run.built("jobs") if _before_deployment(one)]
    stored = start_object_storage(run)
    if stored is None or not run_jobs(run, jobs):
        return
    ask_django(run, len(jobs))
    use_object_storage(run, stored)
    running = components.start_components(run)
    for one in running:
        components.look_at(run, one)
    look_at_websockets(run, running)
    for one in running:
        components.look_at_memory(run, one)
    if run.request.keep:
        publish_services(run, running)
    else:
        for one in running:
            components.stop(run, one)
