"""Lock files without the lists of their files."""

from analyzer.snapshot.documents import ParseFailure, TomlDocument
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.toml_locks import read_toml_lock
from tests.snapshot.conftest import MakeFiles

LOCK = """\
version = 1

[[package]]
name = "django"
wheels = [
    { url = "https://example.org/django.whl", hash = "sha256:ab", size = 1 },
    { url = "https://example.org/other.whl", hash = "sha256:cd" }
]
version = "5.2"
"""


def test_entries_of_files_are_left_out_and_lines_stay(files: MakeFiles) -> None:
    repo = RepositorySnapshot.open(files({"uv.lock": LOCK}))
    document = read_toml_lock(repo, "uv.lock")
    assert isinstance(document, TomlDocument)
    assert document.data["package"] == [{"name": "django", "wheels": [], "version": "5.2"}]
    assert document.line_of("package", 0, "version") == 9
    assert read_toml_lock(repo, "uv.lock") is document


def test_no_lock_and_one_that_is_no_toml(files: MakeFiles) -> None:
    repo = RepositorySnapshot.open(files({"uv.lock": "version = 1\n<<<<<<< ours\n", "poetry.lock": "\0\1\2"}))
    assert read_toml_lock(repo, "pdm.lock") is None
    assert read_toml_lock(repo, "poetry.lock") is None
    failure = read_toml_lock(repo, "uv.lock")
    assert isinstance(failure, ParseFailure)
    assert failure.line == 2
