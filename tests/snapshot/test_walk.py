"""Which files a snapshot lists, and what it says of the others."""

import os
import shutil
import socket
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from analyzer.snapshot import walk
from analyzer.snapshot.limits import Limits, Room
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.walk import ignored_by
from tests.snapshot.conftest import Git, MakeFiles, reasons, unprivileged

GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_all_files_are_listed_sorted(files: MakeFiles) -> None:
    root = files({"b.py": "", "a/c.txt": "", "a.py": "", "a-b/x": "", ".env.example": "", "a/.hidden/d": ""})
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == (".env.example", "a-b/x", "a.py", "a/.hidden/d", "a/c.txt", "b.py")
    assert snapshot.skipped == ()


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        (".git", "data of version control"),
        ("sub/.hg", "data of version control"),
        ("frontend/node_modules", "packages of the front end"),
        ("lib/python3.12/site-packages", "installed Python packages"),
        ("app/__pycache__", "a cache"),
        (".tox", "environments of a test runner"),
    ],
)
def test_folders_of_other_people_are_one_entry(files: MakeFiles, folder: str, reason: str) -> None:
    root = files({"manage.py": "", f"{folder}/a.py": "", f"{folder}/deep/b.py": ""})
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == ("manage.py",)
    assert [skipped.path for skipped in snapshot.skipped] == [folder]
    assert reason in snapshot.skipped[0].reason


def test_a_file_with_the_name_of_such_a_folder_is_a_file(files: MakeFiles) -> None:
    assert RepositorySnapshot.open(files({"node_modules": "", "app/site-packages": ""})).files == (
        "app/site-packages",
        "node_modules",
    )


@pytest.mark.parametrize(
    "contents",
    [
        {"pyvenv.cfg": "home = /usr/bin\n"},
        {"bin/activate": "", "bin/python": ""},
        {"bin/activate": "", "bin/python3": ""},
        {"Scripts/activate": "", "Scripts/python.exe": ""},
    ],
    ids=["pyvenv.cfg", "python", "python3", "Windows"],
)
def test_a_virtual_environment_of_any_name_is_skipped(files: MakeFiles, contents: dict[str, str]) -> None:
    contents = {**contents, "lib/python3.12/x.py": "", "include/y.h": "", "loose.py": ""}
    snapshot = RepositorySnapshot.open(files({"app.py": "", **{f"my_env/{k}": v for k, v in contents.items()}}))
    assert snapshot.files == ("app.py",)
    assert reasons(snapshot) == {"my_env": "a virtual environment"}


def test_a_project_inside_a_virtual_environment_is_read(files: MakeFiles) -> None:
    root = files({"env/pyvenv.cfg": "", "env/lib/x.py": "", "env/mysite/manage.py": "", "env/mysite/lib/y.py": ""})
    assert RepositorySnapshot.open(root).files == ("env/mysite/lib/y.py", "env/mysite/manage.py")


def test_the_root_is_read_even_when_it_is_a_virtual_environment(files: MakeFiles) -> None:
    root = files({"pyvenv.cfg": "", "manage.py": "", "bin/post_compile": "", "lib/python3.12/site-packages/x.py": ""})
    assert RepositorySnapshot.open(root).files == ("bin/post_compile", "manage.py", "pyvenv.cfg")


def test_a_folder_called_env_is_no_environment(files: MakeFiles) -> None:
    root = files({"env/bin/activate": "# ours", "env/lib/x.py": "", "venv/urls.py": ""})
    assert RepositorySnapshot.open(root).files == ("env/bin/activate", "env/lib/x.py", "venv/urls.py")


def test_a_conda_environment_is_skipped_whole(files: MakeFiles) -> None:
    snapshot = RepositorySnapshot.open(files({"c/conda-meta/history": "", "c/ssl/x.py": "", "a.py": ""}))
    assert snapshot.files == ("a.py",)
    assert reasons(snapshot) == {"c": "a conda environment"}


def test_links_to_files_and_folders_inside_are_followed(files: MakeFiles) -> None:
    root = files({"requirements/prod.txt": "django\n", "shared/util.py": "x = 1\n", "app/a.py": ""})
    (root / "requirements.txt").symlink_to("requirements/prod.txt")
    (root / "app" / "shared").symlink_to("../shared")
    (root / "absolute.txt").symlink_to(root / "requirements" / "prod.txt")
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == (
        "absolute.txt",
        "app/a.py",
        "requirements.txt",
        "requirements/prod.txt",
        "shared/util.py",
    )
    assert snapshot.text("requirements.txt") == snapshot.text("absolute.txt") == "django\n"
    assert snapshot.is_file("app/shared/util.py")
    assert snapshot.text("app/shared/util.py") == "x = 1\n"
    assert snapshot.is_dir("app/shared")
    assert snapshot.children("app") == ("a.py", "shared")
    assert snapshot.children("app/shared") == ("util.py",)
    assert snapshot.under("app/shared") == ("app/shared/util.py",)
    assert snapshot.under("app") == ("app/a.py",)
    assert snapshot.skipped == ()


