"""The file backend of sessions on a disk that each container has for itself."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Whatever the folder is: no disk is shared or kept."""
    engine = ctx.facts.django.session_engine
    if not isinstance(engine, Fact):
        return not_applicable("where sessions are kept could not be told")
    if engine.value != "django.contrib.sessions.backends.file":
        return passed(f"sessions are kept by {engine.value.rpartition('.')[2]}", *engine.evidence[:1])
    return fail(
        "Sessions are files of the container: each deployment signs everybody out, and a second container knows none "
        "of the first one's sessions.",
        *engine.evidence[:1],
    )


rule = Rule(
    info=RuleInfo(
        id="sessions-in-files",
        title="Sessions live in files of the container",
        severity=Severity.RISK,
        category=Category.SESSIONS,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=("The disk of a container is its own and is empty again after each deployment and each restart."),
        remediation="Keep sessions in the database, or in Valkey.",
        commands=('SESSION_ENGINE = "django.contrib.sessions.backends.db"',),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-file-based-sessions",
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nSESSION_ENGINE = "django.contrib.sessions.backends.file"\n'
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nSESSION_ENGINE = "django.contrib.sessions.backends.db"\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
