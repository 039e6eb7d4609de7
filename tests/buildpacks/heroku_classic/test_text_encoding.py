"""file(1) and what the buildpack makes of its answer."""

import pytest

from analyzer.buildpacks.heroku_classic.text_encoding import is_accepted


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"\x1b",
        b"3.12.x\n",
        b"3.12\0",
        b"caf\xc3\xa9\n",
        b"\x80x",
        b"\x85x",
        b"\x7f\x01",
        b"\xfe\xff\x00\x01",
        b"\xef\xbb\xbf",
    ],
)
def test_accepted(content: bytes) -> None:
    assert is_accepted(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf3.12\n",
        "3.12\n".encode("utf-16-le").join([b"\xff\xfe", b""]),
        "3.12\n".encode("utf-16-be").join([b"\xfe\xff", b""]),
        "3.12\n".encode("utf-32"),
        b"\xe9x",
        b"caf\xc3",
    ],
)
def test_refused(content: bytes) -> None:
    assert not is_accepted(content)
