"""What a deployment file declares: a command to run, where it runs and the environment that it is given."""

from analyzer.facts.existing.places import Place
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A variable that a deployment file sets; `value` as written, None when the file only names the variable."""

    name: str
    value: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A command or an entry point: `text` for a shell; `in_shell` when Docker itself gives it to `sh -c`."""

    text: str
    evidence: Evidence
    in_shell: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A command of a deployment file (shell text; empty when only an environment is declared)."""

    name: str
    source: str
    """The kind of file: Procfile, docker-compose, Dockerfile, app spec, …"""
    file: RepoPath
    """The file that declares it; `evidence` may stand in another one, such as the Dockerfile of a service."""
    command: str
    evidence: Evidence
    place: Place
    hint: ProcessType | None = None
    """The type that the file's own vocabulary gives: it holds for programs that are not known."""
    firm: bool = False
    """The hint is the platform's definition of the process, such as `web` in a Procfile: it holds for every program."""
    prepares: bool = False
    """The command ends by itself, before the processes start (a build, a hook): what runs on does not count."""
    environment: tuple[Assigned, ...] = ()
    """What the file and the image give, a later one replacing an earlier one of the same name."""
    production: bool = True

    @property
    def variables(self) -> dict[str, str]:
        """The values of the environment that are known."""
        return {a.name: a.value for a in self.environment if a.value is not None}


_SHELLS = ("sh", "bash", "ash", "dash")
_REFERENCE = lazy_pattern(r"\$\{[\w:=?+.-]*\}")
_SPECIAL = frozenset(" \t\n\"'\\;&|<>()`*?[]#~!{}")


def shell_words(words: tuple[str, ...]) -> str:
    """Shell text for a list of words; a list that spells `sh -c` keeps its text readable."""
    if len(words) == 3 and words[0].rsplit("/", 1)[-1] in _SHELLS and words[1] in ("-c", "-lc", "-ec"):
        return words[2]
    return quoted_words(words)


def quoted_words(words: tuple[str, ...]) -> str:
    """Shell text for a list of words, in quotes where needed; variables stay variables, as people read them."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if word and not set(_REFERENCE.sub("", word)) & _SPECIAL and not word.endswith("$"):
        return word
    if "'" not in word and "$" not in word:
        return f"'{word}'"
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`")
    return f'"{escaped}"'
