"""A connection that is kept may be dead when it is used again: after a failover or maintenance of the cluster."""

from analyzer.model.evidence import Fact
from analyzer.model.facts import Plain, Setting
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, django_at_least, fail_all, good, not_applicable, passed
from analyzer.rules.services import Database, databases_of, planned_value, variable_of, with_settings

_CLOSE = "Close connections after each request until the project has Django 4.1, which can check them."


def check(ctx: Context) -> RuleOutcome:
    """Connections that are closed after each request need no check."""
    setting = ctx.setting("DATABASES")
    if setting is None:
        return not_applicable("the settings have no DATABASES that could be told")
    kept = [one for one in databases_of(ctx) if _kept(_age_of(ctx, setting, one)) and not _is_file(one)]
    if not kept:
        return not_applicable("no connection is kept beyond a request")
    old = isinstance(ctx.facts.dependencies.django_version, Fact) and not django_at_least(ctx.facts, (4, 1))
    problems = (
        Problem(
            message=f"DATABASES[{one.alias!r}] keeps connections {_age(_age_of(ctx, setting, one))}"
            f"{_unless(ctx, setting, one)} and does not check them: after a failover or maintenance of the cluster the "
            "next request of every process fails.",
            evidence=setting.place(one.alias, "CONN_MAX_AGE"),
            remediation=_CLOSE if old else None,
            commands=(f'DATABASES["{one.alias}"]["CONN_MAX_AGE"] = 0',) if old else _checked(one.alias),
        )
        for one in kept
        if one.config.get("CONN_HEALTH_CHECKS", False) is False
    )
    return fail_all(problems) or passed("kept connections are checked before they are used", *setting.evidence[:1])


def _checked(alias: str) -> tuple[str, ...]:
    return (f'DATABASES["{alias}"]["CONN_HEALTH_CHECKS"] = True',)


def _variable(ctx: Context, setting: Setting, database: Database) -> str | None:
    """The variable of which the age is the default."""
    return variable_of(ctx, setting.place(database.alias, "CONN_MAX_AGE")[0], database.config.get("CONN_MAX_AGE"))


def _unless(ctx: Context, setting: Setting, database: Database) -> str:
    name = _variable(ctx, setting, database)
    return f", unless {name} says otherwise," if name is not None else ""


def _age_of(ctx: Context, setting: Setting, database: Database) -> Plain:
    """Seconds; where the app spec gives them, those."""
    given = planned_value(ctx, _variable(ctx, setting, database)) or ""
    return int(given) if given.isdecimal() else database.config.get("CONN_MAX_AGE", 0)


def _kept(age: Plain) -> bool:
    return age is None or (isinstance(age, int | float) and age > 0)


def _age(age: Plain) -> str:
    return "for ever" if age is None else f"for {age} seconds"


def _is_file(database: Database) -> bool:
    return "sqlite" in database.engine or "spatialite" in database.engine


rule = Rule(
    info=RuleInfo(
        id="connections-unchecked",
        title="Kept database connections are not checked",
        severity=Severity.ADVICE,
        category=Category.DATABASE,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "CONN_MAX_AGE keeps a connection from request to request. The managed cluster closes all of them when it "
            "fails over or is updated; Django finds out by a request that fails with OperationalError. With "
            "CONN_HEALTH_CHECKS it asks once before the first query of a request and connects again."
        ),
        remediation="Set CONN_HEALTH_CHECKS, which Django has since 4.1.",
        commands=('DATABASES["default"]["CONN_HEALTH_CHECKS"] = True',),
        references=("https://docs.djangoproject.com/en/stable/ref/databases/#persistent-database-connections",),
        bad=(bad(with_settings('DATABASES = {"default": dj_database_url.config(conn_max_age=600)}\n'), line=5),),
        good=(
            good(
                with_settings(
                    'DATABASES = {"default": dj_database_url.config(conn_max_age=600, conn_health_checks=True)}\n'
                )
            ),
        ),
    ),
    check=check,
)
