"""The key of a repository changes with its files, and with nothing else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.snapshot.content_key import content_key


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    (root / "app").mkdir(parents=True)
    (root / ".gitignore").write_text("*.log\n")
    (root / "app" / "settings.py").write_text("DEBUG = True\n")
    (root / "app" / "urls.py").write_text("")
    (root / "link.py").symlink_to("app/urls.py")
    return root


def test_the_same_files_have_the_same_key(repository: Path) -> None:
    key = content_key(repository)
    assert content_key(repository) == key
    (repository / "app" / "debug.log").write_text("ignored")
    (repository / "app" / "settings.py").read_text()
    assert content_key(repository) == key
    assert content_key(repository.rename(repository.with_name("moved"))) == key


def change_size(root: Path) -> None:
    (root / "app" / "settings.py").write_text("DEBUG = False\n")


def change_time(root: Path) -> None:
    os.utime(root / "app" / "settings.py", ns=(1, 1))


def add(root: Path) -> None:
    (root / "app" / "new.py").write_text("")


def remove(root: Path) -> None:
    (root / "app" / "urls.py").unlink()


def rename(root: Path) -> None:
    (root / "app" / "urls.py").rename(root / "app" / "paths.py")


def turn_link(root: Path) -> None:
    (root / "link.py").unlink()
    (root / "link.py").symlink_to("app/settings.py")


@pytest.mark.parametrize("change", [change_size, change_time, add, remove, rename, turn_link])
def test_a_change_is_seen(repository: Path, change: Callable[[Path], None]) -> None:
    before = content_key(repository)
    change(repository)
    assert content_key(repository) != before
