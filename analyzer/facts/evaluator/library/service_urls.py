"""Service URLs (`postgres://…`) turned into settings by dj-database-url, django-environ and others."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from packaging.version import InvalidVersion, Version

from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import PartialText, Value, all_env, unresolved
from analyzer.tables import load_table

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


def _tables() -> dict[str, Any]:
    return load_table("analyzer.facts", "url_schemes")


def engine_of_scheme(kind: str, scheme: str, library: str, versions: Mapping[str, str]) -> str | None:
    """Engine or backend that a library gives for a scheme (data/url_schemes.toml); None for an unknown scheme.

    Args:
        kind: database, cache, email or channels.
        versions: versions of the installed distributions, where known.
    """
    plain = scheme.split("+")[0]
    for row in _tables().get(f"{kind}_before", ()):
        version = versions.get(row["library"])
        if row["library"] == library and version is not None and _older(version, row["version"]):
            old: str | None = row["engines"].get(plain)
            if old is not None:
                return old
    table: dict[str, str] = _tables().get(f"{kind}_by", {}).get(library) or _tables()[kind]
    return table.get(scheme) or table.get(plain)


def is_engine(dotted: str) -> bool:
    """Whether a table knows the database engine."""
    old = (engine for row in _tables()["database_before"] for engine in row["engines"].values())
    return dotted in _tables()["database"].values() or dotted in old


def _older(version: str, than: str) -> bool:
    try:
        return Version(version) < Version(than)
    except InvalidVersion:
        return False


def scheme_of(value: Value) -> str | None:
    """The scheme of a URL, None when the scan cannot tell."""
    data = value.data
    if isinstance(data, PartialText):
        data = data.head
    if isinstance(data, str) and "://" in data:
        return data.split("://", 1)[0].lower()
    return None


BY_URL = "by URL, through "
"""Beginning of the kind of an unresolved engine that a URL decides; the library's name follows."""

_KEYS = {
    "db": ("database", "ENGINE"),
    "cache": ("cache", "BACKEND"),
    "email": ("email", "EMAIL_BACKEND"),
    "channels": ("channels", "BACKEND"),
}


_EMAIL_SETTINGS = (
    "EMAIL_FILE_PATH",
    "EMAIL_HOST_USER",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMAIL_USE_SSL",
    "EMAIL_USE_TLS",
    "EMAIL_TIMEOUT",
    "DEFAULT_FROM_EMAIL",
    "SERVER_EMAIL",
)
"""What libraries make of an email URL besides the backend (dj_email_url.py, environ/environ.py)."""


def config_of_url(interp: "Interpreter", kind: str, url: Value, library: str) -> Value:
    """The settings that a library makes of a service URL.

    Args:
        kind: db, cache, email, channels or search.

    Raises:
        Raised: where the library rejects the URL.
    """
    env = all_env(url)
    if isinstance(url.data, dict):
        return url
    if url.data is None or url.data == "":
        if url.data is None and library not in ("dj-database-url",):
            raise Raised("AttributeError", "the URL is None", env, interp.where)
        return Value({}, env)
    table, key = _KEYS.get(kind, ("", "ENGINE"))
    scheme = scheme_of(url)
    engine = unresolved(_reason(url), kind=BY_URL + library)
    engine.env = env
    if scheme is not None and table:
        dotted = engine_of_scheme(table, scheme, library, interp.versions)
        if dotted is not None:
            engine = Value(_for_installed(interp, dotted) if library == "django-environ" else dotted, env, url.at)
    config = {key: engine}
    if kind == "db":
        parts = _database_parts(url)
        rest = unresolved(_reason(url))
        rest.env = env
        config |= {name: Value(parts[name], env, url.at) if name in parts else rest for name in ("NAME", "HOST")}
    elif kind == "cache":
        config["LOCATION"] = Value(url.data, env, url.at)
    elif kind == "email":
        config |= {name: Value(unresolved(_reason(url)).data, env, url.at) for name in _EMAIL_SETTINGS}
    return Value(config, env, url.at)


def _reason(url: Value) -> str:
    names = sorted(all_env(url))
    return f"the URL in {', '.join(names)} decides" if names else "the URL is computed at run time"


def _for_installed(interp: "Interpreter", dotted: str) -> str:
    """django-environ takes django-redis where it is installed, Django's own backend otherwise."""
    if (
        dotted == "django_redis.cache.RedisCache"
        and interp.distributions
        and "django-redis" not in interp.distributions
    ):
        return "django.core.cache.backends.redis.RedisCache"
    return dotted


