"""Lines of INI-like files whose keys may repeat: systemd units, supervisor and uWSGI configurations."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedLine:
    """`key = value` in a section; continuation lines are joined by one space."""

    section: str
    key: str
    value: str
    line: int


def keyed_lines(text: str, *, comments: str = "#;", indented: bool = False) -> Iterator[KeyedLine]:
    """The settings of an INI-like text, in order.

    A backslash at its end continues a line; `indented` says that lines which begin with white space continue the
    one before. Lines that are no setting are left out.
    """
    section, pending = "", KeyedLine(section="", key="", value="", line=0)
    continued = False
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped[:1] in tuple(comments) or (not stripped and not continued):
            continue
        if continued or (indented and line[:1] in (" ", "\t") and pending.key):
            joined = f"{pending.value} {stripped.removesuffix(chr(92)).rstrip()}".strip()
            pending = KeyedLine(section=pending.section, key=pending.key, value=joined, line=pending.line)
        else:
            if pending.key:
                yield pending
            pending = KeyedLine(section=section, key="", value="", line=number)
            if stripped.startswith("[") and "]" in stripped:
                section = stripped[1 : stripped.index("]")].strip()
                continued = False
                continue
            key, separator, value = stripped.partition("=")
            if not separator and ":" in stripped and " " not in stripped.partition(":")[0]:
                key, _, value = stripped.partition(":")
            value = value.strip().removesuffix(chr(92)).rstrip()
            pending = KeyedLine(section=section, key=key.strip(), value=value, line=number)
        continued = stripped.endswith("\\")
    if pending.key:
        yield pending
