"""Patterns of ignore files, compared with what git itself says."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analyzer.snapshot.ignore import MAX_PATTERNS, ignored_in, parse_ignore_file
from analyzer.snapshot.repository import RepositorySnapshot
from tests.snapshot.conftest import Git, MakeFiles

GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

NAMES = ("a", "b", "ab", "a.b", "ba", "!a", "]", "-")
PATHS = tuple(f"{x}/{y}/{z}" for x in NAMES for y in NAMES[:4] for z in (*NAMES[:4], "abab", "[a"))

GLOBS = [
    *("a", "b", "ab", "a.b", ".b", "*", "**", "***", "?", "a*", "*b", "*.b", "a*b*", "*a*b*", " ", "\\ ", "#", "\\#"),
    *("[ab]", "[!a]", "[^b]", "[a-b]", "[b-a]", "[]a]", "[!]]", "[a", "a[b-", "[\\a]", "[a-]", "[--b]", "[!-]"),
    *("[[:alpha:]]", "[![:alpha:]]", "[[:none:]]", "[[:alpha:]-]", "[a/b]", "!a", "\\!a", "\\a", "a\\", "\\/"),
]


def join(parts: list[str], leading: bool, trailing: bool, negated: bool, end: str) -> str:
    return ("!" if negated else "") + ("/" if leading else "") + "/".join(parts) + ("/" if trailing else "") + end


parts = st.lists(st.lists(st.sampled_from(GLOBS), min_size=1, max_size=2).map("".join), min_size=1, max_size=3)
lines = st.builds(
    join, parts, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["", "", "", " ", "  ", "\r", "\\"])
).filter(lambda line: not re.search(r"[^/*!]\*\*+\\?(/|$)", line.rstrip()))
"""Without a quirk of git: it compares a fixed beginning apart, and then takes the `**` of `a**/b` for a whole part."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with all PATHS."""
    root = tmp_path_factory.mktemp("tree")
    for path in PATHS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    subprocess.run(["git", "init", "--quiet", root], check=True, timeout=60)
    return root


def git_ignores(root: Path) -> set[str]:
    command = ["git", "-c", "core.excludesFile=", "ls-files", "-z", "--others", "--ignored", "--exclude-standard"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True, timeout=60)
    return set(done.stdout.decode().split("\0")) - {""}


@GIT
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(patterns=st.lists(lines, min_size=1, max_size=5), below=st.lists(lines, max_size=3))
@example(["ab/*", "![[:alpha:]]/"], [])
@example(["/*", "!/a/", "/a/*", "!/a/b"], [])
@example(["*", "!*/", "!*.b"], [])
@example(["a/**/b", "!a/b/**"], [])
@example(["a/**", "!a/b"], [])
@example(["**/a/*b", "a/\\**"], [])
@example(["b\\ ", "a  ", "  "], [])
@example(["\\a**/a/b"], [])
@example(["**/b", "!**/a/**", "**/*b/", "/**/ab"], ["!b", "**/a"])
@example(["*b", "!*.b", "a*", "*[.b]b"], ["!/b/*", "/b/a*"])
@example(["*/b/*", "!?/*/ab", "a/**/*b"], ["*", "!a/", "!a.b"])
@example(["//a", "a//b", "a//", "/", "**\\/b"], ["a/**/"])
def test_the_same_files_are_ignored_as_by_git(tree: Path, patterns: list[str], below: list[str]) -> None:
    (tree / ".gitignore").write_bytes("\n".join(patterns).encode())
    (tree / "a" / ".gitignore").write_bytes("\n".join(below).encode())
    listed = set(RepositorySnapshot.open(tree).files)
    assert set(PATHS) - listed == git_ignores(tree) & set(PATHS)


