"""The files that git tracks, as its index lists them: tracked files stay in a repository that ignores their names.

Source: git's Documentation/gitformat-index.txt, versions 2 to 4.
"""

import struct
from bisect import bisect_left
from collections.abc import Iterator

MAX_INDEX_BYTES = 64_000_000
MAX_PATH_BYTES = 64_000_000
"""Of all paths together, which version 4 compresses."""
_SPLIT = b"link"
_ENTRY_BYTES = {20: 62, 32: 74}
"""Bytes before the path of an entry by the bytes of an object name: SHA-1, SHA-256."""
_LONG = 0xFFF


class TrackedFiles:
    """Paths relative to the folder of the git repository; that of a submodule is a folder."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = sorted(paths)

    def __contains__(self, path: str) -> bool:
        """Whether `path` itself is tracked."""
        return self._next(path) == path

    def any_in(self, folder: str) -> bool:
        """Whether `folder` is tracked as a submodule or holds a tracked file."""
        return folder in self or self._next(f"{folder}/").startswith(f"{folder}/")

    def _next(self, path: str) -> str:
        at = bisect_left(self._paths, path)
        return self._paths[at] if at < len(self._paths) else ""


def parse_index(content: bytes) -> TrackedFiles | None:
    """The files of an index; None when it is damaged, of another version, or only a part (a split index)."""
    if content[:4] != b"DIRC" or len(content) < 12:
        return None
    version, count = struct.unpack_from(">II", content, 4)
    if version not in (2, 3, 4):
        return None
    for hash_bytes in _ENTRY_BYTES:
        try:
            paths = _paths(content, version, count, _ENTRY_BYTES[hash_bytes], len(content) - hash_bytes)
            return TrackedFiles([path.decode("utf-8", "surrogateescape") for path in paths])
        except _DamagedError:
            continue
    return None


class _DamagedError(Exception):
    """The bytes are no whole index with object names of the given length."""


def _paths(content: bytes, version: int, count: int, fixed: int, end: int) -> Iterator[bytes]:
    """The paths of `count` entries of `fixed` bytes before each path, in content that ends at `end`."""
    at, path, total = 12, b"", 0
    for _ in range(count):
        start = at
        if start + fixed > end:
            raise _DamagedError
        flags = content[start + fixed - 2] << 8 | content[start + fixed - 1]
        at = start + fixed + (2 if version > 2 and flags & 0x4000 else 0)
        kept = b""
        if version == 4:
            dropped, at = _offset(content, at)
            if dropped > len(path):
                raise _DamagedError
            kept = path[: len(path) - dropped]
        stop = content.find(b"\0", at, end)
        if stop < 0:
            raise _DamagedError
        before, path = path, kept + content[at:stop]
        total += len(path)
        if not path or path < before or min(len(path), _LONG) != flags & _LONG or total > MAX_PATH_BYTES:
            raise _DamagedError
        at = stop + 1 if version == 4 else start + (stop - start + 8) // 8 * 8
        yield path
    while at + 8 <= end:
        if content[at : at + 4] == _SPLIT:
            raise _DamagedError
        at += 8 + int.from_bytes(content[at + 4 : at + 8], "big")


def _offset(content: bytes, at: int) -> tuple[int, int]:
    """The number of variable length at a place (as in packs: seven bits a byte, highest first), and its end."""
    value = -1
    for position in range(at, min(at + 5, len(content))):
        value = (value + 1) << 7 | content[position] & 0x7F
        if not content[position] & 0x80:
            return value, position + 1
    raise _DamagedError
