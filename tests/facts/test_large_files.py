"""Files that weigh on every build."""

from pathlib import Path

from analyzer.facts.large_files import LARGE_BYTES, large_files
from analyzer.model.facts import LargeFile
from analyzer.snapshot.repository import RepositorySnapshot


def write(path: Path, size: int) -> None:
    """A file of that size that takes no space on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)


def test_the_largest_first_and_none_below_the_limit(tmp_path: Path) -> None:
    write(tmp_path / "models" / "a.bin", LARGE_BYTES)
    write(tmp_path / "models" / "b.bin", 2 * LARGE_BYTES)
    write(tmp_path / "small.bin", LARGE_BYTES - 1)
    assert large_files(RepositorySnapshot.open(tmp_path)) == (
        LargeFile(path="models/b.bin", bytes=2 * LARGE_BYTES),
        LargeFile(path="models/a.bin", bytes=LARGE_BYTES),
    )


def test_a_link_weighs_what_it_leads_to(tmp_path: Path) -> None:
    write(tmp_path / "a.bin", LARGE_BYTES)
    (tmp_path / "b.bin").symlink_to("a.bin")
    assert [one.path for one in large_files(RepositorySnapshot.open(tmp_path))] == ["a.bin", "b.bin"]
