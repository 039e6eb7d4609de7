"""Lists of words as shell text."""

import shlex

import pytest

from analyzer.facts.existing.declaration import Assigned, Declaration, quoted_words, shell_words
from analyzer.facts.existing.places import RepositoryPlace
from analyzer.model.evidence import Evidence
from tests.facts.conftest import MakeRepository


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("gunicorn", "app.wsgi", "--bind", "0.0.0.0:$PORT"), "gunicorn app.wsgi --bind 0.0.0.0:$PORT"),
        (("waitress-serve", "--listen", "*:8000"), "waitress-serve --listen '*:8000'"),
        (("serve", "${PORT:-8000}"), "serve ${PORT:-8000}"),
        (("echo", ""), "echo ''"),
        (("echo", "it's $HOME"), 'echo "it\'s $HOME"'),
        (("echo", 'say "$A"'), 'echo "say \\"$A\\""'),
    ],
)
def test_quoted_words(words: tuple[str, ...], text: str) -> None:
    assert quoted_words(words) == text
    assert tuple(shlex.split(text)) == words


def test_a_shell_with_text_is_the_text() -> None:
    assert shell_words(("/bin/sh", "-c", "migrate && serve")) == "migrate && serve"
    assert shell_words(("sh", "-c", "serve", "name")) == "sh -c serve name"


def test_variables_are_the_known_values(repository: MakeRepository) -> None:
    at = Evidence(path="Procfile")
    environment = [Assigned(name=n, value=v, evidence=at) for n, v in (("A", "1"), ("B", None), ("A", "2"))]
    declaration = Declaration(
        name="web",
        source="Procfile",
        file="Procfile",
        command="serve",
        evidence=at,
        place=RepositoryPlace(repo=repository({"Procfile": ""}), folder="."),
        environment=tuple(environment),
    )
    assert declaration.variables == {"A": "2"}
