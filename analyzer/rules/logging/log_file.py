"""Handlers of LOGGING that write files."""

from collections.abc import Mapping
from typing import Any

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import Setting
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, passed

_TAKE_OUT = "Take the handlers that write files out of LOGGING, and out of the loggers: the console has it all."
_LEVELS = {"NOTSET": 0, "DEBUG": 10, "INFO": 20, "WARNING": 30, "WARN": 30, "ERROR": 40, "CRITICAL": 50, "FATAL": 50}
"""Python's own (library/logging.html#logging-levels)."""
_LOST = "what is written there is not among the platform's logs, and is gone with the next deployment"


def check(ctx: Context) -> RuleOutcome:
    """The planner makes the folders writable, and notes each file; they are one finding."""
    files = ctx.facts.django.logging_files
    noted = ctx.noted("log-file")
    if noted is None or not isinstance(files, Fact):
        return noted or passed("LOGGING writes no file", *files.evidence[:1])
    setting = ctx.setting("LOGGING")
    places = _handlers(setting) or files.evidence[:1]
    consoles = _consoles(_table(setting.configured)) if setting is not None else None
    named = ", ".join(files.value)
    if consoles is None:
        return fail(f"LOGGING writes to {named}: {_LOST}.", *places, commands=_to_console(setting))
    if consoles:
        stricter = " and ".join(f"{name} ({level})" for name, level in consoles.items())
        return fail(
            f"LOGGING writes more to {named} than to the console, whose handler {stricter} lets less through: what is "
            "in the files alone is not among the platform's logs, and is gone with the next deployment.",
            *places,
            severity=Severity.ADVICE,
            remediation=(
                f"Lower the level of {' and '.join(consoles)} where the rest is wanted in the platform's logs; then "
                "the handlers that write files can go, unless the project shows those files itself: it has those of "
                "the same container alone."
            ),
        )
    return fail(
        f"LOGGING writes to {named} what goes to the console as well: the files are gone with the next deployment, and "
        "take from the container's disk.",
        *places,
        severity=Severity.ADVICE,
        remediation=_TAKE_OUT,
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


def _consoles(config: Mapping[str, Any]) -> dict[str, str] | None:
    """Handlers of the console that let less through than the files' beside them, with their levels; None where a
    logger with a file has no console, neither of its own nor of the root logger that it propagates to."""
    handlers = {name: _table(one) for name, one in _table(config.get("handlers")).items()}
    loggers = {name: _table(one) for name, one in _table(config.get("loggers")).items()}
    root = _table(config.get("root")) or loggers.pop("", {})
    stricter: dict[str, str] = {}
    to_files = False
    for one in (root, *loggers.values()):
        own = [name for name in one.get("handlers") or () if name in handlers]
        files = [handlers[name] for name in own if "filename" in handlers[name]]
        if not files:
            continue
        to_files = True
        above = [*own, *((root.get("handlers") or ()) if one is not root and one.get("propagate", True) else ())]
        consoles = [name for name in above if _table(handlers.get(name)).get("class") == "logging.StreamHandler"]
        if not consoles:
            return None
        loosest = min(consoles, key=lambda name: _level(handlers[name]))
        written = max(_level(one, _level(root, _LEVELS["WARNING"])), min(map(_level, files)))
        if _level(handlers[loosest]) > written:
            stricter[loosest] = str(handlers[loosest]["level"])
    return stricter if to_files else None


def _level(config: Mapping[str, Any], unset: int = 0) -> int:
    """The level of a logger or handler; one that is not known lets everything through."""
    level = config.get("level", unset)
    return level if isinstance(level, int) else _LEVELS.get(level.upper(), 0) if isinstance(level, str) else 0


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
