"""Dockerfiles as BuildKit reads them."""

import pytest

from analyzer.facts.existing.dockerfile import Dockerfile, pairs, read_dockerfile
from analyzer.facts.existing.instructions import BEFORE_FIRST_FROM
from tests.facts.conftest import MakeRepository


def parse(repository: MakeRepository, text: str | bytes) -> Dockerfile:
    found = read_dockerfile(repository({"Dockerfile": text}), "Dockerfile")
    assert found is not None
    return found


def test_instructions_their_lines_and_stages(repository: MakeRepository) -> None:
    found = parse(
        repository,
        "# comment\nARG V=3.12\nfrom python:${V} AS Base\n"
        'RUN a && \\\n# between\n\n  b\nFROM base\nCMD ["serve", "-x"]\n',
    )
    assert [(i.keyword, i.value, i.line, i.end_line, i.stage) for i in found.instructions] == [
        ("ARG", "V=3.12", 2, 2, BEFORE_FIRST_FROM),
        ("FROM", "python:${V} AS Base", 3, 3, 0),
        ("RUN", "a &&   b", 4, 7, 0),
        ("FROM", "base", 8, 8, 1),
        ("CMD", '["serve", "-x"]', 9, 9, 1),
    ]
    assert [(s.base, s.name, s.parent) for s in found.stages] == [("python:3.12", "base", None), ("base", None, 0)]
    assert found.lineage(1) == (0, 1)
    assert [i.keyword for i in found.of_stage(1)] == ["FROM", "RUN", "FROM", "CMD"]
    assert found.instructions[-1].arguments == ("serve", "-x")


def test_flags(repository: MakeRepository) -> None:
    copy = parse(repository, "FROM a\nCOPY --from=build --chown=1:1 /src /dst\n").instructions[1]
    assert (copy.value, copy.flag("from"), copy.flag("chown"), copy.flag("link")) == ("/src /dst", "build", "1:1", None)


@pytest.mark.parametrize("value", ["[serve]", '["a", 1]', '["a"', "serve"])
def test_what_is_no_json_is_shell(repository: MakeRepository, value: str) -> None:
    command = parse(repository, f"FROM a\nCMD {value}\n").instructions[1]
    assert (command.json_form, command.arguments, command.value) == (False, None, value)


def test_what_follows_the_list_is_not_read(repository: MakeRepository) -> None:
    command = parse(repository, 'FROM a\nCMD ["serve", "-x"] # on 8080\n').instructions[1]
    assert (command.json_form, command.arguments) == (True, ("serve", "-x"))


def test_here_documents(repository: MakeRepository) -> None:
    found = parse(
        repository, "FROM a\nRUN <<EOF\npip install x\nEOF\nRUN <<-'B' cat\n\tone\n\tB\nCMD x\nRUN cat <<NEVER\nCMD y\n"
    )
    assert [(i.keyword, i.heredocs, i.line) for i in found.instructions[1:]] == [
        ("RUN", ("pip install x",), 2),
        ("RUN", ("\tone",), 5),
        ("CMD", (), 8),
        ("RUN", (), 9),
        ("CMD", (), 10),
    ]
    assert found.instructions[1].script == "pip install x"


def test_the_escape_directive(repository: MakeRepository) -> None:
    found = parse(repository, "# escape=`\nFROM a\nRUN one `\n  two\nRUN c:\\\nCMD x")
    assert [(i.keyword, i.value) for i in found.instructions[1:]] == [
        ("RUN", "one   two"),
        ("RUN", "c:\\"),
        ("CMD", "x"),
    ]


