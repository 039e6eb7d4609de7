"""Processes that end in every way there is, for real."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from analyzer.fleet.processes import End, Ended, run_each
from tests.fleet.work import BIG, do, meet

LONG = 100.0


def ends(*items: str, jobs: int = 2, seconds: float = LONG) -> dict[str, Ended[str]]:
    return {ended.item: ended for ended in run_each(do, items, jobs=jobs, seconds=seconds)}


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_item_is_done_once(jobs: int) -> None:
    items = [f"item{number}" for number in range(7)]
    found = list(run_each(do, items, jobs=jobs, seconds=LONG))
    assert sorted(ended.item for ended in found) == items
    assert {ended.end for ended in found} == {End.DONE}
    assert all(ended.messages == (b"begun", ended.item.encode()) for ended in found)


def test_nothing_to_do() -> None:
    assert ends() == {}


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("kill", "its process was ended by signal 9 (SIGKILL)"),
        ("exit", "its process ended with exit code 3"),
        ("raise", "its process ended with exit code 4"),
    ],
)
def test_a_process_that_dies_takes_no_other_with_it(item: str, reason: str) -> None:
    found = ends("one", item, "two", "three", jobs=1)
    assert (found[item].end, found[item].reason) == (End.CRASHED, reason)
    assert found[item].messages == (b"begun",)
    assert [name for name, ended in found.items() if ended.end is End.DONE] == ["one", "two", "three"]


def test_a_process_that_does_not_end_is_ended() -> None:
    found = ends("sleep", "one", "two", seconds=8)
    assert (found["sleep"].end, found["sleep"].reason) == (End.TIMED_OUT, "no answer within 8 s")
    assert found["sleep"].messages == (b"begun",)
    assert found["one"].end is found["two"].end is End.DONE


def test_an_answer_larger_than_a_pipe() -> None:
    assert [len(message) for message in ends("much")["much"].messages] == [5, BIG, 4]


def test_an_interrupt_of_the_terminal_is_left_to_the_process_that_waits() -> None:
    assert ends("interrupt")["interrupt"].end is End.DONE


def test_processes_work_at_the_same_time(tmp_path: Path) -> None:
    items = [f"{tmp_path} a b", f"{tmp_path} b a"]
    assert [ended.messages for ended in run_each(meet, items, jobs=2, seconds=LONG)] == [(b"met",), (b"met",)]


def test_processes_are_ended_with_what_waits_for_them(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with closing(run_each(do, [f"sleep {note}", "kill"], jobs=2, seconds=LONG)) as found:
        assert next(found).item == "kill"
        while not note.exists() or not note.read_text():
            os.sched_yield()
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)
