"""The state of a shell."""

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.existing.shell_scope import Scope
from analyzer.model.evidence import Evidence


def scope(*arguments: str, **variables: str) -> Scope:
    at = Evidence(path="Procfile", line=1)
    return Scope(
        path="run.sh", line=1, directory=".", variables=variables, arguments=arguments or None, arguments_at=at
    )


def run(state: Scope, text: str) -> Scope:
    for command in split_commands(text):
        state.assign(command)
        if command.words:
            state.change(command)
    return state


def expand(state: Scope, text: str) -> tuple[str, str]:
    words, raw = state.expand(split_commands(text)[0])
    return "|".join(words), " ".join(raw)


def test_exported_variables_are_the_environment() -> None:
    state = run(
        scope(HOME="/root"),
        "A=1\nexport B=$A C\nC=3\nexport A\nD=4\ndeclare -x E=5\ndeclare F=6\nset -a\nG=7\nset +a\nH=8",
    )
    assert [(name, value, at.line) for name, value, at in state.environment] == [
        ("B", "1", 2),
        ("C", "3", 3),
        ("A", "1", 4),
        ("E", "5", 6),
        ("G", "7", 9),
    ]
    assert state.variables["D"] == "4"
    assert (state.variables["F"], state.variables["H"]) == ("6", "8")


def test_an_assignment_before_a_command_is_only_its_environment() -> None:
    state = run(scope(), "A=1 serve")
    assert ("A" in state.variables, state.environment[0][:2]) == (False, ("A", "1"))


def test_shift_and_set() -> None:
    state = run(scope("web", "--port", "1"), "shift\n")
    assert state.arguments == ("--port", "1")
    assert run(state, 'set -- serve "$@"').arguments == ("serve", "--port", "1")
    assert run(scope("a", "b", "c"), "shift 2").arguments == ("c",)
    assert run(scope("a"), "set -- $UNKNOWN").arguments == ("a",)


def test_parameters() -> None:
    known = scope("web", "x y", A="1").known()
    assert (known["1"], known["2"], known["3"], known["#"], known["@"], known["A"]) == (
        "web",
        "x y",
        "",
        "2",
        "web x y",
        "1",
    )
    assert "1" not in scope().known()


def test_arguments_and_commands_in_variables_are_put_in_place() -> None:
    state = scope("app worker", "4", ARGUMENTS="-A app worker", NAME="app", PROGRAM="celery")
    assert expand(state, 'run "$@"') == ("run|app worker|4", "run 'app worker' 4")
    assert expand(state, "run $2 ${3:-x}") == ("run|4|x", "run 4 x")
    assert expand(state, "celery $ARGUMENTS") == ("celery|-A|app|worker", "celery -A app worker")
    assert expand(state, '"$PROGRAM" beat') == ("celery|beat", "celery beat")


def test_other_variables_stay_as_written() -> None:
    state = scope("x", ARGUMENTS="a b", NAME="app")
    assert expand(state, 'celery "$ARGUMENTS" $NAME ${PORT:-1}') == (
        "celery|$ARGUMENTS|$NAME|${PORT:-1}",
        'celery "$ARGUMENTS" $NAME ${PORT:-1}',
    )
    assert expand(scope(), "run $1") == ("run|$1", "run $1")
