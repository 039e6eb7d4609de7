"""From bytes to text: UTF-8, UTF-16 and UTF-32 with or without byte order mark, latin-1 as the last resort."""

import codecs
import re

from analyzer.model.lazy_pattern import lazy_pattern

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 4096
"""Bytes that decide what a file without byte order mark is."""
ODD_CHARACTERS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
ODD_SHARE = 0.1
"""More control characters than this share of the sample make a file binary."""
CODING_COOKIE = lazy_pattern(rb"\A(?:[ \t\f]*(?:#[^\n]*)?\r?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)")
SOURCE_ENCODINGS = lazy_pattern(
    r"(utf(?!.?7)|latin|iso|l[1-9]$|8859|cp|windows|koi8|mac|gb|big5|shift|s?jis|euc|ascii|us_ascii|ks_c|hz)",
    re.IGNORECASE,
)
"""Encodings that are used for source code; other codecs of Python transform text, some in quadratic time, and UTF-7
yields characters that no text may have."""


def decode(content: bytes) -> str | None:
    """The text of a file with its newlines as "\\n"; None when it is binary."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _with_plain_newlines(content[len(mark) :].decode(encoding, "replace"))
    sample = content[:SAMPLE]
    if b"\0" in sample:
        guessed = _utf_16_without_mark(sample)
        return None if guessed is None else _decode_utf_16(content, guessed)
    if len(sample.translate(None, ODD_CHARACTERS)) < len(sample) * (1 - ODD_SHARE):
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return None if "\0" in text else _with_plain_newlines(text)


def decode_python(content: bytes) -> str | None:
    """The text of a Python file, which may name its encoding in a comment (PEP 263); None when it is binary."""
    cookie = CODING_COOKIE.match(content)
    if cookie is None:
        return decode(content)
    encoding = cookie.group(1).decode("ascii", "replace")
    if not SOURCE_ENCODINGS.match(encoding):
        return decode(content)
    try:
        return _with_plain_newlines(content.decode(encoding)).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return decode(content)


def _decode_utf_16(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else _with_plain_newlines(text)


def _utf_16_without_mark(sample: bytes) -> str | None:
    """The byte order when nearly every second byte is NUL, as in UTF-16 of mostly ASCII text."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    needed = len(sample) * 0.35
    if odd >= needed and even <= odd * 0.1:
        return "utf-16-le"
    if even >= needed and odd <= even * 0.1:
        return "utf-16-be"
    return None


def _with_plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
