"""DEBUG that is the text of a variable, or its truth: any text counts as true, that of false as well."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_COMPARED = 'DEBUG = os.environ.get("{}", "").lower() in ("1", "true", "yes")'


def check(ctx: Context) -> RuleOutcome:
    """The configured view gives the variable the text of a false value."""
    setting = ctx.setting("DEBUG")
    if setting is None or not setting.env:
        return not_applicable("no variable decides DEBUG")
    value, names = setting.configured, " and ".join(setting.env)
    if not isinstance(value, str) and value is not True:
        return passed(f"{names} is read as a truth value", *setting.evidence[:1])
    if isinstance(setting.bare, str) and setting.bare:
        what = f"Without the variable {names}, DEBUG is the text {setting.bare!r}, which counts as true"
    else:
        what = f"With {names}=False, DEBUG is on, as any text counts as true"
    off = ctx.facts.django.image_settings.debug_off
    empty = [name for name in setting.env if off.get(name) == ""]
    how = f"; the app spec sets {empty[0]} to an empty text, which turns it off" if empty else ""
    return fail(f"{what}{how}.", *setting.evidence[:1], commands=(_COMPARED.format(setting.env[0]),))


rule = Rule(
    info=RuleInfo(
        id="debug-is-text",
        title="DEBUG=False leaves DEBUG on",
        severity=Severity.RISK,
        category=Category.CONFIGURATION,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "Variables are texts, and only the empty one counts as false. Whoever sets DEBUG=False "
            "to be safe turns DEBUG on: error pages then show code and settings to everybody."
        ),
        remediation="Compare the text, or use a reader that casts (env.bool, config with cast=bool).",
        commands=(_COMPARED.format("DEBUG"),),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#debug",
            "https://docs.python.org/3/library/stdtypes.html#truth-value-testing",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'import os\n\nfrom shop.defaults import *\n\nDEBUG = os.environ.get("DEBUG", False)\n'
                    )
                },
                line=5,
            ),
            bad(
                {
                    "shop/settings.py": (
                        'import os\n\nfrom shop.defaults import *\n\nDEBUG = bool(os.environ.get("DEBUG", ""))\n'
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
                        'DEBUG = os.environ.get("DEBUG", "").lower() in ("1", "true", "yes")\n'
                    )
                }
            ),
        ),
        security=True,
    ),
    check=check,
)
