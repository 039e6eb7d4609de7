"""Goals are met or missed by what was measured; tables and plot show it."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.bench.document import document, drawing, remarks
from tests.bench.results import Command, Goal, Repository, Results, goals, growth, ninth_decile
from tests.bench.test_process import of

SIZES = (10, 100, 200, 1000, 4600, 10000)
SVG = "{http://www.w3.org/2000/svg}"


def generated(seconds: Callable[[int], float]) -> tuple[Repository, ...]:
    return tuple(
        Repository(
            name=f"{size} files",
            python_files=size,
            samples={command: of(0.02 if command is Command.BARE else seconds(size)) for command in Command},
        )
        for size in SIZES
    )


def repositories(*seconds: float) -> tuple[Repository, ...]:
    return tuple(
        Repository(name=f"repository-{number}", samples={command: of(one) for command in Command})
        for number, one in enumerate(seconds)
    )


def results(corpus: tuple[Repository, ...] = ()) -> Results:
    return Results(
        start={"python -c pass": of(0.02), "doctor --version": of(0.1), "doctor --help": of(0.5)},
        generated=generated(lambda size: 0.2 + size / 5000),
        fixtures=repositories(0.2, 0.4),
        corpus=corpus,
        profile="time  seconds\nwalk    0.001",
        profiled="4,600 Python files",
    )


def text_of(found: Results, *, remarks: str = "") -> str:
    return document(
        found, command="make bench", machine="a machine", runs=5, day=date(2026, 1, 2), image="b.svg", remarks=remarks
    )


def test_each_goal_has_its_figure_and_the_distance() -> None:
    found = {goal.name: goal for goal in goals(results())}
    assert found["`doctor --version`"].verdict == "met, 33% below"
    assert found["`doctor --help`"].verdict == "missed, 2.0 times as much"
    assert found["scan, 200 Python files"].measured == pytest.approx(0.24)
    assert found["scan, 4,600 Python files"].measured == pytest.approx(1.12)
    assert found["scan / lower bound, 200 Python files"].measured == pytest.approx(12)
    assert found["peak memory of a scan, the largest"].measured == pytest.approx(22)
    assert found["scan, median repository of the corpus"].verdict == "not measured"
    with_corpus = {goal.name: goal for goal in goals(results(repositories(0.1, 0.3, 9)))}
    assert with_corpus["scan, median repository of the corpus"].measured == 0.3
    assert with_corpus["scan / lower bound, median of the corpus"].measured == 1


def test_a_figure_at_the_limit_is_not_below_it() -> None:
    assert Goal(name="", limit=4, unit="s", measured=4).verdict == "missed by 0%"
    assert Goal(name="", limit=4, unit="s", measured=5).verdict == "missed by 25%"


@pytest.mark.parametrize(
    ("seconds", "exponent"),
    [(lambda n: 0.2 + n / 5000, 1), (lambda n: 0.2 + n * n / 5e6, 2), (lambda n: 0.2 + n**0.5, 0.5)],
)
def test_growth_is_an_exponent(seconds: Callable[[int], float], exponent: float) -> None:
    assert growth(generated(seconds)) == pytest.approx(exponent, abs=0.05)


def test_growth_needs_sizes_and_times_that_grow() -> None:
    assert growth(generated(lambda n: 1.0)) is None
    assert growth(generated(lambda n: float(n))[:2]) is None
    assert growth(()) is None


def test_nine_of_ten_are_below_the_ninth_decile() -> None:
    assert ninth_decile(range(101)) == 90
    assert ninth_decile([7]) == 7


def test_the_document_has_a_summary_not_a_row_for_each_repository() -> None:
    text = text_of(results(repositories(*(number / 10 for number in range(1, 31)))))
    public = text.partition("## Public repositories\n")[2]
    assert re.search(
        r"^\| scan +\| 1\.550 +\| 2\.710 +\| 30 +\| (\S+) 3\.000, (\S+) 2\.900, (\S+) 2\.800 \|$", public, re.M
    )
    assert "repository-3 " not in public
    assert "![Time of a scan by number of files](b.svg)" in text
    assert "```\ntime  seconds\nwalk    0.001\n```" in text
    assert re.search(r"^\| 10,000 +\|( 2\.200 +\|){3} 0\.020 +\| 110\.0 +\| 0\.200 +\|", text, re.M)
    assert text.startswith("# Benchmarks\n\nWritten by `make bench` on 2026-01-02: a machine.")


def test_groups_that_were_not_measured_have_no_section() -> None:
    assert "## Fixtures" in text_of(results())
    assert "## Public" not in text_of(results())


def test_remarks_of_people_outlive_the_figures(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.md"
    assert remarks(file) == ""
    file.write_text(text_of(results()), encoding="utf-8")
    assert remarks(file) == ""
    file.write_text(text_of(results(), remarks="Imports take most of it.\n\nSo it is."), encoding="utf-8")
    assert remarks(file) == "Imports take most of it.\n\nSo it is."


def test_the_plot_is_to_scale_on_both_axes() -> None:
    root = ET.fromstring(drawing(results()))
    texts = {"".join(one.itertext()) for one in root.iter(f"{SVG}text")}
    assert {"doctor scan", "lower bound", "3 × lower bound", "10", "100", "1,000", "10,000", "0.1", "1"} <= texts
    lines = [[place.split(",") for place in one.attrib["points"].split()] for one in root.iter(f"{SVG}polyline")]
    assert [len(line) for line in lines] == [len(SIZES)] * 3
    across = [float(x) for x, _ in lines[0]]
    assert across[1] - across[0] == pytest.approx(across[3] - across[1], abs=0.2)
    scan, thrice, bound = ([float(y) for _, y in line] for line in lines)
    assert scan == sorted(scan, reverse=True)
    assert all(high > low for low, high in zip(thrice, bound, strict=True))
    assert "prefers-color-scheme: dark" in drawing(results())
