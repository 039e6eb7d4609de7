"""What is changed between two builds, and what the document makes of the results."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from analyzer.verify.building import BuildLog, BuildStep
from tests.bench.builds import Build, Change, Measured, _reason, add_dependency, python_file
from tests.bench.image_document import aims, document
from tests.bench.images import read

QUICK = Build(seconds=12.0, collecting=4.0, installs=False)
SLOW = Build(seconds=30.0, collecting=4.0, installs=True)


def image(megabytes: int, source: Build = QUICK) -> Measured:
    """An image that adds so much to a base of 100 MB."""
    return Measured(
        builds={Change.FIRST: SLOW, Change.SOURCE: source},
        size=(100 + megabytes) * 1_000_000,
        base=100_000_000,
    )


FAILED = Measured(builds={}, reason="error: no wheel")


def test_a_file_of_an_application_is_changed_and_no_migration() -> None:
    assert python_file(("manage.py", "shop/a/views.py", "shop/views.py", "shop/migrations/views.py")) == "shop/views.py"
    assert python_file(("README.md", "manage.py")) == "manage.py"
    with pytest.raises(ValueError, match="no Python file"):
        python_file(("README.md",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dependency_is_added_in_the_encoding_of_the_file(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("Django==5.2\n\n", encoding=encoding)
    assert add_dependency(tmp_path)
    assert re.fullmatch(r"Django==5\.2\ntoolz==1\.0\.0  # \w{8}\n", file.read_text(encoding=encoding))


def test_without_requirements_files_nothing_is_added(tmp_path: Path) -> None:
    (tmp_path / "uv.lock").touch()
    assert not add_dependency(tmp_path)


def test_aims_are_counted_over_what_was_built() -> None:
    results = {
        "a+small": {"doctor": image(20), "other": image(30), "third": FAILED},
        "a+large": {"doctor": image(40, SLOW), "other": image(30)},
        "a+alone": {"doctor": image(10), "other": FAILED},
    }
    assert list(aims(results)) == [
        "- smaller over its base than the smallest image of a peer: 1 of 2; "
        "not a+large (40.0 against 30.0 MB of other)",
        "- no dependencies installed anew after a change of the source: 2 of 3; not a+large",
        "- less than 10 s for that, apart from collectstatic: 2 of 3; not a+large (26.0 s)",
    ]


def rows_of(text: str, repository: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith(f"| {repository}")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def test_a_build_that_fails_is_a_row_with_the_number_of_its_reason() -> None:
    other = Measured(builds={}, reason=f"failed to solve: no `x`: {'long ' * 50}")
    text = document(
        {"a+b": {"doctor": image(20), "other": FAILED, "third": other, "fourth": FAILED}},
        engine="20.10",
        day=date(2026, 1, 2),
        remarks="So it is.",
    )
    assert text.endswith("\n\n## Remarks\n\nSo it is.\n")
    assert rows_of(text, "a/b") == [
        ["a/b", "doctor", "120", "20.0", "30.0", "–", "12.0 (4.0)", "–"],
        ["a/b", "other", "does not build (1)", "", "", "", "", ""],
        ["a/b", "third", "does not build (2)", "", "", "", "", ""],
        ["a/b", "fourth", "does not build (1)", "", "", "", "", ""],
    ]
    assert "\n\n1. `error: no wheel`\n2. `no 'x': long long " in text
    assert all(len(line) < 140 for line in text.splitlines())


def test_fixtures_have_a_table_of_their_own() -> None:
    text = document({"shop": {"doctor": image(10)}, "a+b": {"doctor": image(20)}}, engine="20.10", day=date(2026, 1, 2))
    public, _, fixtures = text.partition("\n## Fixtures\n")
    assert (len(rows_of(public, "a/b")), len(rows_of(public, "shop"))) == (1, 0)
    assert (len(rows_of(fixtures, "a/b")), len(rows_of(fixtures, "shop"))) == (0, 1)
    assert "\n1. " not in text
    assert "Fixtures" not in document({"a+b": {"doctor": image(20)}}, engine="20.10", day=date(2026, 1, 2))


def step(*log: str) -> BuildLog:
    return BuildLog(
        image="", steps=(BuildStep(number=2, cached=False, seconds=1, log=log),), error="exit code: 1", seconds=1
    )


def test_the_reason_is_the_last_line_that_says_something() -> None:
    lines = ("Error: pg_config executable not found.", "  ERROR: Failed building wheel for a", "note: This error is")
    assert _reason(step(*lines)) == "Error: pg_config executable not found."
    assert _reason(step(*lines[1:])) == "note: This error is"
    assert _reason(step("make")) == "exit code: 1"


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    one = image(20)
    (tmp_path / "r.json").write_text(json.dumps({"a+b": {"doctor": one.to_json()}}), encoding="utf-8")
    assert read(tmp_path / "r.json") == {"a+b": {"doctor": one}}
    assert read(tmp_path / "none.json") == {}
