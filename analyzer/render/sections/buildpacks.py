"""The comparison of the buildpacks: a table with a column for each, what goes wrong, and why each cell says so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from analyzer.model.prediction import BuildpackPrediction, PredictedFailure, Step
from analyzer.render.statements import statement
from analyzer.render.text_layout import GAP, INDENT, Row, Section, Style, cells, visible, wrap

LABELS = ("detects", "takes part", "packages by", "Python", "collectstatic", "default process", "first failure")
SHORT = ("detects", "Python", "default process", "first failure")
"""The rows that matter most, where the table is only a part of a report."""
LABEL_WIDTH = max(map(len, LABELS))
COLUMN_WIDTH = 20
"""Columns of the terminal for one buildpack; more buildpacks than fit go below each other."""
NOTHING = "-"


class Column(NamedTuple):
    """One way to build, with its cells by their labels."""

    title: str
    cells: Mapping[str, str]


def table(
    predictions: Sequence[BuildpackPrediction], width: int, labels: Sequence[str] = LABELS, *more: Column
) -> Iterator[str]:
    """The table as lines with the rows `labels`, as many columns side by side as fit into `width`.

    Args:
        more: columns behind those of the buildpacks.
    """
    columns = [*(Column(p.buildpack, dict(zip(LABELS, _cells(p), strict=True))) for p in predictions), *more]
    room = max(1, (width - INDENT - LABEL_WIDTH) // (COLUMN_WIDTH + GAP))
    for start in range(0, len(columns), room):
        if start:
            yield ""
        yield from _block(columns[start : start + room], labels)


def _block(columns: Sequence[Column], labels: Sequence[str]) -> Iterator[str]:
    yield from _line("", [column.title for column in columns])
    for label in LABELS:
        row = [column.cells.get(label, NOTHING) for column in columns]
        if label in labels and any(cell not in (NOTHING, "") for cell in row):
            yield from _line(label, row)


def _line(label: str, row: Sequence[str]) -> Iterator[str]:
    wrapped = [wrap(visible(cell), COLUMN_WIDTH, COLUMN_WIDTH) for cell in row]
    for index in range(max(map(len, wrapped))):
        parts = [column[index] if index < len(column) else "" for column in wrapped]
        text = (" " * GAP).join(part + " " * (COLUMN_WIDTH - cells(part)) for part in parts)
        yield f"{' ' * INDENT}{label if index == 0 else '':{LABEL_WIDTH}}{' ' * GAP}{text}".rstrip()


def _cells(prediction: BuildpackPrediction) -> tuple[str, ...]:
    if not prediction.detected.value:
        error = prediction.error.id if prediction.error is not None else "detection"
        return ("no", NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, error)
    python, collectstatic = prediction.python, prediction.collectstatic
    resolved = python.resolved or python.requested or NOTHING
    default = prediction.default_process
    command = prediction.processes.get(default, "") if default is not None else ""
    overruled = prediction.overruled_by
    return (
        "yes" if overruled is None else f"yes, but {overruled.path} goes first",
        ", ".join(prediction.group) if prediction.group else NOTHING,
        prediction.package_manager or (NOTHING if _stops_before_install(prediction) else "nothing"),
        f"{resolved} ({python.origin})" if python.origin else resolved,
        collectstatic.outcome.value if collectstatic is not None else NOTHING,
        f"{default}: {command}" if default is not None else "none",
        prediction.failures[0].id if prediction.failures else NOTHING,
    )


def _stops_before_install(prediction: BuildpackPrediction) -> bool:
    """Whether the build does not come to a package manager."""
    before = (Step.DETECT, Step.CHECKS, Step.HOOKS, Step.PACKAGE_MANAGER)
    return prediction.error is not None and prediction.error.step in before


def failure_sections(predictions: Sequence[BuildpackPrediction]) -> Iterator[Section]:
    """What goes wrong, one section for each buildpack: the message, what the log says, the smallest change.

    Neighbours to which the very same happens share a section.
    """
    for title, rows in _alike(
        (p, tuple(row for failure in p.failures for row in _failure(failure))) for p in predictions
    ):
        yield Section(title=f"What goes wrong: {title}", rows=rows, min_label_width=8)


def _alike(told: Iterable[tuple[BuildpackPrediction, tuple[Row, ...]]]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Titles with rows; neighbours with the same rows have one title."""
    for rows, group in groupby(told, key=itemgetter(1)):
        first, *others = (prediction for prediction, _ in group)
        names = [first.title, *(other.buildpack for other in others)]
        if first.overruled_by is not None:
            names[0] += f", were it not for {visible(first.overruled_by.path)}"
        yield " and ".join(names), rows


def _failure(failure: PredictedFailure) -> Iterator[Row]:
    row = statement(failure.step.value, f"{failure.id}: {failure.message}", *failure.evidence, style=Style.WARNING)
    missing = next((e.note for e in failure.evidence if e.note), "")
    yield row if row.place else replace(row, place=f"({visible(missing)})" if missing else "")
    if failure.log:
        yield Row(label="log", value=visible(failure.log))
    yield Row(label="change", value=visible(failure.fix))


def reason_sections(predictions: Sequence[BuildpackPrediction]) -> Iterator[Section]:
    """Why: everything that each buildpack does, step by step, with the lines that make it do so.

    Neighbours that do the very same share a section.
    """
    for date, group in groupby(predictions, key=attrgetter("read_on")):
        for title, rows in _alike((prediction, tuple(_reasons(prediction))) for prediction in group):
            yield Section(title=f"{title}, rules read on {date}", rows=rows)


def _reasons(prediction: BuildpackPrediction) -> Iterator[Row]:
    for item in prediction.statements:
        text = f"{item.text} ({item.source})" if item.source else item.text
        yield statement(item.step.value, text, *item.evidence)
    for warning in prediction.warnings:
        yield statement("warning", f"{warning.id}: {warning.message}", *warning.evidence)
