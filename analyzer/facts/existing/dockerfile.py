"""A Dockerfile: its stages, and the variables in force in each (Dockerfile reference, ENV and ARG)."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from analyzer.facts.commands.variables import substitute
from analyzer.facts.existing.instructions import BEFORE_FIRST_FROM, MAX_INSTRUCTIONS, Instruction, parse_instructions
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot

MAX_CHARACTERS = 200_000
"""Of one file; what is beyond is left out."""
MAX_INSTRUCTIONS_OF_ALL = 10_000
"""Of all Dockerfiles of a repository; those beyond are not read. Many questions are asked of each instruction."""
_PAIR = lazy_pattern(r"""(?<!\S)([^\s=]+)=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])*)""", re.DOTALL)

_BARE = lazy_pattern(r"(?<!\S)[A-Za-z_]\w*(?!\S)")


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
    environments: tuple[Mapping[str, Assignment], ...] = ()
    """ENV and ARG in force before the first FROM, then at the end of each stage."""

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
        return dict(self.environments[stage - BEFORE_FIRST_FROM])


def read_dockerfile(repo: RepositorySnapshot, path: RepoPath) -> Dockerfile | None:
    """The Dockerfile at `path`; None when there is no readable file. Unknown instructions are kept as they are."""
    return repo.once("Dockerfile", path, lambda: _read(repo, path))


def _read(repo: RepositorySnapshot, path: RepoPath) -> Dockerfile | None:
    text = repo.text(path)
    if text is None:
        return None
    counted = repo.once("instructions of all Dockerfiles", ".", Counter[str])
    if counted.total() >= MAX_INSTRUCTIONS_OF_ALL:
        repo.leave_out(path, f"Dockerfiles beyond the first {MAX_INSTRUCTIONS_OF_ALL:,} instructions of all")
        return None
    instructions = parse_instructions(text[:MAX_CHARACTERS])
    counted[path] = len(instructions)
    if len(text) > MAX_CHARACTERS or len(instructions) == MAX_INSTRUCTIONS:
        limits = f"{MAX_CHARACTERS:,} characters or {MAX_INSTRUCTIONS:,} instructions"
        repo.leave_out(path, f"a Dockerfile beyond its first {limits}")
    return _parsed(path, instructions)


def _parsed(path: RepoPath, instructions: tuple[Instruction, ...]) -> Dockerfile:
    """The stages and their variables, each stage worked out once from the one that it builds on."""
    own: dict[int, list[Instruction]] = {}
    for instruction in instructions:
        own.setdefault(instruction.stage, []).append(instruction)
    before = _assignments(own.get(BEFORE_FIRST_FROM, ()), {}, {})
    defaults = {name: assignment.value for name, assignment in before.items()}
    stages = _stages(instructions, defaults)
    environments = [before]
    for stage in stages:
        inherited = environments[stage.parent - BEFORE_FIRST_FROM] if stage.parent is not None else {}
        kept = {name: a for name, a in inherited.items() if not a.is_argument}
        environments.append(_assignments(own[stage.index], kept, defaults))
    return Dockerfile(path=path, instructions=instructions, stages=stages, environments=tuple(environments))


def pairs(instruction: Instruction) -> tuple[tuple[str, str | None, int], ...]:
    """Names, values and lines of an ENV, ARG or LABEL, quotes removed; the value of `ARG NAME` is None."""
    words = instruction.value.split(None, 1)
    if not words:
        return ()
    if instruction.keyword != "ARG" and "=" not in words[0]:
        return ((words[0], _unquote(words[1]) if len(words) > 1 else "", instruction.line_at(0)),)
    found: list[tuple[str, str | None, int]] = [
        (m[1], _unquote(m[2]), instruction.line_at(m.start())) for m in _PAIR.finditer(instruction.value)
    ]
    if instruction.keyword == "ARG":
        rest = _PAIR.sub(lambda m: "=" * len(m[0]), instruction.value)
        found += [(m[0], None, instruction.line_at(m.start())) for m in _BARE.finditer(rest)]
    return tuple(found)


def _stages(instructions: tuple[Instruction, ...], values: Mapping[str, str]) -> tuple[Stage, ...]:
    """`values` are those of the variables before the first FROM."""
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


def _assignments(
    instructions: Sequence[Instruction], inherited: Mapping[str, Assignment], defaults: Mapping[str, str]
) -> dict[str, Assignment]:
    """What is in force after the instructions of one stage.

    Args:
        inherited: what the stage starts with.
        defaults: the values that `ARG NAME` without a value takes from before the first FROM.
    """
    found = dict(inherited)
    values = {name: a.value for name, a in found.items()}
    for instruction in instructions:
        if instruction.keyword not in ("ARG", "ENV"):
            continue
        is_argument = instruction.keyword == "ARG"
        assigned = [
            (name, defaults.get(name) if written is None else substitute(written, values), line)
            for name, written, line in pairs(instruction)
        ]
        for name, value, line in assigned:  # all of an instruction see the values from before it
            hidden = is_argument and name in found and not found[name].is_argument
            if value is not None and not hidden:
                found[name] = Assignment(value=value, line=line, is_argument=is_argument)
                values[name] = value
    return found


def _unquote(text: str) -> str:
    """Quotes and backslashes removed; `\\$` stays, since substitution comes later."""
    return re.sub(r"""("(?:[^"\\]|\\.)*")|('[^']*')|\\([^$])""", _unquoted, text, flags=re.DOTALL)


def _unquoted(match: re.Match[str]) -> str:
    if match[1] is not None:
        return re.sub(r"""\\(["\\])""", r"\1", match[1][1:-1])
    return str(match[3]) if match[2] is None else match[2][1:-1].replace("$", "\\$")
