"""Django itself, and libraries that change settings when called."""

from typing import TYPE_CHECKING

from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.library.service_urls import config_of_url
from analyzer.facts.evaluator.values import Instance, Value, unresolved

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

# django-cors-headers, corsheaders/defaults.py, 4.9.0
registry.constants(
    {
        "corsheaders.defaults.default_headers": (
            "accept",
            "authorization",
            "content-type",
            "user-agent",
            "x-csrftoken",
            "x-requested-with",
        ),
        "corsheaders.defaults.default_methods": ("DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"),
        "django.contrib.messages.constants.DEBUG": 10,
        "django.contrib.messages.constants.INFO": 20,
        "django.contrib.messages.constants.SUCCESS": 25,
        "django.contrib.messages.constants.WARNING": 30,
        "django.contrib.messages.constants.ERROR": 40,
        "django.core.cache.DEFAULT_CACHE_ALIAS": "default",
        "django.conf.global_settings.gettext_noop": None,
    }
)


@registry.model(
    "django.utils.translation.gettext_lazy", "django.utils.translation.gettext",
    "django.utils.translation.ugettext_lazy",
    "django.utils.translation.ugettext", "django.utils.translation.gettext_noop",
    "django.utils.translation.pgettext_lazy",
    "django.utils.safestring.mark_safe", "django.urls.reverse_lazy", "django.templatetags.static.static",
    "django.utils.functional.lazy", "django.utils.functional.SimpleLazyObject", "django.urls.reverse",
)  # fmt: skip
def marker(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """Lazy markers: the text itself"""
    return args[-1] if args else Value("")


@registry.model(
    "django.setup",
    "sentry_sdk.init",
    "dotenv.load_dotenv",
    "dotenv.read_dotenv",
    "dotenv.main.load_dotenv",
    "pymysql.install_as_MySQLdb",
    "logging.config.dictConfig",
    "logging.basicConfig",
    "logging.captureWarnings",
    "mimetypes.add_type",
    "locale.setlocale",
    "django.conf.settings.configure",
    "oscar.core.load_defaults",
    "django_stubs_ext.monkeypatch",
    "dotenv.find_dotenv",
    "cloudinary.config",
    "rollbar.init",
    "newrelic.agent.initialize",
    "django.db.models.options.Options",
)
def no_value(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """Calls whose effect is not on the settings. A dotenv file counts as absent (see `files`)."""
    return Value(None)


@registry.model("dotenv.dotenv_values")
def dotenv_values(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """A dotenv file counts as absent: nothing in it."""
    return Value({})


@registry.model("django_heroku.settings", "django_on_heroku.settings")
def heroku_settings(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`django_heroku.settings(locals())`: database, WhiteNoise, allowed hosts, static root, secret key.

    Source: django-heroku, django_heroku/core.py, 0.3.1.
    """
    namespace = args[0].data.payload if args and isinstance(args[0].data, Instance) else None
    if not isinstance(namespace, dict):
        return unresolved("django_heroku.settings of an unknown mapping")
    at = interp.where

    def wanted(option: str) -> bool:
        return option not in kwargs or bool(kwargs[option].data)

    if wanted("databases"):
        url = interp.read_environment("DATABASE_URL", reader="django-heroku", kind="url")
        if url.data is not None:
            databases = namespace.setdefault("DATABASES", Value({}, at=at))
            if isinstance(databases.data, dict):
                databases.data["default"] = config_of_url(interp, "db", url, "dj-database-url")
    if wanted("staticfiles"):
        base = namespace.get("BASE_DIR", Value(None))
        namespace.setdefault("STATIC_URL", Value("/static/", at=at))
        if isinstance(base.data, str) or (base.data is not None and not isinstance(base.data, Instance)):
            namespace["STATIC_ROOT"] = Value(f"{base.data}/staticfiles", at=at)
        middleware = namespace.get("MIDDLEWARE") or namespace.get("MIDDLEWARE_CLASSES")
        if middleware is not None and isinstance(middleware.data, list | tuple):
            name = Value("whitenoise.middleware.WhiteNoiseMiddleware", at=at)
            namespace["MIDDLEWARE"] = Value([name, *middleware.data], middleware.env, at)
        namespace["STATICFILES_STORAGE"] = Value("whitenoise.storage.CompressedManifestStaticFilesStorage", at=at)
    if wanted("allowed_hosts"):
        namespace["ALLOWED_HOSTS"] = Value([Value("*")], at=at)
    if wanted("secret_key"):
        key = interp.read_environment("SECRET_KEY", reader="django-heroku")
        if key.data is not None:
            namespace["SECRET_KEY"] = key
    return Value(None)


@registry.model("django.get_version")
def django_version(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`django.get_version()`"""
    return unresolved("the installed Django version", kind="text")