def test_links_in_circles_end(files: MakeFiles) -> None:
    root = files({"a/x.py": "x = 1\n", "b/y.py": ""})
    (root / "a" / "up").symlink_to("..")
    (root / "a" / "self").symlink_to(".")
    (root / "a" / "b").symlink_to("../b")
    (root / "b" / "a").symlink_to("../a")
    (root / "loop").symlink_to("loop")
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == ("a/x.py", "b/y.py")
    assert snapshot.text("a/up/a/self/b/a/x.py") == "x = 1\n"
    assert snapshot.under("a/up") == ("a/up/a/x.py", "a/up/b/y.py")
    assert list(reasons(snapshot)) == ["loop"]


def test_links_that_lead_out_are_not_followed(files: MakeFiles, tmp_path: Path) -> None:
    root = files({"a.py": ""})
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "repo-2").mkdir()
    (tmp_path / "repo-2" / "b.py").write_text("secret")
    (root / "passwd").symlink_to("/etc/passwd")
    (root / "etc").symlink_to("/etc")
    (root / "relative.txt").symlink_to("../secret.txt")
    (root / "beside").symlink_to("../repo-2")
    (root / "twice").symlink_to("etc/passwd")
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == ("a.py",)
    assert set(reasons(snapshot)) == {"passwd", "etc", "relative.txt", "beside", "twice"}
    assert set(reasons(snapshot).values()) == {"a link that leads out of the repository"}
    for path in ("passwd", "etc/passwd", "relative.txt", "beside/b.py", "../secret.txt", "/etc/passwd"):
        assert snapshot.read(path) is None
        assert not snapshot.is_file(path)


def test_links_to_what_is_not_read_are_recorded(files: MakeFiles) -> None:
    root = files({"a.py": "", ".git/config": "token", "node_modules/x/index.js": "", "empty/.gitignore": "*\n"})
    (root / "config").symlink_to(".git/config")
    (root / "packages").symlink_to("node_modules/x")
    (root / "gone").symlink_to("nowhere")
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == ("a.py",)
    assert reasons(snapshot)["config"] == reasons(snapshot)["packages"] == "a link to something that is not read"
    assert "leads nowhere" in reasons(snapshot)["gone"]
    assert snapshot.read("config") is None


def test_the_root_may_be_a_link(files: MakeFiles, tmp_path: Path) -> None:
    files({"a.py": "x = 1\n"})
    (tmp_path / "link").symlink_to("repo")
    assert RepositorySnapshot.open(tmp_path / "link").text("a.py") == "x = 1\n"


def test_pipes_and_sockets_are_recorded_and_not_waited_for(files: MakeFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    root = files({"a.py": ""})
    os.mkfifo(root / "pipe")
    monkeypatch.chdir(root)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == ("a.py",)
    assert reasons(snapshot) == dict.fromkeys(("pipe", "socket"), "a pipe, socket or device")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"new\nline.py", "new\\x0aline.py"),
        (b"escape\x1b[31m.py", "escape\\x1b[31m.py"),
        (b"caf\xe9.py", "caf\\xe9.py"),
        (b"\xc2\x9b.py", "\\x9b.py"),
    ],
)
def test_names_that_cannot_be_shown_are_recorded_in_a_form_that_can(root: Path, name: bytes, shown: str) -> None:
    folder = os.fsencode(root)
    with open(folder + b"/" + name, "wb"):
        pass
    os.mkdir(folder + b"/dir-" + name)
    with open(folder + b"/dir-" + name + b"/x.py", "wb"):
        pass
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == ()
    assert set(reasons(snapshot)) == {shown, f"dir-{shown}"}


def test_other_odd_names_are_files(files: MakeFiles) -> None:
    names = ("  ", "-rf", "a b.py", "back\\slash", "café", "emoji 🎉.md", "no\u00a0break", "x:1", "{{ name }}", "~")
    snapshot = RepositorySnapshot.open(files({name: name for name in names}))
    assert snapshot.files == names
    assert [snapshot.text(name) for name in names] == list(names)