@GIT
def test_ignore_files_at_several_levels_are_combined_as_by_git(files: MakeFiles, git: Git) -> None:
    root = files(
        {
            ".gitignore": "\ufeff*.log\nbuild\n/data/*\n!/data/keep/\ntmp/**\n!tmp/x\n",
            "a.log": "",
            "data/x": "",
            "data/keep/y": "",
            "data/keep/z.log": "",
            "data/keep/.gitignore": "!z.log\n/y\n",
            "app/.gitignore": "!*.log\n!build/\nother/\r\n# no/\n\\#yes\n",
            "app/build/out.js": "",
            "app/c.log": "",
            "app/no/n": "",
            "app/#yes": "",
            "app/other/o": "",
            "app/deep/.gitignore": "*\n!.gitignore\n",
            "app/deep/d": "",
            "tmp/x": "",
            "tmp/y": "",
        }
    )
    git("init", "--quiet")
    listed = set(RepositorySnapshot.open(root).files)
    everything = {
        str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and ".git/" not in str(path)
    }
    assert everything - listed == git_ignores(root)
    assert {"app/c.log", "tmp/x", "data/keep/z.log"} <= listed
    assert "data/keep/y" not in listed


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.py[cod]", {"a.pyc", "b.pyo"}),
        ("*$py.class", {"a$py.class"}),
        (".env", {".env"}),
        (".env*", {".env", ".env.prod"}),
        ("*.sqlite3", {"db.sqlite3"}),
        ("db.*", {"db.sqlite3"}),
        ("*.prod", {".env.prod"}),
        ("*env", {".env", "env"}),
        ("*.??", {"a.py"}),
        ("[ab].py?", {"a.pyc", "b.pyo"}),
        ("*", {"a.py", "a.pyc", "b.pyo", "a$py.class", ".env", ".env.prod", "db.sqlite3", "env"}),
    ],
)
def test_usual_patterns(pattern: str, names: set[str]) -> None:
    file = parse_ignore_file(".gitignore", ".", pattern.encode())
    assert file is not None
    all_names = ["a.py", "a.pyc", "b.pyo", "a$py.class", ".env", ".env.prod", "db.sqlite3", "env"]
    assert set(ignored_in([file], "app", all_names, [])) == names


def test_a_folder_pattern_leaves_files_alone() -> None:
    file = parse_ignore_file(".gitignore", ".", b"media/\n")
    assert file is not None
    assert ignored_in([file], ".", [], ["media"]) == {"media": ".gitignore"}
    assert ignored_in([file], ".", ["media"], []) == {}


@pytest.mark.parametrize(
    ("patterns", "ignored"),
    [
        (["*.gz", "!*.tar.gz"], {"a.gz"}),
        (["*.tar.gz", "!*.gz"], set()),
        (["*.tar.gz", "!*.gz", "*gz"], {"a.gz", "a.tar.gz", "gz"}),
        (["*", "!*gz", "a.gz"], {"a.gz", "a"}),
        (["a.gz", "!a*", "a.*", "!*.tar.*"], {"a.gz"}),
    ],
)
def test_the_last_pattern_decides_whatever_its_kind(patterns: list[str], ignored: set[str]) -> None:
    file = parse_ignore_file(".gitignore", ".", "\n".join(patterns).encode())
    assert file is not None
    assert set(ignored_in([file], "x", ["a", "a.gz", "a.tar.gz", "gz"], [])) == ignored


@pytest.mark.parametrize(
    ("pattern", "folders"),
    [
        ("x", {".", "a", "a/b", "a/b/c", "b"}),
        ("/x", {"."}),
        ("a/x", {"a"}),
        ("**/x", {".", "a", "a/b", "a/b/c", "b"}),
        ("a/**/x", {"a", "a/b", "a/b/c"}),
        ("*/b/*", {"a/b"}),
        ("**/b/**", {"a/b", "a/b/c", "b"}),
        ("[ab]/x", {"a", "b"}),
        ("a\\/x", {"a"}),
    ],
)
def test_a_path_applies_in_the_folders_that_it_fits(pattern: str, folders: set[str]) -> None:
    file = parse_ignore_file("sub/.gitignore", "sub", pattern.encode())
    assert file is not None
    places = {"sub" if place == "." else f"sub/{place}": place for place in (".", "a", "a/b", "a/b/c", "b")}
    assert {name for folder, name in places.items() if ignored_in([file], folder, ["x"], [])} == folders


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# comment\n", b"   \n", b"/\n", b"!\n", b"a\0b\n", b"x" * 1000])
def test_a_file_that_says_nothing(content: bytes) -> None:
    assert parse_ignore_file(".gitignore", ".", content) is None


def test_patterns_beyond_the_limit_are_left_out() -> None:
    content = "".join(f"file{number}\n" for number in range(MAX_PATTERNS + 1)).encode()
    file = parse_ignore_file(".gitignore", ".", content)
    assert file is not None
    last = [f"file{MAX_PATTERNS - 1}", f"file{MAX_PATTERNS}"]
    assert list(ignored_in([file], ".", last, [])) == last[:1]


@pytest.mark.parametrize(
    ("pattern", "folder", "name"),
    [
        ("*a" * 100 + "*b", ".", "a" * 255 + "c"),
        ("**/a/" * 80 + "b", "/".join("a" * 1000), "c"),
        ("**/*a*a*a*a*b", "/".join(["a" * 250] * 14), "a" * 250),
        ("**/*a*a*a*a*b/c", "/".join(["a" * 250] * 15), "c"),
        ("[ab]*" * 40 + "c?", ".", "ab" * 127),
    ],
    ids=["stars", "double stars", "both", "both above", "brackets"],
)
def test_hostile_patterns_take_no_time(pattern: str, folder: str, name: str) -> None:
    file = parse_ignore_file(".gitignore", ".", pattern.encode())
    assert file is not None
    assert ignored_in([file], folder, [name], []) == {}
