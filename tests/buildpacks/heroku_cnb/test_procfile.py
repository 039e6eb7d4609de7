"""src/procfile.rs: what is read, what is repaired and where the reader gives up; each case was run on the program."""

import pytest

from analyzer.buildpacks.heroku_cnb.procfile import InvalidProcfile, Procfile, parse_procfile


def read(text: str) -> dict[str, str]:
    procfile = parse_procfile(text)
    assert isinstance(procfile, Procfile)
    return {name: entry.command for name, entry in procfile.processes.items()}


@pytest.mark.parametrize(
    ("text", "processes"),
    [
        ("", {}),
        ("web: gunicorn a", {"web": "gunicorn a"}),
        ("web:gunicorn a\r\nworker: x\r\n", {"web": "gunicorn a", "worker": "x"}),
        ("# c\n\n  # d\nweb: a # tail\n\n\n# e", {"web": "a # tail"}),
        ("\r\nweb: a\r\n", {"web": "a"}),
        ("  \tWeb: a   \n", {"web": "a   "}),
        ("my_worker: a", {"my-worker": "a"}),
        ("a: 1\nb: 2\nA: 3", {"b": "2", "a": "3"}),
        ("9: x", {"9": "x"}),
        (f"{'a' * 63}: x", {"a" * 63: "x"}),
        (f"{' ' * 2000}web: x", {"web": "x"}),
        ("web: \N{EM SPACE}\n", {"web": "\N{EM SPACE}"}),
    ],
)
def test_processes(text: str, processes: dict[str, str]) -> None:
    assert list(read(text).items()) == list(processes.items())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n", 2),
        ("# only a comment", 1),
        ("web: a\n  ", 2),
        ("web: a\rb", 1),
        ("web: a\r", 1),
        ("web: \nworker: x", 1),
        ("web:\t \n", 1),
        ("web: a\nrelease : b", 2),
        ("web: a\n\n{%- if x %}\n", 3),
        ("web", 1),
        (": a", 1),
        ("-a: b", 1),
        ("a-: b", 1),
        ("_a: b", 1),
        ("w.e: b", 1),
        ("\ufeffweb: a", 1),
        (f"{'a' * 64}: x", 1),
        ("web\nworker: x", 1),
    ],
)
def test_invalid(text: str, line: int) -> None:
    procfile = parse_procfile(text)
    assert isinstance(procfile, InvalidProcfile)
    assert procfile.line == line


def test_what_was_repaired_is_known() -> None:
    procfile = parse_procfile("# c\n\n  My_web: a\nweb: b\n")
    assert isinstance(procfile, Procfile)
    assert [(e.name, e.written, e.line) for e in procfile.entries] == [("my-web", "  My_web", 3), ("web", "web", 4)]


@pytest.mark.parametrize("text", ["A: b\n" * 200_000, "a" * 1_000_000, " " * 1_000_000, "# c\n" * 200_000 + "web: a"])
def test_large_files_are_read_quickly(text: str) -> None:
    assert parse_procfile(text)
