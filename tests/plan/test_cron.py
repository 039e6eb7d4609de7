"""The shortest time between two runs."""

import pytest

from analyzer.plan.cron import spaced_out, without_minutes


@pytest.mark.parametrize(
    "cron", ["0 4 * * *", "*/15 * * * *", "0,30 * * * *", "*/20 1 * * *", "7 * * * *", "?x * * * *"]
)
def test_far_enough(cron: str) -> None:
    assert spaced_out(cron)


@pytest.mark.parametrize(
    "cron", ["* * * * *", "*/5 * * * *", "0,10 4 * * *", "10-20 * * * *", "0,50 * * * *", "5/7 * * * *"]
)
def test_too_close(cron: str) -> None:
    assert not spaced_out(cron)
    assert spaced_out(without_minutes(cron))
