"""Django 4.0 and later refuse to start commands with such an entry (4_0.E001)."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, django_at_least, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As django.core.checks.compatibility.django_4_0 looks at it."""
    origins = ctx.facts.django.csrf_trusted_origins
    if not isinstance(origins, Fact) or not django_at_least(ctx.facts, (4, 0)):
        return not_applicable("Django before 4.0, or origins that could not be told")
    setting = ctx.setting("CSRF_TRUSTED_ORIGINS")
    if setting is not None and set(setting.env) & ctx.given_variables:
        return passed("the app spec sets the variable of CSRF_TRUSTED_ORIGINS to an origin", *origins.evidence[:1])
    bare = [one for one in origins.value if "://" not in one]
    if bare:
        return fail(
            f"CSRF_TRUSTED_ORIGINS has {bare[0]!r} without a scheme: Django's check 4_0.E001 stops migrate, and with "
            "it the deployment.",
            *origins.evidence[:1],
        )
    return passed("each entry of CSRF_TRUSTED_ORIGINS has a scheme", *origins.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="csrf-origin-without-scheme",
        title="An entry of CSRF_TRUSTED_ORIGINS has no scheme",
        severity=Severity.BLOCKER,
        category=Category.SECURITY,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Up to Django 3.2 the entries were hosts. Since 4.0 they are origins, and a system check "
            "with the level of an error refuses others, so that migrate in the pre-deploy job fails "
            "and nothing is deployed."
        ),
        remediation="Write the scheme in front of each entry.",
        commands=('CSRF_TRUSTED_ORIGINS = ["https://shop.example"]',),
        references=(
            "https://docs.djangoproject.com/en/stable/releases/4.0/#csrf-trusted-origins-changes",
            "https://docs.djangoproject.com/en/stable/ref/checks/#backwards-compatibility",
        ),
        bad=(
            bad(
                {"shop/settings.py": ('from shop.defaults import *\n\nCSRF_TRUSTED_ORIGINS = ["shop.example"]\n')},
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nCSRF_TRUSTED_ORIGINS = ["https://shop.example"]\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
