"""The instructions of a Dockerfile, as BuildKit's parser finds them (frontend/dockerfile/parser/parser.go)."""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

MAX_INSTRUCTIONS = 1000
"""Of one file; further ones are left out."""
BEFORE_FIRST_FROM = -1
"""The `stage` of an instruction that stands before any FROM (an ARG for the FROM lines)."""

_DIRECTIVE = lazy_pattern(r"#\s*([a-z]+)\s*=\s*(.+)", re.IGNORECASE)
_HEREDOC = lazy_pattern(r"""(?<![<\S])\d*<<(-?)\s*(["']?)([A-Za-z0-9_.]+)\2(?=\s|$|[;&|>)])""")
_JSON = json.JSONDecoder()
_SPACE = lazy_pattern(r"[\t\v\f\r ]+")
_FLAG = lazy_pattern(r"""(?s)--(?:[^ \t\n\v\f\r'"\\]|\\.|'(?:[^'\\]|\\.)*(?:'|\Z)|"(?:[^"\\]|\\.)*(?:"|\Z))+""")
_QUOTED = lazy_pattern(r"""(?s)'((?:[^'\\]|\\.)*)(?:'|\Z)|"((?:[^"\\]|\\.)*)(?:"|\Z)|\\(.)""")
_ESCAPED = lazy_pattern(r"(?s)\\(.)")
_JSON_KEYWORDS = frozenset({"ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME"})
_HEREDOC_KEYWORDS = frozenset({"ADD", "COPY", "RUN"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One instruction; `value` is its text after the flags, continuation lines joined, here-documents apart."""

    keyword: str
    """In upper case."""
    value: str
    line: int
    end_line: int
    stage: int
    flags: tuple[str, ...] = ()
    """Without quotes, such as `--from=build`."""
    json_form: bool = False
    heredocs: tuple[str, ...] = ()
    """Bodies of the here-documents, in order."""
    starts: tuple[tuple[int, int], ...] = ()
    """(offset in `value`, line) of each line that is a part of it: comments and empty lines between are not."""
    heredoc_lines: tuple[int, ...] = ()
    """The first line of each body."""

    @property
    def arguments(self) -> tuple[str, ...] | None:
        """The strings of the JSON form; None in the shell form."""
        return tuple(_JSON.raw_decode(self.value)[0]) if self.json_form else None

    @property
    def script(self) -> str:
        """What a shell would run: the text, or the here-documents that are the script of `RUN <<EOF`."""
        own = self.heredocs and not _HEREDOC.sub("", self.value).strip()
        return "\n".join(self.heredocs) if own else "\n".join((self.value, *self.heredocs))

    def line_at(self, offset: int) -> int:
        """The line of the character at `offset` of `value`."""
        index = bisect_right(self.starts, offset, key=lambda start: start[0])
        return self.starts[index - 1][1] if index else self.line

    def line_of(self, sought: re.Pattern[str]) -> int | None:
        """The first line with a match; None without one. Comments say nothing."""
        match = sought.search(self.value)
        if match is not None:
            return self.line_at(match.start())
        lines = (
            first + index
            for first, body in zip(self.heredoc_lines, self.heredocs, strict=True)
            for index, line in enumerate(body.split("\n"))
            if not line.lstrip().startswith("#") and sought.search(line)
        )
        return next(lines, None)

    def flag(self, name: str) -> str | None:
        """The value of `--name=value`; None when it is not given."""
        return next((f.partition("=")[2] for f in self.flags if f.partition("=")[0] == f"--{name}"), None)


def parse_instructions(text: str) -> tuple[Instruction, ...]:
    """The instructions in the order written; unknown ones are kept as they are."""
    lines = text.lstrip("\ufeff").split("\n")
    continued = _continuation(_escape_character(lines))
    found: list[Instruction] = []
    places = _places(lines) if "<<" in text else {}
    stage, index = BEFORE_FIRST_FROM, 0
    while index < len(lines) and len(found) < MAX_INSTRUCTIONS:
        start = index
        if not lines[start].strip() or lines[start].lstrip().startswith("#"):
            index += 1
            continue
        parts = _parts(lines, start, continued)
        index = parts[-1][1] + 1
        logical = "".join(text for text, _ in parts)
        keyword, *more = _SPACE.split(logical.strip(), 1)
        keyword, rest = keyword.upper(), "".join(more)
        stage += keyword == "FROM"
        flags, value = _flags(rest.strip())
        json_form = keyword in _JSON_KEYWORDS and _is_json_form(value)
        bodies: tuple[range, ...] = ()
        if keyword in _HEREDOC_KEYWORDS and not json_form:
            bodies = _heredocs(lines, places, index, value)
            index = bodies[-1].stop + 1 if bodies else index
        found.append(
            Instruction(
                keyword=keyword,
                value=value,
                line=start + 1,
                end_line=index,
                stage=stage,
                flags=flags,
                json_form=json_form,
                heredocs=tuple("\n".join(lines[body.start : body.stop]) for body in bodies),
                starts=tuple(_starts(parts, len(logical.rstrip()) - len(value))),
                heredoc_lines=tuple(body.start + 1 for body in bodies),
            )
        )
    return tuple(found)


def _escape_character(lines: list[str]) -> str:
    for line in lines:
        directive = _DIRECTIVE.match(line.strip())
        if directive is None:
            break
        if directive[1].lower() == "escape" and directive[2] in ("\\", "`"):
            return directive[2]
    return "\\"


def _continuation(escape: str) -> re.Pattern[str]:
    character = re.escape(escape)
    return re.compile(rf"(?:(?<!{character})|^){character}[ \t]*$")


def _parts(lines: list[str], start: int, continued: re.Pattern[str]) -> list[tuple[str, int]]:
    """The text of an instruction, line by line, with the index of each; comments and empty lines inside are dropped."""
    parts: list[tuple[str, int]] = []
    for index in range(start, len(lines)):
        line = lines[index].replace("\t", " ").replace("\r", "")
        if index > start and (not line.strip() or line.lstrip().startswith("#")):
            continue
        match = continued.search(line)
        parts.append((line[: match.start()] if match else line, index))
        if match is None:
            break
    return parts


def _starts(parts: list[tuple[str, int]], before: int) -> Iterator[tuple[int, int]]:
    """The (offset, line) of each line in a text that begins `before` characters behind the first one's beginning."""
    offset = -before
    for text, index in parts:
        if offset + len(text) > 0:
            yield max(0, offset), index + 1
        offset += len(text)


def _flags(rest: str) -> tuple[tuple[str, ...], str]:
    """The flags without their quotes, and what follows them.

    Source: moby/buildkit, frontend/dockerfile/parser/split_command.go.
    """
    flags: list[str] = []
    while match := _FLAG.match(rest):
        flags.append(_QUOTED.sub(_unquoted, match[0]))
        rest = rest[match.end() :].lstrip()
    return tuple(flags), rest


def _unquoted(match: re.Match[str]) -> str:
    single, double, escaped = match.groups()
    return escaped if escaped is not None else _ESCAPED.sub(r"\1", single if single is not None else double)


def _is_json_form(value: str) -> bool:
    """What stands behind the list is not read, as BuildKit's decoder does not."""
    if not value.startswith("["):
        return False
    try:
        parsed, _ = _JSON.raw_decode(value)
    except (ValueError, RecursionError):
        return False
    return isinstance(parsed, list) and all(isinstance(item, str) for item in parsed)


def _places(lines: list[str]) -> dict[str, list[int]]:
    """Where each line stands, without the tabs that it begins with."""
    found: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        found.setdefault(line.lstrip("\t").rstrip("\r"), []).append(index)
    return found


def _heredocs(lines: list[str], places: dict[str, list[int]], index: int, value: str) -> tuple[range, ...]:
    """The indices of the lines of each here-document that `value` announces; behind each stands its end mark."""
    bodies: list[range] = []
    for match in _HEREDOC.finditer(value):
        ends = places.get(match[3], [])
        later = ends[bisect_left(ends, index) :]
        end = next((at for at in later if match[1] or not lines[at].startswith("\t")), None)
        if end is not None:  # without its end mark it is no here-document but an error of the file
            bodies.append(range(index, end))
            index = end + 1
    return tuple(bodies)
