"""How much Python is parsed."""

from analyzer.snapshot import python_size
from analyzer.snapshot.documents import ParseFailure, PythonDocument, read_python
from analyzer.snapshot.repository import RepositorySnapshot
from tests.snapshot.conftest import MakeFiles

LONG = "X = [" + "a, " * 40_000 + "]\n"


def test_long_texts_are_no_size() -> None:
    assert python_size.signs("X = '" + "a" * 1_000_000 + "'\n") < 10
    assert python_size.signs("    " * 10_000 + "x\n") < 10
    assert python_size.signs(LONG) > python_size.MAX_SIGNS


def test_a_file_of_too_many_signs_is_named(files: MakeFiles) -> None:
    repo = RepositorySnapshot.open(files({"a.py": LONG}))
    assert isinstance(read_python(repo, "a.py"), ParseFailure)
    assert [(one.path, one.reason) for one in repo.skipped] == [("a.py", python_size.TOO_LARGE)]


def test_trees_beyond_the_bound_are_named(files: MakeFiles) -> None:
    repo = RepositorySnapshot.open(files({"a.py": "X = 1\n", "b.py": "Y = 1\n"}))
    assert isinstance(read_python(repo, "a.py"), PythonDocument)
    repo.parsed.blocks = python_size.MAX_BLOCKS + 1
    assert isinstance(read_python(repo, "b.py"), ParseFailure)
    assert isinstance(read_python(repo, "a.py"), PythonDocument)
    assert list(repo.cache) == [("python", "a.py")]  # of many files, nothing is kept of each
    assert [(one.path, one.reason) for one in repo.skipped] == [("b.py", python_size.TOO_MANY)]
