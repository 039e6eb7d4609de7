"""A key that is drawn at each start ends all sessions with each deployment, and each container has its own."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """A random default that a variable replaces is none: the app spec asks for the variable."""
    key, setting = ctx.facts.django.secret_key, ctx.setting("SECRET_KEY")
    if not isinstance(key, Fact):
        return not_applicable("where SECRET_KEY comes from could not be told")
    if "random at each start" in key.value and setting is not None and not setting.env:
        return fail(
            f"SECRET_KEY is {key.value}: each deployment signs everybody out, and two containers refuse each other's "
            "sessions.",
            *key.evidence[:1],
            certainty=Certainty.CERTAIN if key.value == "random at each start" else Certainty.LIKELY,
        )
    return passed(f"SECRET_KEY: {key.value}", *key.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="secret-key-random",
        title="SECRET_KEY differs at each start",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "Sessions, messages and password reset links are signed with SECRET_KEY. Each container "
            "draws a key of its own at its start, and what it keeps on its disk is gone with the "
            "next deployment, so that people are signed out and links stop working."
        ),
        remediation="Read the key from a variable, which the app spec asks for as a secret.",
        commands=('SECRET_KEY = os.environ["SECRET_KEY"]',),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "from django.core.management.utils import get_random_secret_key\n"
                        "\n"
                        "SECRET_KEY = get_random_secret_key()\n"
                    )
                },
                line=5,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'import os\n\nfrom shop.defaults import *\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
