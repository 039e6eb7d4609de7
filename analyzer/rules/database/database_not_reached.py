"""The platform gives the address of a database in a variable, so some variable has to reach the settings."""

from dataclasses import replace

from analyzer.model.evidence import Certainty, Unresolved
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import DatabaseEngine
from analyzer.rules.absent_modules import absent_module, read_from
from analyzer.rules.base import Context, Rule, ask, bad, good, not_applicable, passed
from analyzer.rules.services import with_settings

_REDIS = lazy_pattern(r"REDIS|VALKEY|BROKER")
_DATABASE = lazy_pattern(r"^DATABASES?$")
_ELSEWHERE = "not in the tree"
"""Of the reason why a setting is not known, where a part of the settings could not be read."""


def check(ctx: Context) -> RuleOutcome:
    """The planner looks for the variable; what the scan could not follow may read one, so it is likely at most."""
    for note in ctx.notes.get("database-not-known", ()):
        if "is not set" in note.message:
            return not_applicable("the settings have no DATABASES")
        question = "Which database do the production settings use, and which variable has its address?"
        return ask(question, *note.evidence, override="environment.NAME.value")
    found = ctx.noted("database-not-reached")
    databases = ctx.facts.django.databases
    if found is not None and isinstance(databases, Unresolved) and _ELSEWHERE in databases.reason:
        question = (
            f"Which variable has the address of the database? {databases.reason[:1].upper()}{databases.reason[1:]}."
        )
        return ask(question, *databases.evidence, override="environment.NAME.value")
    if found is not None:
        return Failed(problems=tuple(_likely(ctx, one) for one in found.problems))
    if not ctx.plan.databases:
        return not_applicable("the app has no database")
    return passed("variables that the project reads take the addresses of the databases")


def _likely(ctx: Context, problem: Problem) -> Problem:
    """Without Valkey the job that migrates works, and what comes after it does not."""
    valkey = [one.name for one in ctx.plan.databases if one.engine.value is DatabaseEngine.VALKEY]
    later = any(problem.message.endswith(f" {name}.") for name in valkey)
    likely = replace(problem, certainty=Certainty.LIKELY, severity=Severity.RISK if later else None)
    module = absent_module(ctx)
    if module is None:
        return likely
    named = _REDIS if later else _DATABASE
    found = sorted(read_from(ctx, module), key=lambda one: one.name, reverse=True)  # DATABASES is Django's own
    places = [place for one in found if named.search(one.name) for place in one.place()]
    return replace(
        likely,
        message=f"{problem.message[:-1]}: the settings read from {module}, which is not in the repository.",
        evidence=tuple(dict.fromkeys((*places, *problem.evidence))),
        remediation=f"Add {module} to the repository, and read the address from a variable there.",
    )


rule = Rule(
    info=RuleInfo(
        id="database-not-reached",
        title="No variable takes the address of the database",
        severity=Severity.BLOCKER,
        category=Category.DATABASE,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "The address, the user and the password of a managed database are known when the app is created, and reach "
            "it as variables. Where no variable leads to the settings, the app looks for its database elsewhere: the "
            "job that migrates fails, and with it the deployment."
        ),
        remediation="Read the address from a variable, or tell which one has it.",
        commands=("# doctor.toml", '[environment.NAME]\nvalue = "${db.DATABASE_URL}"'),
        references=("https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "import os\n\nimport elsewhere\n\n"
                        'SECRET_KEY = os.environ["SECRET_KEY"]\n'
                        'ALLOWED_HOSTS = ["*"]\nINSTALLED_APPS = ["django.contrib.contenttypes", "channels"]\n'
                        'ROOT_URLCONF = "shop.urls"\n'
                        'CHANNEL_LAYERS = {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", '
                        '"CONFIG": elsewhere.make()}}\n'
                    ),
                    "shop/defaults.py": None,
                },
                line=9,
            ),
        ),
        good=(good(with_settings('DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}\n')),),
        notes=("database-not-reached", "database-not-known"),
    ),
    check=check,
)
