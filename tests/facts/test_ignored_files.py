"""Files that remedies write and git would not take."""

import pytest

from analyzer.facts.ignored_files import ignored_files
from tests.facts.conftest import MakeRepository


@pytest.mark.parametrize(
    ("patterns", "ignored"),
    [
        ("*.pyc\n.python-version\n", (".python-version",)),
        ("Pipfile.*\n/.python-version\n", (".python-version", "Pipfile.lock")),
        (".python-version\n!.python-version\n", ()),
        ("docs/.python-version\n", ()),
    ],
)
def test_those_that_the_gitignore_of_the_root_names(
    repository: MakeRepository, patterns: str, ignored: tuple[str, ...]
) -> None:
    assert ignored_files(repository({".gitignore": patterns})) == ignored


def test_none_without_the_file(repository: MakeRepository) -> None:
    assert ignored_files(repository({"shop/.gitignore": ".python-version\n"})) == ()