def _database_parts(url: Value) -> dict[str, str]:
    if not isinstance(url.data, str):
        return {}
    try:
        parts = urlsplit(url.data)
        return {"NAME": parts.path.removeprefix("/"), "HOST": parts.hostname or ""}
    except ValueError:
        return {}


registry.constants(
    {
        "dj_database_url.DEFAULT_ENV": "DATABASE_URL",
        "django_cache_url.DEFAULT_ENV": "CACHE_URL",
        "dj_email_url.DEFAULT_ENV": "EMAIL_URL",
        "environ.Env.DEFAULT_DATABASE_ENV": "DATABASE_URL",
        "environ.Env.DEFAULT_CACHE_ENV": "CACHE_URL",
        "environ.Env.DEFAULT_EMAIL_ENV": "EMAIL_URL",
        "environ.Env.DEFAULT_SEARCH_ENV": "SEARCH_URL",
        "environ.Env.DEFAULT_CHANNELS_ENV": "CHANNELS_URL",
    }
)
"""What the libraries call their variables, each at the version that data/url_schemes.toml names."""


@registry.model("dj_database_url.config")
def database_config(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`dj_database_url.config(env="DATABASE_URL", default=None)`: {} without variable and default."""
    given = dict(zip(("env", "default"), args, strict=False)) | kwargs
    name = given.get("env", Value("DATABASE_URL"))
    if not isinstance(name.data, str):
        return unresolved("a variable whose name the scan cannot tell", name)
    default = given.get("default")
    value = interp.read_environment(name.data, reader="dj-database-url", kind="url", default=default)
    return with_options(interp, config_of_url(interp, "db", value, "dj-database-url"), given)


@registry.model("dj_database_url.parse")
def parse_database_url(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`dj_database_url.parse(url)`"""
    given = dict(zip(("url", "engine"), args, strict=False)) | kwargs
    url = given.get("url", Value(None))
    if url.data is None:
        raise Raised("TypeError", "dj_database_url.parse(None)", url.env, interp.where)
    return with_options(interp, config_of_url(interp, "db", url, "dj-database-url"), given)


@registry.model("environ.Env.db_url_config", "environ.Env.cache_url_config", "environ.Env.email_url_config")
def environ_url_config(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`environ.Env.db_url_config(url)`"""
    return config_of_url(interp, "db", args[0], "django-environ") if args else unresolved("no URL")


def _config_of_variable(
    library: str, kind: str, variable: str, otherwise: str | None,
    interp: "Interpreter", args: list[Value], kwargs: dict[str, Value],
) -> Value:  # fmt: skip
    """`config(env="CACHE_URL", default="locmem://")`"""
    given = dict(zip(("env", "default"), args, strict=False)) | kwargs
    name = given.get("env", Value(variable))
    if not isinstance(name.data, str):
        return unresolved("a variable whose name the scan cannot tell", name)
    value = interp.read_environment(
        name.data, reader=library, kind="url", default=given.get("default", Value(otherwise))
    )
    return Value({}, value.env) if value.data is None else config_of_url(interp, kind, value, library)


def _config_of_text(
    library: str, kind: str, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]
) -> Value:
    """`parse(url)`"""
    url = args[0] if args else kwargs.get("url", Value(None))
    return config_of_url(interp, kind, url, library)


for _library, _kind, _variable, _otherwise, _modules in (
    ("django-cache-url", "cache", "CACHE_URL", "locmem://", ("django_cache_url",)),
    ("dj-email-url", "email", "EMAIL_URL", None, ("dj_email_url", "django_email_url")),
):
    for _module in _modules:
        registry.model(f"{_module}.config")(partial(_config_of_variable, _library, _kind, _variable, _otherwise))
        registry.model(f"{_module}.parse")(partial(_config_of_text, _library, _kind))


def with_options(interp: "Interpreter", config: Value, given: dict[str, Value]) -> Value:
    """The options of dj-database-url that end up in the settings."""
    if isinstance(config.data, dict) and config.data:
        engine = given.get("engine")
        if engine is not None and isinstance(engine.data, str):
            config.data["ENGINE"] = engine
        for option, key in (("conn_max_age", "CONN_MAX_AGE"), ("conn_health_checks", "CONN_HEALTH_CHECKS")):
            if option in given:
                config.data[key] = Value(given[option].data, given[option].env, given[option].at or interp.where)
        ssl = given.get("ssl_require")
        if ssl is not None and ssl.data is True:
            config.data["OPTIONS"] = Value({"sslmode": Value("require")})
    return config