def test_variables_of_a_stage(repository: MakeRepository) -> None:
    found = parse(
        repository,
        'ARG V=1\nFROM a AS base\nARG V\nENV A=$V B=\'${V}\' C="x $V"\nARG A=9\nENV OLD some "text"\n'
        "FROM base\nARG V=2\nENV A=$V.$A D=\\$A E=$NONE\n",
    )
    assert found.variables(0) == {"V": "1", "A": "1", "B": "${V}", "C": "x 1", "OLD": "some text"}
    assert found.variables(1) == {
        "V": "2",
        "A": "2.1",
        "B": "${V}",
        "C": "x 1",
        "OLD": "some text",
        "D": "$A",
        "E": "$NONE",
    }
    assert found.variables(BEFORE_FIRST_FROM) == {"V": "1"}
    assert (found.assignments(1)["A"].line, found.assignments(1)["V"].is_argument) == (9, True)


def test_pairs(repository: MakeRepository) -> None:
    found = parse(repository, 'FROM a\nARG ONE TWO=2\nENV\nENV A=\\"b\\ c D=\n')
    assert [pairs(i) for i in found.instructions[1:]] == [
        (("TWO", "2", 2), ("ONE", None, 2)),
        (),
        (("A", '"b c', 4), ("D", "", 4)),
    ]
    quoted = parse(repository, 'FROM a\nARG A="x y z"\n')
    assert pairs(quoted.instructions[1]) == (("A", "x y z", 2),)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_variable_of_an_instruction_has_its_own_line(repository: MakeRepository, end: str) -> None:
    lines = (
        "FROM a",
        "RUN <<EOF cat",
        "ENV IN_A_SCRIPT=1",
        "# not a comment of the Dockerfile",
        "EOF",
        "ENV ONE=1 \\",
        "    # TWO=0 in a comment",
        "    TWO=2 \\",
        "",
        "\tTHREE='a \\",
        "b' FOUR=4",
        "ENV \\",
        "  FIVE 5",
        "ARG --x SIX=6 \\",
        "  SEVEN",
    )
    found = parse(repository, end.join(lines))
    assert {name: a.line for name, a in found.assignments(0).items()} == {
        "ONE": 6,
        "TWO": 8,
        "THREE": 10,
        "FOUR": 11,
        "FIVE": 13,
        "SIX": 14,
    }
    assert pairs(found.instructions[-1]) == (("SIX", "6", 14), ("SEVEN", None, 15))


def test_the_instruction_in_force(repository: MakeRepository) -> None:
    found = parse(repository, "FROM a AS one\nCMD x\nFROM b AS two\nFROM one\nCMD y\n")
    in_force = [found.last("CMD", stage) for stage in range(3)]
    assert [command and command.value for command in in_force] == ["x", None, "y"]


def test_a_file_that_is_none(repository: MakeRepository) -> None:
    repo = repository({"other": ""})
    assert read_dockerfile(repo, "Dockerfile") is None
    assert parse(repository, "").stages == ()


def test_utf_16_and_windows_lines(repository: MakeRepository) -> None:
    found = parse(repository, "FROM a\r\nRUN b \\\r\n  c\r\n".encode("utf-16"))
    assert [(i.keyword, i.value) for i in found.instructions] == [("FROM", "a"), ("RUN", "b   c")]


def test_a_file_is_parsed_once(repository: MakeRepository) -> None:
    repo = repository({"Dockerfile": "FROM a\n"})
    assert read_dockerfile(repo, "Dockerfile") is read_dockerfile(repo, "Dockerfile")
    assert read_dockerfile(repo, "missing/Dockerfile") is None


def test_what_is_beyond_the_limits_is_named(repository: MakeRepository) -> None:
    short, many = "FROM a\n", "FROM a\n" + "RUN b\n" * 1_000
    repo = repository({f"d{number:02}/Dockerfile": many for number in range(11)} | {"Dockerfile": short})
    read = [read_dockerfile(repo, path) for path in sorted(repo.named("Dockerfile"))]
    assert [found and len(found.instructions) for found in read] == [1, *[1_000] * 10, None]
    assert {one.path: one.reason for one in repo.skipped} == {
        **dict.fromkeys(
            (f"d{number:02}/Dockerfile" for number in range(10)),
            "a Dockerfile beyond its first 200,000 characters or 1,000 instructions",
        ),
        "d10/Dockerfile": "Dockerfiles beyond the first 10,000 instructions of all",
    }
