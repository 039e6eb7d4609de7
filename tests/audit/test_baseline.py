"""Baseline files, written and read."""

import json
from pathlib import Path

import pytest

from analyzer.audit.baseline import baseline_text, read_baseline
from analyzer.model.errors import UsageError
from tests.audit.made import failed, result
from tests.audit.test_score import finding


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(baseline_text([finding(result("b", failed("a.py:1"))), finding(result("a", failed("a.py:1")))]))
    assert read_baseline(file) == {"f"}
    assert [entry["rule"] for entry in json.loads(file.read_text())["findings"]] == ["a", "b"]
    assert len(file.read_text().splitlines()) == 7


def test_nothing_is_known(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(baseline_text([]))
    assert read_baseline(file) == frozenset()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"doctor_baseline": 1, "findings": [1]}', "[" * 100_000, '{"findings": []}']
)
def test_what_is_no_baseline(text: str, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"baseline\.json is no baseline"):
        read_baseline(file)


def test_another_version(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text('{"doctor_baseline": 2, "findings": []}')
    with pytest.raises(UsageError, match="version 2"):
        read_baseline(file)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the baseline"):
        read_baseline(tmp_path / "absent.json")
