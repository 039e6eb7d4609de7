"""Handlers of LOGGING that write files."""

from collections.abc import Mapping
from typing import Any

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import Setting
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, passed

_TAKE_OUT = "Take the handlers that write files out of LOGGING, and out of the loggers: the console has it all."


def check(ctx: Context) -> RuleOutcome:
    """The planner makes the folders writable, and notes each file; they are one finding."""
    files = ctx.facts.django.logging_files
    noted = ctx.noted("log-file")
    if noted is None or not isinstance(files, Fact):
        return noted or passed("LOGGING writes no file", *files.evidence[:1])
    setting = ctx.setting("LOGGING")
    places = _handlers(setting) or files.evidence[:1]
    if setting is not None and isinstance(setting.configured, Mapping) and _all_on_console(setting.configured):
        return fail(
            f"LOGGING writes to {', '.join(files.value)} what goes to the console as well: nobody sees the files on "
            "the platform, and they take from the container's disk.",
            *places,
            severity=Severity.ADVICE,
            remediation=_TAKE_OUT,
        )
    return fail(
        f"LOGGING writes to {', '.join(files.value)}: nobody sees on the platform what is written there.",
        *places,
        commands=_to_console(setting),
    )


def _to_console(setting: Setting | None) -> tuple[str, ...] | None:
    """The handlers of files as handlers of the console, with their formatters; None where they are not known."""
    config = _table(setting.configured) if setting is not None else {}
    lines = []
    for name, handler in _table(config.get("handlers")).items():
        if "filename" in _table(handler):
            kept = {key: handler[key] for key in ("formatter", "level") if isinstance(handler.get(key), str)}
            entries = {"class": "logging.StreamHandler", **kept}
            listed = ", ".join(f'"{key}": "{value}"' for key, value in entries.items())
            lines.append(f'LOGGING["handlers"]["{name}"] = {{{listed}}}')
    return tuple(lines) or None


def _all_on_console(config: Mapping[str, Any]) -> bool:
    """Whether every logger with a file has the console, too, by itself or by the root logger that it propagates to."""
    handlers = _table(config.get("handlers"))
    files = {name for name, handler in handlers.items() if "filename" in _table(handler)}
    console = {name for name, handler in handlers.items() if _table(handler).get("class") == "logging.StreamHandler"}
    loggers = {name: _table(one) for name, one in _table(config.get("loggers")).items()}
    root = _table(config.get("root")) or loggers.pop("", {})
    on_root = bool(console & set(root.get("handlers") or ()))
    to_files = [one for one in (root, *loggers.values()) if files & set(one.get("handlers") or ())]
    return bool(to_files) and all(
        console & set(one["handlers"]) or (one is not root and on_root and one.get("propagate", True))
        for one in to_files
    )


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _handlers(setting: Setting | None) -> tuple[Evidence, ...]:
    """The lines of the handlers' files."""
    config = setting.configured if setting is not None else None
    handlers = config.get("handlers") if isinstance(config, Mapping) else None
    if setting is None or not isinstance(handlers, Mapping):
        return ()
    keys = (f"handlers.{name}.filename" for name in handlers)
    return tuple(dict.fromkeys(setting.places[key] for key in keys if key in setting.places))


rule = Rule(
    info=RuleInfo(
        id="log-file",
        title="Logging writes to a file of the container",
        severity=Severity.RISK,
        category=Category.LOGGING,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "The platform keeps what a process writes to standard output. A file stays in the "
            "container, where nobody looks, is lost with the next deployment, and takes from the 4 "
            "GiB of the disk; where its folder is missing, Django does not start."
        ),
        remediation="Log to the console: logging.StreamHandler.",
        commands=(
            (
                'LOGGING = {"version": 1, "disable_existing_loggers": False, "handlers": {"console": '
                '{"class": "logging.StreamHandler"}}, "root": {"handlers": ["console"], "level": '
                '"INFO"}}'
            ),
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/logging/#examples",
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
                        '    "handlers": {"file": {"class": "logging.FileHandler", "filename": BASE_DIR '
                        '/ "shop.log"}},\n'
                        '    "root": {"handlers": ["file"]},\n'
                        "}\n"
                    )
                },
                line=6,
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
                        '    "root": {"handlers": ["console"]},\n'
                        "}\n"
                    )
                }
            ),
        ),
        notes=("log-file",),
    ),
    check=check,
)
