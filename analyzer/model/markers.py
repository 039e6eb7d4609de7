"""Environment markers (PEP 508), evaluated for a Linux image instead of the machine that doctor runs on."""

from functools import lru_cache

from packaging.markers import InvalidMarker, Marker, UndefinedEnvironmentName
from packaging.version import InvalidVersion

_IMAGE = {
    "sys_platform": "linux",
    "platform_system": "Linux",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_release": "",
    "platform_version": "",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}
"""What every Linux image answers."""


_KEPT = 4_096
"""Answers that are kept: a lock file has the same few markers on all its packages, and all Pythons are asked about."""
_PARSED = 6_000
"""Markers that are kept in parts: more than the dependencies that are read of a repository, each asked about again for
each Python."""


@lru_cache(_KEPT)
def applies(marker: str | None, python: str) -> bool:
    """Whether a marker lets a package be installed in an image with a minor version of Python ("3.12").

    A marker that cannot be evaluated keeps nothing out.
    """
    if marker is None:
        return True
    try:
        return _parsed(marker).evaluate({**_IMAGE, "python_version": python, "python_full_version": f"{python}.99"})
    except (InvalidMarker, InvalidVersion, UndefinedEnvironmentName):
        return True


@lru_cache(_PARSED)
def _parsed(marker: str) -> Marker:
    return Marker(marker)
