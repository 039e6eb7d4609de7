"""The state of a shell while a script is followed: its variables, its arguments and what it exports."""

from collections.abc import Mapping
from dataclasses import field
from enum import IntEnum

from analyzer.facts.commands.shell import SimpleCommand
from analyzer.facts.commands.variables import is_resolved, substitute
from analyzer.facts.existing.declaration import quoted_words
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

MAX_WORDS = 500
"""Of one command, its arguments put in place."""
EVERYTHING = ("$@", "$*", "${@}", "${*}")
"""All arguments."""

_REFERENCE = lazy_pattern(r"\$(?:[A-Za-z_]\w*|[1-9]|\{[^{}]*\})")
_POSITIONAL = lazy_pattern(r"\$(?:([1-9])|\{([1-9])(?::?[-=]([^{}]*))?\})")
_ALL_EXPORT = lazy_pattern(r"[-+][A-Za-z]*a[A-Za-z]*")
_DECLARING = ("export", "declare", "typeset", "readonly", "local")


class Reach(IntEnum):
    """Whether a command runs: what stands around it counts as well, and the least is what holds."""

    ON_REQUEST = 0
    """Only after somebody has set a variable that nothing in the repository sets."""
    OPEN = 1
    """Under a condition that depends on what is not known."""
    CERTAIN = 2


@dataclass(slots=True)
class Scope:
    """The state, and where the text that is being read stands: its first line is `line` of the file at `path`.

    `arguments` are what the script is called with, None when that is not known; `arguments_at` is where they stand.
    """

    path: RepoPath
    line: int
    directory: str
    variables: dict[str, str]
    arguments: tuple[str, ...] | None
    arguments_at: Evidence
    environment: list[tuple[str, str, Evidence]] = field(default_factory=list)
    """What is exported, in order."""
    reach: Reach = Reach.CERTAIN
    depth: int = 0
    exported: set[str] = field(default_factory=set)
    exports_all: bool = False
    """After `set -a`."""
    note: str = ""

    def at(self, command: SimpleCommand) -> Evidence:
        """Where a command of the text stands."""
        return Evidence(path=self.path, line=self.line + command.line - 1, note=self.note)

    def known(self) -> Mapping[str, str]:
        """The variables and the parameters that are known."""
        if self.arguments is None:
            return self.variables
        numbered = {str(n): "" for n in range(1, 10)} | {str(n): a for n, a in enumerate(self.arguments[:9], 1)}
        joined = " ".join(self.arguments)
        return {**self.variables, **numbered, "@": joined, "*": joined, "#": str(len(self.arguments))}

    def assign(self, command: SimpleCommand) -> None:
        """The assignments of a command, and what `export` and its like declare."""
        pairs = list(command.assignments)
        declaring = command.words[:1] != () and command.words[0] in _DECLARING
        exporting = bool(command.words)
        if declaring:
            exporting = command.words[0] == "export" or "-x" in command.words
            for word in command.words[1:]:
                name, separator, value = word.partition("=")
                if separator:
                    pairs.append((name, value))
                elif exporting and name in self.variables:
                    pairs.append((name, self.variables[name]))
                if exporting:
                    self.exported.add(name)
        for name, value in pairs:
            known = substitute(value, self.known())
            if declaring or not command.words:
                self.variables[name] = known
            if exporting or self.exports_all or name in self.exported:
                self.environment.append((name, known, self.at(command)))

    def change(self, command: SimpleCommand) -> bool:
        """Whether the command only changes the state itself, which is then done."""
        name, *rest = command.words
        if name == "shift" and self.arguments is not None:
            self.arguments = self.arguments[int(rest[0]) if rest and rest[0].isdecimal() else 1 :]
        elif name == "set" and rest[:1] == ["--"] and is_resolved(" ".join(rest[1:]).replace("$@", "")):
            given = self.arguments or ()
            added = [argument for word in rest[1:] for argument in (given if word == "$@" else (word,))]
            self.arguments, self.arguments_at = tuple(added[:MAX_WORDS]), self.at(command)
        elif name == "set" and rest and _ALL_EXPORT.fullmatch(rest[0]):
            self.exports_all = rest[0].startswith("-")
        return name in ("shift", "set", *_DECLARING)

    def expand(self, command: SimpleCommand) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Words and raw words with the arguments in place of `"$@"`, `$1`, …, and with variables that hold commands.

        Other variables stay as they are written, since that is how people know the command.
        """
        words, raw = list[str](), list[str]()
        for word, written in zip(command.words, command.raw, strict=True):
            bare = _REFERENCE.fullmatch(word) is not None and (written == word or not words)
            known = substitute(word, self.known()) if bare else ""
            if word in EVERYTHING:
                words += self.arguments or ()
                raw += [quoted_words((argument,)) for argument in self.arguments or ()]
            elif known and is_resolved(known) and (not words or " " in known.strip()):
                words += known.split()
                raw += known.split()
            else:
                words.append(self._positional(word))
                raw.append(self._positional(written))
        return tuple(words[:MAX_WORDS]), tuple(raw[:MAX_WORDS])

    def _positional(self, text: str) -> str:
        if self.arguments is None:
            return text
        given = dict(enumerate(self.arguments[:9], 1))
        return _POSITIONAL.sub(lambda m: given.get(int(m[1] or m[2]), m[3] or ""), text)
