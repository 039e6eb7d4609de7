"""The five fields of cron."""

import pytest

from analyzer.facts.existing.cron_fields import split_cron


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 4 * * * command here", ("0 4 * * *", "command here")),
        ("*/15   0-6,22  * JAN MON-FRI", ("*/15 0-6,22 * JAN MON-FRI", "")),
        ("@daily python x.py", ("0 0 * * *", "python x.py")),
        ("@reboot python x.py", None),
        ("MAILTO=root@example.org", None),
        ("0 4 * * command", None),
        ("", None),
    ],
)
def test_fields(text: str, expected: tuple[str, str] | None) -> None:
    assert split_cron(text) == expected


def test_a_long_line_takes_no_time() -> None:
    assert split_cron("0," * 5_000) is None
