"""The bare tree: all entries, links seen as links."""

import os
from pathlib import Path

import pytest

from analyzer.snapshot import source_tree
from analyzer.snapshot.limits import Limits
from analyzer.snapshot.source_tree import Kind, SourceTree
from tests.snapshot.conftest import MakeFiles


@pytest.fixture
def tree(files: MakeFiles, tmp_path: Path) -> SourceTree:
    """A folder with what the snapshot leaves out, and links of all kinds."""
    root = files({"manage.py": "x", "venv/bin/python": "", ".gitignore": "*\n", "big": "x" * 50, "a/b/c": ""})
    (tmp_path / "outside").write_text("secret")
    (root / "link.py").symlink_to("manage.py")
    (root / "folder").symlink_to("a")
    (root / "out").symlink_to("../outside")
    (root / "etc").symlink_to("/etc")
    (root / "gone").symlink_to("nowhere")
    os.mkfifo(root / "pipe")
    return SourceTree(root, Limits(file_bytes=10))


def test_kinds_are_those_of_the_entry_itself(tree: SourceTree) -> None:
    paths = (".", "manage.py", "venv", "link.py", "folder", "out", "gone", "pipe", "missing", "folder/b")
    assert [tree.kind(path) for path in paths] == [
        Kind.DIRECTORY,
        Kind.FILE,
        Kind.DIRECTORY,
        *[Kind.LINK] * 4,
        Kind.OTHER,
        None,
        Kind.DIRECTORY,
    ]


def test_questions_follow_links_inside_the_folder_only(tree: SourceTree) -> None:
    paths = ("manage.py", "link.py", "a", "folder", "folder/b/c", "out", "etc", "etc/passwd", "gone", "..", "/etc")
    assert [path for path in paths if tree.is_file(path)] == ["manage.py", "link.py", "folder/b/c"]
    assert [path for path in paths if tree.is_dir(path)] == ["a", "folder"]
    assert [path for path in paths if tree.exists(path)] == ["manage.py", "link.py", "a", "folder", "folder/b/c"]
    assert (tree.read("link.py"), tree.read("out"), tree.read("etc/passwd"), tree.read("pipe")) == (b"x", *[None] * 3)
    assert tree.read("big") is None


def test_a_path_outside_is_nothing(tree: SourceTree) -> None:
    for path in ("..", "../outside", "/etc/passwd", "etc/passwd", "a/../../outside", "\0"):
        assert tree.kind(path) is None
        assert not tree.exists(path)


def test_names_and_entries(tree: SourceTree) -> None:
    assert tree.names("a") == ("b",)
    assert tree.names("folder") == tree.names("missing") == tree.names("etc") == ()
    names = tree.names()
    assert names == tuple(sorted(names))
    assert {".gitignore", "venv", "pipe", "gone"} <= set(names)
    assert dict(tree.entries()) == {name: tree.kind(name) for name in names}
    assert tree.entries("venv/bin") == (("python", Kind.FILE),)


def test_files_by_their_name_near_ones_first(files: MakeFiles) -> None:
    places = ("manage.py", "a/manage.py", "b/manage.py", "a/c/manage.py", "venv/d/manage.py", "a/c/e/manage.py")
    root = files(dict.fromkeys((*places, "z/other.py"), ""))
    (root / "z" / "manage.py").symlink_to("../manage.py")
    (root / "link").symlink_to("a")
    (root / "b" / "f" / "manage.py").mkdir(parents=True)
    tree = SourceTree(root)
    assert tuple(tree.files_named("manage.py", 3)) == places[:5]
    assert tuple(tree.files_named("manage.py", 1)) == places[:1]
    bounded = SourceTree(root, Limits(files=3))
    assert tuple(bounded.files_named("manage.py", 3)) == ("manage.py", "a/manage.py", "b/manage.py")


def test_a_file_is_read_once(files: MakeFiles) -> None:
    root = files({"Procfile": "web: a\n", "large": "x" * 200_000})
    tree = SourceTree(root)
    assert (tree.read("Procfile"), len(tree.read("large") or b"")) == (b"web: a\n", 200_000)
    for name in ("Procfile", "large"):
        (root / name).write_text("changed")
    assert (tree.read("Procfile"), tree.read("large")) == (b"web: a\n", b"changed")


def test_entries_beyond_their_memory_are_left_out(files: MakeFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    root = files({f"a/{number}{'n' * 100}": "" for number in range(50)})
    assert len(SourceTree(root).names("a")) == 50
    monkeypatch.setattr(source_tree, "MAX_PATH_BYTES", 2_000)
    assert 5 < len(SourceTree(root).names("a")) < 40
