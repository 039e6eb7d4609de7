"""Where the logger django.request sends the traceback of an error: by default to the administrators alone."""

from collections.abc import Mapping

from analyzer.model.evidence import Fact
from analyzer.model.facts import Plain, Unknown
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_REQUEST = ("django.request", "django", "")
_FILTERS = ("require_debug_true", "django.utils.log.RequireDebugTrue")
_ELSEWHERE = ("AdminEmailHandler", "NullHandler")
_COLLECTORS = (
    "sentry-sdk",
    "raven",
    "rollbar",
    "bugsnag",
    "airbrake",
    "honeybadger",
    "newrelic",
    "ddtrace",
    "elastic-apm",
    "opentelemetry-instrumentation-django",
    "scout-apm",
    "logfire",
    "applicationinsights",
    "appsignal",
)


def check(ctx: Context) -> RuleOutcome:
    """As logging.config and Django's own configuration, which comes first, work together."""
    collector = next((d for name in _COLLECTORS if (d := ctx.facts.dependencies.get(name)) is not None), None)
    if collector is not None and collector.group is None:
        return passed(f"{collector.name} collects the errors", collector.evidence)
    setting = ctx.setting("LOGGING")
    debug = ctx.facts.django.debug
    if setting is None or setting.configured in ({}, None):
        if not isinstance(debug, Fact):
            return not_applicable("the settings of production are not known")
        return fail(
            "The settings have no LOGGING: with DEBUG off, Django's own configuration mails the traceback of an error "
            "to ADMINS and writes nothing to the log, so that the platform's logs do not say what a 500 comes from.",
            *(setting.evidence[:1] if setting is not None else ctx.facts.django.logging_files.evidence[:1]),
        )
    config = setting.configured
    if ctx.setting("LOGGING_CONFIG") is not None or not isinstance(config, Mapping):
        return not_applicable("LOGGING is made at run time")
    if _reaches_output(config):
        return passed("errors of requests reach a handler that writes them", *setting.evidence[:1])
    return fail(
        "LOGGING sends no error of a request to the console: the traceback of a 500 goes to nobody, or to the mail of "
        "ADMINS alone.",
        *setting.evidence[:1],
    )


def _reaches_output(config: Mapping[str, Plain]) -> bool:
    """Whether a record of django.request with the level ERROR gets to a handler that writes; what is not known does."""
    loggers = config.get("loggers", {})
    if not isinstance(loggers, Mapping):
        return True
    named = {**loggers, **({"": config["root"]} if "root" in config else {})}
    disables = config.get("disable_existing_loggers", True)
    if disables is not False and "django.request" not in named and "django" not in named:
        return isinstance(disables, Unknown)
    for name in _REQUEST:
        logger = named.get(name)
        if logger is None:
            continue
        if not isinstance(logger, Mapping):
            return True
        handlers = logger.get("handlers", ())
        if not isinstance(handlers, tuple) or any(_writes(config, handler) for handler in handlers):
            return True
        if logger.get("propagate", True) is False:
            return False
    return False


def _writes(config: Mapping[str, Plain], name: Plain) -> bool:
    handlers = config.get("handlers")
    handler = handlers.get(name) if isinstance(handlers, Mapping) and isinstance(name, str) else None
    if not isinstance(handler, Mapping):
        return True
    kind, filters = handler.get("class"), handler.get("filters", ())
    if isinstance(kind, str) and kind.endswith(_ELSEWHERE):
        return False
    return handler.get("level") != "CRITICAL" and not _only_with_debug(config, filters)


def _only_with_debug(config: Mapping[str, Plain], filters: Plain) -> bool:
    known = config.get("filters")
    for name in filters if isinstance(filters, tuple) else ():
        made = known.get(name) if isinstance(known, Mapping) and isinstance(name, str) else None
        factory = made.get("()") if isinstance(made, Mapping) else None
        if name in _FILTERS or (isinstance(factory, str) and factory in _FILTERS):
            return True
    return False


rule = Rule(
    info=RuleInfo(
        id="errors-not-logged",
        title="Errors of requests are not written to the log",
        severity=Severity.ADVICE,
        category=Category.LOGGING,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Django logs a failed request with its traceback to django.request. Its own "
            "configuration writes that to the console only while DEBUG is on, and mails it to ADMINS "
            "otherwise. On the platform, where standard error is what there is to look at, a "
            "visitor's 500 then leaves no line."
        ),
        remediation="Add a LOGGING that sends everything to the console.",
        commands=(
            (
                'LOGGING = {"version": 1, "disable_existing_loggers": False, "handlers": {"console": '
                '{"class": "logging.StreamHandler"}}, "root": {"handlers": ["console"], "level": '
                '"INFO"}}'
            ),
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/logging/#default-logging-configuration",
            "https://docs.djangoproject.com/en/stable/topics/logging/#configuring-logging",
            "https://docs.digitalocean.com/products/app-platform/how-to/view-logs/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "LOGGING = {\n"
                        '    "version": 1,\n'
                        '    "disable_existing_loggers": False,\n'
                        '    "handlers": {"mail": {"class": "django.utils.log.AdminEmailHandler"}},\n'
                        '    "loggers": {"django": {"handlers": ["mail"], "level": "ERROR"}},\n'
                        "}\n"
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "LOGGING = {\n"
                        '    "version": 1,\n'
                        '    "disable_existing_loggers": False,\n'
                        '    "handlers": {"console": {"class": "logging.StreamHandler"}},\n'
                        '    "root": {"handlers": ["console"], "level": "INFO"},\n'
                        "}\n"
                    )
                }
            ),
        ),
    ),
    check=check,
)
