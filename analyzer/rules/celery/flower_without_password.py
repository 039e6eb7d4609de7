"""Flower shows tasks with their arguments, and ends workers, for everyone who finds it."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import option_of, with_processes

_GUARDS = ("--basic_auth", "--basic-auth", "--auth", "--auth_provider", "--conf")
_VARIABLES = ("FLOWER_BASIC_AUTH", "FLOWER_AUTH", "FLOWER_OAUTH2_KEY")


def check(ctx: Context) -> RuleOutcome:
    """Declared processes; the plan leaves Flower out of the app."""
    flowers = [one for one in ctx.facts.processes if one.program == "flower" or "flower" in one.arguments]
    if not flowers:
        return not_applicable("no file starts Flower")
    problems = (
        Problem(
            message=f"{one.name} starts Flower without a password. The app spec leaves it out; added as a service it "
            "would be open to everyone.",
            evidence=(one.evidence,),
        )
        for one in flowers
        if option_of(one.arguments, *_GUARDS) is None and not any(name in one.environment for name in _VARIABLES)
    )
    return fail_all(problems) or passed("Flower asks for a password", flowers[0].evidence)


rule = Rule(
    info=RuleInfo(
        id="flower-without-password",
        title="Flower is started without a password",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "A service of App Platform is reachable from the internet. Flower lists tasks with their arguments, often "
            "with personal data, and its buttons and API shut workers down and revoke tasks."
        ),
        remediation="Give Flower a user and a password from a variable before it becomes a service.",
        commands=('celery -A shop flower --port=$PORT --basic-auth="$FLOWER_USER:$FLOWER_PASSWORD"',),
        references=("https://flower.readthedocs.io/en/latest/auth.html",),
        bad=(
            bad(with_processes("worker: celery -A shop worker", "flower: celery -A shop flower --port=5555"), line=3),
        ),
        good=(
            good(
                with_processes(
                    "worker: celery -A shop worker",
                    "flower: celery -A shop flower --basic-auth=$FLOWER_USER:$FLOWER_PASSWORD",
                )
            ),
        ),
        security=True,
    ),
    check=check,
)
