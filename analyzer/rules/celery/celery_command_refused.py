"""Celery 5 takes its application in front of the subcommand; without one a worker knows no settings."""

from collections.abc import Iterator

from packaging.version import Version

from analyzer.model.facts import Process
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.version_bounds import is_before
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import celery_processes, option_of, uses_celery, with_processes

_APP = ("-A", "--app")


def check(ctx: Context) -> RuleOutcome:
    """Workers and beat, as the files declare them."""
    processes = [*celery_processes(ctx, "worker"), *celery_processes(ctx, "beat")]
    if not uses_celery(ctx) or not processes:
        return not_applicable("no file starts Celery")
    return fail_all(problem for one in processes for problem in _problems(ctx, one)) or passed(
        "the commands name the application in front", processes[0].evidence
    )


def _problems(ctx: Context, process: Process) -> Iterator[Problem]:
    words = list(process.arguments)
    position = next(number for number, word in enumerate(words) if word in ("worker", "beat"))
    if option_of(words, *_APP) is None and "CELERY_APP" not in process.environment:
        yield Problem(
            message=f"{process.name} names no application (-A): Celery starts one without settings, which looks for "
            "amqp://guest@localhost:5672// and knows no task of the project.",
            evidence=(process.evidence,),
        )
    elif option_of(words[:position], *_APP) is None and option_of(words[position:], *_APP) is not None and _is_new(ctx):
        yield Problem(
            message=f"{process.name} has -A behind the subcommand {words[position]}: Celery 5 answers that there is no "
            "such option, and the process ends.",
            evidence=(process.evidence,),
        )


def _is_new(ctx: Context) -> bool:
    """Whether the requirements let Celery 5 in."""
    celery = ctx.facts.dependencies.get("celery")
    wanted = "" if celery is None else celery.locked or celery.specifier
    return celery is not None and not (wanted and is_before(wanted, Version("5")))


rule = Rule(
    info=RuleInfo(
        id="celery-command-refused",
        title="Command of Celery lacks the application in front",
        severity=Severity.BLOCKER,
        category=Category.CELERY,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The application is an option of celery itself, which stands in front of worker and beat. Celery 4 took it "
            "anywhere; Celery 5 refuses it behind the subcommand. A component whose command fails restarts until the "
            "deployment is given up."
        ),
        remediation="Put -A in front of the subcommand.",
        commands=("worker: celery -A shop worker --loglevel=INFO",),
        references=(
            "https://docs.celeryq.dev/en/stable/history/whatsnew-5.0.html#step-1-adjust-your-command-line-invocation",
        ),
        bad=(
            bad(with_processes("worker: celery worker -A shop --loglevel=INFO"), line=2),
            bad(with_processes("worker: celery worker --loglevel=INFO"), line=2),
        ),
        good=(good(with_processes("worker: celery -A shop worker --loglevel=INFO")),),
    ),
    check=check,
)
