"""DEBUG in the settings of production, which no variable turns off."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, ask, bad, fail, good, passed


def check(ctx: Context) -> RuleOutcome:
    """The planner says it of the settings that the image loads; where it builds nothing, the settings say it."""
    setting, debug = ctx.setting("DEBUG"), ctx.facts.django.debug
    if not isinstance(debug, Fact):
        return ask("Is DEBUG off in the settings of production?", *debug.evidence[:1])
    noted = ctx.noted("debug-on")
    if noted is not None:
        return noted
    switched = bool(ctx.facts.django.image_settings.debug_off)
    if setting is not None and setting.configured is True and not setting.env and not switched:
        return fail("DEBUG is on in the settings of production, and no variable turns it off.", *setting.evidence[:1])
    return passed("DEBUG is off, or a variable turns it off", *debug.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="debug-on",
        title="DEBUG is on in production",
        severity=Severity.RISK,
        category=Category.CONFIGURATION,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "With DEBUG, each error page shows code, local variables and settings to everybody, each "
            "query is kept in memory until the container runs out of it, and ALLOWED_HOSTS is not "
            "checked as it should be."
        ),
        remediation=("Set DEBUG = False in the settings of production, or read it from a variable as a truth value."),
        commands=('DEBUG = os.environ.get("DEBUG", "").lower() in ("1", "true", "yes")',),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#debug",
            "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#debug",
        ),
        bad=(bad({"shop/settings.py": ("from shop.defaults import *\n\nDEBUG = True\n")}, line=3),),
        good=(
            good({"shop/settings.py": ("from shop.defaults import *\n\nDEBUG = False\n")}),
            good(
                {
                    "shop/settings.py": (
                        "import os\nfrom shop.defaults import *\n\nDEBUG = False\n"
                        'if os.environ.get("STAGE") != "production":\n    DEBUG = True\n'
                    )
                }
            ),
        ),
        notes=("debug-on",),
        security=True,
    ),
    check=check,
)
