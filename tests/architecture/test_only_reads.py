"""Scanning runs nothing, writes nothing and talks to nobody: the interpreter's audit events are the witness."""

import subprocess
import sys
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"

# Prints the events that a scan must not cause. Writing is noticed by the flags of `open`, running code by the file of
# the code object that is about to run.
PROGRAM = """
import os, sys

root = sys.argv.pop(1)
FORBIDDEN = ("ctypes.", "ftplib.", "http.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile",
             "os.system", "pty.", "shutil.", "socket.", "subprocess.", "urllib.")
CHANGES = ("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink",
           "os.truncate", "os.utime")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
seen = []

def watch(event, arguments):
    if event.startswith(FORBIDDEN):
        seen.append(event)
    elif event in CHANGES or (event == "open" and (arguments[2] or 0) & WRITING):
        if str(arguments[0]).startswith(root):
            seen.append(f"{event} {arguments[0]}")
    elif event == "exec" and arguments[0].co_filename.startswith(root):
        seen.append(f"exec {arguments[0].co_filename}")
    elif event == "import" and str(arguments[1]).startswith(root):
        seen.append(f"import {arguments[1]}")

from analyzer.cli import main
sys.addaudithook(watch)
try:
    {action}
finally:
    print(*(f"seen: {event}" for event in seen), sep="\\n", file=sys.stderr)
"""


def events_of(repository: Path, action: str) -> list[str]:
    """The forbidden events of a process that does `action` with the arguments of a scan."""
    program = PROGRAM.replace("{action}", action)
    command = [sys.executable, "-B", "-c", program, str(repository), "scan", str(repository), "--exit-zero", "-q"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [line.removeprefix("seen: ") for line in done.stderr.splitlines() if line.startswith("seen: ")]


@pytest.mark.parametrize("repository", sorted(FIXTURES.glob("*/repo")), ids=lambda path: path.parent.name)
def test_a_scan_only_reads(repository: Path) -> None:
    assert events_of(repository, "main()") == []


@pytest.mark.parametrize(
    ("action", "event"),
    [
        ("open(root + '/new.txt', 'w')", "open {root}/new.txt"),
        ("os.remove(root + '/settings.py')", "os.remove {root}/settings.py"),
        ("sys.path.insert(0, root); import settings", "exec {root}/settings.py"),
        ("import subprocess; subprocess.run(['true'])", "subprocess.Popen"),
        ("import socket; socket.socket()", "socket.__new__"),
    ],
)
def test_anything_else_is_noticed(tmp_path: Path, action: str, event: str) -> None:
    (tmp_path / "settings.py").write_text("DEBUG = True\n")
    assert event.format(root=tmp_path) in events_of(tmp_path, action)
