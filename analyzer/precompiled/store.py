"""The files that hold what is kept: where they are, whether they are of this interpreter, how they are written."""

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import analyzer


def read(name: str, key: str | bytes) -> tuple[Any, Callable[[int, int], bytes]] | None:
    """What was kept: a value, and what reads the bytes from one place to another; None where nothing is of this key.

    Args:
        name: of the file, without its extension.
        key: what the content depends upon.
    """
    try:
        file = os.open(_path(name), os.O_RDONLY | getattr(os, "O_BINARY", 0))  # until the program ends
        length = int.from_bytes(os.read(file, 8), "little")
        found, value = marshal.loads(os.read(file, length))
    except (OSError, EOFError, TypeError, ValueError):  # there is none, or it is damaged
        return None

    def part(start: int, end: int) -> bytes:
        os.lseek(file, 8 + length + start, os.SEEK_SET)
        return os.read(file, end - start)

    if found != key:
        os.close(file)
        return None
    return value, part


def write(name: str, key: str | bytes, value: Any, content: bytes = b"") -> None:
    """Keep a value and bytes; whoever reads meanwhile gets the old file or the new one, whole.

    Raises OSError where it cannot be written.
    """
    path = _path(name)
    head = marshal.dumps((key, value))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    new = f"{path}.{os.getpid()}"
    try:
        with open(new, "wb") as file:
            file.write(len(head).to_bytes(8, "little") + head + content)
        os.replace(new, path)
    except OSError:
        with suppress(OSError):
            os.unlink(new)
        raise


def keep(*writers: Callable[[], None]) -> None:
    """Let each write what it has to, where Python may write its own compiled modules."""
    if not sys.dont_write_bytecode:
        for writer in writers:
            with suppress(OSError):
                writer()


def _path(name: str) -> str:
    """Beside the compiled form of the package's own module, whose name says interpreter and optimization.

    Raises OSError where Python keeps none, as of a package in an archive.
    """
    cached = analyzer.__spec__.cached if analyzer.__spec__ is not None else None
    if cached is None:
        raise OSError("Python keeps no compiled form of the package")
    folder, file = os.path.split(cached)
    return os.path.join(folder, file.replace("__init__", name).removesuffix(".pyc"))
