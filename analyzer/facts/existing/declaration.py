"""What a deployment file declares: a command to run, where it runs and the environment that it is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzer.facts.existing.places import Place
from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProcessType


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A variable that a deployment file sets; `value` as written, None when the file only names the variable."""

    name: str
    value: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A command of a deployment file (shell text; empty when only an environment is declared)."""

    name: str
    source: str
    """The kind of file: Procfile, docker-compose, Dockerfile, app spec, …"""
    command: str
    evidence: Evidence
    place: Place
    hint: ProcessType | None = None
    """The type that the file's own vocabulary gives: it holds for programs that are not known."""
    firm: bool = False
    """The hint is the platform's definition of the process, such as `web` in a Procfile: it holds for every program."""
    environment: tuple[Assigned, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    """Variables that the command sees besides, such as those of the image."""
    production: bool = True


def shell_words(words: tuple[str, ...]) -> str:
    """Shell text for a list of words; a list that spells `sh -c` keeps its text readable."""
    if len(words) == 3 and words[0].rsplit("/", 1)[-1] in ("sh", "bash") and words[1] in ("-c", "-lc", "-ec"):
        return words[2]
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    """A word in quotes where the shell needs them; variables stay variables, as they are for who reads the command."""
    if word and not set(word) & set(" \t\n\"'\\;&|<>()`*?[]#~!{}") | ({"$"} & set(word) if word.endswith("$") else set()):
        return word
    if "'" not in word and "$" not in word:
        return f"'{word}'"
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`")
    return f'"{escaped}"'
