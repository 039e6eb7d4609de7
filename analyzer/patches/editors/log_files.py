"""Log records to the console, which the platform collects."""

from collections.abc import Callable
from itertools import groupby

import libcst as cst

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.settings_file import SettingsFile, entry_of, text_of
from analyzer.patches.splices import Splice

_STREAM = "logging.StreamHandler"
_KEPT = frozenset({"class", "level", "filters", "formatter"})
"""Keys that a handler of any class has; the others are arguments of the one for files."""


def log_to_console(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """Handlers keep their names, levels and formats, so that loggers need no change."""
    splices = []
    for found in file.assignments("LOGGING"):
        handlers = found.entry("handlers")
        for element in handlers.elements if isinstance(handlers, cst.Dict) else ():
            value = element.value
            if isinstance(value, cst.Dict) and entry_of(value, "filename") is not None:
                splices += _handler(file, value)
    return edit(*splices) if splices else None


def _handler(file: SettingsFile, handler: cst.Dict) -> list[Splice]:
    """One handler: the class changed, the arguments for files left out."""
    elements = [one for one in handler.elements if isinstance(one, cst.DictElement)]
    names = [text_of(one.key) for one in elements]
    if len(elements) != len(handler.elements) or "class" not in names:
        return []
    value = elements[names.index("class")].value
    quote = file.code(value)[0]
    splices = [file.replace(value, f"{quote}{_STREAM}{quote}")]
    going = [number for number in range(len(elements)) if names[number] not in _KEPT]
    runs = [list(run) for _, run in groupby(going, key=_run_of(names))]
    return [*splices, *(_removal(file, elements, run[0], run[-1]) for run in runs)]


def _run_of(names: list[str | None]) -> Callable[[int], int]:
    """A key that is the same for elements without one between them that stays."""
    return lambda number: sum(name in _KEPT for name in names[:number])


def _removal(file: SettingsFile, elements: list[cst.DictElement], first: int, last: int) -> Splice:
    """Elements with their commas; a comma behind the last one of all stays, for the one that is last then."""
    if last + 1 < len(elements):
        return Splice(start=file.span(elements[first].key)[0], end=file.span(elements[last + 1].key)[0], text="")
    return Splice(start=file.span(elements[first - 1].value)[1], end=file.span(elements[last].value)[1], text="")
