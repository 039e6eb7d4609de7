"""`doctor fleet` as its users meet it: streams, files, exit codes, and what it does when its processes are killed."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.bench.generate import write_repository
from tests.rules.examples import lay_out

BLOCKED = {"shop/settings.py": 'from shop.defaults import *\n\nALLOWED_HOSTS = ["shop.example"]\n'}


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """A project with a blocker, two that are in order, and a folder that is none."""
    folder = tmp_path / "fleet"
    lay_out(folder / "blocked", BLOCKED)
    lay_out(folder / "owner" / "one", {})
    lay_out(folder / "owner" / "two", {})
    (folder / "notes").mkdir()
    (folder / "notes" / "README").write_text("nothing to run\n")
    return folder


NAMES = ["blocked", "notes", "owner/one", "owner/two"]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "analyzer", "fleet", *map(str, arguments)]


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("DOCTOR_", "FORCE_COLOR"))}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=100, check=False, env=environment()
    )


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def stop_a_scan(doctor: "subprocess.Popen[str]") -> psutil.Process:
    """One of the processes that scan, stopped in the middle of its work."""
    while doctor.poll() is None:
        try:
            for server in psutil.Process(doctor.pid).children():
                for scan in server.children() if "forkserver" in " ".join(server.cmdline()) else ():
                    scan.suspend()
                    if scan.status() == psutil.STATUS_STOPPED:
                        return scan
        except psutil.Error:
            continue
    pytest.fail("doctor ended before one of its scans could be stopped")


def test_the_summary_goes_to_standard_output_and_progress_to_standard_error(fleet: Path) -> None:
    done = run(fleet)
    assert done.returncode == 0, done.stderr
    assert "fleet  4 repositories: 3 scanned, 1 no Django project" in done.stdout
    assert "allowed-hosts-fixed" in done.stdout
    progress = done.stderr.splitlines()
    assert [line[:6] for line in progress] == ["[1/4] ", "[2/4] ", "[3/4] ", "[4/4] "]
    assert sorted(line[6:].split(":")[0] for line in progress) == NAMES
    assert "\r" not in done.stderr
    assert run(fleet, "-q").stderr == ""
    assert run(fleet, "-q").stdout == done.stdout


def test_on_a_terminal_there_is_a_bar(fleet: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(fleet), stdout=subprocess.DEVNULL, stderr=theirs, env={**environment(), "TERM": "xterm"}
    ):
        os.close(theirs)
        shown = b""
        with open(ours, "rb", buffering=0) as terminal:
            try:
                while part := terminal.read(1024):
                    shown += part
            except OSError:  # how Linux says that nobody writes any more
                pass
    assert b"Scanning" in shown
    assert b"4/4" in shown
    assert b"[1/4]" not in shown


def test_results_are_kept_and_used_again(fleet: Path, tmp_path: Path) -> None:
    out = tmp_path / "fleet.jsonl"
    first = run(fleet, "--out", out)
    assert [one["repository"] for one in lines(out)] == NAMES
    content = out.read_text()
    again = run(fleet, "--out", out)
    assert out.read_text() == content
    assert again.stdout == first.stdout
    assert all(line.endswith("(as before)") for line in again.stderr.splitlines())

    whole = content.splitlines(keepends=True)
    out.write_text("".join(whole[:-1]) + whole[-1][:50])
    repaired = run(fleet, "--out", out)
    assert out.read_text() == content
    (scanned,) = [line for line in repaired.stderr.splitlines() if not line.endswith("(as before)")]
    assert "owner/two" in scanned

    fresh = run(fleet, "--out", out, "--fresh")
    assert "(as before)" not in fresh.stderr
    assert out.read_text() == content


def test_a_file_of_somebody_else_is_left_alone(fleet: Path, tmp_path: Path) -> None:
    for option, name in (("--out", "notes.txt"), ("--html", "page.html")):
        file = tmp_path / name
        file.write_text("mine\n")
        done = run(fleet, option, file)
        assert done.returncode == 2
        assert "--force" in done.stderr
        assert file.read_text() == "mine\n"
        assert run(fleet, option, file, "--force").returncode == 0
        assert "mine" not in file.read_text()


def test_the_page(fleet: Path, tmp_path: Path) -> None:
    page = tmp_path / "fleet.html"
    assert run(fleet, "--html", page).returncode == 0
    first = page.read_text()
    assert "owner/one" in first
    assert str(tmp_path) not in first
    assert run(fleet, "--html", page).returncode == 0
    assert page.read_text() == first


def test_what_cannot_be_scanned_does_not_stop_the_others(fleet: Path, tmp_path: Path) -> None:
    (fleet / "blocked" / "doctor.toml").write_text('colour = "red"\n')
    done = run(fleet)
    assert done.returncode == 1
    assert "3 scanned" not in done.stdout
    assert "2 scanned, 1 no Django project, 1 refused" in done.stdout
    assert "colour" in done.stdout


def test_a_scan_that_is_killed_is_a_line_like_the_others(fleet: Path, tmp_path: Path) -> None:
    out = tmp_path / "fleet.jsonl"
    write_repository(fleet / "large", 3000)
    with subprocess.Popen(
        command(fleet, "--out", out, "--jobs", "1"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as doctor:
        stop_a_scan(doctor).kill()
        assert doctor.stdout is not None
        summary = doctor.stdout.read()
    assert doctor.returncode == 1
    (crashed,) = [one for one in lines(out) if one["outcome"] == "crashed"]
    assert crashed["reason"] == "its process was ended by signal 9 (SIGKILL)"
    assert crashed["reason"] in " ".join(summary.split())
    assert sorted(one["repository"] for one in lines(out)) == sorted([*NAMES, "large"])
    assert {one["outcome"] for one in lines(out)} == {"scanned", "no Django project", "crashed"} - (
        {"no Django project"} if crashed["repository"] == "notes" else set()
    )
    assert run(fleet, "--out", out, "--retry").returncode == 0
    assert "crashed" not in {one["outcome"] for one in lines(out)}


def test_a_scan_that_hangs_is_given_up(fleet: Path, tmp_path: Path) -> None:
    out = tmp_path / "fleet.jsonl"
    write_repository(fleet / "large", 3000)
    with subprocess.Popen(
        command(fleet, "--out", out, "--jobs", "1", "--timeout", "15"), stdout=subprocess.DEVNULL, text=True
    ) as doctor:
        stop_a_scan(doctor)
    assert doctor.returncode == 1
    (late,) = [one for one in lines(out) if one["outcome"] == "timed out"]
    assert late["reason"] == "no answer within 15 s"
    assert len(lines(out)) == 5


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_it_goes_on_where_it_was_stopped(fleet: Path, tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "fleet.jsonl"
    write_repository(fleet / "zlarge", 3000)
    with subprocess.Popen(
        command(fleet, "--out", out, "--jobs", "1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as doctor:
        while not out.exists() or out.read_text().count("\n") < 2:
            time.sleep(0.01)
        doctor.send_signal(number)
        _, errors = doctor.communicate()
    assert doctor.returncode == (130 if number == signal.SIGINT else -number)
    assert number == signal.SIGKILL or "the same command goes on" in errors
    done = {one["repository"] for one in lines(out)}
    assert 2 <= len(done) < 5
    again = run(fleet, "--out", out, "--jobs", "1")
    assert again.returncode == 0
    assert sum("(as before)" in line for line in again.stderr.splitlines()) == len(done)
    assert [one["repository"] for one in lines(out)] == [*NAMES, "zlarge"]


def test_names_that_want_to_be_more_than_names(tmp_path: Path) -> None:
    for name in (b"\x1b[31mred", b"</td><script>alert(1)</script>".replace(b"/", b"|"), b"no-utf8-\xff"):
        lay_out(tmp_path / "fleet" / os.fsdecode(name), {})
    out, page = tmp_path / "fleet.jsonl", tmp_path / "fleet.html"
    for _ in range(2):
        done = run(tmp_path / "fleet", "--out", out, "--html", page)
        assert done.returncode == 0, done.stderr
        assert not {"\x1b", "\udcff"} & set(done.stdout + done.stderr)
    assert done.stderr.count("(as before)") == len(lines(out)) == 3
    assert "<script>alert" not in page.read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--scheduler", "tcp://127.0.0.1:9"), "--scheduler is for --verify"),
        (("--config", "gone.toml"), "gone.toml"),
        (("--config", "a", "--no-config"), "exclude each other"),
        (("--out", "gone/fleet.jsonl"), "there is no folder gone"),
    ],
)
def test_usage(fleet: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run(fleet, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_without_an_engine_the_scans_are_kept(fleet: Path, tmp_path: Path) -> None:
    out = tmp_path / "fleet.jsonl"
    done = subprocess.run(
        command(fleet, "--out", out, "--verify", "--jobs", "2"),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**environment(), "DOCKER_HOST": "tcp://127.0.0.1:9"},
    )
    assert done.returncode == 6
    assert "no Docker engine answers at tcp://127.0.0.1:9" in done.stderr
    assert sorted(one["repository"] for one in lines(out)) == NAMES
    assert {one["verification"] for one in lines(out)} == {None}
