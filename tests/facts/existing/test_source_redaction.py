"""Which literals of quoted lines are hidden."""

import pytest

from analyzer.facts.existing import source_redaction
from analyzer.facts.existing.source_redaction import redact_lines

CASES = [
    ("a.py", 'SECRET_KEY = "abc-123"', 'SECRET_KEY = "***"'),
    ("a.py", "SECRET_KEY = 'abc'  # doctor", "SECRET_KEY = '***'  # doctor"),
    ("a.py", 'SECRET_KEY = os.environ["SECRET_KEY"]', 'SECRET_KEY = os.environ["SECRET_KEY"]'),
    ("a.py", 'SECRET_KEY = env("KEY", default="x-1")', 'SECRET_KEY = env("KEY", default="***")'),
    ("a.py", '    "PASSWORD": "pw-1",', '    "PASSWORD": "***",'),
    ("a.py", "SECRET_KEY = get_key()", "SECRET_KEY = get_key()"),
    ("a.py", "SECRET_KEY = vault.key", "SECRET_KEY = vault.key"),
    ("a.py", 'DEBUG = "yes"', 'DEBUG = "yes"'),
    ("a.py", 'URL = "redis://me:pw-1@host/0"', 'URL = "redis://***@host/0"'),
    (".env", "SECRET_KEY=abc", "SECRET_KEY=***"),
    (".env", 'export API_KEY="abc"', "export API_KEY=***"),
    (".env", "DEBUG=1", "DEBUG=1"),
    ("a.yaml", "  SECRET_KEY: abc", "  SECRET_KEY: ***"),
    ("a.yaml", "- password: hunter2 too", "- password: ***"),
    ("a.ini", "password = hunter", "password = ***"),
    ("a.py", 'SECRET_KEY = "unfinished', 'SECRET_KEY = "***'),
]


@pytest.mark.parametrize(("path", "line", "shown"), CASES)
def test_one_line(path: str, line: str, shown: str) -> None:
    assert list(redact_lines(path, [line])) == [shown]


def test_a_value_on_lines_below() -> None:
    lines = ["SECRET_KEY = env(", '    "KEY",', '    default="abc",', ")", 'NAME = "shown"']
    assert list(redact_lines("a.py", lines)) == [*lines[:2], '    default="***",', *lines[3:]]


def test_values_of_yaml_whose_name_stands_beside_them() -> None:
    assert list(redact_lines("a.yaml", ["- {key: SECRET_KEY, value: a1, type: SECRET}"])) == [
        "- {key: SECRET_KEY, value: ***, type: SECRET}"
    ]
    lines = ["- key: SECRET_KEY", "  scope: RUN_TIME", "  value: a1", "- value: b2", "  key: API_TOKEN", "", "", "", ""]
    shown = [*lines[:2], "  value: ***", "- value: ***", *lines[4:]]
    assert list(redact_lines("a.yaml", lines)) == shown
    assert list(redact_lines("a.yaml", ["- key: NAME", "  value: a1"])) == ["- key: NAME", "  value: a1"]
    assert list(redact_lines("a.yaml", ["env: {SECRET_KEY: a1, NAME: b2}"])) == ["env: {SECRET_KEY: ***, NAME: b2}"]


def test_a_text_over_lines() -> None:
    lines = ['TOKEN = """abc', "def", 'ghi"""', 'NAME = "shown"']
    assert list(redact_lines("a.py", lines)) == ['TOKEN = """***', "***", "***", 'NAME = "shown"']


def test_a_private_key() -> None:
    begin, end = "-----BEGIN " + "RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
    assert list(redact_lines("a.py", ["x", f"K = '''{begin}", "MIIE", end, "y"])) == ["x", "***", "***", "***", "y"]
    assert list(redact_lines("a.py", [f"{begin}MIIE{end}", "y"])) == ["***", "y"]


def test_lines_that_are_left_out_say_what_is_open() -> None:
    lines = ['TOKEN = """one', "two", 'three"""', 'NAME = "shown"']
    assert list(redact_lines("a.py", lines, 1)) == ["***", "***", 'NAME = "shown"']
    assert list(redact_lines("a.py", lines, 3)) == ['NAME = "shown"']
    key = ["-----BEGIN " + "PRIVATE KEY-----", "MIIE", "-----END " + "PRIVATE KEY-----", "y"]
    assert list(redact_lines("a.pem", key, 2)) == ["***", "y"]


def test_lines_around_many_places_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(source_redaction, "is_secret", lambda name: asked.append(name))
    lines = [f"VARIABLE_{number} = read()" for number in range(1_000)]
    for place in range(60, 1_001):
        list(redact_lines("a.py", lines[place - 60 : place], 55))
    assert len(asked) == 2 * len(lines)
