"""A default of SQLite hides that the variable of the database is missing: the app starts, with an empty database."""

from collections.abc import Mapping

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import Setting
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import with_settings

_CHOOSING = ("_URL", "ENGINE", "_BACKEND", "HOST")
"""Ends of names of variables without which there is no server; others name the file, or parts of the address."""
_ENGINE = lazy_pattern(r"(^|_)(DB|DATABASE|SQL)_?ENGINE$")
"""Names of variables that choose the kind of database, even where the settings go on from their absence."""
_SHARED = (".base", ".common", ".defaults")
"""Ends of modules that others build on, production's among them."""
_OF_PRODUCTION = (
    "Require its variables in a settings module of production alone: what is refused here stops those of development "
    "and tests, which load this one."
)
_DEBUG_FIRST = "Read DEBUG from a variable, then require the database's where it is off: here it is on everywhere."


def check(ctx: Context) -> RuleOutcome:
    """Aliases that are a server with the variable set, and a file without it."""
    databases, setting = ctx.facts.django.databases, ctx.setting("DATABASES")
    if not isinstance(databases, Fact) or setting is None:
        return not_applicable("the settings have no DATABASES that could be told")
    servers = {
        alias: one
        for alias, one in databases.value.items()
        if one.configured_engine is not None and "sqlite" not in one.configured_engine
    }
    if not servers:
        return not_applicable("no database is one of a server")
    problems = (
        Problem(
            message=f"Without {_named(ctx, one.env)} DATABASES[{alias!r}] is {_what(setting, alias)}",
            evidence=_places(setting, alias),
            commands=() if _is_shared(ctx) else _required(one.env),
            remediation=_remedy(ctx),
        )
        for alias, one in sorted(servers.items())
        if one.engine is not None and "sqlite" in one.engine
    )
    return fail_all(problems) or passed("without its variable the database is refused", *databases.evidence[:1])


def _remedy(ctx: Context) -> str | None:
    if _is_shared(ctx):
        return _OF_PRODUCTION
    return _DEBUG_FIRST if _debugs_everywhere(ctx) else None


def _is_shared(ctx: Context) -> bool:
    """Whether other settings modules load those of production, beside the package of the module itself."""
    modules = ctx.facts.django.settings_modules
    name = modules.production.value if isinstance(modules.production, Fact) else None
    others = [one for one in modules.candidates if one != name]
    return bool(name) and str(name).endswith(_SHARED) and bool(others)


def _what(setting: Setting, alias: str) -> str:
    """What the database is without the variable, and what comes of it."""
    bare = setting.bare.get(alias) if isinstance(setting.bare, Mapping) else None
    name = bare.get("NAME") if isinstance(bare, Mapping) else None
    if name in ("", ":memory:"):
        return "SQLite in memory: a component that lacks the variable starts, and each process has an empty one."
    return (
        "an SQLite file: a component that lacks the variable starts, and fails at its first query, or loses with the "
        "container what it wrote."
    )


def _places(setting: Setting, alias: str) -> tuple[Evidence, ...]:
    """The line that names SQLite, then that of the server."""
    bare = next((setting.bare_places[k] for k in (f"{alias}.ENGINE", alias) if k in setting.bare_places), None)
    return tuple(dict.fromkeys((*((bare,) if bare is not None else ()), *setting.place(alias))))


def _required(variables: tuple[str, ...]) -> tuple[str, ...]:
    """What refuses to start without the variable of the address; none where it is not known which one that is.

    Read like this, the variable counts as required: builds that load the settings get a throw-away value.
    """
    name = next((one for one in variables if one.endswith("_URL")), variables[0] if len(variables) == 1 else None)
    return (f'if not DEBUG:\n    {name} = os.environ["{name}"]', "doctor emit") if name is not None else ()


def _debugs_everywhere(ctx: Context) -> bool:
    """Whether no variable turns DEBUG off."""
    debug = ctx.setting("DEBUG")
    return debug is not None and debug.configured is True and not debug.env


def _named(ctx: Context, variables: tuple[str, ...]) -> str:
    """The variables of the address and of the kind of database where there are any; others may name the file alone."""
    engines = (one.name for one in ctx.facts.environment if _ENGINE.search(one.name.upper()))
    addresses = tuple(dict.fromkeys((*(one for one in variables if one.endswith(_CHOOSING)), *engines))) or variables
    return " and ".join(addresses) if 0 < len(addresses) < 4 else "its variables"


rule = Rule(
    info=RuleInfo(
        id="sqlite-when-variable-missing",
        title="Without its variable the database is an SQLite file",
        severity=Severity.ADVICE,
        category=Category.DATABASE,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "The app spec sets the variable for every component. Where it gets lost, in a component that is added "
            "later or by a slip in its name, nothing fails: health checks pass, and what users enter goes to a file "
            "that the next deployment deletes."
        ),
        remediation="Require the variable in production, and keep the default for development.",
        commands=('if not DEBUG:\n    DATABASE_URL = os.environ["DATABASE_URL"]', "doctor emit"),
        references=("https://docs.djangoproject.com/en/stable/howto/deployment/checklist/",),
        bad=(
            bad(
                with_settings('DATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}\n'),
                line=5,
            ),
            bad(
                with_settings(
                    'if "DATABASE_URL" in os.environ:\n'
                    '    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}\nelse:\n'
                    '    DATABASES = {\n        "default": {\n'
                    '            "ENGINE": "django.db.backends.sqlite3",\n'
                    '            "NAME": BASE_DIR / "db.sqlite3",\n        }\n    }\n'
                ),
                line=10,
            ),
        ),
        good=(
            good(with_settings('DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}\n')),
            good(
                with_settings(
                    'DEBUG = False\nDATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}\n'
                    'if not DEBUG:\n    DATABASE_URL = os.environ["DATABASE_URL"]\n'
                )
            ),
        ),
    ),
    check=check,
)
