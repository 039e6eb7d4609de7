"""A lazy pattern is the compiled one, from its first use on."""

import re

import pytest

from analyzer.model.lazy_pattern import lazy_pattern


def test_answers_like_the_compiled_pattern() -> None:
    lazy, compiled = lazy_pattern(r"(?P<key>\w+)=(\d+)", re.I), re.compile(r"(?P<key>\w+)=(\d+)", re.I)
    text = "a=1, B=22"
    assert [m.groups() for m in lazy.finditer(text)] == [m.groups() for m in compiled.finditer(text)]
    assert lazy.sub("x", text) == compiled.sub("x", text) == "x, x"
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (compiled.pattern, compiled.flags, compiled.groupindex)
    assert lazy_pattern(rb"a+").findall(b"aa a") == [b"aa", b"a"]


def test_compiles_at_the_first_use_only() -> None:
    wrong = lazy_pattern("(")
    with pytest.raises(re.error):
        wrong.search("x")
