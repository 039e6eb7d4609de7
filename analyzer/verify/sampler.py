"""Watches the memory of containers while they run."""

import threading
from collections.abc import Mapping

from docker import DockerClient
from docker.errors import APIError, NotFound
from docker.models.containers import Container

INTERVAL = 1.0
"""Seconds between two looks."""


class Sampler:
    """Looks at the memory of containers in a thread of its own, and keeps the most of each."""

    def __init__(self, client: DockerClient) -> None:
        self._client = client
        self.peaks: dict[str, int] = {}
        """Bytes by name."""
        self._watched: dict[str, Container] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def watch(self, name: str, container: Container) -> None:
        """Watch a container from now on."""
        self._watched[name] = container

    def __enter__(self) -> "Sampler":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(INTERVAL):
            for name, container in list(self._watched.items()):
                try:
                    stats = self._client.api.stats(str(container.id), stream=False, one_shot=True)
                except (APIError, NotFound):
                    continue
                self.peaks[name] = max(self.peaks.get(name, 0), used(stats.get("memory_stats", {})))


def used(memory: Mapping[str, object]) -> int:
    """Bytes that processes hold: usage less the files that the kernel may drop at any time (as `docker stats`)."""
    usage, stats = memory.get("usage"), memory.get("stats")
    if not isinstance(usage, int) or not isinstance(stats, dict):
        return 0
    dropped = stats.get("total_inactive_file", stats.get("inactive_file", 0))
    return usage - dropped if isinstance(dropped, int) else usage
