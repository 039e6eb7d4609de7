"""Opening files without waiting and without leaving the repository."""

import os
from pathlib import Path

import pytest

from analyzer.snapshot.reading import Unreadable, read_regular_file, read_source


def reason(path: Path, root: Path, max_bytes: int = 100) -> str:
    content = read_regular_file(str(path), str(root), max_bytes)
    assert isinstance(content, Unreadable)
    return content.reason


@pytest.mark.parametrize("size", [0, 1, 99, 100])
def test_a_file_up_to_the_limit(root: Path, size: int) -> None:
    (root / "a").write_bytes(b"x" * size)
    assert read_regular_file(str(root / "a"), str(root), 100) == b"x" * size


def test_a_larger_file(root: Path) -> None:
    (root / "a").write_bytes(b"x" * 101)
    assert reason(root / "a", root) == "larger than 100 bytes"
    (root / "sparse").touch()
    os.truncate(root / "sparse", 1 << 40)
    assert reason(root / "sparse", root) == "larger than 100 bytes"


def test_a_missing_file_and_a_folder(root: Path) -> None:
    assert reason(root / "a", root) == "No such file or directory"
    (root / "folder").mkdir()
    assert reason(root / "folder", root) == "changed while the repository was being read"


def test_links_pipes_and_devices_are_not_opened(root: Path) -> None:
    (root / "a").write_text("x")
    (root / "link").symlink_to("a")
    os.mkfifo(root / "pipe")
    assert "symbolic links" in reason(root / "link", root)
    assert reason(root / "pipe", root) == "changed while the repository was being read"
    assert reason(Path("/dev/zero"), Path("/")) == "changed while the repository was being read"


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="only Linux tells where an opened file is")
def test_a_folder_that_became_a_link_to_elsewhere(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a").write_text("secret")
    (root / "folder").symlink_to(tmp_path / "outside")
    assert reason(root / "folder" / "a", root) == "changed while the repository was being read"
    (tmp_path / "repo-2").mkdir()
    (tmp_path / "repo-2" / "a").write_text("secret")
    assert reason(tmp_path / "repo-2" / "a", root) == "changed while the repository was being read"


@pytest.mark.skipif(not os.path.exists("/proc/version"), reason="needs a file whose size is not known")
def test_a_file_without_a_size_is_read_to_its_end() -> None:
    content = read_regular_file("/proc/version", "/", 10_000)
    assert isinstance(content, bytes)
    assert content.startswith(b"Linux")
    assert isinstance(read_regular_file("/proc/version", "/", 5), Unreadable)


@pytest.mark.parametrize(("text", "fits"), [("é", 99), ("€", 50), ("😀", 25)])
def test_a_text_is_measured_as_it_will_be_in_memory(root: Path, text: str, fits: int) -> None:
    place = root / "a"
    place.write_text(text + "a" * (fits - 1))
    assert isinstance(read_source(str(place), str(root), 100), bytes)
    place.write_text(text + "a" * fits)
    content = read_source(str(place), str(root), 100)
    assert isinstance(content, Unreadable)
    assert content.reason.startswith("larger than 100 bytes")
    assert text == "é" or isinstance(read_regular_file(str(place), str(root), 100), bytes)


def test_ascii_fills_the_limit(root: Path) -> None:
    (root / "a").write_text("a" * 100)
    assert isinstance(read_source(str(root / "a"), str(root), 100), bytes)
