"""The disk of a container is empty again after every deployment, and so is an SQLite database on it."""

from dataclasses import replace

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.database_aliases import alias_of
from analyzer.rules.database_packages import read_address
from analyzer.rules.services import with_settings

_CHOOSES = lazy_pattern(r"(^|_)(ENGINE|BACKEND|DRIVER|TYPE|URL)$")
"""Variables that by their name say what database it is."""

_DUMP = "python manage.py dumpdata --natural-foreign --natural-primary -e contenttypes -e auth.permission > data.json"
_LOAD = ("python manage.py migrate", "python manage.py loaddata data.json")


def check(ctx: Context) -> RuleOutcome:
    """The planner knows whether a variable leads to another engine."""
    databases = ctx.facts.django.databases
    if not isinstance(databases, Fact):
        return not_applicable("the settings have no DATABASES that could be told")
    noted = ctx.noted("sqlite-is-lost", with_remedy=False)
    if noted is None:
        return passed("no database is a file of the container", *databases.evidence)
    found = Failed(problems=tuple(replace(one, commands=_commands(ctx, one)) for one in noted.problems))
    variables = sorted({name for one in databases.value.values() for name in one.env if _CHOOSES.search(name.upper())})
    if not variables:
        return found
    unless = f", unless {' or '.join(variables)} says otherwise."
    return Failed(
        problems=tuple(
            replace(one, message=f"{one.message.removesuffix('.')}{unless}", certainty=Certainty.LIKELY)
            for one in found.problems
        )
    )


def _commands(ctx: Context, problem: Problem) -> tuple[str, ...]:
    """For the alias that the note is about; the data are dumped as long as the settings still name the file."""
    return (_DUMP, *read_address(ctx, alias_of(problem)), *_LOAD)


rule = Rule(
    info=RuleInfo(
        id="sqlite-on-ephemeral-disk",
        title="Data is kept in an SQLite file of the container",
        severity=Severity.RISK,
        category=Category.DATABASE,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "A container of App Platform has a disk of its own that is empty after each deployment and restart. Users, "
            "sessions and everything else in an SQLite file are gone then, and a second container, or a worker, has "
            "another file. There are no volumes."
        ),
        remediation=(
            "Dump the data, then read the database from a variable, with a driver of PostgreSQL that the project's "
            "Django takes, and load them into the new one."
        ),
        commands=(
            _DUMP,
            'DATABASES["default"] = dj_database_url.config(conn_max_age=60, conn_health_checks=True)',
            *_LOAD,
        ),
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/store-data/",
            "https://docs.djangoproject.com/en/stable/ref/databases/#sqlite-notes",
        ),
        bad=(
            bad(
                with_settings(
                    'DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.sqlite3",\n'
                    '        "NAME": BASE_DIR / "db.sqlite3",\n    }\n}\n'
                ),
                line=7,
            ),
        ),
        good=(
            good(with_settings('DATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}\n')),
        ),
        notes=("sqlite-is-lost",),
    ),
    check=check,
)
