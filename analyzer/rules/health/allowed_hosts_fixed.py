"""Django answers 400 to requests for a host that ALLOWED_HOSTS lacks, and the app's domain is new."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, ask, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """The planner knows whether a variable of the app reaches the setting."""
    hosts = ctx.facts.django.allowed_hosts
    if not isinstance(hosts, Fact):
        return ask("Does ALLOWED_HOSTS accept the app's domain?", *hosts.evidence, override="environment.NAME.value")
    return ctx.noted("allowed-hosts-fixed", with_remedy=False) or passed(
        "ALLOWED_HOSTS accepts the app's domain", *hosts.evidence
    )


rule = Rule(
    info=RuleInfo(
        id="allowed-hosts-fixed",
        title="ALLOWED_HOSTS lacks the app's domain",
        severity=Severity.BLOCKER,
        category=Category.HEALTH,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The platform gives the app a new domain. Django answers 400 to every request whose Host header is not in "
            "ALLOWED_HOSTS, so that the page is never shown and an HTTP health check fails the deployment."
        ),
        remediation="Read ALLOWED_HOSTS from a variable, which the app spec sets to the app's domain.",
        commands=('ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")',),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts",),
        bad=(bad({"shop/settings.py": 'from shop.defaults import *\n\nALLOWED_HOSTS = ["shop.example"]\n'}, line=3),),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "import os\n\nfrom shop.defaults import *\n\n"
                        'ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")\n'
                    )
                }
            ),
        ),
        notes=("allowed-hosts-fixed",),
    ),
    check=check,
)
