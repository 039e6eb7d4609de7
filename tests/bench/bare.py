"""Lists folders and reads files, and nothing else: what a scan of the same folders and files costs at least.

usage: python bare.py LIST, as tests.bench.touched writes it
"""

import os
import sys


def main() -> None:
    """Files that cannot be read are passed over, as by doctor."""
    with open(sys.argv[1], encoding="utf-8", errors="surrogateescape") as lines:
        folders, _, files = lines.read().partition("\n\n")
    for folder in folders.split("\n"):
        with os.scandir(folder) as entries:
            for entry in entries:
                entry.is_dir(follow_symlinks=False)
    for path in files.split("\n"):
        try:
            with open(path, "rb", buffering=0) as file:
                file.read()
        except OSError:
            continue


if __name__ == "__main__":
    main()
