"""The results file: what it keeps whenever a run ends, and how it is read."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.fleet.results import results
from analyzer.model.errors import UsageError
from analyzer.model.fleet import FleetEntry
from analyzer.pipeline import TOOL
from analyzer.render.document.fleet import entry_from, entry_line
from tests.fleet.entries import FLEET, entry

A, B, C = (entry(name) for name in "abc")


def text(*entries: FleetEntry) -> str:
    return "".join(entry_line(one, TOOL) for one in entries)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "fleet.jsonl"


def read(file: Path, *, fresh: bool = False) -> dict[str, FleetEntry]:
    with results(file, fresh=fresh) as found:
        return dict(found.entries)


def test_one_line_for_each_sorted_by_name(file: Path) -> None:
    with results(file, fresh=False) as found:
        for one in (C, A, replace(B, score=1), B):
            found.add(one)
    assert file.read_text() == text(A, B, C)


def test_every_entry_comes_back_as_it_was(file: Path) -> None:
    with results(file, fresh=False) as found:
        for one in FLEET:
            found.add(one)
    assert read(file) == {one.repository: one for one in FLEET}


def test_lines_are_there_as_soon_as_they_are_added(file: Path) -> None:
    with results(file, fresh=False) as found:
        found.add(B)
        assert file.read_text() == text(B)
        found.add(A)
        assert file.read_text() == text(B, A)


def test_a_run_that_fails_keeps_what_it_had(file: Path) -> None:
    def fail() -> None:
        with results(file, fresh=False) as found:
            found.add(B)
            found.add(A)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert file.read_text() == text(B, A)
    assert read(file) == {"a": A, "b": B}


def test_a_process_that_is_killed_keeps_what_it_had(file: Path) -> None:
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom analyzer.fleet.results import results\n"
        "from tests.fleet.entries import entry\n"
        "with results(Path(sys.argv[1]), fresh=False) as found:\n"
        "    found.add(entry('b')); found.add(entry('a')); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program, file], cwd=root, timeout=60, check=False)
    assert done.returncode == -9
    assert read(file) == {"a": A, "b": B}


@pytest.mark.parametrize("cut", [2, 20, 400])
def test_a_last_line_that_was_cut_off_is_taken_away_and_the_next_one_is_whole(file: Path, cut: int) -> None:
    file.write_text(text(A, B)[:-cut])
    with results(file, fresh=False) as found:
        assert found.entries == {"a": A}
        assert found.unread == 0
        assert file.read_text() == text(A)
        found.add(C)
        assert file.read_text() == text(A, C)


def test_a_last_line_that_lacks_only_its_end_is_kept(file: Path) -> None:
    file.write_text(text(A, B)[:-1])
    with results(file, fresh=False) as found:
        assert found.entries == {"a": A, "b": B}
        found.add(C)
        assert file.read_text() == text(A, B, C)


def test_damage_in_the_middle_costs_its_own_line(file: Path) -> None:
    file.write_text(text(A) + '{"schema_version": 1}\n[]\n\xff\n' + "[" * 100_000 + "\n" + text(B))
    with results(file, fresh=False) as found:
        assert found.entries == {"a": A, "b": B}
        assert found.unread == 4
    assert file.read_text() == text(A, B)


def test_the_last_line_of_a_repository_holds(file: Path) -> None:
    file.write_text(text(replace(A, score=1), B, A))
    assert read(file) == {"a": A, "b": B}


def test_a_fresh_start(file: Path) -> None:
    file.write_text(text(A))
    with results(file, fresh=True) as found:
        assert found.entries == {}
        found.add(B)
    assert file.read_text() == text(B)


def test_two_runs_do_not_write_to_one_file(file: Path) -> None:
    with (
        results(file, fresh=False),
        pytest.raises(UsageError, match="another doctor fleet"),
        results(file, fresh=False),
    ):
        pytest.fail("the second run was let in")


def test_a_file_behind_a_link(file: Path) -> None:
    link = file.with_name("link.jsonl")
    link.symlink_to(file)
    with results(link, fresh=False) as found:
        found.add(A)
    assert link.is_symlink()
    assert file.read_text() == text(A)


def test_without_a_file() -> None:
    with results(None, fresh=False) as found:
        found.add(A)
        assert found.entries == {"a": A}


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Is a directory"), results(tmp_path, fresh=False):
        pytest.fail("a folder was taken for a file")


def test_a_line_says_who_wrote_it() -> None:
    assert text(A).startswith(f'{{"schema_version": 1, "tool": {{"name": "doctor", "version": "{TOOL.version}"}}, ')
    assert entry_from(text(A).encode()) == A
