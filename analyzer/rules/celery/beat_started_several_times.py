"""Each instance of beat sends every task."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_BEAT = lazy_pattern(r"\bcelery\b.*\s(?:beat\b|-B\b|--beat\b)")


def check(ctx: Context) -> RuleOutcome:
    """Of the components of the app spec that the repository has."""
    spec = ctx.facts.existing_spec
    beats = [one for one in spec.components if _BEAT.search(one.run_command or "")] if spec is not None else []
    if not beats:
        return not_applicable("no app spec of the repository starts beat")
    found = fail_all(
        Problem(
            message=(
                f"{one.name} starts beat "
                + ("in as many containers as autoscaling wants" if one.autoscales else f"in {one.instances} containers")
                + ": each sends every task of the schedule."
            ),
            evidence=(one.evidence,),
        )
        for one in beats
        if one.autoscales or (one.instances or 1) > 1
    )
    return found or passed("beat runs in one container", *(one.evidence for one in beats))


_SPEC = (
    "name: shop\n"
    "workers:\n"
    "  - name: beat\n"
    "    dockerfile_path: Dockerfile\n"
    "    run_command: celery -A shop beat\n"
    "    instance_size_slug: apps-s-1vcpu-1gb\n"
    "    instance_count: {}\n"
)

rule = Rule(
    info=RuleInfo(
        id="beat-started-several-times",
        title="Beat runs in several containers",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Beat does not know of other beats: two of them send every task of the schedule twice: mails go out twice, "
            "and payments are taken twice."
        ),
        remediation="Give beat a component of its own with one instance and no autoscaling.",
        commands=("instance_count: 1",),
        references=("https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html",),
        bad=(bad({".do/app.yaml": _SPEC.format(2)}, line=3),),
        good=(good({".do/app.yaml": _SPEC.format(1)}),),
    ),
    check=check,
)
