"""The table of builders: its cells, what differs from the Dockerfile, and why."""

from dataclasses import replace

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.prediction import (
    BuildpackPrediction,
    BuildWarning,
    Outcome,
    PredictedCollectstatic,
    PredictedFailure,
    PredictedPython,
    Statement,
    Step,
    Upstream,
)
from analyzer.model.report import Report
from analyzer.render.page.cells import Cell
from analyzer.render.page.comparison import comparison
from analyzer.render.page.places import Places
from analyzer.render.page.sizes import size
from tests.render.document.test_verification import VERIFICATION
from tests.render.plans import SIMPLE, plan_of

AT = (Evidence(path="Procfile", line=2),)
WEB = SIMPLE.command.value
GOOD = BuildpackPrediction(
    buildpack="good",
    title="Good",
    version="1",
    read_on="2026-11-27",
    detected=Fact(value=True, evidence=AT),
    group=("python", "procfile"),
    package_manager="pip",
    python=PredictedPython(requested="3.12", resolved="3.12.9", origin=".python-version", evidence=AT),
    processes={"web": WEB, "worker": "celery"},
    default_process="web",
    run_environment={"A": "1", "B": "2", "C": "3", "D": "4", "E": "5"},
    statements=(Statement(step=Step.PYTHON, text="takes it from the file", evidence=AT, source="lib/python.sh 1-9"),),
    upstream=(Upstream(repository="o/main", revision="beef0123456789"),),
)
FAILURE = PredictedFailure(
    id="no-web",
    mode=None,
    message="no process is called web",
    step=Step.PROCESSES,
    log="boot",
    fix="add one",
    evidence=AT,
)
BAD = replace(
    GOOD,
    buildpack="bad",
    package_manager="poetry",
    python=PredictedPython(resolved="3.14.1"),
    collectstatic=PredictedCollectstatic(outcome=Outcome.FAILS, reason="no STATIC_ROOT"),
    processes={},
    default_process=None,
    failures=(FAILURE, replace(FAILURE, id="second")),
    warnings=(BuildWarning(id="old", message="it ends soon", step=Step.PYTHON, evidence=AT),),
    upstream=(),
)


def table(report: Report, *predictions: BuildpackPrediction, verified: bool = False) -> dict[str, tuple[Cell, ...]]:
    verification = VERIFICATION if verified else None
    report = replace(report, predictions=predictions, plan=plan_of(SIMPLE), verification=verification)
    found = comparison(report, Places(report))
    assert found is not None
    assert all(len(row.cells) == len(found.columns) for row in found.rows)
    return {row.label: row.cells for row in found.rows}


def test_no_prediction_is_no_table(report: Report) -> None:
    assert comparison(report, Places(report)) is None


def test_what_the_dockerfile_does_too_does_not_differ(report: Report) -> None:
    rows = table(report, GOOD)
    assert [label for label, (_, cell) in rows.items() if cell.differs] == []
    assert rows["Python"][1].text == "3.12.9 (.python-version)"
    assert rows["process types"][1].text == f"web: {WEB}\nalso worker"
    assert rows["variables at run"][1].text == "A, B, C, D and 1 more"
    assert [reason.text for reason in rows["variables at run"][1].reasons][-1] == "E: 5"


def test_what_it_does_otherwise_differs_and_what_fails_is_marked(report: Report) -> None:
    rows = table(report, GOOD, BAD)
    assert {label for label, cells in rows.items() if cells[2].differs} >= {
        "Python",
        "packages by",
        "collectstatic",
        "process types",
        "fails at",
    }
    assert {label for label, cells in rows.items() if cells[2].tone == "bad"} == {"process types", "fails at"}
    assert rows["fails at"][2].text == "processes: no process is called web\nand 1 further failure"
    assert "Smallest change: add one." in rows["fails at"][2].reasons[0].text


def test_a_cell_has_its_lines_and_its_source(report: Report) -> None:
    decided, said = table(report, GOOD)["Python"][1].reasons
    assert decided.places[0].text == "Procfile:2"
    assert said.sources[0].url == "https://github.com/o/main/blob/beef0123456789/lib/python.sh#L1-L9"
    assert [reason.tone for reason in table(report, BAD)["Python"][1].reasons] == ["", "fair"]


def test_the_dockerfile_says_its_decisions(report: Report) -> None:
    (reason, _) = table(report, GOOD)["Python"][0].reasons
    assert reason.text == "the project asks for it. To change it: image.python_version."


def test_size_and_time_are_known_after_a_trial(report: Report) -> None:
    assert "size and time" not in table(report, GOOD)
    assert table(report, GOOD, verified=True)["size and time"][0].text == "Dockerfile: 191 MB, 30 s"


def test_sizes_are_those_of_instances() -> None:
    assert [size(one) for one in (1, 900, 2048, 512 * 2**20, 3 * 2**30)] == [
        "1 byte",
        "900 bytes",
        "2 kB",
        "512 MB",
        "3 GB",
    ]