def test_what_may_not_be_read_is_recorded() -> None:
    with TemporaryDirectory() as place:
        root = Path(place)
        root.chmod(0o755)
        for name in ("open.py", "closed.py", "folder/a.py"):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text("x = 1\n")
        (root / "closed.py").chmod(0)
        (root / "folder").chmod(0)
        with unprivileged():
            snapshot = RepositorySnapshot.open(root)
            assert snapshot.files == ("closed.py", "open.py")
            assert snapshot.read("open.py") == b"x = 1\n"
            assert snapshot.read("closed.py") is None
        (root / "folder").chmod(0o755)
    assert reasons(snapshot) == {"folder": "Permission denied", "closed.py": "Permission denied"}


def test_a_limit_on_files_keeps_those_near_the_root(files: MakeFiles) -> None:
    root = files({"a/b/deep.py": "", "a/x.py": "", "b.py": "", "c.py": "", "manage.py": ""})
    snapshot = RepositorySnapshot.open(root, Limits(files=4))
    assert snapshot.files == ("a/x.py", "b.py", "c.py", "manage.py")
    assert reasons(snapshot) == {".": "files beyond the first 4"}
    assert RepositorySnapshot.open(root, Limits(files=5)).skipped == ()


def test_a_limit_on_folders_holds_too(files: MakeFiles) -> None:
    root = files({"x.py": ""})
    for number in range(20):
        (root / f"empty{number}").mkdir()
    assert reasons(RepositorySnapshot.open(root, Limits(files=10))) == {".": "files beyond the first 10"}


