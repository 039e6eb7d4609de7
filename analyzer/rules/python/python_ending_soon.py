"""Python gets security fixes for less than a year."""

from packaging.version import Version

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.version_bounds import is_before
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import value_of
from analyzer.tables import load_table

MONTHS = 12
_DJANGO_FIRST = "Update Django first, which holds Python back; then declare a newer Python, and run the tests with it."


def check(ctx: Context) -> RuleOutcome:
    """By the planner's table; a version that has ended is a finding of another rule."""
    table = load_table("analyzer.plan", "pythons")
    version = ctx.plan.image.python_version
    end = next((row["end_of_life"] for row in table["python"] if row["version"] == version.value), None)
    if end is None or f"{end}-31" < table["as_of"]:
        return not_applicable("nothing says when its fixes end, or they have ended")
    if _months(end) - _months(table["as_of"]) >= MONTHS:
        return passed(f"Python {version.value} gets security fixes until {end}", *version.evidence)
    message = f"Python {version.value} gets security fixes until {end}, less than a year from {table['as_of'][:7]}."
    return fail(message, *version.evidence, commands=(), remediation=None if _has_newer(ctx) else _DJANGO_FIRST)


def _has_newer(ctx: Context) -> bool:
    """Whether the project's Django supports a newer Python than the image's."""
    wanted = value_of(ctx.facts.dependencies.django_version)
    current = _number(ctx.plan.image.python_version.value)
    rows = load_table("analyzer.plan", "django_pythons")["django"]
    row = next((one for one in rows if wanted and not is_before(wanted, Version(one["version"]))), None)
    if row is None or wanted is None:
        return True
    since = row.get("since", {})
    return any(
        _number(one) > current and not (one in since and is_before(wanted, Version(since[one])))
        for one in row["pythons"]
    )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _months(date: str) -> int:
    """Of an ISO date, since the year 0."""
    year, month = date.split("-")[:2]
    return 12 * int(year) + int(month)


rule = Rule(
    info=RuleInfo(
        id="python-ending-soon",
        title="Security fixes of Python end within a year",
        severity=Severity.ADVICE,
        category=Category.PYTHON,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "A new platform is a good moment to move to a Python that is supported for years: the image is "
            "built and tested anew in any case. After the end of life, official images and wheels of new "
            "releases stop."
        ),
        remediation="Declare a newer Python that Django supports, and run the tests with it.",
        commands=("echo 3.13 > .python-version",),
        references=(
            "https://devguide.python.org/versions/",
            "https://docs.djangoproject.com/en/stable/faq/install/",
        ),
        bad=(bad({".python-version": "3.11\n"}, line=1),),
        good=(good({".python-version": "3.13\n"}),),
    ),
    check=check,
)
