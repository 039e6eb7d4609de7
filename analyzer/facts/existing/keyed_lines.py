"""Lines of INI-like files whose keys may repeat: systemd units, supervisor and uWSGI configurations."""

from collections.abc import Iterator
from dataclasses import field

from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedLine:
    """`key = value` in a section; continuation lines are joined by one space."""

    section: str
    key: str
    value: str
    line: int


@dataclass(slots=True)
class _Pending:
    """A setting whose continuation lines are still to come."""

    section: str = ""
    key: str = ""
    line: int = 0
    parts: list[str] = field(default_factory=list)

    def finished(self) -> KeyedLine:
        return KeyedLine(section=self.section, key=self.key, value=" ".join(self.parts).strip(), line=self.line)


def keyed_lines(text: str, *, comments: str = "#;", indented: bool = False) -> Iterator[KeyedLine]:
    """The settings of an INI-like text, in order.

    A backslash at its end continues a line; `indented` says that lines which begin with white space continue the
    one before. Lines that are no setting are left out.
    """
    section, pending = "", _Pending()
    continued = False
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped[:1] in tuple(comments) or (not stripped and not continued):
            continue
        if continued or (indented and line[:1] in (" ", "\t") and pending.key):
            pending.parts.append(stripped.removesuffix("\\").rstrip())
        else:
            if pending.key:
                yield pending.finished()
            pending = _Pending(section=section, line=number)
            if stripped.startswith("[") and "]" in stripped:
                section = stripped[1 : stripped.index("]")].strip()
                continued = False
                continue
            key, separator, value = stripped.partition("=")
            if not separator and ":" in stripped and " " not in stripped.partition(":")[0]:
                key, _, value = stripped.partition(":")
            pending.key = key.strip()
            pending.parts.append(value.strip().removesuffix("\\").rstrip())
        continued = stripped.endswith("\\")
    if pending.key:
        yield pending.finished()
