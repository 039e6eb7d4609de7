"""Writes down which folders a command of doctor lists and which files it opens, below the folder that it is given.

usage: python -m tests.bench.touched LIST ROOT ARGUMENT...

The arguments are those of doctor. LIST gets the folders, one a line, an empty line, and the files.
"""

import os
import sys
from typing import Any

from analyzer.cli import main as doctor


def main() -> int:
    """Run doctor and write the list; its exit code."""
    _, target, root, *arguments = sys.argv
    prefix = os.path.realpath(root) + "/"
    touched: dict[str, dict[str, None]] = {"os.scandir": {}, "os.listdir": {}, "open": {}}

    def look(event: str, about: tuple[Any, ...]) -> None:
        if event in touched and isinstance(about[0], str) and f"{about[0]}/".startswith(prefix):
            touched[event][about[0].rstrip("/")] = None

    sys.addaudithook(look)
    sys.argv = ["doctor", *arguments]
    code: Any = 0
    try:
        doctor()
    except SystemExit as end:
        code = end.code
    folders = {**touched["os.scandir"], **touched["os.listdir"]}
    files = [path for path in touched["open"] if os.path.isfile(path)]
    with open(target, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("\n".join([*folders, "", *files]))
    return code if isinstance(code, int) else 1


if __name__ == "__main__":
    sys.exit(main())