def test_a_limit_on_the_memory_of_paths(files: MakeFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    root = files({"a.py": "", **{f"b/{'n' * 200}{number}.py": "" for number in range(20)}, "b/c/d.py": ""})
    monkeypatch.setattr(walk, "Room", lambda: Room(2_000))
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files[0] == "a.py"
    assert 2 < len(snapshot.files) < 10
    assert reasons(snapshot) == {".": "files beyond the first 30,000,000 bytes of paths"}


def test_the_memory_of_paths_is_that_of_folders_and_links_too(
    files: MakeFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = files({"a.py": ""})
    monkeypatch.setattr(walk, "Room", lambda: Room(2_000))
    for number in range(20):
        (root / f"{'n' * 200}{number}").mkdir()
    assert reasons(RepositorySnapshot.open(root)) == {".": "files beyond the first 30,000,000 bytes of paths"}
    shutil.rmtree(root)
    root = files({"a.py": ""})
    for number in range(20):
        (root / f"{'n' * 200}{number}").symlink_to("a.py")
    snapshot = RepositorySnapshot.open(root)
    assert 2 < len(snapshot.files) < 10
    assert reasons(snapshot) == {".": "files beyond the first 30,000,000 bytes of paths"}


def test_a_limit_on_the_names_of_one_folder(files: MakeFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    root = files({f"a/{number}{'n' * 90}": "" for number in range(10)})
    monkeypatch.setattr(walk, "MAX_CHARACTERS", 500)
    snapshot = RepositorySnapshot.open(root)
    assert len(snapshot.files) == 5
    assert reasons(snapshot) == {"a": "entries beyond the first 5"}


def test_a_limit_on_depth(files: MakeFiles) -> None:
    snapshot = RepositorySnapshot.open(files({"a/b/c/d.py": "", "a/b/e.py": ""}), Limits(depth=2))
    assert snapshot.files == ("a/b/e.py",)
    assert reasons(snapshot) == {"a/b/c": "more than 2 folders deep"}


def test_a_root_that_cannot_be_listed_is_empty(tmp_path: Path) -> None:
    snapshot = RepositorySnapshot.open(tmp_path / "missing")
    assert snapshot.files == ()
    assert reasons(snapshot) == {".": "No such file or directory"}


def test_ignored_files_and_folders_are_skipped_at_every_level(files: MakeFiles) -> None:
    root = files(
        {
            ".gitignore": "*.log\n/media/\nbuild/\n!keep.log\n",
            "a.log": "",
            "keep.log": "",
            "media/x.png": "",
            "app/media/y.png": "",
            "app/build/z.py": "",
            "app/.gitignore": "local.py\n!b.log\n",
            "app/b.log": "",
            "app/local.py": "",
            "other/local.py": "",
            "other/b.log": "",
        }
    )
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == (
        ".gitignore",
        "app/.gitignore",
        "app/b.log",
        "app/media/y.png",
        "keep.log",
        "other/local.py",
    )
    assert reasons(snapshot) == {
        "a.log": "ignored by .gitignore",
        "app/build": "ignored by .gitignore",
        "app/local.py": "ignored by app/.gitignore",
        "media": "ignored by .gitignore",
        "other/b.log": "ignored by .gitignore",
    }


def test_an_ignore_file_that_is_a_link_does_not_count(files: MakeFiles, tmp_path: Path) -> None:
    root = files({"a.py": ""})
    (tmp_path / "patterns").write_text("*.py\n")
    (root / ".gitignore").symlink_to(tmp_path / "patterns")
    assert RepositorySnapshot.open(root).files == ("a.py",)


@GIT
def test_tracked_files_are_read_although_they_are_ignored(files: MakeFiles, git: Git) -> None:
    root = files(
        {
            ".gitignore": "*.sqlite3\n.env\nstaticfiles/\n",
            "db.sqlite3": "",
            ".env": "",
            "staticfiles/a.css": "",
            "staticfiles/deep/b.css": "",
            "manage.py": "",
        }
    )
    git("init", "--quiet")
    git("add", "--force", "db.sqlite3", "staticfiles/deep/b.css")
    (root / "staticfiles" / "c.css").write_text("")
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == (".gitignore", "db.sqlite3", "manage.py", "staticfiles/deep/b.css")
    assert {path for path, reason in reasons(snapshot).items() if "ignored" in reason} == {
        ".env",
        "staticfiles/a.css",
        "staticfiles/c.css",
    }


@GIT
def test_the_file_that_ignores_is_named_of_what_is_not_there_yet(files: MakeFiles, git: Git) -> None:
    root = files({".gitignore": "*.yaml\n.do\n!compose.yaml\n", "app/.gitignore": "/Dockerfile\n"})
    assert ignored_by(str(root), ".do/app.yaml") == ".gitignore"
    assert ignored_by(str(root), "app/Dockerfile") == "app/.gitignore"
    assert ignored_by(str(root), "other/deep/app.yaml") == ".gitignore"
    assert ignored_by(str(root), "Dockerfile") is None
    assert ignored_by(str(root), "compose.yaml") is None
    git("init", "--quiet")
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/exclude").write_text("Dockerfile\n")
    assert ignored_by(str(root), "Dockerfile") == ".git/info/exclude"
    files({".do/app.yaml": "", ".do/other.yaml": ""})
    git("add", "--force", ".do/app.yaml")
    assert ignored_by(str(root), ".do/app.yaml") is None
    assert ignored_by(str(root), ".do/other.yaml") == ".gitignore"


@GIT
def test_info_exclude_counts_and_goes_after_the_ignore_files(files: MakeFiles, git: Git) -> None:
    root = files({".gitignore": "!b.txt\n", "a.txt": "", "b.txt": ""})
    git("init", "--quiet")
    (root / ".git" / "info").mkdir(exist_ok=True)
    (root / ".git" / "info" / "exclude").write_text("*.txt\n")
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == (".gitignore", "b.txt")
    assert reasons(snapshot)["a.txt"] == "ignored by .git/info/exclude"


@GIT
def test_a_submodule_is_part_of_the_checkout_with_rules_of_its_own(
    files: MakeFiles, git: Git, root: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "settings_local.py").write_text("x = 1\n")
    (other / ".gitignore").write_text("*.tmp\n")
    (other / "kept.tmp").write_text("")
    for arguments in (("init", "--quiet"), ("add", "--force", "."), ("commit", "--quiet", "-m", "one")):
        git(*arguments, folder="../other")
    files({".gitignore": "vendor/\n*_local.py\n", "manage.py": ""})
    git("init", "--quiet")
    git("submodule", "--quiet", "add", "--force", str(other), "vendor/lib")
    (root / "vendor" / "lib" / "new.tmp").write_text("")
    (root / "vendor" / "untracked.py").write_text("")
    snapshot = RepositorySnapshot.open(root)
    assert set(snapshot.files) >= {"vendor/lib/settings_local.py", "vendor/lib/kept.tmp"}
    assert reasons(snapshot)["vendor/lib/new.tmp"] == "ignored by vendor/lib/.gitignore"
    assert reasons(snapshot)["vendor/untracked.py"] == "ignored by .gitignore"


def test_a_git_file_that_points_out_of_the_repository_is_not_followed(files: MakeFiles, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    (outside / "info").mkdir(parents=True)
    (outside / "info" / "exclude").write_text("*.py\n")
    root = files({".git": f"gitdir: {outside}\n", "a.py": "", "sub/.git": "gitdir: ../../elsewhere\n", "sub/b.py": ""})
    snapshot = RepositorySnapshot.open(root)
    assert snapshot.files == ("a.py", "sub/b.py")
    assert reasons(snapshot) == dict.fromkeys((".git", "sub/.git"), "data of version control")


def test_a_broken_index_is_as_none(files: MakeFiles) -> None:
    root = files({".git/index": b"DIRC\0\0\0\2\0\0\0\x09junk", ".gitignore": "*.log\n", "a.log": "", "b.py": ""})
    assert RepositorySnapshot.open(root).files == (".gitignore", "b.py")
