"""Folders on the disk, as odd as users have them."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

from analyzer.snapshot.repository import RepositorySnapshot

MakeFiles: TypeAlias = Callable[[Mapping[str, str | bytes]], Path]
Git: TypeAlias = Callable[..., str]

NOBODY = 65534


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty folder inside another, so that there is an outside."""
    folder = tmp_path / "repo"
    folder.mkdir()
    return folder


@pytest.fixture
def files(root: Path) -> MakeFiles:
    """Writes files below `root`, which it returns: `files({"app/a.py": "x = 1\\n"})`."""

    def write(contents: Mapping[str, str | bytes]) -> Path:
        for path, content in contents.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write


@pytest.fixture
def git(root: Path, tmp_path: Path) -> Git:
    """Runs git in `root` without the configuration of the machine, and returns what it prints."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(tmp_path),
        **{f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def run(*arguments: str, folder: str = ".", stdin: str = "") -> str:
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(
            command,
            cwd=root / folder,
            env=environment,
            input=stdin.encode(),
            capture_output=True,
            check=True,
            timeout=60,
        )
        return os.fsdecode(done.stdout)

    return run


@contextmanager
def unprivileged() -> Iterator[None]:
    """Without the privilege to read everything, which tests have where the administrator runs them."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def reasons(snapshot: RepositorySnapshot) -> dict[str, str]:
    """What a snapshot skipped, by path."""
    return {skipped.path: skipped.reason for skipped in snapshot.skipped}
