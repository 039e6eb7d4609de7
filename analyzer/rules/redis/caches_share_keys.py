"""Two caches in one database with the same prefix read each other's keys."""

from collections.abc import Mapping

from analyzer.model.connections import ConnectionRole
from analyzer.model.facts import Plain
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, plain_value
from analyzer.rules.services import connections_of, has_valkey, redis_caches, with_settings

_TWO = (
    'CACHES["default"]["LOCATION"] = os.environ["REDIS_URL"]\n'
    'CACHES["pages"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", '
    '"LOCATION": os.environ["PAGES_REDIS_URL"]'
)
_SHARED = " and share database 0 of Valkey"
_FIXED = ", and share database 0 of Valkey once variables give their addresses, which stand in the code"


def check(ctx: Context) -> RuleOutcome:
    """Aliases by their KEY_PREFIX and VERSION; in the one database of Valkey nothing else keeps them apart."""
    setting, aliases = ctx.setting("CACHES"), redis_caches(ctx)
    plain = plain_value(setting)
    if setting is None or not has_valkey(ctx) or len(aliases) < 2 or not isinstance(plain, Mapping):
        return not_applicable("the app has fewer than two caches in Valkey")
    seen: dict[tuple[str, str], str] = {}
    for alias in aliases:
        config = plain.get(alias)
        key = _key(config) if isinstance(config, Mapping) else None
        if key is not None and key in seen and _addresses(ctx, alias) != _addresses(ctx, seen[key]):
            fixed = _is_fixed(ctx, alias) or _is_fixed(ctx, seen[key])
            return fail(
                f"CACHES[{alias!r}] and CACHES[{seen[key]!r}] have the same KEY_PREFIX{_FIXED if fixed else _SHARED}: "
                "each reads what the other wrote under the same key.",
                *setting.place(alias),
                severity=Severity.ADVICE if fixed else None,
                commands=(f'CACHES["{alias}"]["KEY_PREFIX"] = "{alias}"',),
            )
        if key is not None:
            seen[key] = alias
    return passed("each cache has a prefix of its own", *setting.evidence[:1])


def _addresses(ctx: Context, alias: str) -> list[str]:
    """Where the cache is today; two at one address share their keys already, and are meant to."""
    found = [one for one in connections_of(ctx, ConnectionRole.CACHE) if one.name == alias]
    return [f"{key} {part.text} {part.default}" for one in found for key, part in sorted(one.parts.items())]


def _is_fixed(ctx: Context, alias: str) -> bool:
    """Whether the address stands in the code: such a cache does not reach Valkey yet."""
    parts = [
        part for one in connections_of(ctx, ConnectionRole.CACHE) if one.name == alias for part in one.parts.values()
    ]
    return bool(parts) and not any(part.variables for part in parts)


def _key(config: Mapping[str, Plain]) -> tuple[str, str] | None:
    found = config.get("KEY_PREFIX", ""), config.get("VERSION", 1)
    return (str(found[0]), str(found[1])) if all(isinstance(one, str | int) for one in found) else None


rule = Rule(
    info=RuleInfo(
        id="caches-share-keys",
        title="Two caches share their keys",
        severity=Severity.RISK,
        category=Category.REDIS,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "Caches that had a database number each share database 0 of managed Valkey. Without a prefix the same key "
            "means the same entry: one cache returns objects of the other, and clearing one empties both."
        ),
        remediation="Give each alias a KEY_PREFIX of its own.",
        commands=('CACHES["pages"]["KEY_PREFIX"] = "pages"',),
        references=("https://docs.djangoproject.com/en/stable/topics/cache/#cache-key-prefixing",),
        bad=(bad(with_settings(_TWO + "}\n"), line=6),),
        good=(good(with_settings(_TWO + ', "KEY_PREFIX": "pages"}\n')),),
    ),
    check=check,
)
