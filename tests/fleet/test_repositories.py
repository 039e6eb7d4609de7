"""Which folders are repositories."""

from pathlib import Path

import pytest

from analyzer.fleet.repositories import MAX_DEPTH, find_repositories
from analyzer.model.errors import UsageError


def make(root: Path, *files: str) -> Path:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()
    return root


def names(path: Path) -> list[str]:
    return [one.name for one in find_repositories(path)]


def test_folders_in_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "b/manage.py", "a/src/x.py", "a/README", "list.txt", ".cache/x")
    assert names(tmp_path) == ["a", "b"]
    assert [Path(one.root) for one in find_repositories(tmp_path)] == [tmp_path / "a", tmp_path / "b"]


def test_a_folder_of_folders_is_their_owner(tmp_path: Path) -> None:
    make(tmp_path, "owner/a/x", "owner/b/x", "host/group/owner/c/x", "plain/x", "cloned/.git/HEAD", "cloned/src/x")
    assert names(tmp_path) == ["cloned", "host/group/owner/c", "owner/a", "owner/b", "plain"]


def test_folders_in_folders_have_an_end(tmp_path: Path) -> None:
    make(tmp_path, "1/2/3/4/5/6/x")
    assert names(tmp_path) == ["/".join(map(str, range(1, MAX_DEPTH + 1)))]


def test_a_link_to_a_repository(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/shop/x", "fleet/a/x")
    (tmp_path / "fleet" / "link").symlink_to(tmp_path / "elsewhere" / "shop")
    (tmp_path / "fleet" / "owner").mkdir()
    (tmp_path / "fleet" / "owner" / "round").symlink_to(tmp_path / "fleet" / "owner")
    assert names(tmp_path / "fleet") == ["a", "link", "owner/round"]


def test_a_list(tmp_path: Path) -> None:
    make(tmp_path, "a/x", "b/x")
    (tmp_path / "list").write_text(f"# ours\n\n  b/  \na # the shop\n./a\n{tmp_path}/c#1\n")
    assert [(one.name, one.root) for one in find_repositories(tmp_path / "list")] == [
        (f"{tmp_path}/c#1", f"{tmp_path}/c#1"),
        ("a", f"{tmp_path}/./a"),
        ("b", f"{tmp_path}/b/"),
    ]


@pytest.mark.parametrize("files", [[".git/HEAD"], ["manage.py", "shop/settings.py"]])
def test_a_repository_is_no_folder_of_them(tmp_path: Path, files: list[str]) -> None:
    with pytest.raises(UsageError, match="doctor scan"):
        find_repositories(make(tmp_path, *files))


def test_nothing(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("# nothing\n")
    for path in (tmp_path, tmp_path / "list"):
        with pytest.raises(UsageError, match="names no repository"):
            find_repositories(path)


@pytest.mark.parametrize("content", [b"\xff\xfe\xfa", b"a\0b\n"])
def test_no_list(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list").write_bytes(content)
    with pytest.raises(UsageError, match="is no list"):
        find_repositories(tmp_path / "list")


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        find_repositories(tmp_path / "gone")
