"""Words that are looked for in the bytes of many files, of which hardly any has one.

Looking for a word takes its time by the length of the content, so it is looked for in a fifth of that: the bytes that
are rare in code, without those between them. What is not there, in this order, is not in the content either.
"""

from collections.abc import Iterable

from analyzer.model.quick_dataclass import dataclass

_RARE = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ_-bdfghjkmpquvwxyz"
"""A sixth to a quarter of the bytes of Python code."""
_FREQUENT = bytes(set(range(256)) - set(_RARE))
_ENOUGH = 2
"""Rare bytes that a word needs: a single one is in most files."""


def rare_bytes(content: bytes) -> bytes:
    """The rare bytes of a content, in their order."""
    return content.translate(None, _FREQUENT)


@dataclass(frozen=True, slots=True)
class Needles:
    """Words of which a file has one, or has none."""

    words: tuple[tuple[bytes, bytes], ...]
    """(its rare bytes, none where they say too little; the word), without words that hold another of them."""


def needles(words: Iterable[str]) -> Needles:
    """The words, which are looked for in UTF-8."""
    wanted = sorted({word.encode() for word in words}, key=lambda word: (len(word), word))
    shortest: list[bytes] = []
    for word in wanted:
        if not any(shorter in word for shorter in shortest):
            shortest.append(word)
    return Needles(tuple((rare if len(rare := rare_bytes(w)) >= _ENOUGH else b"", w) for w in shortest))
