"""A session backend on a cache that each process has for itself."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, plain_value
from analyzer.rules.services import cache_variables

_ENGINES = {
    "django.contrib.sessions.backends.cache": "a session that one process makes is unknown to the next, so that people "
    "are signed out at random and with each deployment",
    "django.contrib.sessions.backends.cached_db": "each process answers from its own copy, so that a sign-out or a "
    "change of the session is not seen by the others",
}
_MEMORY = ("django.core.cache.backends.locmem.LocMemCache", "django.core.cache.backends.dummy.DummyCache")


def check(ctx: Context) -> RuleOutcome:
    """The cache that SESSION_CACHE_ALIAS names."""
    engine, caches = ctx.facts.django.session_engine, ctx.facts.django.caches
    if not isinstance(engine, Fact) or engine.value not in _ENGINES:
        return not_applicable("sessions are not kept in a cache")
    alias = plain_value(ctx.setting("SESSION_CACHE_ALIAS")) or "default"
    cache = caches.value.get(str(alias)) if isinstance(caches, Fact) else None
    if cache is None:
        return not_applicable("the cache of the sessions could not be told")
    backend = cache.configured_backend or cache.backend
    if backend not in _MEMORY:
        return passed(f"sessions are kept in CACHES[{alias!r}], which all processes share", *engine.evidence[:1])
    variables = cache_variables(ctx, cache)
    if ctx.given_variables & set(variables):
        return passed("a variable of the app leads to another cache", *engine.evidence[:1])
    unless = f" unless {' or '.join(variables)} says otherwise" if variables else ""
    return fail(
        f"Sessions are kept by {engine.value.rpartition('.')[2]} in CACHES[{alias!r}], the memory of a single "
        f"process{unless}: {_ENGINES[engine.value]}.",
        *engine.evidence[:1],
        *caches.evidence[:1],
        certainty=Certainty.LIKELY if variables else Certainty.CERTAIN,
    )


rule = Rule(
    info=RuleInfo(
        id="sessions-in-local-memory",
        title="Sessions live in the memory of one process",
        severity=Severity.RISK,
        category=Category.SESSIONS,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "The web server has several worker processes, and there may be several containers. Each "
            "has its own local-memory cache, and a deployment empties all of them."
        ),
        remediation="Keep the cache in Valkey, or the sessions in the database.",
        commands=('SESSION_ENGINE = "django.contrib.sessions.backends.db"',),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cached-sessions",
            "https://docs.djangoproject.com/en/stable/topics/cache/#local-memory-caching",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'CACHES = {"default": {"BACKEND": '
                        '"django.core.cache.backends.locmem.LocMemCache"}}\n'
                        'SESSION_ENGINE = "django.contrib.sessions.backends.cache"\n'
                    )
                },
                line=4,
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
                        "CACHES = {\n"
                        '    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", '
                        '"LOCATION": os.environ["REDIS_URL"]},\n'
                        "}\n"
                        'SESSION_ENGINE = "django.contrib.sessions.backends.cache"\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
