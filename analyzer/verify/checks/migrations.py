"""Jobs before a deployment, and what Django says of the database after them."""

from typing import Any

from analyzer.model.app_spec import SpecComponent
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify.containers import Ended
from analyzer.verify.diagnosis import diagnose

NAMED = 5
"""Migrations or warnings that are named; the others are counted."""


def job(component: SpecComponent, command: str, ended: Ended, larger: str) -> Finding:
    """Whether a job came to a good end; `larger` is the fix where it lacks memory."""
    if ended.code == 0:
        return passed(f"{ended.seconds:.0f} s", command=command)
    evidence = (component.evidence,)
    if ended.code is None:
        return failed(
            f"the job did not end within {ended.seconds:.0f} s and was killed",
            "see the log for what it waits for; a job may take 30 minutes on the platform",
            command=command,
            log=ended.log,
            evidence=evidence,
        )
    if ended.lacked_memory:
        return failed(
            "the job ran out of memory",
            larger,
            command=command,
            log=ended.log,
            evidence=evidence,
        )
    found = diagnose(ended.log)
    return failed(
        f"exit code {ended.code}: {found.cause}",
        found.fix or f"run the command by hand: {command}",
        command=command,
        log=ended.log,
        evidence=evidence,
    )


def applied(state: dict[str, Any], jobs: int) -> Finding:
    """Whether the database has every migration after the jobs."""
    if "unapplied" not in state:
        return not_applicable(f"Django could not tell: {state.get('error', 'no answer')}")
    if "sqlite" in state["databases"].get("default", "") or "spatialite" in state["databases"].get("default", ""):
        return not_applicable("the database is a file in the container, and each container has its own")
    left = state["unapplied"]
    if not left:
        return passed("none is left")
    fix = "let the job's command be python manage.py migrate --noinput"
    return failed(
        f"{len(left)} migrations are not applied: {', '.join(left[:NAMED])}",
        fix if jobs else "add a job of kind PRE_DEPLOY with run_command: python manage.py migrate --noinput",
    )


def second_run(component: SpecComponent, command: str, ended: Ended) -> Finding:
    """Whether the job does nothing when there is nothing to do, as at the next deployment."""
    if ended.code == 0:
        changed = [line for line in ended.log if "Applying " in line]
        if not changed:
            return passed("a second run changes nothing", command=command)
        return failed(
            f"a second run migrates again: {changed[0].strip()}",
            "use a database that outlives the container (the file of SQLite does not), or see what drops the tables",
            command=command,
            log=ended.log,
            evidence=(component.evidence,),
        )
    found = diagnose(ended.log)
    return failed(
        f"a second run fails: {found.cause}",
        found.fix or "make the command one that can run at every deployment",
        command=command,
        log=ended.log,
        evidence=(component.evidence,),
    )


def missing(state: dict[str, Any]) -> Finding:
    """Whether the models have changes for which no migration was written."""
    answer = state.get("missing")
    if answer is None:
        return not_applicable(f"Django could not tell: {state.get('error', 'no answer')}")
    if not answer["failed"]:
        return passed("none", command="python manage.py makemigrations --check --dry-run")
    lines = [line.strip() for line in answer["output"].splitlines() if line.strip()]
    files = [line for line in lines if line.endswith(".py")]
    return failed(
        f"models have changes without a migration: {', '.join(files[:NAMED]) or (lines or ['no output'])[-1]}",
        "python manage.py makemigrations, and commit the files",
        command="python manage.py makemigrations --check --dry-run",
        log=tuple(lines[-20:]),
    )


def deploy_check(state: dict[str, Any]) -> Finding:
    """What `manage.py check --deploy` says: errors fail, warnings are counted."""
    answer = state.get("deploy_check")
    if answer is None:
        return not_applicable(f"Django could not tell: {state.get('error', 'no answer')}")
    lines = tuple(line for line in answer["output"].splitlines() if line.strip())
    if answer["failed"]:
        first = next(
            (line for line in lines if line.lstrip().startswith("?:") or ": (" in line), lines[-1] if lines else ""
        )
        return failed(
            f"Django's own check finds errors: {first.strip()}",
            "python manage.py check --deploy, and mend what it names",
            command="python manage.py check --deploy",
            log=lines[-30:],
        )
    warnings = [line for line in lines if ": (" in line]
    return passed(f"{len(warnings)} warnings" if warnings else "nothing to say", log=lines[-30:])
