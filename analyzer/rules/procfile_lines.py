"""Lines of a Procfile as they are after a change: the project's own command, with what it lacks."""

from collections.abc import Iterable

from analyzer.model.evidence import Evidence
from analyzer.model.facts import Process
from analyzer.model.lazy_pattern import lazy_pattern

_BIND = lazy_pattern(r"(?:(?<=\s)-b|--bind)[ =]?[^\s-]\S*")
LISTENS = "--bind 0.0.0.0:$PORT"


def listening(processes: Iterable[Process], place: Evidence, *options: str) -> tuple[str, ...] | None:
    """The line at a place with gunicorn listening where the platform says, and with more options behind it.

    None where no Procfile starts gunicorn there: the rule's own command is shown then.
    """
    at = (place.path, place.line)
    found = [one for one in processes if one.source == "Procfile" and (one.evidence.path, one.evidence.line) == at]
    if not found or found[0].program != "gunicorn":
        return None
    command, changed = _BIND.subn(LISTENS, found[0].command)
    words = (command, *(() if changed else (LISTENS,)), *options)
    return (f"{found[0].name}: {' '.join(words)}",)
