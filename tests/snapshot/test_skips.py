"""The list of what was left out stays short."""

import pytest

from analyzer.model.facts import SkippedFile
from analyzer.snapshot import skips as module
from analyzer.snapshot.skips import MAX_ENTRIES, MAX_NAMED, Skips


def test_entries_are_sorted_by_path() -> None:
    skips = Skips()
    for path in ("b", "a/x", "a", "a-b"):
        skips.add(path, "odd")
    assert [entry.path for entry in skips.entries()] == ["a", "a-b", "a/x", "b"]


def test_many_of_one_folder_are_counted() -> None:
    skips = Skips()
    for number in range(MAX_NAMED + 1500):
        skips.add(f"logs/{number:05}.log", "ignored by .gitignore")
    skips.add("logs/x", "a cache")
    entries = skips.entries()
    assert len(entries) == MAX_NAMED + 2
    assert entries[0] == SkippedFile(path="logs", reason="1,500 more here: ignored by .gitignore")


def test_many_folders_are_counted_far_ones_first() -> None:
    skips = Skips()
    for number in range(MAX_ENTRIES + 7):
        skips.add(f"a{number:05}/deep/er/x", "a cache")
    skips.add("zz", "a cache")
    entries = skips.entries()
    assert len(entries) == MAX_ENTRIES + 1
    assert entries[0] == SkippedFile(path=".", reason="8 more paths are not listed")
    assert entries[-1].path == "zz"


def test_paths_beyond_their_memory_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 5_000)
    skips = Skips()
    for number in range(100):
        skips.add(f"{number:03}/{'n' * 100}", "a cache")
    skips.add(".", "files beyond the first 5")
    told = [entry.path for entry in skips.entries() if entry.path != "."]
    assert 5 < len(told) < 40
    assert told[0].startswith("000/")
    assert {entry.reason for entry in skips.entries() if entry.path == "."} == {
        "files beyond the first 5",
        f"{100 - len(told)} more paths are not listed",
    }
