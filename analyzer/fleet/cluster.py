"""Work for the workers of a Dask cluster: one on this machine, or one that is there already.

The scheduler gives a piece of work whose worker was lost to another one. What a worker has found out is handed on as
soon as it has, so that no later loss reaches it.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from analyzer.fleet.processes import without_working_directory
from analyzer.model.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")

CONNECT_SECONDS = 10
"""In which a scheduler answers."""
_ONE_AT_A_TIME = {"distributed.scheduler.worker-saturation": 1.0}
"""A worker gets its next piece of work when it is done: what waits on a worker that is lost is suspected, too."""
INSTALL = "pip install 'cnb-doctor[fleet]'"


class Lost(Exception):
    """A piece of work that no worker brought to an end; the text says why."""


@contextmanager
def cluster(scheduler: str | None, *, workers: int) -> "Iterator[Client]":
    """A client of the scheduler at the address `scheduler`, or of a cluster of `workers` processes made for it.

    Raises UsageError without the package `distributed`, and where no scheduler answers, or one without workers.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise UsageError(f"--verify needs the package distributed ({error}): {INSTALL}") from None
    with ExitStack() as stack:
        stack.enter_context(without_working_directory())
        if scheduler is None:
            stack.enter_context(dask.config.set(_ONE_AT_A_TIME))
            local: Any = LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=workers,
                threads_per_worker=1,
                memory_limit=0,  # what takes memory are the containers
                dashboard_address="127.0.0.1:0",  # it has a web server in any case, otherwise at one fixed port
                silence_logs=logging.CRITICAL,
            )
            address = stack.enter_context(local)
        else:
            address = scheduler
        try:
            client = stack.enter_context(Client(address, timeout=CONNECT_SECONDS))  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise UsageError(f"no scheduler answers at {scheduler}: {error}") from None
        if not client.scheduler_info()["workers"]:
            raise UsageError(f"the scheduler at {scheduler} has no workers; start some: dask worker {scheduler}")
        yield client


def on_each_worker(client: "Client", question: Callable[[], R]) -> Mapping[str, R]:
    """What the workers answer, by their addresses; without those that cannot answer.

    Raises UsageError where a worker cannot run the question.
    """
    answers: dict[str, R | BaseException] = client.run(question, on_error="return")
    found: dict[str, R] = {}
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, BaseException):
            raise UsageError(f"the worker {worker} cannot run doctor: {answer}; install the same version there")
        found[worker] = answer
    return found


def on_workers(client: "Client", work: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
    """Hand out the work for all items at once -> what came of each, as it ends; an exception of the work is a `Lost`.

    Args:
        work: a function of a module, which the workers find by its name. It can be called again for an item whose
            worker was lost.
    """
    return _as_completed({client.submit(work, item, pure=False): item for item in items})


def _as_completed(futures: dict[Any, T]) -> Iterator[tuple[T, Any]]:
    from distributed import as_completed

    for future in as_completed(list(futures)):  # type: ignore[no-untyped-call]
        item = futures.pop(future)
        if future.status == "finished":
            yield item, future.result()
        else:
            yield item, Lost(_explain(future))
        future.release()


def _explain(future: Any) -> str:
    """Why there is no result."""
    from distributed.scheduler import KilledWorker

    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        return "every worker that tried was lost"
    return "the scheduler was lost" if error is None else str(error) or type(error).__name__
