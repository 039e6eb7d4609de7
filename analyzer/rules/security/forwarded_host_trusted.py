"""USE_X_FORWARDED_HOST together with ALLOWED_HOSTS that accept everything."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, plain_value


def check(ctx: Context) -> RuleOutcome:
    """Either alone is of no use to an attacker behind a proxy that routes by host."""
    forwarded = ctx.setting("USE_X_FORWARDED_HOST")
    hosts = ctx.facts.django.allowed_hosts
    if forwarded is None or plain_value(forwarded) is not True:
        return not_applicable("Django does not read X-Forwarded-Host")
    if not isinstance(hosts, Fact) or "*" not in hosts.value:
        return passed("ALLOWED_HOSTS limits what X-Forwarded-Host may say", *forwarded.evidence[:1])
    return fail(
        "USE_X_FORWARDED_HOST is on and ALLOWED_HOSTS has *: a request can name any host, which then stands in "
        "the absolute links that the app builds from requests.",
        *hosts.evidence[:1],
        *forwarded.evidence[:1],
        certainty=Certainty.LIKELY,
    )


rule = Rule(
    info=RuleInfo(
        id="forwarded-host-trusted",
        title="Every host of a request is believed",
        severity=Severity.ADVICE,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "Django builds absolute links from the host of the request. With both settings, a "
            "client's own X-Forwarded-Host header decides it, unless a proxy in front removes that; "
            "the platform documents none that does."
        ),
        remediation=(
            "List the app's domain in ALLOWED_HOSTS, and switch USE_X_FORWARDED_HOST off: the "
            "platform passes the Host header on."
        ),
        commands=("USE_X_FORWARDED_HOST = False",),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#use-x-forwarded-host",
            "https://docs.djangoproject.com/en/stable/topics/security/#host-header-validation",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nALLOWED_HOSTS = ["*"]\nUSE_X_FORWARDED_HOST = True\n'
                    )
                },
                line=3,
            ),
        ),
        good=(good({"shop/settings.py": ("from shop.defaults import *\n\nUSE_X_FORWARDED_HOST = True\n")}),),
        security=True,
    ),
    check=check,
)
