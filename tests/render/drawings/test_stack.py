"""The parts of a bar fill it, in their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.render.drawings.stack import MOST, REST, WIDTH, stack


def test_parts_are_as_wide_as_their_shares() -> None:
    first, second = stack([("a", 30), ("b", 10)])
    assert (first.x, first.width, first.share) == (0, 750, 0.75)
    assert (second.x, second.width, second.share) == (750, 250, 0.25)


def test_what_nobody_would_see_is_the_rest() -> None:
    assert [part.label for part in stack([("tiny", 0.5), ("a", 90), ("nothing", 0), ("b", 9.5)])] == ["a", "b", REST]


def test_nothing_is_no_bar() -> None:
    assert stack([]) == ()
    assert stack([("a", 0)]) == ()


@given(st.lists(st.floats(min_value=0, max_value=1e9, allow_subnormal=False), max_size=40))
def test_the_bar_is_full_and_has_few_parts(values: list[float]) -> None:
    parts = stack((str(index), value) for index, value in enumerate(values))
    assert len(parts) <= MOST
    if any(values):
        assert sum(part.share for part in parts) == pytest.approx(1)
        assert parts[-1].x + parts[-1].width == pytest.approx(WIDTH, abs=0.1)
        assert [part.x for part in parts] == sorted(part.x for part in parts)
