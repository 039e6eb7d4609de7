"""The node graph of YAML texts."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analyzer.snapshot import yaml_nodes
from analyzer.snapshot.yaml_node import YamlNode
from analyzer.snapshot.yaml_nodes import MAX_DEPTH, MAX_NODES, YamlLimitError, compose


def root(text: str) -> YamlNode:
    return compose(text)[0]


def at(node: YamlNode, *keys: str) -> YamlNode:
    for key in keys:
        found = node.get(key)
        assert found is not None
        node = found
    return node


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser in C, and the one that takes its place where it is not built."""
    monkeypatch.setattr(yaml_nodes, "_Loader", getattr(yaml, request.param))


def test_scalars_stay_as_they_are_written() -> None:
    node = root("a: 3.10\nb: on\nc: 22:22\nd: 'x'\ne: \"\\u00e9\"\nf:\ng: ~\nh: |\n  two\n  lines\n")
    assert [(key, value.text, value.is_plain, line) for key, value, line in node.items()] == [
        ("a", "3.10", True, 1),
        ("b", "on", True, 2),
        ("c", "22:22", True, 3),
        ("d", "x", False, 4),
        ("e", "é", False, 5),
        ("f", "", True, 6),
        ("g", "~", True, 7),
        ("h", "two\nlines\n", False, 8),
    ]


def test_kinds_are_told_apart() -> None:
    nodes = [root(text) for text in ("x", "''", "{}", "a: 1", "[]", "- 1")]
    assert [node.is_scalar for node in nodes] == [True, True, False, False, False, False]
    assert [node.is_mapping for node in nodes] == [False, False, True, True, False, False]
    assert [node.is_sequence for node in nodes] == [False, False, False, False, True, True]
    assert [len(node.items()) for node in nodes] == [0, 0, 0, 1, 0, 0]
    assert [len(node.elements()) for node in nodes] == [0, 0, 0, 0, 0, 1]
    assert nodes[0].get("a") is None
    assert nodes[2].text is None


def test_lines_of_nested_nodes() -> None:
    node = root(
        "# comment\nservices:\n  web:\n    command: >-\n      run\n    ports:\n\n    - 1\n    - {a: 2,\n       b: 3}\n"
    )
    assert [(key, value.line, line) for key, value, line in at(node, "services", "web").items()] == [
        ("command", 4, 4),
        ("ports", 8, 6),
    ]
    ports = at(node, "services", "web", "ports").elements()
    assert [element.line for element in ports] == [8, 9]
    assert [line for _, _, line in ports[1].items()] == [9, 10]


def test_tags_of_applications_are_kept_and_mean_nothing() -> None:
    node = root("a: !Ref x\nb: !!str 1\nc: !reference [d, e]\nf: !!python/object/apply:os.system ['true']\n")
    tags = {key: value.tag for key, value, _ in node.items()}
    assert tags == {"a": "!Ref", "b": "", "c": "!reference", "f": ""}
    assert at(node, "b").text == "1"


def test_the_last_of_equal_keys_counts() -> None:
    node = root("a: 1\nb: 2\na: 3\n")
    assert [(key, value.text, line) for key, value, line in node.items()] == [("a", "3", 3), ("b", "2", 2)]


def test_merged_mappings_come_after_own_keys() -> None:
    text = "x: &x\n  a: 1\n  b: 2\ny: &y\n  b: 3\n  c: 4\nz:\n  <<: [*x, *y]\n  a: 5\nw:\n  <<: *x\nq:\n  '<<': 1\n"
    node = root(text)
    merged = {key: value for key, value, _ in node.items()}
    assert [(k, v.text, line) for k, v, line in merged["z"].items()] == [("a", "5", 9), ("b", "2", 3), ("c", "4", 6)]
    assert [(k, v.text, line) for k, v, line in merged["w"].items()] == [("a", "1", 2), ("b", "2", 3)]
    assert [key for key, _, _ in merged["q"].items()] == ["<<"]


def test_a_merge_of_merges() -> None:
    node = root("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n")
    assert [key for key, _, _ in at(node, "c").items()] == ["z", "y", "x"]


def test_keys_that_are_no_scalars_are_left_out() -> None:
    assert [key for key, _, _ in root("? [a, b]\n: 1\nc: 2\n").items()] == ["c"]


def test_all_documents_without_empty_ones() -> None:
    nodes = compose("---\n# nothing\n---\na: 1\n---\n---\n- b\n...\n")
    assert [(node.is_mapping, node.is_sequence, node.line) for node in nodes] == [(True, False, 4), (False, True, 7)]
    assert compose("") == compose("# only a comment\n") == compose("---\n") == ()


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(YamlLimitError, match="more than 200,000 nodes") as error:
        compose("\n".join(lines))
    assert error.value.line == 6


def test_a_bomb_of_merges_is_refused() -> None:
    wide = "a: &a {" + ", ".join(f"k{n}: 1" for n in range(1000)) + "}\n"
    with pytest.raises(YamlLimitError, match="more than 200,000 nodes"):
        compose(wide + "".join(f"m{n}: {{<<: *a}}\n" for n in range(300)))


def test_aliases_within_bounds_are_shared() -> None:
    node = root("a: &a [1, 2]\nb: [*a, *a]\n")
    second = at(node, "b")
    assert second.elements()[0] is second.elements()[1] is at(node, "a")
    assert (second.size, node.size) == (7, 11)


@pytest.mark.parametrize("text", ["&a [*a]", "&a {b: *a}", "a: &a\n  - {c: *a}\n", "&a {<<: *a}"])
def test_a_node_that_contains_itself_is_refused(text: str) -> None:
    with pytest.raises(YamlLimitError, match="contains itself"):
        compose(text)


@pytest.mark.parametrize(
    "text",
    ["[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "- " * (MAX_DEPTH + 1) + "x", "[" * 5000, "{a: " * 5000],
)
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises((YamlLimitError, yaml.YAMLError, RecursionError)):
        compose(text)


def test_nesting_within_bounds() -> None:
    assert root("[" * MAX_DEPTH + "]" * MAX_DEPTH).size == MAX_DEPTH
    assert root("[" + "1," * (MAX_NODES // 10) + "]").size == MAX_NODES // 10 + 1


def test_a_large_text_is_refused() -> None:
    with pytest.raises(YamlLimitError, match="characters"):
        compose("# " + "x" * 2_000_000)


@pytest.mark.parametrize("text", ["a: [", "a: *none", "a: b: c", "\tx: 1", "a: @x", "a: \x07", "%YAML 3"])
def test_what_is_no_yaml_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        compose(text)


plain = st.recursive(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Z"]), max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=4), children, max_size=3),
    max_leaves=10,
)


def values(node: YamlNode) -> object:
    if node.is_mapping:
        return {key: values(value) for key, value, _ in node.items()}
    return [values(element) for element in node.elements()] if node.is_sequence else node.text


@given(value=st.lists(plain, min_size=1))
def test_what_is_dumped_is_read_again(value: object) -> None:
    assert values(root(yaml.safe_dump(value, default_style='"'))) == value
