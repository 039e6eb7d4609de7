"""What the tests have other processes do: found there by its name."""

import os
import signal
import time
from pathlib import Path

from analyzer.fleet.processes import Send

BIG = 3_000_000
"""Bytes, more than a pipe holds."""


def do(item: str, send: Send) -> None:
    """End in the way that the item names."""
    send(b"begun")
    match item.split()[0]:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(3)
        case "raise":
            raise SystemExit(4)
        case "sleep":
            if " " in item:
                Path(item.split()[1]).write_text(str(os.getpid()))
            time.sleep(600)
        case "much":
            send(b"x" * BIG)
        case "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
    send(item.encode())


def meet(item: str, send: Send) -> None:
    """Wait until the process of the other item is there, too."""
    folder, name, other = item.split()
    Path(folder, name).touch()
    while not Path(folder, other).exists():
        time.sleep(0.01)
    send(b"met")


def note_and_wait(item: str) -> str:
    """Leave a note that the work has begun, then wait until it is told to end."""
    folder, name = item.split()
    with Path(folder, f"{name}.begun").open("a") as notes:
        notes.write(f"{os.getpid()}\n")
    while not Path(folder, "end").exists():
        time.sleep(0.01)
    return f"{name} done"


def kill_worker(item: str) -> str:
    """Kill the worker: always, or only where nobody has yet."""
    folder, name = item.split()
    first = not Path(folder, name).exists()
    Path(folder, name).touch()
    if name == "always" or (name == "once" and first):
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "raises":
        raise ValueError("no such repository")
    return f"{name} done"


def process_id() -> int:
    """That of the worker."""
    return os.getpid()
