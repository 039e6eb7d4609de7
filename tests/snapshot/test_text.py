"""From bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.snapshot.text import decode, decode_python

TEXT = "django==5.0  # café\ncelery\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1"])
def test_usual_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_16_with_and_without_mark(encoding: str, mark: str) -> None:
    assert decode((mark + TEXT).encode(encoding)) == TEXT


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_newlines_are_plain(newline: str) -> None:
    assert decode(TEXT.replace("\n", newline).encode()) == TEXT
    assert decode(TEXT.replace("\n", newline).encode("utf-16")) == TEXT


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\x7fELF\x02\x01\x01\0\0",
        bytes(range(256)),
        b"\x01\x02\x03ab",
        b"text" * 2000 + b"\0",
    ],
    ids=["PNG", "ELF", "all", "control", "late NUL"],
)
def test_binary_files_are_no_text(content: bytes) -> None:
    assert decode(content) is None
    assert decode_python(content) is None


def test_few_control_characters_are_text() -> None:
    assert decode(b"a page\x0c of plain text \x1b[31mred\x1b[0m") == "a page\x0c of plain text \x1b[31mred\x1b[0m"
    assert decode(b"") == ""


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"])))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_all_bytes_are_text_without_odd_characters_or_none(content: bytes) -> None:
    for text in (decode(content), decode_python(b"# coding: utf-8\n" + content)):
        assert text is None or "\r" not in text
        assert text is None or text.encode("utf-8", "replace") == text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("# -*- coding: koi8-r -*-\nx = 'Ы'\n".encode("koi8-r"), "# -*- coding: koi8-r -*-\nx = 'Ы'\n"),
        ("#!/bin/python\n# vim: set fileencoding=cp1251 :\n'Ы'".encode("cp1251"), None),
        (b"# coding: rot13\nk = 1\n", "# coding: rot13\nk = 1\n"),
        (b"# coding: utf-7\n+2AA-\n", "# coding: utf-7\n+2AA-\n"),
        (b"# coding: none-such\nx\n", "# coding: none-such\nx\n"),
        (b"# coding: ascii\nx = '\xe9'\n", "# coding: ascii\nx = 'é'\n"),
        (b"x = 1\ny = 2\n# coding: utf-7\n", "x = 1\ny = 2\n# coding: utf-7\n"),
        (b"\xef\xbb\xbf# coding: utf-8\r\nx\r\n", "# coding: utf-8\nx\n"),
    ],
)
def test_python_names_its_encoding(content: bytes, text: str | None) -> None:
    assert decode_python(content) == (content.decode("cp1251") if text is None else text)
