"""Questions to a snapshot, and what it reads."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.snapshot import repository
from analyzer.snapshot.limits import Limits
from analyzer.snapshot.repository import RepositorySnapshot
from tests.snapshot.conftest import MakeFiles, reasons


@pytest.fixture
def snapshot(files: MakeFiles) -> RepositorySnapshot:
    """A small project."""
    paths = ("manage.py", "a/urls.py", "a/b/urls.py", "a-b/c.py", "a.b/d.py", "z/a/urls.py", "a/b/c/e.txt", "a0")
    return RepositorySnapshot.open(files({path: path for path in paths}))


def test_files_and_folders_are_told_apart(snapshot: RepositorySnapshot) -> None:
    paths = [".", "a", "a/b", "a/b/urls.py", "manage.py", "a/", "b", "a/b/c", "", "a/c", "z/a", "/", ".."]
    assert [path for path in paths if snapshot.is_file(path)] == ["a/b/urls.py", "manage.py"]
    assert [path for path in paths if snapshot.is_dir(path)] == [".", "a", "a/b", "a/b/c", "z/a"]


def test_files_of_a_name_come_near_the_root_first(snapshot: RepositorySnapshot) -> None:
    assert snapshot.named("urls.py") == ("a/urls.py", "a/b/urls.py", "z/a/urls.py")
    assert snapshot.named("manage.py") == ("manage.py",)
    assert snapshot.named("b") == snapshot.named("") == ()


def test_files_by_what_their_name_is_like(snapshot: RepositorySnapshot) -> None:
    asked: list[str] = []

    def is_short(name: str) -> bool:
        asked.append(name)
        return len(name) < 6

    assert sorted(snapshot.matching(is_short)) == ["a-b/c.py", "a.b/d.py", "a/b/c/e.txt", "a0"]
    assert sorted(asked) == ["a0", "c.py", "d.py", "e.txt", "manage.py", "urls.py"]
    assert set(snapshot.matching(lambda name: name == "urls.py")) == set(snapshot.named("urls.py"))


def test_files_under_a_folder(snapshot: RepositorySnapshot) -> None:
    assert snapshot.under("a") == ("a/b/c/e.txt", "a/b/urls.py", "a/urls.py")
    assert snapshot.under("a/b/c") == ("a/b/c/e.txt",)
    assert snapshot.under(".") == snapshot.files
    assert snapshot.under("manage.py") == snapshot.under("none") == ()


def test_children_are_names(snapshot: RepositorySnapshot) -> None:
    assert snapshot.children(".") == ("a", "a-b", "a.b", "a0", "manage.py", "z")
    assert snapshot.children("a") == ("b", "urls.py")
    assert snapshot.children("z") == ("a",)
    assert snapshot.children("manage.py") == snapshot.children("none") == ()


def test_empty_folders_do_not_exist(root: Path) -> None:
    (root / "empty" / "deeper").mkdir(parents=True)
    snapshot = RepositorySnapshot.open(root)
    assert not snapshot.is_dir("empty")
    assert snapshot.is_dir(".")
    assert snapshot.children(".") == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    paths=st.lists(st.lists(st.sampled_from(["a", "a-", "a.", "a0", "b", "ä"]), min_size=1, max_size=4), max_size=12)
)
def test_the_answers_agree_with_the_disk(tmp_path_factory: pytest.TempPathFactory, paths: list[list[str]]) -> None:
    root = tmp_path_factory.mktemp("tree")
    for parts in paths:
        folder = root.joinpath(*parts[:-1])
        if not any(path.is_file() for path in (folder, *folder.parents)):
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / parts[-1]).exists():
                (folder / parts[-1]).touch()
    snapshot = RepositorySnapshot.open(root)
    everything = {str(path.relative_to(root)): path for path in root.rglob("*")}
    assert snapshot.files == tuple(sorted(name for name, path in everything.items() if path.is_file()))
    for name, path in everything.items():
        assert snapshot.is_file(name) == path.is_file()
        assert snapshot.is_dir(name) == path.is_dir()
        if path.is_dir():
            assert snapshot.children(name) == tuple(sorted(os.listdir(path)))
            assert set(snapshot.under(name)) == {n for n in snapshot.files if n.startswith(f"{name}/")}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"django\r\ncelery\r\n", "django\ncelery\n"),
        (b"\xef\xbb\xbfdjango\n", "django\n"),
        ("django\r\n".encode("utf-16"), "django\n"),
        ("django\r\n".encode("utf-16-be"), "django\n"),
        ("café\n".encode("latin-1"), "café\n"),
        (b"", ""),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None),
    ],
    ids=["CRLF", "BOM", "UTF-16", "UTF-16 without BOM", "latin-1", "empty", "binary"],
)
def test_text_is_decoded(files: MakeFiles, content: bytes, text: str | None) -> None:
    snapshot = RepositorySnapshot.open(files({"requirements.txt": content}))
    assert snapshot.text("requirements.txt") == text
    assert snapshot.read("requirements.txt") == content


def test_only_python_files_name_their_encoding(files: MakeFiles) -> None:
    content = "# coding: koi8-r\nname = 'Ы'\n".encode("koi8-r")
    snapshot = RepositorySnapshot.open(files({"a.py": content, "a.txt": content}))
    assert "Ы" in (snapshot.text("a.py") or "")
    assert "Ы" not in (snapshot.text("a.txt") or "")


def test_an_encoding_that_yields_half_characters_is_not_used(files: MakeFiles) -> None:
    text = RepositorySnapshot.open(files({"a.py": b"# coding: utf-7\nx = '+2AA-'\n"})).text("a.py")
    assert text == "# coding: utf-7\nx = '+2AA-'\n"


def test_a_file_is_read_once(files: MakeFiles) -> None:
    root = files({"a.py": "x = 1\n", "b.py": "y = 1\n"})
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.read("a.py") == b"x = 1\n"
    (root / "a.py").unlink()
    (root / "b.py").unlink()
    assert snapshot.read("a.py") == b"x = 1\n"
    assert snapshot.read("b.py") is None
    files({"b.py": "back"})
    assert snapshot.read("b.py") is None
    assert reasons(snapshot) == {"b.py": "No such file or directory"}


def test_what_is_not_kept_is_read_again(files: MakeFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "KEPT_BYTES", 10)
    root = files({"a.py": "12345678", "b.py": "1234", "c.py": "12"})
    snapshot = RepositorySnapshot.open(root, Limits(total_bytes=14))
    for _ in range(3):
        assert [snapshot.read(path) for path in snapshot.files] == [b"12345678", b"1234", b"12"]
    files(dict.fromkeys(snapshot.files, "other"))
    assert [snapshot.read(path) for path in snapshot.files] == [b"12345678", b"other", b"12"]


def test_a_large_file_is_not_read(files: MakeFiles) -> None:
    snapshot = RepositorySnapshot.open(files({"a.py": "12345", "b.py": "1234"}), Limits(file_bytes=4))
    assert (snapshot.read("a.py"), snapshot.text("a.py"), snapshot.read("b.py")) == (None, None, b"1234")
    assert snapshot.is_file("a.py")
    assert reasons(snapshot) == {"a.py": "larger than 4 bytes"}


def test_a_limit_on_all_files_together(files: MakeFiles) -> None:
    root = files({"a.py": "1234", "b.py": "1234", "c.py": "12"})
    (root / "d.py").symlink_to("a.py")
    snapshot = RepositorySnapshot.open(root, Limits(total_bytes=6))
    assert [snapshot.read(path) for path in ("a.py", "d.py", "b.py", "c.py")] == [b"1234", b"1234", None, b"12"]
    assert reasons(snapshot) == {"b.py": "beyond 6 bytes of all files together"}


def test_a_file_that_became_a_link_or_a_pipe_is_not_read(files: MakeFiles, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "c.py").write_text("secret")
    root = files({"a.py": "", "b.py": "", "folder/c.py": ""})
    snapshot = RepositorySnapshot.open(root)
    for path in ("a.py", "b.py", "folder/c.py"):
        (root / path).unlink()
    (root / "a.py").symlink_to("/etc/passwd")
    os.mkfifo(root / "b.py")
    (root / "folder").rmdir()
    (root / "folder").symlink_to(tmp_path / "outside")
    assert [snapshot.read(path) for path in snapshot.files] == [None, None, None]
    assert set(reasons(snapshot)) == {"a.py", "b.py", "folder/c.py"}


def test_a_path_that_is_none_is_not_read(snapshot: RepositorySnapshot) -> None:
    for path in ("", ".", "..", "/", "/etc/passwd", "../../etc/passwd", "a", "a/../manage.py", "./manage.py", "\0"):
        assert snapshot.read(path) is None
        assert snapshot.text(path) is None
