"""Commands and variables in YAML, TOML and JSON."""

import pytest

from analyzer.facts.existing.document_values import (
    at,
    child,
    command,
    elements,
    items,
    scalar,
    table_assignments,
    table_command,
    yaml_assignments,
    yaml_command,
    yaml_root,
)
from analyzer.snapshot.documents import JsonDocument, TomlDocument, read_json, read_toml
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import environment

YAML = """\
web:
  text: gunicorn app.wsgi
  folded: >-
    gunicorn
    app.wsgi
  literal: |
    migrate
    serve
  words: ["gunicorn", "app.wsgi"]
  commands:
    - python manage.py migrate
    - python manage.py loaddata x
  empty: []
  mapping: {a: b}
env:
  A: 1
  B:
list:
  - {key: C, value: x}
  - name: D
    value: "y"
  - key: E
  - odd
"""


def test_yaml_commands(repository: MakeRepository) -> None:
    repo = repository({"x.yml": YAML})
    root = yaml_root(repo, "x.yml")
    web = child(root, "web")
    assert web is not None
    found = {key: yaml_command(repo, "x.yml", node) for key, node, _ in web.items()}
    assert {key: (words.text, words.evidence.line) for key, words in found.items() if words is not None} == {
        "text": ("gunicorn app.wsgi", 2),
        "folded": ("gunicorn app.wsgi", 4),
        "literal": ("migrate\nserve", 7),
        "words": ("gunicorn app.wsgi", 9),
        "commands": ("python manage.py migrate && python manage.py loaddata x", 11),
    }
    assert yaml_command(repo, "x.yml", None) is None


def test_yaml_assignments(repository: MakeRepository) -> None:
    root = yaml_root(repository({"x.yml": YAML}), "x.yml")
    assert environment(yaml_assignments(child(root, "env"), "x.yml")) == {"A": ("1", 16), "B": ("", 17)}
    listed = environment(yaml_assignments(child(root, "list"), "x.yml"))
    assert listed == {"C": ("x", 19), "D": ("y", 20), "E": (None, 22)}
    assert list(yaml_assignments(None, "x.yml")) == []


def test_paths_into_yaml(repository: MakeRepository) -> None:
    root = yaml_root(repository({"x.yml": YAML}), "x.yml")
    assert scalar(root, "web", "text") == "gunicorn app.wsgi"
    assert (scalar(root, "web"), scalar(root, "web", "none", "deep"), scalar(None)) == ("", "", "")
    assert len(elements(root, "list")) == 4
    assert (elements(root, "web"), elements(root, "none")) == ([], [])


def test_own_items_go_before_merged_ones(repository: MakeRepository) -> None:
    text = "base: &base {A: base, B: base}\nenv:\n  <<: *base\n  A: own\n"
    root = yaml_root(repository({"x.yml": text}), "x.yml")
    assert [(name, value.text, line) for name, value, line in items(root, "env")] == [("A", "own", 4), ("B", "base", 1)]
    assert environment(yaml_assignments(child(root, "env"), "x.yml")) == {"A": ("own", 4), "B": ("base", 1)}
    assert (items(root, "missing"), items(None)) == ([], [])


@pytest.mark.parametrize("text", ["", "- a\n", "text", "a: [\n", "\tbroken: yes"])
def test_what_is_no_mapping_has_no_root(repository: MakeRepository, text: str) -> None:
    assert yaml_root(repository({"x.yml": text}), "x.yml") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" serve ", "serve"),
        (["serve", "-x"], "serve -x"),
        (["a b", "c d"], "a b && c d"),
        ([], ""),
        (["a", 1], ""),
        (5, ""),
        (None, ""),
        ({"a": "b"}, ""),
    ],
)
def test_command(value: object, text: str) -> None:
    assert command(value) == text


def test_tables(repository: MakeRepository) -> None:
    repo = repository(
        {
            "x.toml": '[deploy]\nstart = "serve"\n\n[env]\nA = 1\nB = true\nC = { value = "x" }\nD = [1]\n',
            "x.json": '{\n "deploy": {\n  "start": ["serve", "-x"]\n },\n "env": {\n  "A": "1"\n }\n}',
        }
    )
    toml, json = read_toml(repo, "x.toml"), read_json(repo, "x.json")
    assert isinstance(toml, TomlDocument)
    assert isinstance(json, JsonDocument)
    words = [table_command(document, "deploy", "start") for document in (toml, json)]
    assert [(w.text, w.evidence.line) for w in words if w is not None] == [("serve", 2), ("serve -x", 3)]
    assert table_command(toml, "deploy", "missing") is None
    assert environment(table_assignments(toml, "env")) == {
        "A": ("1", 5),
        "B": ("true", 6),
        "C": ("x", 7),
        "D": (None, 8),
    }
    assert environment(table_assignments(json, "env")) == {"A": ("1", 6)}
    assert list(table_assignments(json, "deploy", "start")) == []
    assert at(json.data, "deploy", "start", "deeper") is None
