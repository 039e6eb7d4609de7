"""YAML that every reader reads alike."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.render.yaml_text import Alias, Anchored, Commented, Quoted, scalar, yaml_text

# As YAML 1.1 (Go's readers among them) and 1.2 take bare words for other things than text.
MISREAD = [
    "4", "false", "16", "y", "N", "on", "off", "yes", "No", "null", "~", "1.2", "22:22", "0x1f", "0o7", "1e3",
    ".inf", "2026-01-07", "=", "<<", "", " a", "a: b", "a #b", "- a", "*a", "&a", "!a", "%a", "@a", "`a`", "[a",
    "{a", "a\nb", "true", "${x}", '"',
]  # fmt: skip


@pytest.mark.parametrize("text", MISREAD)
def test_text_that_could_be_misread_is_in_quotes(text: str) -> None:
    assert scalar(text).startswith('"')
    assert yaml.safe_load(scalar(text)) == text


@pytest.mark.parametrize(
    "text", ["web", "apps-s-1vcpu-0.5gb", "python manage.py migrate --noinput", "/api", "PRE_DEPLOY", "./src", "a/b.c"]
)
def test_other_text_is_not(text: str) -> None:
    assert scalar(text) == text
    assert yaml.safe_load(text) == text


def test_numbers_and_booleans() -> None:
    assert [scalar(value) for value in (8080, True, False, 0)] == ["8080", "true", "false", "0"]


def _inside(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    mappings = st.dictionaries(st.text(), inner, min_size=1)
    return mappings | st.lists(mappings, min_size=1)


_DATA = st.recursive(st.text() | st.booleans() | st.integers(), _inside, max_leaves=20)


@settings(max_examples=50)
@given(st.dictionaries(st.text(), _DATA, min_size=1))
def test_what_is_written_is_what_is_read(document: dict[str, Any]) -> None:
    assert yaml.safe_load(yaml_text(document)) == document


def test_comments_order_and_layout() -> None:
    document = {
        "name": Commented(comment="# Why", value="shop"),
        "empty": [],
        "none": None,
        "items": [
            Commented(
                comment="# One\n# Two", value={"first": 1, "second": Commented(comment="# Three", value={"a": "b"})}
            ),
            Commented(comment="", value={"first": Commented(comment="# Four", value=Quoted(text="x"))}),
            "plain",
        ],
        "gone": Commented(comment="# Never", value=None),
    }
    assert yaml_text(document) == (
        "# Why\nname: shop\nitems:\n  # One\n  # Two\n  - first: 1\n    # Three\n    second:\n      a: b\n"
        '  # Four\n  - first: "x"\n  - plain\n'
    )


def test_anchors() -> None:
    text = yaml_text({"x-app": Anchored(name="app", value={"image": "a"}), "web": {"<<": Alias(name="app"), "b": "c"}})
    assert text == "x-app: &app\n  image: a\nweb:\n  <<: *app\n  b: c\n"
    assert yaml.safe_load(text)["web"] == {"image": "a", "b": "c"}
