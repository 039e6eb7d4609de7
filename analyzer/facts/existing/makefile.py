"""The commands of a Makefile's target (GNU make manual, chapters 3 to 5)."""

import re
from dataclasses import dataclass

from analyzer.model.evidence import RepoPath
from analyzer.snapshot.repository import RepositorySnapshot

MAKEFILE_NAMES = ("GNUmakefile", "makefile", "Makefile")

_RULE = re.compile(r"(?P<targets>[^\s:=#][^:=#]*?)\s*::?(?!=)\s*(?P<needs>[^#=]*)(?:#.*)?$")
_VARIABLE = re.compile(r"(?:export\s+)?([A-Za-z_]\w*)\s*(?:\?|:{1,3})?=\s*(.*)")
_REFERENCE = re.compile(r"\$(?:\(([A-Za-z_]\w*)\)|\{([A-Za-z_]\w*)\})")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeLine:
    """One command of a recipe: shell text with make's variables replaced where they are known."""

    text: str
    line: int


def read_target(repo: RepositorySnapshot, path: RepoPath, target: str | None) -> tuple[RecipeLine, ...]:
    """The recipe of `target` (None: the first one), after those of the targets that it needs."""
    lines = (repo.text(path) or "").split("\n")
    variables = {m[1]: m[2].split(" #")[0].strip() for line in lines if (m := _VARIABLE.match(line))}
    rules = _rules(lines)
    name = target if target is not None else next((n for n in rules if not n.startswith(".")), None)
    found: list[RecipeLine] = []
    _collect(rules, name, found, set())
    return tuple(RecipeLine(text=_expand(line.text, variables), line=line.line) for line in found)


def _rules(lines: list[str]) -> dict[str, tuple[tuple[str, ...], list[RecipeLine]]]:
    rules: dict[str, tuple[tuple[str, ...], list[RecipeLine]]] = {}
    current: list[list[RecipeLine]] = []
    continued = False
    for number, line in enumerate(lines, 1):
        if line.startswith("\t"):
            text = line.strip().lstrip("@-+") if not continued else line.strip()
            for recipe in current:
                if continued and recipe:
                    recipe[-1] = RecipeLine(text=recipe[-1].text[:-1] + " " + text, line=recipe[-1].line)
                else:
                    recipe.append(RecipeLine(text=text, line=number))
            continued = text.endswith("\\")
            continue
        rule = _RULE.match(line)
        if rule is not None:
            current = []
            for name in rule["targets"].split():
                needs, recipe = rules.setdefault(name, ((), []))
                rules[name] = (needs + tuple(rule["needs"].split()), recipe)
                current.append(recipe)
        elif line.strip() and not line.startswith("#"):
            current = []
    return rules


def _collect(
    rules: dict[str, tuple[tuple[str, ...], list[RecipeLine]]],
    name: str | None,
    found: list[RecipeLine],
    seen: set[str],
) -> None:
    if name is None or name not in rules or name in seen or len(seen) > 50:
        return
    seen.add(name)
    needs, recipe = rules[name]
    for need in needs:
        _collect(rules, need, found, seen)
    found += recipe


def _expand(text: str, variables: dict[str, str]) -> str:
    """Make's references replaced; `$$` is the shell's `$`."""
    for _ in range(3):
        expanded = _REFERENCE.sub(lambda m: variables.get(m[1] or m[2], m[0]), text)[:10_000]
        if expanded == text:
            break
        text = expanded
    return text.replace("$$", "$")
