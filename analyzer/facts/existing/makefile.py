"""The commands of a Makefile's target (GNU make manual, chapters 3 to 5)."""

from dataclasses import field

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot

MAKEFILE_NAMES = ("GNUmakefile", "makefile", "Makefile")
MAX_LINES = 5000
MAX_CHARACTERS = 10_000
"""Of a line, and of a command after its variables are replaced."""
MAX_VALUE = 1000
MAX_NEEDED = 50
"""Targets that one target leads to."""

_VARIABLE = lazy_pattern(r"(?:export\s+)?([A-Za-z_]\w*)\s*(?:\?|:{1,3})?=\s*(.*)")
_REFERENCE = lazy_pattern(r"\$(?:\(([A-Za-z_]\w*)\)|\{([A-Za-z_]\w*)\})")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeLine:
    """One command of a recipe: shell text with make's variables replaced where they are known."""

    text: str
    line: int


@dataclass(slots=True)
class _Rule:
    needs: list[str] = field(default_factory=list)
    recipe: list[RecipeLine] = field(default_factory=list)


def read_target(repo: RepositorySnapshot, path: RepoPath, target: str | None) -> tuple[RecipeLine, ...]:
    """The recipe of `target` (None: the first one), after those of the targets that it needs."""
    lines = [line[:MAX_CHARACTERS] for line in (repo.text(path) or "").split("\n", MAX_LINES)[:MAX_LINES]]
    variables = {m[1]: m[2].split(" #")[0].strip() for line in lines if (m := _VARIABLE.match(line))}
    rules = _rules(lines)
    name = target if target is not None else next((n for n in rules if not n.startswith(".")), None)
    found: list[RecipeLine] = []
    _collect(rules, name, found, set())
    return tuple(RecipeLine(text=_expand(line.text, variables), line=line.line) for line in found)


def _rules(lines: list[str]) -> dict[str, _Rule]:
    rules: dict[str, _Rule] = {}
    current: list[_Rule] = []
    continued = False
    for number, line in enumerate(lines, 1):
        if line.startswith("\t"):
            text = line.strip() if continued else line.strip().lstrip("@-+")
            for rule in current:
                if continued and rule.recipe:
                    before = rule.recipe[-1]
                    joined = f"{before.text[:-1]} {text}"[:MAX_CHARACTERS]
                    rule.recipe[-1] = RecipeLine(text=joined, line=before.line)
                else:
                    rule.recipe.append(RecipeLine(text=text, line=number))
            continued = text.endswith("\\")
            continue
        head = _rule_line(line)
        if head is not None:
            current = [rules.setdefault(name, _Rule()) for name in head[0]]
            for rule in current:
                rule.needs += head[1]
        elif line.strip() and not line.startswith("#"):
            current = []
    return rules


def _rule_line(line: str) -> tuple[list[str], list[str]] | None:
    """The targets and prerequisites of a line that begins a rule."""
    targets, colon, rest = line.partition(":")
    needs = rest.removeprefix(":").split("#")[0]
    if not colon or line[:1].isspace() or set("=#") & set(targets) or "=" in needs:  # a variable, or one of a target
        return None
    return targets.split(), needs.split()


def _collect(rules: dict[str, _Rule], name: str | None, found: list[RecipeLine], seen: set[str]) -> None:
    if name is None or name not in rules or name in seen or len(seen) > MAX_NEEDED:
        return
    seen.add(name)
    for need in rules[name].needs:
        _collect(rules, need, found, seen)
    found += rules[name].recipe


def _expand(text: str, variables: dict[str, str]) -> str:
    """Make's references replaced; `$$` is the shell's `$`."""
    for _ in range(3):
        expanded = _REFERENCE.sub(lambda m: variables.get(m[1] or m[2], m[0])[:MAX_VALUE], text)[:MAX_CHARACTERS]
        if expanded == text:
            break
        text = expanded
    return text.replace("$$", "$")
