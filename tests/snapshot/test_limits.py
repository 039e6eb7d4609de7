"""Memory for paths, as it is counted and as it is."""

import sys

import pytest

from analyzer.snapshot.limits import MAX_PATH_BYTES, Limits, Room

LIST_ITEM = 8


@pytest.mark.parametrize("name", ["n" * 200, "é" * 100, "字" * 80, "a" * 200 + "😀"])
def test_what_is_kept_takes_no_more_than_the_room(name: str) -> None:
    room = Room(50_000)
    kept = room.paths("a/long/folder/" * 5, [f"{name}{number}" for number in range(1_000)])
    assert room.left < 0
    assert 10 < len(kept) < 1_000
    assert sum(sys.getsizeof(path) + LIST_ITEM for path in kept) <= 50_000


def test_what_fits_is_kept_in_order() -> None:
    room = Room(400)
    assert room.paths("a/", ["c", "b"]) == ["a/c", "a/b"]
    assert room.paths("", []) == []
    assert room.left > 0
    assert room.paths("a/", ["f", "e", "d", "c", "b", "a"]) == ["a/a", "a/b", "a/c", "a/d"]
    assert room.left < 0
    assert room.paths("a/", ["a"]) == []


def test_as_many_files_as_are_read_have_room() -> None:
    names = [f"{number:06}{'n' * 80}" for number in range(1_000)]
    room = Room(MAX_PATH_BYTES * len(names) // Limits().files)
    assert len(room.paths("", names)) == len(names)
