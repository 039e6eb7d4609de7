"""WhiteNoise looks for files in each request when it is told to."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_NAMES = ("WHITENOISE_AUTOREFRESH", "WHITENOISE_USE_FINDERS")


def check(ctx: Context) -> RuleOutcome:
    """Both settings are off without DEBUG unless somebody sets them."""
    whitenoise = ctx.facts.django.static.whitenoise
    if not isinstance(whitenoise, Fact) or not whitenoise.value:
        return not_applicable("WhiteNoise is not among the middleware")
    settings = [setting for name in _NAMES if (setting := ctx.setting(name)) is not None and setting.configured is True]
    found = fail_all(
        Problem(
            message=f"{setting.name} is on in production: WhiteNoise looks for the file on the disk in every request "
            "for one, instead of once at its start.",
            evidence=setting.evidence,
        )
        for setting in settings
    )
    return found or passed("WhiteNoise reads the list of files once", *whitenoise.evidence)


rule = Rule(
    info=RuleInfo(
        id="whitenoise-for-development",
        title="WhiteNoise runs in its mode for development",
        severity=Severity.RISK,
        category=Category.STATIC_FILES,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "With autorefresh or finders WhiteNoise searches the disk in each request for a static "
            "file. Its documentation calls that slow and not meant for production; on the platform file "
            "access is slow, too."
        ),
        remediation="Leave both settings to WhiteNoise, which follows DEBUG.",
        references=(
            "https://whitenoise.readthedocs.io/en/stable/django.html#WHITENOISE_AUTOREFRESH",
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": ("from shop.defaults import *\n\nWHITENOISE_USE_FINDERS = True\n"),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": ("from shop.defaults import *\n\nWHITENOISE_USE_FINDERS = False\n"),
                }
            ),
        ),
    ),
    check=check,
)
