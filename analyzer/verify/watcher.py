"""Removes what a run created when its process is killed outright: python -m analyzer.verify.watcher RUN

It waits for the end of its standard input, which comes when the process that holds the other end is no more.
"""

import sys
import time

import docker

from analyzer.verify.workspace import DONE, LABEL, remove

PAUSE = 1
"""Seconds between two looks."""
LOOKS = 3
"""Looks in a row that must find nothing: the engine may still be creating what it was asked for last."""


def main() -> None:
    """Wait, and remove what is left, if anything."""
    if sys.stdin.buffer.read() == DONE:
        return
    client = docker.from_env()
    nothing = 0
    while nothing < LOOKS:
        nothing = 0 if remove(client, {LABEL: sys.argv[1]}) else nothing + 1
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
