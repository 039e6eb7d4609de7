"""Sizes as people read them."""

from analyzer.render.statements import counted


def size(number: int) -> str:
    """Bytes as sizes of instances are given, with powers of 1,024: "412 MB"."""
    for unit, factor in (("GB", 2**30), ("MB", 2**20), ("kB", 2**10)):
        if number >= factor:
            return f"{number / factor:.3g} {unit}"
    return counted(number, "byte")
