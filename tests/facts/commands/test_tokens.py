"""Shell text to words and operators."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.commands.tokens import MAX_CHARACTERS, Operator, Word, tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gunicorn app.wsgi --bind 0.0.0.0:8000", ["gunicorn", "app.wsgi", "--bind", "0.0.0.0:8000"]),
        ("echo 'a b' \"c d\" e\\ f", ["echo", "a b", "c d", "e f"]),
        ("echo \"$HOME/bin\" '$HOME'", ["echo", "$HOME/bin", "$HOME"]),
        ("echo ${PORT:-8000} $(cat 'a b' | wc) `id -u`", ["echo", "${PORT:-8000}", "$(cat 'a b' | wc)", "`id -u`"]),
        ("gunicorn \\\n  app.wsgi", ["gunicorn", "app.wsgi"]),
        ("echo a#b # a comment\n", ["echo", "a#b", "\n"]),
        ("server > /dev/null 2>&1 < in.txt", ["server"]),
        ("echo it's", ["echo", "its"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert texts(text) == words


def test_operators_stand_between_the_words() -> None:
    assert texts("a && b || c; d & (e | f)") == ["a", "&&", "b", "||", "c", ";", "d", "&", "(", "e", "|", "f", ")"]


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{LINE SEPARATOR}", "\x85", "\x1c", "\0"])
def test_only_the_shells_own_white_space_parts_words(space: str) -> None:
    assert texts(f"a{space}b {space} c") == [f"a{space}b", space, "c"]


@given(st.text(st.sampled_from("ab $'\"\\`;|&()<>#{}\n\t=-<\N{NO-BREAK SPACE}\x85")))
def test_any_text_ends(text: str) -> None:
    assert sum(len(token.text) for token in tokens(text)) <= 2 * len(text)


def test_a_here_document_is_no_command() -> None:
    assert texts("cat <<EOF > file\nrm -rf\nEOF\nls\n") == ["cat", "\n", "ls", "\n"]


def test_a_word_keeps_its_quotes_in_raw_and_knows_its_line() -> None:
    found = list(tokens("a\n'b c' \\\nd"))
    assert found == [Word("a", "a", 1), Operator("\n", 1), Word("b c", "'b c'", 2), Word("d", "d", 3)]


def test_long_texts_are_cut() -> None:
    assert sum(len(text) for text in texts("x" * (MAX_CHARACTERS + 5))) == MAX_CHARACTERS


@pytest.mark.parametrize(
    "text", ["echo '", 'echo "', "echo $(", "echo ${", "echo `", "echo \\", "cat <<", "((((", ")))"]
)
def test_unfinished_text_ends(text: str) -> None:
    assert texts(text)[-1:] != []
