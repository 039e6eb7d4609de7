"""What rules about databases, Redis and task queues have in common, their examples included."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath, T
from analyzer.model.facts import CacheFact, Plain, Process, Unknown
from analyzer.model.finding import Failed, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import Component, DatabaseEngine
from analyzer.model.quick_dataclass import dataclass
from analyzer.rules.base import Context, add_missing, django_at_least, plain_value

SETTINGS = "import os\n\nfrom shop.defaults import *\n\n"
"""The four lines with which the settings of an example begin."""
CELERY = """\
import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
"""
REDIS_CACHE = "django.core.cache.backends.redis.RedisCache"


def _cache_line(backend: str, alias: str) -> str:
    """The line of the settings that keeps a cache in Valkey."""
    config = f'{{"BACKEND": "{backend}", "LOCATION": os.environ["REDIS_URL"]}}'
    return f'CACHES = {{"default": {config}}}' if alias == "default" else f'CACHES["{alias}"] = {config}'


CACHE_LINE = _cache_line(REDIS_CACHE, "default")
_WITHOUT_VALKEY = (
    "Keep the cache in Valkey: once the settings read its address from a variable, doctor emit adds it to the app spec."
)
_CHOOSES_CACHE = lazy_pattern(r"(^|_)CACHES?_(BACKEND|ENGINE|TYPE|URL|LOCATION)$")
_OF_A_CACHE = lazy_pattern(r"(^|_)(TIMEOUT|TTL|SECONDS|PREFIX|VERSION|MAX_ENTRIES|PASSWORD)$")
"""Variables that change how a cache works, and not what it is."""
BROKER = 'CELERY_BROKER_URL = os.environ["REDIS_URL"]\n'
PROCFILE = "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"
REQUIREMENTS = (
    "celery[redis]==5.5.3\ndj-database-url==3.1.0\ndjango==5.2.8\ngunicorn==23.0.0\npsycopg[binary]==3.2.13\n"
    "redis==7.1.0\nwhitenoise==6.11.0\n"
)
POSTGRESQL = (
    '        "ENGINE": "django.db.backends.postgresql",\n        "HOST": os.environ["DB_HOST"],\n'
    '        "PORT": os.environ["DB_PORT"],\n        "NAME": os.environ["DB_NAME"],\n'
    '        "USER": os.environ["DB_USER"],\n        "PASSWORD": os.environ["DB_PASSWORD"],\n'
)
"""Six keys of a database whose address comes from variables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """An alias of DATABASES as production has it: its engine ("" where it is not known) and its dictionary."""

    alias: str
    engine: str
    config: Mapping[str, Plain]

    @property
    def is_postgresql(self) -> bool:
        """Whether the engine is one of PostgreSQL."""
        return "postg" in self.engine

    def option(self, name: str) -> Plain:
        """A key of OPTIONS; None where it is not there."""
        options = self.config.get("OPTIONS")
        return options.get(name) if isinstance(options, Mapping) else None


def databases_of(ctx: Context) -> Iterator[Database]:
    """The aliases whose dictionary is known."""
    engines = value_of(ctx.facts.django.databases) or {}
    plain = plain_value(ctx.setting("DATABASES"))
    for alias, config in plain.items() if isinstance(plain, Mapping) else ():
        fact = engines.get(alias)
        if fact is not None and isinstance(config, Mapping):
            yield Database(alias=alias, engine=fact.configured_engine or fact.engine or "", config=config)


def variable_of(ctx: Context, place: Evidence, value: Plain) -> str | None:
    """The variable that is read in this line and whose default the value is."""
    at = (place.path, place.line)
    read_here = (one for one in ctx.facts.environment if at in {(e.path, e.line) for e in one.evidence})
    return next((one.name for one in read_here if one.default == str(value)), None)


def planned_value(ctx: Context, name: str | None) -> str | None:
    """What the app spec gives a variable; None where it does not set it."""
    return next((one.value.value for one in ctx.plan.variables if one.name == name and one.value.value), None)


def in_app_spec(name: str, value: str) -> str:
    """What sets a variable in the app spec, and nowhere else."""
    return f'[tool.doctor.environment.{name}]\nvalue = "{value}"'


def value_of(answer: Answer[T]) -> T | None:
    """The value of an answer; None where it could not be told."""
    return answer.value if isinstance(answer, Fact) else None


def uses_celery(ctx: Context) -> bool:
    """Whether the background tasks are Celery's."""
    return value_of(ctx.facts.task_queue.kind) == "celery"


def option(ctx: Context, name: str) -> Plain:
    """The value of one of Celery's options; None where nothing sets it."""
    found = ctx.facts.task_queue.options.get(name)
    return found.value if found is not None else None


def number(plain: Plain) -> int | None:
    """A whole number of settings; None for anything else."""
    return int(plain) if isinstance(plain, int | float) and not isinstance(plain, bool) and abs(plain) < 10**9 else None


def celery_processes(ctx: Context, subcommand: str) -> list[Process]:
    """Declared processes that run `celery … worker` or another subcommand."""
    return [p for p in ctx.facts.processes if p.program == "celery" and subcommand in p.arguments]


def procfile_line(component: Component, command: str) -> tuple[str, ...]:
    """A component's command, or what becomes of it, as a Procfile declares it."""
    return (f"{component.role.value}: {command.removeprefix('exec ')}",)


