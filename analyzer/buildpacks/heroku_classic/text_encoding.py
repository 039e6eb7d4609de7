"""What `file --brief --exclude json --exclude soft` says of a file's encoding, as far as the buildpack looks at it.

Read from file 5.44 (src/encoding.c, src/ascmagic.c) and compared with the program. Not followed: UTF-7, which only its
signature tells from ASCII, EBCDIC, and CSV, which takes three lines with the same number of commas.
"""

import codecs
from typing import Literal

_TEXT = frozenset(b"\a\b\t\n\v\f\r\x1b") | frozenset(range(0x20, 0x7F))
_CONTROL = frozenset(range(0x80)) - _TEXT
_ASCII = _TEXT | {0x85}
_ISO_8859 = _ASCII | frozenset(range(0xA0, 0x100))
_NO_CHARACTERS = (0xFFFE, 0xFFFF)
_WIDE: tuple[tuple[bytes, Literal["little", "big"]], ...] = (
    (codecs.BOM_UTF32_LE, "little"),
    (codecs.BOM_UTF32_BE, "big"),
    (codecs.BOM_UTF16_LE, "little"),
    (codecs.BOM_UTF16_BE, "big"),
)


def is_accepted(content: bytes) -> bool:
    """Whether the file counts as ASCII, UTF-8 without byte order mark, extended ASCII or binary data.

    False for UTF-8 with a byte order mark, UTF-16, UTF-32 and ISO-8859: a version in such a file is an error of
    encoding, not of content.
    """
    if len(content) <= 1:
        return True  # "very short file (no magic)"
    text = _without_padding(content)
    if _ASCII.issuperset(text):
        return True
    if text.startswith(codecs.BOM_UTF8) and len(text) > 3 and _utf_8(text[3:]) is not None:
        return False
    characters = _utf_8(text)
    if characters is not None and not characters.isascii():
        return True
    # "Non-ISO extended-ASCII text" has the name of an accepted encoding in it, and "data" is accepted.
    return not _is_wide(text) and not _ISO_8859.issuperset(text)


def _without_padding(content: bytes) -> bytes:
    """Without the NULs at its end; a file of even length keeps an even length."""
    trimmed = content[:1] + content[1:].rstrip(b"\0")
    return content[: len(trimmed) + 1] if len(trimmed) % 2 and len(content) % 2 == 0 else trimmed


def _utf_8(content: bytes) -> str | None:
    """The complete characters of UTF-8 text, whose last one may be cut off; None with odd control characters."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return None
    return text if _CONTROL.isdisjoint(content) else None


def _is_wide(content: bytes) -> bool:
    """UTF-32 or UTF-16 by its mark."""
    for mark, order in _WIDE:
        if content.startswith(mark):
            size = len(mark)
            units = [content[at : at + size] for at in range(size, len(content) - size + 1, size)]
            codes = [int.from_bytes(unit, order) for unit in units]
            if all(code in _TEXT or (code >= 0x80 and code not in _NO_CHARACTERS) for code in codes):
                return True
    return False
