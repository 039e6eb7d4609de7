"""A default that suits development in the settings of production."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """The app spec sets the variable; what else starts the image does not."""
    setting = ctx.setting("DEBUG")
    if setting is None or not setting.env:
        return not_applicable("no variable decides DEBUG")
    if setting.bare is True and setting.configured is False:
        names = " or ".join(setting.env)
        return fail(
            f"Without the variable {names}, DEBUG is on. The app spec sets it; wherever it is forgotten, error pages "
            "show code and settings.",
            *setting.evidence[:1],
        )
    return passed("DEBUG is off without its variable", *setting.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="debug-on-by-default",
        title="DEBUG is on unless a variable says otherwise",
        severity=Severity.ADVICE,
        category=Category.CONFIGURATION,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "A setting that protects should be on by default: a new component, a copy of the app or "
            "a review app that misses the variable runs with DEBUG and nobody notices."
        ),
        remediation="Make false the default, and turn DEBUG on in .env on laptops.",
        commands=('DEBUG = os.environ.get("DEBUG", "").lower() in ("1", "true", "yes")',),
        references=("https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#debug",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "import os\n"
                        "\n"
                        "from shop.defaults import *\n"
                        "\n"
                        'DEBUG = os.environ.get("DEBUG", "true").lower() == "true"\n'
                    )
                },
                line=5,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "import os\n"
                        "\n"
                        "from shop.defaults import *\n"
                        "\n"
                        'DEBUG = os.environ.get("DEBUG", "").lower() == "true"\n'
                    )
                }
            ),
        ),
        security=True,
    ),
    check=check,
)