def option_of(words: Sequence[str], *names: str) -> str | None:
    """The value of the first of these options of a command; "" for one without a value, None without the option."""
    for position, word in enumerate(words):
        for name in names:
            if word == name:
                following = words[position + 1 : position + 2]
                return following[0] if following and not following[0].startswith("-") else ""
            if name.startswith("--") and word.startswith(f"{name}="):
                return word[len(name) + 1 :]
            if len(name) == 2 and word.startswith(name) and len(word) > 2 and not word.startswith("--"):
                return word[2:]
    return None


def has_valkey(ctx: Context) -> bool:
    """Whether the app has a Valkey."""
    return any(plan.engine.value is DatabaseEngine.VALKEY for plan in ctx.plan.databases)


def valkey_commands(ctx: Context, line: str) -> tuple[str, ...]:
    """What lets a line of the settings read REDIS_URL; an app spec without it gets it, and Valkey, for such a line."""
    if not line or "REDIS_URL" in {variable.name for variable in ctx.plan.variables}:
        return (line,) if line else ()
    return (*add_missing(ctx, "redis"), line, "doctor emit")


def keep_cache(ctx: Context, alias: str) -> tuple[str | None, tuple[str, ...]]:
    """The remedy (None: the rule's own, where the app spec has REDIS_URL) and the commands that keep a cache in Valkey.

    Django has a backend for Redis since 4.0; both that and the one before need a client.
    """
    own = not value_of(ctx.facts.dependencies.django_version) or django_at_least(ctx.facts, (4, 0))
    backend, client = (REDIS_CACHE, "redis") if own else ("django_redis.cache.RedisCache", "django-redis")
    remedy = None if planned_value(ctx, "REDIS_URL") else _WITHOUT_VALKEY
    return remedy, (*add_missing(ctx, client), _cache_line(backend, alias))


def limit_variables(ctx: Context, place: Evidence) -> str:
    """ " unless X says otherwise" for the variables of the time limit that is set on this line."""
    limits = (one for one in ctx.facts.django.settings.values() if one.env and "LIMIT" in one.name)
    at = (place.path, place.line)
    names = next((one.env for one in limits if (one.evidence[0].path, one.evidence[0].line) == at), ())
    return f" unless {' or '.join(names)} says otherwise" if names else ""


def cache_variables(ctx: Context, cache: CacheFact) -> tuple[str, ...]:
    """Variables that can make a cache another one: those that it needs, and those that by their name choose one.

    The place of a cache alone chooses none where another variable says what kind it is, nor does a variable that
    another cache reads.
    """
    others = {name for one in (value_of(ctx.facts.django.caches) or {}).values() if one != cache for name in one.env}
    named = {one.name for one in ctx.facts.environment if _CHOOSES_CACHE.search(one.name.upper())} - others
    kinds = {name for name in named if not name.upper().endswith("LOCATION")}
    needed = {name for name in cache.env if not _OF_A_CACHE.search(name.upper())}
    return tuple(sorted({*needed, *(kinds or named)}))


def redis_caches(ctx: Context) -> dict[str, str]:
    """Aliases of CACHES that are kept in Redis, with their backends."""
    backends = {
        a: c.configured_backend or c.backend or "" for a, c in (value_of(ctx.facts.django.caches) or {}).items()
    }
    return {alias: backend for alias, backend in sorted(backends.items()) if "redis" in backend.lower()}


def redis_queue(ctx: Context) -> str | None:
    """The task queue whose broker is Redis."""
    queue = ctx.facts.task_queue
    return value_of(queue.kind) if value_of(queue.broker) == "redis" else None


def lifted(ctx: Context, code: str, roles: Collection[ConnectionRole], severity: Severity) -> Failed | None:
    """The plan's notes of this code, those about connections of some roles with a severity of their own."""
    found = ctx.noted(code)
    if found is None:
        return None
    settings = {one.setting for one in ctx.facts.connections if one.role in roles}
    return Failed(
        problems=tuple(
            replace(one, severity=severity) if one.message.split(" ")[0] in settings else one for one in found.problems
        )
    )


def connections_of(ctx: Context, *roles: ConnectionRole) -> list[Connection]:
    """The connections of these roles."""
    return [one for one in ctx.facts.connections if one.role in roles]


def certainty_of(answer: Answer[object]) -> Certainty:
    """How sure a fact is; likely where it could not be told."""
    return answer.certainty if isinstance(answer, Fact) else Certainty.LIKELY


def is_known(plain: Plain) -> bool:
    """Whether the scan could tell the value."""
    return not isinstance(plain, Unknown)


def with_settings(text: str) -> dict[RepoPath, str | None]:
    """The files of an example: settings whose fifth line is the first of `text`."""
    return {"shop/settings.py": SETTINGS + text}


def with_celery(text: str, files: Mapping[RepoPath, str | None] | None = None) -> dict[RepoPath, str | None]:
    """The same with a Celery application; the broker is on the fifth line, `text` begins on the sixth."""
    return {
        **with_settings(BROKER + text),
        "shop/celery.py": CELERY,
        "requirements.txt": REQUIREMENTS,
        **(files or {}),
    }


def with_processes(*lines: str, text: str = "") -> dict[RepoPath, str | None]:
    """An example with Celery whose Procfile comes first; its second line is the first of `lines`."""
    procfile = PROCFILE + "".join(f"{line}\n" for line in lines)
    return {"Procfile": procfile, **with_celery(text)}
