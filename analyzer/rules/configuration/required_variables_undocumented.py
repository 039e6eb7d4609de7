"""Variables without which the settings do not load or work, and that no file beside the code names."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, passed


def check(ctx: Context) -> RuleOutcome:
    """One finding for all of them."""
    required = [one for one in ctx.facts.environment if one.required]
    if not required:
        return passed("the settings load without any variable")
    missing = [one for one in required if not one.named_elsewhere and one.evidence]
    if not missing:
        return passed("a file beside the code names each required variable")
    names = ", ".join(one.name for one in missing)
    return fail(
        f"The app does not run without {names}, and no example file, README or Compose file names "
        f"{'it' if len(missing) == 1 else 'them'}.",
        *(one.evidence[0] for one in missing),
        commands=("# .env.example\n" + "\n".join(f"{one.name}=" for one in missing),),
    )


rule = Rule(
    info=RuleInfo(
        id="required-variables-undocumented",
        title="No file names a variable that is required",
        severity=Severity.ADVICE,
        category=Category.CONFIGURATION,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "Whoever sets up the app has to find out from one failed start after the other. The "
            "emitted app spec lists the variables; a list beside the code keeps up with it and "
            "serves laptops as well."
        ),
        remediation="List them in .env.example with values that are no secrets.",
        commands=("# .env.example\nSECRET_KEY=\nDATABASE_URL=postgres://localhost/shop",),
        references=("https://12factor.net/config",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'import os\n\nfrom shop.defaults import *\n\nSHOP_CURRENCY = os.environ["SHOP_CURRENCY"]\n'
                    )
                },
                line=5,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'import os\n\nfrom shop.defaults import *\n\nSHOP_CURRENCY = os.environ["SHOP_CURRENCY"]\n'
                    ),
                    ".env.example": ("REDIS_URL=redis://localhost:6379\nSECRET_KEY=\nSHOP_CURRENCY=EUR\n"),
                }
            ),
        ),
    ),
    check=check,
)
