"""JSON that may stand in a log."""

import json

import pytest

from analyzer.render.json_text import to_json


@pytest.mark.parametrize("text", ["##[error]x", "\\##[a]", "####[b]", "ä ::error::x", "# [c]"])
def test_it_is_the_same_text_without_a_command(text: str) -> None:
    written = to_json({text: [text]}, indent=2)
    assert json.loads(written) == {text: [text]}
    assert "##[" not in written
    assert written.isascii()


def test_what_is_no_json() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(float("nan"))
