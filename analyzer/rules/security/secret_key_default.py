"""Without its variable the app starts all the same, with a key that everybody can read."""

from analyzer.model.evidence import Fact
from analyzer.model.facts import Setting
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As the settings are with only the required variables set."""
    key, setting = ctx.facts.django.secret_key, ctx.setting("SECRET_KEY")
    if not isinstance(key, Fact) or setting is None or not setting.env:
        return not_applicable("no variable decides SECRET_KEY")
    if key.value.endswith("otherwise hard-coded"):
        return fail(
            f"Without the variable {_names(setting)}, SECRET_KEY is a fixed text of the code: a component that misses "
            "it starts, and signs sessions with a key that everybody can read.",
            *key.evidence[:1],
            commands=(f'SECRET_KEY = os.environ["{_variable(setting)}"]',) if len(_holding(setting)) == 1 else (),
        )
    return passed(f"SECRET_KEY: {key.value}", *key.evidence[:1])


def _names(setting: Setting) -> str:
    return " or ".join(setting.env)


def _holding(setting: Setting) -> list[str]:
    """Variables that by their names hold the key, or say where it is: a line that reads one leaves the others out."""
    return [name for name in setting.env if "SECRET" in name.upper()] or list(setting.env)


def _variable(setting: Setting) -> str:
    """The one that holds the key: others may decide whether it is read."""
    return _holding(setting)[0]


rule = Rule(
    info=RuleInfo(
        id="secret-key-default",
        title="SECRET_KEY has a default in the code",
        severity=Severity.ADVICE,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "A forgotten variable should stop the start. With a default the deployment succeeds, and "
            "sessions and reset links are signed with a key from the repository, which nobody "
            "notices."
        ),
        remediation="Read the variable without a default; give it a value in .env on laptops and in tests.",
        commands=('SECRET_KEY = os.environ["SECRET_KEY"]',),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "import os\n"
                        "\n"
                        "from shop.defaults import *\n"
                        "\n"
                        'SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", '
                        '"u8w-n3v9t-2yq4h7-0x6kz-5jd1c-r8m")\n'
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
        security=True,
    ),
    check=check,
)
