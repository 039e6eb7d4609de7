"""A process for each piece of work, so many at a time: what one of them does, the others do not notice.

The processes are forked from one that has imported the program and done nothing else, where the system can do that.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import field
from enum import Enum
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeAlias, TypeVar

from analyzer.model.quick_dataclass import dataclass

T = TypeVar("T")

Send: TypeAlias = Callable[[bytes], None]
"""Hands bytes to the process that waits for them."""
GRACE = 10
"""Seconds after its time in which a process ends by itself, should nobody be there any more to end it."""
_FORKING = "forkserver"
_SAFE_PATH = "PYTHONSAFEPATH"


class End(Enum):
    """How a process ended."""

    DONE = "done"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Generic[T]):
    """A piece of work whose process is no more, and what it had sent until then."""

    item: T
    end: End
    reason: str
    """Empty where it is done."""
    messages: tuple[bytes, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class _Running(Generic[T]):
    """A process at work."""

    item: T
    process: BaseProcess
    connection: Connection
    deadline: float
    messages: list[bytes] = field(default_factory=list)


def run_each(
    work: Callable[[T, Send], None], items: Iterable[T], *, jobs: int, seconds: float, preload: str = ""
) -> Generator[Ended[T]]:
    """Do the work for each item, as each ends.

    Args:
        work: a function of a module, which other processes find by its name.
        seconds: after which a process is killed.
        preload: the module that the processes have imported before they start.
    """
    start = _starter(work, seconds, preload)
    waiting = iter(items)
    running: list[_Running[T]] = []
    try:
        while True:
            with without_working_directory():
                running += (start(item) for _, item in zip(range(jobs - len(running)), waiting, strict=False))
            if not running:
                return
            for one in _awaited(running):
                running.remove(one)
                yield _ended(one, seconds)
    finally:
        for one in running:
            _end(one)


def _starter(work: Callable[[T, Send], None], seconds: float, preload: str) -> Callable[[T], _Running[T]]:
    forks = _FORKING in multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context(_FORKING if forks else "spawn")
    if preload:
        context.set_forkserver_preload([preload])

    def start(item: T) -> _Running[T]:
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(work, item, sending, seconds), daemon=True)
        process.start()
        sending.close()  # so that the end of the process is the end of what it sends
        return _Running(item=item, process=process, connection=receiving, deadline=time.monotonic() + seconds)

    return start


@contextlib.contextmanager
def without_working_directory() -> Iterator[None]:
    """Let Python processes that are started meanwhile import nothing from the folder that one is in.

    Those of the standard library are started by `python -c`, which looks there first: it may be a scanned one.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        os.environ.pop(_SAFE_PATH)
        if before is not None:
            os.environ[_SAFE_PATH] = before


def _work(work: Callable[[T, Send], None], item: T, connection: Connection, seconds: float) -> None:
    """What a process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that waits, which ends this one
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds) + GRACE)
    with contextlib.suppress(BrokenPipeError):  # nobody waits any more
        work(item, connection.send_bytes)


def _awaited(running: list[_Running[T]]) -> list[_Running[T]]:
    """Wait until processes have ended or their time is over; those, with all that they sent."""
    by_connection = {one.connection: one for one in running}
    while True:
        left = min(one.deadline for one in running) - time.monotonic()
        ready = wait(list(by_connection), max(left, 0))
        ended = [one for connection, one in by_connection.items() if connection in ready and not _receive(one)]
        now = time.monotonic()
        late = [one for one in running if one.deadline <= now and one not in ended]
        if ended or late:
            return [*ended, *late]


def _receive(one: _Running[T]) -> bool:
    """Take what was sent; whether more may come."""
    try:
        one.messages.append(one.connection.recv_bytes())
    except (EOFError, OSError):
        return False
    return True


def _ended(one: _Running[T], seconds: float) -> Ended[T]:
    one.process.join(max(one.deadline - time.monotonic(), 0))
    code = one.process.exitcode
    while code is not None and one.connection.poll() and _receive(one):
        pass  # what it sent last, where its time was over as it ended
    _end(one)
    if code is None:
        end, reason = End.TIMED_OUT, f"no answer within {seconds:g} s"
    else:
        end, reason = (End.CRASHED, _explain(code)) if code else (End.DONE, "")
    return Ended(item=one.item, end=end, reason=reason, messages=tuple(one.messages))


def _explain(code: int) -> str:
    """An exit code of Python's: that of the process, or below zero the signal that ended it."""
    if code > 0:
        return f"its process ended with exit code {code}"
    with contextlib.suppress(ValueError):
        return f"its process was ended by signal {-code} ({signal.Signals(-code).name})"
    return f"its process was ended by signal {-code}"


def _end(one: _Running[T]) -> None:
    """Make sure that the process is no more."""
    if one.process.is_alive():
        one.process.kill()
    one.process.join()
    one.process.close()
    one.connection.close()
