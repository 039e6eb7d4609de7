"""Options of a daemon on a server: process files, log files, a process in the background."""

from analyzer.model.facts import Process
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import celery_processes, option_of, procfile_line, with_processes

_OPTIONS = (("--detach", "-D"), ("--pidfile",), ("--logfile", "-f"))


def check(ctx: Context) -> RuleOutcome:
    """The emitted commands leave these options out."""
    processes = [*celery_processes(ctx, "worker"), *celery_processes(ctx, "beat")]
    if not processes:
        return not_applicable("no file starts Celery")
    problems = (
        Problem(
            message=f"{one.name} has {' and '.join(found)}: a container's process stays in front and logs to its "
            "output, and a process file that is left behind keeps beat from starting. The app spec leaves them out.",
            evidence=(one.evidence,),
            commands=_commands(ctx, one),
        )
        for one in processes
        if (found := [names[0] for names in _OPTIONS if option_of(one.arguments, *names) not in (None, "/dev/null")])
    )
    return fail_all(problems) or passed("Celery runs in front and logs to its output", processes[0].evidence)


def _commands(ctx: Context, process: Process) -> tuple[str, ...]:
    """As the app spec starts it."""
    for component in ctx.plan.components:
        if component.command.value and process.evidence in component.command.evidence:
            return procfile_line(component, component.command.value)
    return ()


rule = Rule(
    info=RuleInfo(
        id="celery-runs-as-daemon",
        title="Celery is started as a daemon",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "A container ends with its first process, so one that goes to the background ends it. A log file is on a "
            "disk that nobody sees and the next deployment empties. A process file that gets into the image names a "
            "process that exists there, and Celery says that it runs already."
        ),
        remediation="Start Celery in front, without files, and read its log in the app's logs.",
        commands=("worker: celery -A shop worker --loglevel=INFO",),
        references=("https://docs.celeryq.dev/en/stable/userguide/daemonizing.html",),
        bad=(
            bad(with_processes("worker: celery -A shop worker --pidfile=/run/celery.pid --logfile=celery.log"), line=2),
        ),
        good=(good(with_processes("worker: celery -A shop worker --loglevel=INFO")),),
    ),
    check=check,
)
