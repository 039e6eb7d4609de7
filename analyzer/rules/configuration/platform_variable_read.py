"""Variables that another platform sets by itself, and that App Platform does not."""

from analyzer.model.facts import EnvironmentVariable
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed
from analyzer.tables import load_table


def check(ctx: Context) -> RuleOutcome:
    """By the table of such variables; what the app spec sets is there all the same."""
    set_here = {variable.name for variable in ctx.plan.variables}
    rows = load_table("analyzer.rules", "platform_variables")["platform"]
    found: dict[str, list[EnvironmentVariable]] = {}
    for one in ctx.facts.environment:
        row = next((row for row in rows if lazy_pattern(row["variables"]).fullmatch(one.name)), None)
        if row is not None and one.name not in set_here and one.evidence:
            found.setdefault(row["name"], []).append(one)
    problems = fail_all(
        Problem(
            message=f"{', '.join(one.name for one in variables)} {'is' if len(variables) == 1 else 'are'} set by "
            f"{platform} and not on App Platform: what the code does with it changes with the move.",
            evidence=tuple(one.evidence[0] for one in variables),
        )
        for platform, variables in found.items()
    )
    return problems or passed("the code reads no variable that another platform sets by itself")


rule = Rule(
    info=RuleInfo(
        id="platform-variable-read",
        title="The code asks for a variable of another platform",
        severity=Severity.ADVICE,
        category=Category.CONFIGURATION,
        area=Area.CONFIGURATION,
        effort=Effort.HOURS,
        rationale=(
            "Code often takes the presence of such a variable for production: it switches on HTTPS, "
            "the database or static files by it, or adds the platform's host to ALLOWED_HOSTS. On "
            "the target the variable is missing, so that the settings are those of a laptop."
        ),
        remediation=(
            "Read a variable of your own, and set it in the app spec with environment.NAME.value; "
            "${APP_DOMAIN} and ${APP_URL} are the app's address there."
        ),
        commands=(('[tool.doctor.environment.APP_HOST]\nvalue = "${APP_DOMAIN}"'),),
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/",
            "https://devcenter.heroku.com/articles/dyno-metadata",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "import os\n"
                        "\n"
                        "from shop.defaults import *\n"
                        "\n"
                        'SESSION_COOKIE_AGE = 3600 if "DYNO" in os.environ else 60\n'
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
                        'SESSION_COOKIE_AGE = int(os.environ.get("COOKIE_AGE", "60"))\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
