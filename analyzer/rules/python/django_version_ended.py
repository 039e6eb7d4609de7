"""Django gets no security fixes any more."""

from itertools import pairwise

from packaging.version import Version

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.version_bounds import is_before
from analyzer.rules.base import Context, Rule, add_requirement, bad, fail, good, not_applicable, passed
from analyzer.tables import load_table

_SUPPORTED = "django~=5.2"
_MANAGERS = ("pdm", "pipenv", "poetry", "uv")
"""Those that keep a lock file themselves, which pip does not write."""
_PYTEST = "python -W error::DeprecationWarning -m pytest"
"""Finds tests of unittest as well; manage.py finds no others."""


def check(ctx: Context) -> RuleOutcome:
    """Of a range, the newest release counts that it allows."""
    wanted = ctx.facts.dependencies.django_version
    if not isinstance(wanted, Fact) or wanted.value is None:
        return not_applicable("no requirement names Django")
    table = load_table("analyzer.rules", "django_support")
    rows = table["django"]
    newest = next(
        (row for row, after in pairwise(rows) if is_before(wanted.value, Version(after["version"]))), rows[-1]
    )
    if f"{newest['end']}-31" >= table["as_of"]:
        return passed(f"Django {newest['version']} gets security fixes until {newest['end']}", *wanted.evidence)
    supported = [row for row in rows if row.get("lts") and f"{row['end']}-31" >= table["as_of"]][-1]
    message = (
        f"{_named(wanted.value, newest['version'])} has had no security fixes since {newest['end']}; "
        f"{supported['version']} LTS has them until {supported['end']}."
    )
    has_pytest = ctx.facts.dependencies.get("pytest") is not None
    tests = _PYTEST if has_pytest else rule.info.commands[0]
    manager = ctx.facts.dependencies.package_manager
    own = add_requirement(ctx, _SUPPORTED) if isinstance(manager, Fact) and manager.value in _MANAGERS else ()
    return fail(message, *wanted.evidence, commands=(tests, *(own or rule.info.commands[1:])))


def _named(wanted: str, newest: str) -> str:
    return f"Django {wanted}" if wanted[0].isdigit() else f"Django {newest}, the newest that {wanted} allows,"


rule = Rule(
    info=RuleInfo(
        id="django-version-ended",
        title="Django gets no security fixes any more",
        severity=Severity.RISK,
        category=Category.PYTHON,
        area=Area.BUILD,
        effort=Effort.DAYS,
        rationale=(
            "A feature release of Django gets security fixes for sixteen months, one with long-term support "
            "for three years. Later holes stay open in public, and old releases hold the app on old versions "
            "of Python and Debian."
        ),
        remediation=(
            "Update to the newest long-term release, one feature release after the other, with the "
            "deprecation warnings of the tests as the list of work."
        ),
        commands=(
            "python -W error::DeprecationWarning manage.py test",
            'pip install "django~=5.2"',
        ),
        references=(
            "https://www.djangoproject.com/download/#supported-versions",
            "https://docs.djangoproject.com/en/stable/howto/upgrade-version/",
        ),
        bad=(
            bad({"requirements.txt": "django==4.2.16\ngunicorn==23.0.0\n", ".python-version": "3.12\n"}, line=1),
            bad({"requirements.txt": "gunicorn==23.0.0\ndjango>=4.0,<5.0\n", ".python-version": "3.12\n"}, line=2),
        ),
        good=(
            good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),
            good({"requirements.txt": "django>=5.2\ngunicorn==23.0.0\n"}),
        ),
        security=True,
    ),
    check=check,
)
