"""Reads a Dockerfile as BuildKit's parser does (moby/buildkit, frontend/dockerfile/parser/parser.go)."""

import json
import re
from bisect import bisect_left
from collections.abc import Mapping

from analyzer.facts.commands.variables import substitute as substitute
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot

MAX_INSTRUCTIONS = 1000
MAX_CHARACTERS = 200_000
"""Of one file; what is beyond is left out."""
BEFORE_FIRST_FROM = -1
"""The `stage` of an instruction that stands before any FROM (an ARG for the FROM lines)."""

_DIRECTIVE = lazy_pattern(r"#\s*([a-z]+)\s*=\s*(.+)", re.IGNORECASE)
_HEREDOC = lazy_pattern(r"""(?<![<\S])\d*<<(-?)\s*(["']?)([A-Za-z0-9_.]+)\2(?=\s|$|[;&|>)])""")
_FLAG = lazy_pattern(r"--[a-zA-Z][^\s]*")
_PAIR = lazy_pattern(r"""(?<!\S)([^\s=]+)=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])*)""", re.DOTALL)
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
    """As written, such as `--from=build`."""
    json_form: bool = False
    heredocs: tuple[str, ...] = ()
    """Bodies of the here-documents, in order."""

    @property
    def arguments(self) -> tuple[str, ...] | None:
        """The strings of the JSON form; None in the shell form."""
        return tuple(json.loads(self.value)) if self.json_form else None

    @property
    def script(self) -> str:
        """What a shell would run: the text, or the here-documents that are the script of `RUN <<EOF`."""
        own = self.heredocs and not _HEREDOC.sub("", self.value).strip()
        return "\n".join(self.heredocs) if own else "\n".join((self.value, *self.heredocs))

    def flag(self, name: str) -> str | None:
        """The value of `--name=value`; None when it is not given."""
        return next((f.partition("=")[2] for f in self.flags if f.partition("=")[0] == f"--{name}"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A FROM: `base` as written, `name` given by AS, `parent` the index of the earlier stage that `base` names."""

    index: int
    base: str
    name: str | None
    parent: int | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A variable that ENV or ARG gives, substituted as far as known."""

    value: str
    line: int
    is_argument: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dockerfile:
    """A Dockerfile in the order written."""

    path: RepoPath
    instructions: tuple[Instruction, ...]
    stages: tuple[Stage, ...] = ()

    def lineage(self, stage: int) -> tuple[int, ...]:
        """The stage and the earlier stages that it builds on, oldest first."""
        chain = [stage]
        while 0 <= chain[-1] < len(self.stages) and (parent := self.stages[chain[-1]].parent) is not None:
            chain.append(parent)
        return tuple(reversed(chain))

    def of_stage(self, stage: int) -> tuple[Instruction, ...]:
        """The instructions that make the image of a stage, those of its parent stages first."""
        chain = frozenset(self.lineage(stage))
        return tuple(i for i in self.instructions if i.stage in chain)

    def last(self, keyword: str, stage: int) -> Instruction | None:
        """The instruction of this keyword that is in force in the image of a stage."""
        return next((i for i in reversed(self.of_stage(stage)) if i.keyword == keyword), None)

    def variables(self, stage: int) -> dict[str, str]:
        """Values of ENV and ARG in force at the end of a stage; names without a known value are absent."""
        return {name: assignment.value for name, assignment in self.assignments(stage).items()}

    def assignments(self, stage: int) -> dict[str, Assignment]:
        """ENV and ARG in force at the end of a stage; ENV wins over ARG, an ARG ends with its own stage."""
        defaults = _assignments(self.of_stage(BEFORE_FIRST_FROM), {})
        if stage == BEFORE_FIRST_FROM:
            return defaults
        return _assignments(self.of_stage(stage), {name: a.value for name, a in defaults.items()})


def read_dockerfile(repo: RepositorySnapshot, path: RepoPath) -> Dockerfile | None:
    """The Dockerfile at `path`; None when there is no readable file. Unknown instructions are kept as they are."""
    text = repo.text(path)
    if text is None:
        return None
    instructions = _parse(text[:MAX_CHARACTERS])
    return Dockerfile(path=path, instructions=instructions, stages=_stages(instructions))


def pairs(instruction: Instruction) -> tuple[tuple[str, str | None], ...]:
    """Names and values of an ENV, ARG or LABEL, quotes removed; the value of `ARG NAME` is None."""
    words = instruction.value.split(None, 1)
    if not words:
        return ()
    if instruction.keyword != "ARG" and "=" not in words[0]:
        return ((words[0], _unquote(words[1]) if len(words) > 1 else ""),)
    found: list[tuple[str, str | None]] = [(m[1], _unquote(m[2])) for m in _PAIR.finditer(instruction.value)]
    if instruction.keyword == "ARG":
        found += [(word, None) for word in instruction.value.split() if re.fullmatch(r"[A-Za-z_]\w*", word)]
    return tuple(found)


def _stages(instructions: tuple[Instruction, ...]) -> tuple[Stage, ...]:
    before = tuple(i for i in instructions if i.stage == BEFORE_FIRST_FROM)
    values = {name: assignment.value for name, assignment in _assignments(before, {}).items()}
    stages: list[Stage] = []
    by_name: dict[str, int] = {}
    for instruction in instructions:
        if instruction.keyword != "FROM":
            continue
        words = instruction.value.split()
        name = words[2].lower() if len(words) >= 3 and words[1].lower() == "as" else None
        base = substitute(words[0], values) if words else ""
        parent = by_name.get(base.lower())
        stages.append(Stage(index=instruction.stage, base=base, name=name, parent=parent, line=instruction.line))
        if name is not None:
            by_name[name] = instruction.stage
    return tuple(stages)


def _assignments(instructions: tuple[Instruction, ...], defaults: Mapping[str, str]) -> dict[str, Assignment]:
    """`defaults` are the values that `ARG NAME` without a value takes from before the first FROM."""
    found: dict[str, Assignment] = {}
    values: dict[str, str] = {}
    for instruction in instructions:
        if instruction.keyword == "FROM":
            found = {name: a for name, a in found.items() if not a.is_argument}
            values = {name: a.value for name, a in found.items()}
        if instruction.keyword not in ("ARG", "ENV"):
            continue
        is_argument = instruction.keyword == "ARG"
        assigned = [
            (name, defaults.get(name) if w is None else substitute(w, values)) for name, w in pairs(instruction)
        ]
        for name, value in assigned:  # all of a line see the values from before it
            hidden = is_argument and name in found and not found[name].is_argument
            if value is not None and not hidden:
                found[name] = Assignment(value=value, line=instruction.line, is_argument=is_argument)
                values[name] = value
    return found


def _unquote(text: str) -> str:
    """Quotes and backslashes removed; `\\$` stays, since substitution comes later."""
    return re.sub(r"""("(?:[^"\\]|\\.)*")|('[^']*')|\\([^$])""", _unquoted, text, flags=re.DOTALL)


def _unquoted(match: re.Match[str]) -> str:
    if match[1] is not None:
        return re.sub(r"""\\(["\\])""", r"\1", match[1][1:-1])
    return str(match[3]) if match[2] is None else match[2][1:-1].replace("$", "\\$")


def _parse(text: str) -> tuple[Instruction, ...]:
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
        logical, index = _logical_line(lines, start, continued)
        keyword, _, rest = logical.strip().partition(" ")
        keyword = keyword.upper()
        stage += keyword == "FROM"
        flags, value = _flags(rest.strip())
        json_form = keyword in _JSON_KEYWORDS and _is_json_form(value)
        heredocs: tuple[str, ...] = ()
        if keyword in _HEREDOC_KEYWORDS and not json_form:
            heredocs, index = _heredocs(lines, places, index, value)
        found.append(
            Instruction(
                keyword=keyword, value=value, line=start + 1, end_line=index, stage=stage,
                flags=flags, json_form=json_form, heredocs=heredocs,
            )
        )  # fmt: skip
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


def _logical_line(lines: list[str], start: int, continued: re.Pattern[str]) -> tuple[str, int]:
    """An instruction's text and the index after its last line; comments and empty lines inside are dropped."""
    parts, index = list[str](), start
    while index < len(lines):
        line = lines[index].replace("\t", " ").replace("\r", "")
        index += 1
        if index - 1 > start and (not line.strip() or line.lstrip().startswith("#")):
            continue
        match = continued.search(line)
        parts.append(line[: match.start()] if match else line)
        if match is None:
            break
    return "".join(parts), index


def _flags(rest: str) -> tuple[tuple[str, ...], str]:
    flags: list[str] = []
    while match := _FLAG.match(rest):
        flags.append(match[0])
        rest = rest[match.end() :].lstrip()
    return tuple(flags), rest


def _is_json_form(value: str) -> bool:
    if not value.startswith("["):
        return False
    try:
        parsed = json.loads(value)
    except (ValueError, RecursionError):
        return False
    return isinstance(parsed, list) and all(isinstance(item, str) for item in parsed)


def _places(lines: list[str]) -> dict[str, list[int]]:
    """Where each line stands, without the tabs that it begins with."""
    found: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        found.setdefault(line.lstrip("\t"), []).append(index)
    return found


def _heredocs(lines: list[str], places: dict[str, list[int]], index: int, value: str) -> tuple[tuple[str, ...], int]:
    """The bodies of the here-documents that `value` announces, and the index after the last one."""
    bodies: list[str] = []
    for match in _HEREDOC.finditer(value):
        ends = places.get(match[3], [])
        later = ends[bisect_left(ends, index) :]
        end = next((at for at in later if match[1] or lines[at] == match[3]), None)
        if end is not None:  # without its end mark it is no here-document but an error of the file
            bodies.append("\n".join(lines[index:end]))
            index = end + 1
    return tuple(bodies), index
