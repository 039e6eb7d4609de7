"""The comparison of the buildpacks: a table with a column for each, what goes wrong, and why each cell says so."""

from collections.abc import Iterator, Sequence

from analyzer.model.prediction import BuildpackPrediction, PredictedFailure
from analyzer.render.statements import statement
from analyzer.render.text_layout import GAP, INDENT, Row, Section, Style, cells, visible, wrap

LABELS = ("detects", "takes part", "packages by", "Python", "collectstatic", "default process", "first failure")
SHORT = ("detects", "Python", "default process", "first failure")
"""The rows that matter most, where the table is only a part of a report."""
LABEL_WIDTH = max(map(len, LABELS))
COLUMN_WIDTH = 20
"""Columns of the terminal for one buildpack; more buildpacks than fit go below each other."""
NOTHING = "-"


def table(predictions: Sequence[BuildpackPrediction], width: int, labels: Sequence[str] = LABELS) -> Iterator[str]:
    """The table as lines with the rows `labels`, as many buildpacks side by side as fit into `width`."""
    room = max(1, (width - INDENT - LABEL_WIDTH) // (COLUMN_WIDTH + GAP))
    for start in range(0, len(predictions), room):
        if start:
            yield ""
        yield from _block(predictions[start : start + room], labels)


def _block(predictions: Sequence[BuildpackPrediction], labels: Sequence[str]) -> Iterator[str]:
    yield from _line("", [p.buildpack for p in predictions])
    columns = [_cells(p) for p in predictions]
    for index, label in enumerate(LABELS):
        row = [column[index] for column in columns]
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
    return (
        "yes",
        ", ".join(prediction.group) if prediction.group else NOTHING,
        prediction.package_manager or "nothing",
        f"{resolved} ({python.origin})" if python.origin else resolved,
        collectstatic.outcome.value if collectstatic is not None else NOTHING,
        f"{default}: {command}" if default is not None else "none",
        prediction.failures[0].id if prediction.failures else NOTHING,
    )


def failure_sections(predictions: Sequence[BuildpackPrediction]) -> Iterator[Section]:
    """What goes wrong, one section for each buildpack: the message, what the log says, the smallest change."""
    for prediction in predictions:
        rows = tuple(row for failure in prediction.failures for row in _failure(failure))
        yield Section(title=f"What goes wrong: {prediction.title}", rows=rows, min_label_width=8)


def _failure(failure: PredictedFailure) -> Iterator[Row]:
    yield statement(failure.step.value, f"{failure.id}: {failure.message}", *failure.evidence, style=Style.WARNING)
    if failure.log:
        yield Row(label="log", value=visible(failure.log))
    yield Row(label="change", value=visible(failure.fix))


def reason_sections(predictions: Sequence[BuildpackPrediction]) -> Iterator[Section]:
    """Why: everything that each buildpack does, step by step, with the lines that make it do so."""
    for prediction in predictions:
        rows = [
            statement(item.step.value, f"{item.text} ({item.source})" if item.source else item.text, *item.evidence)
            for item in prediction.statements
        ]
        rows += [
            statement("warning", f"{warning.id}: {warning.message}", *warning.evidence)
            for warning in prediction.warnings
        ]
        yield Section(title=f"{prediction.title}, rules read on {prediction.read_on}", rows=tuple(rows))
