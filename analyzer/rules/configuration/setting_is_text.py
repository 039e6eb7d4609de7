"""Settings that are true or false for Django, with a text as their value."""

from analyzer.model.facts import Setting
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed
from analyzer.tables import load_table


def check(ctx: Context) -> RuleOutcome:
    """DEBUG is another rule's matter."""
    names = load_table("analyzer.rules", "boolean_settings")["names"]
    found = fail_all(
        Problem(
            message=f"{setting.name} is the text {text!r}, which counts as true: "
            + (f"{' or '.join(setting.env)}=False does not turn it off." if setting.env else "it is on."),
            evidence=setting.evidence[:1],
        )
        for name in names
        if (setting := ctx.setting(name)) is not None
        and (text := _text(setting))
        and (setting.env or text.lower() in ("false", "0", "no", "off"))
    )
    return found or passed("no switch among the settings is a text")


def _text(setting: Setting) -> str:
    return next((one for one in (setting.bare, setting.configured) if isinstance(one, str)), "")


rule = Rule(
    info=RuleInfo(
        id="setting-is-text",
        title="A switch is a text, which is always on",
        severity=Severity.RISK,
        category=Category.CONFIGURATION,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "A variable is a text, and each text but the empty one counts as true. The setting stays "
            "on whatever the app spec says."
        ),
        remediation="Compare the text, or use a reader that casts (env.bool, config with cast=bool).",
        commands=('EMAIL_USE_SSL = os.environ.get("EMAIL_USE_SSL", "").lower() in ("1", "true", "yes")',),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/",
            "https://docs.python.org/3/library/stdtypes.html#truth-value-testing",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "import os\n"
                        "\n"
                        "from shop.defaults import *\n"
                        "\n"
                        'EMAIL_USE_SSL = os.environ.get("EMAIL_USE_SSL", "False")\n'
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
                        'EMAIL_USE_SSL = os.environ.get("EMAIL_USE_SSL", "False") == "True"\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
