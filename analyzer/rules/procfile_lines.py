"""Lines of the files that start the web server as they are after a change: the project's own command, with what it
lacks."""

from analyzer.model.evidence import Evidence
from analyzer.model.facts import Process
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context

_BIND = lazy_pattern(r"(?:(?<=\s)-b|--bind)[ =]?[^\s-]\S*")
_TIMEOUT = lazy_pattern(r"(?:(?<=\s)-t|--timeout)[ =]?\d+")
_TARGET = lazy_pattern(r"(?<![\w./:-])[A-Za-z_][\w.]*(?:\.[aw]sgi(?![\w.:])|:[A-Za-z_]\w*(?![\w.:]))")
LISTENS = "--bind 0.0.0.0:$PORT"


def listening(ctx: Context, place: Evidence, *options: str) -> tuple[str, ...] | None:
    """The line at a place with gunicorn listening where the platform says, and with more options behind it.

    None where no file that a platform or a person starts has gunicorn there: the rule's own command is shown then.
    """
    found = _gunicorn_at(ctx, place)
    if found is None:
        return None
    command, changed = _BIND.subn(LISTENS, _with_target(ctx, found.command))
    words = (command, *(() if changed else (LISTENS,)), *options)
    return (_line(found, " ".join(words)),)


def starting(ctx: Context, place: Evidence) -> tuple[str, ...] | None:
    """The line at a place with gunicorn alone, without commands before it; None as above."""
    found = _gunicorn_at(ctx, place)
    return None if found is None else (_line(found, _with_target(ctx, found.command)),)


def ending_after(ctx: Context, place: Evidence, seconds: int) -> tuple[str, ...] | None:
    """The line at a place with gunicorn's timeout changed; None as above."""
    found = _gunicorn_at(ctx, place)
    if found is None:
        return None
    return (_line(found, _TIMEOUT.sub(f"--timeout {seconds}", _with_target(ctx, found.command))),)


def _gunicorn_at(ctx: Context, place: Evidence) -> Process | None:
    at = (place.path, place.line)
    found = [one for one in ctx.facts.processes if (one.evidence.path, one.evidence.line) == at]
    written = found and found[0].program == "gunicorn" and found[0].source in ("Procfile", "app spec")
    return found[0] if written else None


def _line(process: Process, command: str) -> str:
    """As the file has it: a Procfile with a name, an app spec with a key, a script that one of them starts bare."""
    if process.source == "app spec":
        return f"run_command: {command}"
    name = process.evidence.path.rpartition("/")[2]
    return f"{process.name}: {command}" if name.startswith("Procfile") and not name.endswith(".sh") else command


def _with_target(ctx: Context, command: str) -> str:
    """The emitted command's application where the written one is not in the repository."""
    emitted, written = _TARGET.search(ctx.plan.image.command.value), _TARGET.search(command)
    if emitted is None or written is None or _module(emitted[0]) == _module(written[0]):
        return command
    return command.replace(written[0], emitted[0], 1)


def _module(target: str) -> str:
    return target.partition(":")[0]
