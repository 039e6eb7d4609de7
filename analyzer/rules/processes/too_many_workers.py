"""The number of workers of the web command against the memory of its container."""

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import Role
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_WORKERS = lazy_pattern(r"(?:--workers|--processes)[ =](?:\$\{\w+:-)?(\d{1,3})")
_MEMORY = lazy_pattern(r"(\d+(?:\.\d+)?)gb")
NEEDED = 150
"""MiB of a worker of a usual Django project; small ones need 100."""


def check(ctx: Context) -> RuleOutcome:
    """Sizes have their memory in their names."""
    web = next((one for one in ctx.plan.components if one.role is Role.WEB), None)
    size = _MEMORY.search((web.size.value if web is not None else None) or "")
    workers = _WORKERS.search(ctx.plan.image.command.value)
    if web is None or size is None or workers is None:
        return not_applicable("the number of workers or the memory is not known")
    memory, number = round(float(size[1]) * 1024), int(workers[1])
    places = [*ctx.plan.image.command.evidence[:1], *web.size.evidence[:1]]
    if number > 2 and number * NEEDED > memory:
        return fail(
            f"The web command starts {number} workers, and {web.size.value} has {memory} MiB: with some {NEEDED} MiB a "
            "worker the container runs out of memory, and the platform ends it.",
            *places,
            certainty=Certainty.LIKELY,
        )
    return passed(f"{memory} MiB are enough for {number} workers", *places)


rule = Rule(
    info=RuleInfo(
        id="too-many-workers",
        title="More web workers than memory for them",
        severity=Severity.RISK,
        category=Category.PROCESSES,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "A worker is a process with the whole project in it. When memory runs out the platform "
            "ends the container with all requests in it, starts it again, and so on. On one shared "
            "processor more than two or three workers gain little; threads cost less memory."
        ),
        remediation="Lower the number, add threads, or take a larger size.",
        commands=(('[tool.doctor.environment.WEB_CONCURRENCY]\nvalue = "2"'),),
        references=(
            "https://docs.gunicorn.org/en/stable/settings.html#workers",
            "https://docs.digitalocean.com/products/app-platform/details/pricing/",
        ),
        bad=(
            bad({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 8 --access-logfile -\n"}, line=1),
        ),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
    ),
    check=check,
)
