"""Runs the jobs that come before a deployment, twice, as two deployments would."""

from analyzer.model.app_spec import SpecComponent
from analyzer.verify import containers
from analyzer.verify.checks import memory, migrations
from analyzer.verify.session import Session


def run_jobs(run: Session, jobs: list[SpecComponent]) -> bool:
    """Run the jobs in their order until one fails, which ends a deployment; whether none did."""
    return all(_job(run, job) for job in jobs)


def _job(run: Session, one: SpecComponent) -> bool:
    command = run.app.command(one)
    run.say(f"run {one.name}: {command}")
    larger = memory.larger(one, run.app.size(one))
    if not run.recorder.check(
        "job-succeeds",
        "job before the deployment succeeds",
        one.name,
        lambda: migrations.job(one, command, _run(run, one, 1), larger),
    ):
        return False
    run.recorder.check(
        "job-repeats",
        "job does nothing the second time",
        one.name,
        lambda: migrations.second_run(one, command, _run(run, one, 2)),
    )
    return True


def _run(run: Session, one: SpecComponent, number: int) -> containers.Ended:
    name = f"{one.name}-{number}"
    container = run.app.start(one, name)
    ended = containers.wait(container, min(one.timeout, run.request.limit))
    run.keep_log_of(name, container)
    container.remove(force=True, v=True)
    return ended
