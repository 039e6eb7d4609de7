"""git's index, as git writes it and as it should not be."""

import shutil
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.snapshot.git_index import TrackedFiles, parse_index
from tests.snapshot.conftest import Git, MakeFiles

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PATHS = ["a", "a.py", "a/b.py", "a/b/c.py", "café/ü.py", "x" * 200 + "/" + "y" * 200, "/".join(["long"] * 900) + "/z"]


def tracked_paths(content: bytes, candidates: list[str]) -> list[str] | None:
    tracked = parse_index(content)
    return None if tracked is None else [path for path in candidates if path in tracked]


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_all_versions_are_read(files: MakeFiles, git: Git, version: str, kind: str) -> None:
    paths = [path for path in PATHS if len(path) < 2000 and path != "a"]
    root = files(dict.fromkeys([*paths, "later.py", "untracked.py"], ""))
    git("init", "--quiet", f"--object-format={kind}")
    git("add", *paths)
    git("add", "--intent-to-add", "later.py")  # has extended flags, for which the index needs version 3
    git("update-index", f"--index-version={version}")
    content = (root / ".git" / "index").read_bytes()
    assert struct.unpack(">I", content[4:8])[0] >= int(version)
    assert tracked_paths(content, [*paths, "later.py", "untracked.py"]) == [*paths, "later.py"]


def test_paths_longer_than_their_length_field(files: MakeFiles, git: Git) -> None:
    root = files({"a.py": ""})
    git("init", "--quiet")
    object_name = git("hash-object", "-w", "a.py").strip()
    git("update-index", "--add", "--cacheinfo", f"100644,{object_name},{PATHS[-1]}")
    git("update-index", "--add", "--cacheinfo", f"100644,{object_name},zzz")
    assert len(PATHS[-1]) > 0xFFF
    assert tracked_paths((root / ".git" / "index").read_bytes(), [PATHS[-1], "zzz", "a.py"]) == [PATHS[-1], "zzz"]


def test_a_split_index_is_not_half_read(files: MakeFiles, git: Git) -> None:
    root = files({"a.py": "", "b.py": ""})
    git("init", "--quiet")
    git("add", "a.py")
    git("update-index", "--split-index")
    git("add", "b.py")
    assert parse_index((root / ".git" / "index").read_bytes()) is None


def test_unmerged_paths_come_several_times(files: MakeFiles, git: Git) -> None:
    root = files({"a.py": ""})
    git("init", "--quiet")
    object_name = git("hash-object", "-w", "a.py").strip()
    git("update-index", "--index-info", stdin="".join(f"100644 {object_name} {n}\tb.py\n" for n in (1, 2, 3)))
    git("update-index", "--add", "--cacheinfo", f"100644,{object_name},c.py")
    assert git("ls-files", "--unmerged").count("b.py") == 3
    assert tracked_paths((root / ".git" / "index").read_bytes(), ["a.py", "b.py", "c.py"]) == ["b.py", "c.py"]


@given(st.binary(max_size=200), st.sampled_from([2, 3, 4]), st.integers(0, 3))
def test_other_bytes_are_no_index(content: bytes, version: int, count: int) -> None:
    index = b"DIRC" + struct.pack(">II", version, count) + content + bytes(20)
    assert (parse_index(index) is None) == (count > 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"DIRC",
        b"JUNK" + bytes(40),
        b"DIRC" + struct.pack(">II", 5, 0) + bytes(20),
        b"DIRC\0\0\0\2\xff\xff\xff\xff",
    ],
)
def test_damaged_files_are_none(content: bytes) -> None:
    assert parse_index(content) is None


def test_folders_with_tracked_files() -> None:
    tracked = TrackedFiles(["a/b/c.py", "a.py", "lib", "sparse/"])
    assert [folder for folder in ("a", "a/b", "a/b/c.py", "b", "lib", "sparse", "a/") if tracked.any_in(folder)] == [
        "a",
        "a/b",
        "a/b/c.py",
        "lib",
        "sparse",
    ]
