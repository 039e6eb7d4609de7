"""What each buildpack does, step by step, beside what the Dockerfile does."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from analyzer.model.prediction import BuildpackPrediction, Step
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.page.cells import NOTHING, Cell, Reason, minor, names
from analyzer.render.page.dockerfile_column import dockerfile_cells, measured
from analyzer.render.page.places import Link, Places, upstream_links
from analyzer.render.statements import counted, listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One builder."""

    title: str
    name: str
    link: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step, with a cell for each column."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The table; the first column is that of the Dockerfile where there is a plan."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class _Step(NamedTuple):
    label: str
    steps: tuple[Step, ...]
    """Whose statements are the reasons."""
    says: Callable[[BuildpackPrediction], str]
    key: Callable[[BuildpackPrediction], str] | None
    """What is compared; None where a difference says nothing."""


def _detects(prediction: BuildpackPrediction) -> str:
    if not prediction.detected.value:
        return "no"
    if prediction.overruled_by is not None:
        return f"yes, but {prediction.overruled_by.path} goes first"
    return f"yes: {listing(prediction.group)}" if prediction.group else "yes"


def _python(prediction: BuildpackPrediction) -> str:
    python = prediction.python
    version = python.resolved or python.requested
    return f"{version} ({python.origin})" if version and python.origin else version or NOTHING


def _collectstatic(prediction: BuildpackPrediction) -> str:
    found = prediction.collectstatic
    return f"{found.outcome.value}: {found.reason}" if found is not None else NOTHING


def _web(prediction: BuildpackPrediction) -> str:
    return prediction.processes.get(prediction.default_process or "", "")


def _said(*steps: Step) -> Callable[[BuildpackPrediction], str]:
    def says(prediction: BuildpackPrediction) -> str:
        found = [one.text for one in prediction.statements if one.step in steps]
        return found[0] + (f", and {len(found) - 1} more" if len(found) > 1 else "") if found else NOTHING

    return says


def _processes(prediction: BuildpackPrediction) -> str:
    others = [name for name in prediction.processes if name != prediction.default_process]
    if prediction.default_process is None:
        return f"none by default; {listing(others)}" if others else "none"
    return f"{prediction.default_process}: {_web(prediction)}" + (f"\nalso {listing(others)}" if others else "")


def _failures(prediction: BuildpackPrediction) -> str:
    if not prediction.failures:
        return NOTHING
    first, *more = prediction.failures
    return f"{first.step.value}: {first.message}" + (f"\nand {counted(len(more), 'further failure')}" if more else "")


_STEPS = (
    _Step("takes the folder", (Step.DETECT, Step.CHECKS, Step.HOOKS), _detects, lambda p: str(p.detected.value)),
    _Step("Python", (Step.PYTHON,), _python, lambda p: minor(p.python.resolved or "")),
    _Step(
        "packages by",
        (Step.PACKAGE_MANAGER,),
        lambda p: p.package_manager or NOTHING,
        lambda p: p.package_manager or "",
    ),
    _Step("system packages", (Step.SYSTEM_PACKAGES,), _said(Step.SYSTEM_PACKAGES), None),
    _Step("install", (Step.INSTALL, Step.NLTK), lambda p: p.install_command or NOTHING, None),
    _Step("front end", (Step.FRONTEND,), _said(Step.FRONTEND), None),
    _Step(
        "collectstatic",
        (Step.COLLECTSTATIC,),
        _collectstatic,
        lambda p: p.collectstatic.outcome.value if p.collectstatic is not None else "",
    ),
    _Step("process types", (Step.PROCESSES,), _processes, _web),
    _Step("start, port, user", (Step.BOOT,), _said(Step.BOOT), None),
    _Step("variables at build", (), lambda p: names(p.build_environment), None),
    _Step("variables at run", (), lambda p: names(p.run_environment), None),
    _Step("fails at", (), _failures, lambda p: "fails" if p.failures else "holds"),
)


def comparison(report: Report, places: Places) -> Comparison | None:
    """The table; None where no buildpack was asked."""
    if not report.predictions:
        return None
    plan, verification = report.plan, report.verification
    columns = [_column(prediction) for prediction in report.predictions]
    ours: Mapping[str, tuple[Cell, str]] = {}
    if plan is not None:
        columns.insert(0, Column(title="Dockerfile", name="doctor emit", link=None))
        ours = dockerfile_cells(plan, places, verification)
    rows = []
    for step in _STEPS:
        cell = ours.get(step.label)
        expected = cell[1] if cell is not None else None
        cells = [] if cell is None else [cell[0]]
        cells += (_cell(step, prediction, expected, places) for prediction in report.predictions)
        if any(one.text != NOTHING for one in cells):
            rows.append(Row(label=step.label, cells=tuple(cells)))
    if verification is not None and plan is not None:
        unknown = Cell(text="not built", differs=False, tone="", reasons=())
        cells = [measured(verification), *(unknown for _ in report.predictions)]
        rows.append(Row(label="size and time", cells=tuple(cells)))
    return Comparison(columns=tuple(columns), rows=tuple(rows))


def _column(prediction: BuildpackPrediction) -> Column:
    upstream = prediction.upstream[-1] if prediction.upstream else None
    link = None
    if upstream is not None:
        url = f"https://github.com/{upstream.repository}/tree/{upstream.revision}"
        link = Link(text=f"{upstream.repository} at {upstream.revision[:8]}", url=url)
    return Column(title=prediction.title, name=prediction.buildpack, link=link)


def _cell(step: _Step, prediction: BuildpackPrediction, ours: str | None, places: Places) -> Cell:
    text = step.says(prediction)
    differs = step.key is not None and ours is not None and text != NOTHING and step.key(prediction) != ours
    failed = (
        bool(prediction.failures)
        if step.label == "fails at"
        else any(f.step in step.steps for f in prediction.failures)
    )
    return Cell(
        text=text, differs=differs, tone="bad" if failed else "", reasons=tuple(_reasons(step, prediction, places))
    )


def _reasons(step: _Step, prediction: BuildpackPrediction, places: Places) -> Iterator[Reason]:
    if step.label == "takes the folder":
        yield from _overruled(prediction, places)
    if step.label == "Python" and prediction.python.evidence:
        yield Reason(text="decided by", places=places.of(prediction.python.evidence))
    for said in prediction.statements:
        if said.step in step.steps:
            yield Reason(
                text=said.text, places=places.of(said.evidence), sources=upstream_links(prediction, said.source)
            )
    for warning in prediction.warnings:
        if warning.step in step.steps:
            yield Reason(text=f"{warning.id}: {warning.message}", places=places.of(warning.evidence), tone="fair")
    for failure in prediction.failures:
        if failure.step in step.steps or step.label == "fails at":
            log = f" The log says: {failure.log}" if failure.log else ""
            text = f"{failure.id}: {failure.message}.{log} Smallest change: {failure.fix}."
            yield Reason(text=text, places=places.of(failure.evidence), tone="bad")
    for name, value in _listed(step.label, prediction).items():
        yield Reason(text=f"{name}: {value}", places=())


def _listed(label: str, prediction: BuildpackPrediction) -> Mapping[str, str]:
    """What the cell of a step names and does not show."""
    match label:
        case "variables at build":
            return prediction.build_environment
        case "variables at run":
            return prediction.run_environment
        case "process types":
            return prediction.processes
        case _:
            return {}


def _overruled(prediction: BuildpackPrediction, places: Places) -> Iterator[Reason]:
    if prediction.overruled_by is not None:
        yield Reason(text="goes first", places=places.of((prediction.overruled_by,)), tone="fair")
