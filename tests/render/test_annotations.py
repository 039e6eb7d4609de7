"""Comments and the decisions behind lines."""

from analyzer.render.annotations import WIDTH, Annotations, comment, one_line
from tests.render.plans import decided


def test_a_comment_names_the_rule_and_the_places() -> None:
    decision = decided(1, "the project asks for it", "a.py:1", "b.py:2", "b.py:2", "c.py:3", "d.py:4")
    body, _ = Annotations().finish(Annotations().explain(decided(1, "pinned")).replace("\0", ""))
    assert "pinned" in body.lower()
    annotations = Annotations()
    body, decisions = annotations.finish(f"{annotations.explain(decision)}\nUSER 1\nUSER 2\n\nUSER 3\n")
    assert body.splitlines()[0] == "# The project asks for it (a.py:1, b.py:2, c.py:3 and 1 more)"
    assert decisions == {1: decision, 2: decision, 3: decision}


def test_the_next_comment_begins_the_next_decision() -> None:
    one, other = decided(1, "one"), decided(2, "other")
    annotations = Annotations()
    text = f"a:\n{annotations.explain(one, '  ')}\n  b: 1\n{annotations.explain(other, '  ')}\n  c: 1\n"
    body, decisions = annotations.finish(text)
    assert body == "a:\n  # One\n  b: 1\n  # Other\n  c: 1\n"
    assert decisions == {2: one, 3: one, 4: other, 5: other}


def test_a_decision_that_says_nothing_is_known_all_the_same() -> None:
    one, other = decided(1, "one"), decided(2, "other")
    annotations = Annotations()
    text = f"{annotations.explain(one)}\na: 1\n{annotations.attach(other, '  ')}\n  b: 1\n"
    body, decisions = annotations.finish(text)
    assert body == "# One\na: 1\n  b: 1\n"
    assert decisions == {1: one, 2: one, 3: other}


def test_no_text_adds_a_line() -> None:
    assert comment("a\nRUN rm -rf /\x0b\u2028b") == "# A RUN rm -rf / b"
    assert one_line("a\r\n\0b\x1b[31m") == "a b [31m"


def test_long_comments_are_wrapped() -> None:
    lines = comment("word " * 60, "  ").splitlines()
    assert len(lines) > 2
    assert all(line.startswith("  # ") and len(line) <= WIDTH for line in lines)


def test_names_keep_their_letters() -> None:
    assert comment("gcc: psycopg2") == "# gcc: psycopg2"
    assert comment("manage.py stands here") == "# manage.py stands here"
    assert comment("no server") == "# No server"
