"""Each process of a prefork worker has the whole project in memory."""

from collections.abc import Iterator

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import Component, Role
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import number, option, option_of, procfile_line, uses_celery, with_processes

MEMORY_OF_PROCESS = 100
"""MiB that a small Django project takes in each process; projects with large libraries take more."""
_SIZE = lazy_pattern(r"(\d+(?:\.\d+)?)gb")
_PROCESSES = lazy_pattern(r"(?:(?<=\s)-c|--concurrency)[ =]?\d+|--autoscale[ =]\S+")
_THREADS = ("gevent", "eventlet", "threads", "solo")


def check(ctx: Context) -> RuleOutcome:
    """What the commands of the plan say, against the memory of the component's size."""
    workers = [one for one in ctx.plan.components if one.role is Role.WORKER and "celery" in (one.command.value or "")]
    if not uses_celery(ctx) or not workers:
        return not_applicable("the app has no Celery worker")
    return fail_all(problem for one in workers for problem in _problems(ctx, one)) or passed(
        "the processes of the worker fit into its container", *workers[0].command.evidence[:1]
    )


def _problems(ctx: Context, component: Component) -> Iterator[Problem]:
    words = (component.command.value or "").split()
    size = component.size.value or ""
    match = _SIZE.search(size)
    if match is None or option_of(words, "-P", "--pool") in _THREADS:
        return
    processes = _processes(ctx, words)
    needed, memory = processes * MEMORY_OF_PROCESS, int(float(match[1]) * 1024)
    if needed > memory:
        yield Problem(
            message=f"The worker {component.name} has up to {processes} processes, which need some {needed} MiB, and "
            f"{size} has {memory}: the container is ended for want of memory, with the tasks that it runs.",
            evidence=component.command.evidence or component.because.evidence,
            certainty=Certainty.LIKELY,
            commands=procfile_line(component, _with_fewer(component.command.value or "")),
        )


def _with_fewer(command: str) -> str:
    """The same command with two processes."""
    changed, times = _PROCESSES.subn("--concurrency=2", command)
    return changed if times else f"{command} --concurrency=2"


def _processes(ctx: Context, words: list[str]) -> int:
    said = option_of(words, "-c", "--concurrency") or (option_of(words, "--autoscale") or "").split(",")[0]
    if said.isascii() and said.isdigit() and len(said) < 5:
        return int(said)
    return number(option(ctx, "worker_concurrency")) or 1


rule = Rule(
    info=RuleInfo(
        id="worker-concurrency-high",
        title="Worker has more processes than memory",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "The smallest container has 512 MiB and one shared processor. A process of a worker begins with the 60 to "
            "150 MiB that Django and the project take. What exceeds the memory is killed: Celery reports "
            "WorkerLostError, "
            "or the container starts again."
        ),
        remediation="Lower the number of processes, or choose a larger size for the worker.",
        commands=("worker: celery -A shop worker --loglevel=INFO --concurrency=2",),
        references=(
            "https://docs.celeryq.dev/en/stable/userguide/workers.html#concurrency",
            "https://docs.digitalocean.com/products/app-platform/details/pricing/",
        ),
        bad=(bad(with_processes("worker: celery -A shop worker --concurrency=8"), line=2),),
        good=(good(with_processes("worker: celery -A shop worker --concurrency=2")),),
    ),
    check=check,
)
