"""The Procfile by the rule of Heroku's platform."""

import pytest

from analyzer.snapshot.procfile import parse_procfile


@pytest.mark.parametrize(
    ("content", "processes"),
    [
        (b"web: gunicorn a\nworker: celery  \r\n", [("web", "gunicorn a", 1), ("worker", "celery", 2)]),
        (b"# web: gunicorn a\n\n  web gunicorn a", [("web", "gunicorn a", 3)]),
        (b"beat : x", [("beat", ": x", 1)]),
        (b"web: one\nweb: two", [("web", "two", 2)]),
        (b"web:gunicorn a\nweb:\nweb: \n", []),
        ("web: gunicorn a\n".encode("utf-16"), []),
        (b"\xef\xbb\xbfweb: a\nworker: \xff", [("worker", "\ufffd", 2)]),
        (b"", []),
    ],
)
def test_lines(content: bytes, processes: list[tuple[str, str, int]]) -> None:
    assert [(line.name, line.command, line.line) for line in parse_procfile(content)] == processes
