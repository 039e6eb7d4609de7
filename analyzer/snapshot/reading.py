"""Opening a file of the repository so that whatever took its place since it was listed does no harm."""

import os
import stat

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    FLAGS |= getattr(os, _flag, 0)
_WIDTHS = ((4, lazy_pattern(rb"[\xf0-\xf4]")), (2, lazy_pattern(rb"[\xc4-\xef]")))
"""Bytes that each character of a text takes in memory as soon as one of them begins with such a byte in UTF-8."""
_CONTINUED = bytes(range(0x80, 0xC0))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file was not read."""

    reason: str


def read_source(path: str, root: str, max_bytes: int) -> bytes | Unreadable:
    """What `read_regular_file` reads, unless the text would take more than `max_bytes` of memory."""
    content = read_regular_file(path, root, max_bytes)
    if isinstance(content, bytes) and len(content) > max_bytes // _WIDTHS[0][0] and not content.isascii():
        width = next((width for width, begins in _WIDTHS if begins.search(content)), 1)
        if width * len(content.translate(None, _CONTINUED)) > max_bytes:
            return Unreadable(f"larger than {max_bytes:,} bytes as a text")
    return content


def read_regular_file(path: str, root: str, max_bytes: int) -> bytes | Unreadable:
    """The content of the regular file `path`, a path without symbolic links below the folder `root`, also without.

    A link, pipe or device in its place is not opened in a way that follows or waits, and not read.
    """
    try:
        descriptor = os.open(path, FLAGS)
    except OSError as error:
        return Unreadable(error.strerror or "cannot be opened")
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or not _lies_below(descriptor, root):
            return Unreadable("changed while the repository was being read")
        if status.st_size > max_bytes:
            return Unreadable(f"larger than {max_bytes:,} bytes")
        content = _read(descriptor, status.st_size, max_bytes)
    except OSError as error:
        return Unreadable(error.strerror or "cannot be read")
    finally:
        os.close(descriptor)
    return content if len(content) <= max_bytes else Unreadable(f"larger than {max_bytes:,} bytes")


def _read(descriptor: int, size: int, max_bytes: int) -> bytes:
    """At most one byte more than `max_bytes`; the size is a hint, since files may grow."""
    content = os.read(descriptor, min(size, max_bytes) + 1)
    if len(content) == size:
        return content
    parts = [content]
    remaining = max_bytes + 1 - len(content)
    while remaining > 0 and (part := os.read(descriptor, min(remaining, 1 << 20))):
        parts.append(part)
        remaining -= len(part)
    return b"".join(parts)


def _lies_below(descriptor: int, root: str) -> bool:
    """Whether the opened file is where it was listed: a folder above it may have become a link to elsewhere.

    Only Linux tells; elsewhere the file itself not being a link must do.
    """
    try:
        opened = os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return True
    return opened.startswith(root.rstrip("/") + "/")
