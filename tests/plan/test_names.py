"""Names of components."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.names import VALID, Names, slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("worker", "worker"),
        ("redis_TA_worker", "redis-ta-worker"),
        ("celeryWorker", "celery-worker"),
        ("01_migrate", "migrate"),
        ("a", "other"),
        ("日本", "other"),
        ("x" * 40, "x" * 32),
    ],
)
def test_slugs(text: str, name: str) -> None:
    assert slug(text, "other") == name


@given(st.lists(st.text(max_size=50), max_size=12))
def test_names_are_valid_and_each_is_given_once(texts: list[str]) -> None:
    names = Names()
    given_ = [names.give(text, "worker") for text in texts]
    assert len(set(given_)) == len(given_)
    assert all(VALID.fullmatch(name) and len(name) <= 32 for name in given_)
