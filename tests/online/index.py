"""A package index on this machine: a folder of tiny wheels, served to the pip of the test."""

import threading
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Requests are no business of the test's output."""


def add_wheel(folder: Path, name: str, version: str, tags: str) -> None:
    """Put a wheel of `name`, which holds nothing, on the index; `tags` as in "cp312-cp312-manylinux_2_17_x86_64"."""
    page = folder / "simple" / name
    page.mkdir(parents=True, exist_ok=True)
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(page / f"{name}-{version}-{tags}.whl", "w") as wheel:
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {tags}\n")
        wheel.writestr(f"{info}/RECORD", "")


def add_source(folder: Path, name: str, version: str) -> None:
    """Put a source distribution on the index that nobody can open: it must not be fetched."""
    page = folder / "simple" / name
    page.mkdir(parents=True, exist_ok=True)
    (page / f"{name}-{version}.tar.gz").write_text("no archive")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the index, which answers with lists of files; a package that it lacks is a 404."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def use(monkeypatch: pytest.MonkeyPatch, address: str, cache: Path) -> None:
    """Let pip know this index and no other, whatever it is configured to on this machine."""
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX"):
        monkeypatch.delenv(name, raising=False)
    settings = {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": address,
        "PIP_CACHE_DIR": str(cache),
        "PIP_RETRIES": "0",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


def compiled(pythons: Iterable[str]) -> list[str]:
    """The tags of wheels for some Pythons ("3.12") on Linux."""
    found = (python.replace(".", "") for python in pythons)
    return [f"cp{one}-cp{one}-manylinux_2_17_x86_64.manylinux2014_x86_64" for one in found]
