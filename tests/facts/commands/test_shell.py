"""Shell text to simple commands with the conditions that they stand under."""

import pytest

from analyzer.facts.commands import shell
from analyzer.facts.commands.shell import SimpleCommand, split_commands


def words(text: str) -> list[tuple[str, ...]]:
    return [command.words for command in split_commands(text)]


def test_commands_are_split_at_operators_and_lines() -> None:
    assert words("a 1 && b || c; d | e\nf") == [("a", "1"), ("b",), ("c",), ("d",), ("e",), ("f",)]


def test_a_command_knows_its_line_and_its_text_as_written() -> None:
    command = split_commands('set -e\n\nexec gunicorn \\\n  --bind "0.0.0.0:$PORT" app.wsgi')[1]
    assert (command.line, command.text) == (3, 'exec gunicorn --bind "0.0.0.0:$PORT" app.wsgi')


def test_assignments_before_the_words_and_alone() -> None:
    first, second = split_commands("A=1 B='x y' run\nC=3")
    assert first.assignments == (("A", "1"), ("B", "x y"))
    assert first.words == ("run",)
    assert (second.words, second.assignments) == ((), (("C", "3"),))


def test_background() -> None:
    assert [command.background for command in split_commands("a & b")] == [True, False]


def test_branches_of_if() -> None:
    found = {
        c.words[0]: c.tests
        for c in split_commands("if [ -z $A ]; then one; elif test $B; then two; else three; fi; four")
    }
    first = shell.Test(words=("[", "-z", "$A", "]"), holds=True)
    second = shell.Test(words=("test", "$B"), holds=True)
    assert found["one"] == (first,)
    assert found["two"] == (shell.Test(words=first.words, holds=False), second)
    assert found["three"] == (shell.Test(words=first.words, holds=False), shell.Test(words=second.words, holds=False))
    assert found["four"] == ()


def test_a_condition_of_several_commands_has_no_words() -> None:
    assert [c.tests for c in split_commands("if a; b; then c; fi") if c.words == ("c",)] == [
        (shell.Test(words=(), holds=True),)
    ]


def test_branches_of_case() -> None:
    text = 'case "$1" in\n  web|server)\n    gunicorn\n    ;;\n  worker) celery ;;\n  *) help ;;\nesac\ndone_now'
    found = {c.words[0]: c.tests for c in split_commands(text)}
    web = shell.Test(words=("case", "$1", "web", "server"), holds=True)
    worker = shell.Test(words=("case", "$1", "worker"), holds=True)
    assert found["gunicorn"] == (web,)
    assert found["celery"] == (shell.Test(words=web.words, holds=False), worker)
    assert found["help"][-1] == shell.Test(words=("case", "$1", "*"), holds=True)
    assert found["done_now"] == ()


def test_functions() -> None:
    assert [(c.words, c.in_function) for c in split_commands("serve() {\n  gunicorn\n}\nserve")] == [
        (("gunicorn",), "serve"),
        (("serve",), None),
    ]


@pytest.mark.parametrize("text", ["fi", "if", "case x in", "}", "done", "then else fi", "case in esac", "f() {", ""])
def test_malformed_text_gives_what_could_be_read(text: str) -> None:
    assert all(isinstance(command, SimpleCommand) for command in split_commands(text + "\nserver\n"))
    assert ("server",) in words(text + "\nserver\n") or text in ("if", "case x in", "case in esac")
