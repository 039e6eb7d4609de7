"""What is changed between two builds, and what the document makes of the results."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.bench.builds import Build, Change, Measured, add_dependency, python_file
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
    assert file.read_text(encoding=encoding) == "Django==5.2\ntoolz==1.0.0\n"


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


def test_a_build_that_fails_is_a_row_with_its_reason() -> None:
    text = document(
        {"a+b": {"doctor": image(20), "other": FAILED}}, engine="20.10", day=date(2026, 1, 2), remarks="So it is."
    )
    assert text.endswith("\n\n## Remarks\n\nSo it is.\n")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| a/b")]
    assert rows == [
        ["a/b", "doctor", "120", "20.0", "30.0", "–", "12.0 (4.0)", "–"],
        ["a/b", "other", "does not build", "", "error: no wheel", "", "", ""],
    ]


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    one = image(20)
    (tmp_path / "r.json").write_text(json.dumps({"a+b": {"doctor": one.to_json()}}), encoding="utf-8")
    assert read(tmp_path / "r.json") == {"a+b": {"doctor": one}}
    assert read(tmp_path / "none.json") == {}
