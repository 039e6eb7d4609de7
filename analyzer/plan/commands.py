"""Commands that files of the repository declare, as the image runs them.

The image has the virtual environment first in its PATH and starts in the folder of manage.py, so runners such as
`poetry run` and folders of programs go; so do options of daemons, since a container's process stays in front.
"""

import re
import shlex
from collections.abc import Iterable, Mapping

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.tables import table

_PYTHON = lazy_pattern(r"python(?:[23](?:\.\d+)?)?")
_OPERATORS = lazy_pattern(r"[;&|<>()`\n]|\$\(")
_VARIABLE = lazy_pattern(r"\$(?:\{(\w+)(?::?[-=]([^{}]*))?\}|(\w+))")
_PLAIN = lazy_pattern(r"[\w@%+=:,./${}*^~\[\]-]+")
_ASSIGNMENT = lazy_pattern(r"[A-Za-z_]\w*=.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One program with its arguments; `before` are wrappers that matter (`newrelic-admin run-program`)."""

    before: tuple[str, ...]
    program: str
    arguments: tuple[str, ...]

    @property
    def text(self) -> str:
        """Shell text."""
        return " ".join(_quoted(word) for word in (*self.before, self.program, *self.arguments))

    def option(self, *names: str) -> str | None:
        """The value of the first of these options; "" for one without a value, None without the option."""
        for position, word in enumerate(self.arguments):
            for name in names:
                if word == name:
                    following = self.arguments[position + 1 : position + 2]
                    return following[0] if following and not following[0].startswith("-") else ""
                if name.startswith("--") and word.startswith(f"{name}="):
                    return word[len(name) + 1 :]
                if not name.startswith("--") and word.startswith(name) and len(word) > 2 and len(name) == 2:
                    return word[2:].removeprefix("=")
        return None

    def without(self, options: Mapping[str, int]) -> "Command":
        """The command without these options, each with so many words behind it that are its value."""
        kept: list[str] = []
        skip = 0
        for word in self.arguments:
            if skip:
                skip -= 1
                continue
            name, assigned, _ = word.partition("=")
            if name in options and (not assigned or name.startswith("--")):
                skip = 0 if assigned else options[name]
                continue
            kept.append(word)
        return Command(before=self.before, program=self.program, arguments=tuple(kept))

    def plus(self, *words: str) -> "Command":
        """The command with more words at its end."""
        return Command(before=self.before, program=self.program, arguments=(*self.arguments, *words))


def parse_command(text: str, known: Iterable[str]) -> Command | None:
    """One simple command as the image runs it; None for text that only a shell, or a script, understands.

    Args:
        known: variables that the app sets; options whose value is any other variable without a default go, as their
            value stands in a script that the image does not run.
    """
    if _OPERATORS.search(_VARIABLE.sub("", text)):
        return None
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    resolved = _resolved(_without_runners(words), frozenset(known))
    if resolved is None:
        return None
    words = resolved
    at = _start(words)
    if at >= len(words):
        return None
    before, program, arguments = words[:at], words[at].rsplit("/", 1)[-1], words[at + 1 :]
    if _PYTHON.fullmatch(program):
        program = "python"
        if arguments[:1] == ["-m"] and arguments[1:2] in (["celery"], ["gunicorn"], ["uvicorn"]):
            program, arguments = arguments[1], arguments[2:]
        elif arguments and arguments[0].rsplit("/", 1)[-1] == "manage.py":
            arguments[0] = "manage.py"
    elif program == "manage.py":
        program, arguments = "python", ["manage.py", *arguments]
    command = Command(before=tuple(before), program=program, arguments=tuple(arguments))
    return command.without(table("commands")["dropped"].get(program, {}))


def split_commands(text: str) -> list[str]:
    """The commands that `&&`, `;` or line ends put one behind the other, quotes respected."""
    parts: list[str] = []
    lexer = shlex.shlex(text, posix=False, punctuation_chars=";&|\n")
    lexer.whitespace, lexer.whitespace_split, lexer.commenters = " \t", True, ""
    current: list[str] = []
    try:
        tokens = list(lexer)
    except ValueError:
        return [text.strip()] if text.strip() else []
    for token in tokens:
        if token in ("&&", ";", "\n") or not token.strip("\n;"):
            parts.append(" ".join(current))
            current = []
        else:
            current.append(token)
    return [part for part in (*parts, " ".join(current)) if part]


def ends_on_term(command: Command) -> bool:
    """Whether the command, as the first process of a container, is known to end on TERM, or is no Python of its own."""
    return command.program != "python" or management_command(command) in table("commands")["term"]["handled"]


def management_command(command: Command) -> str | None:
    """The name of the management command; None for another program."""
    if command.program == "python" and command.arguments[:1] == ("manage.py",):
        return command.arguments[1] if len(command.arguments) > 1 else None
    if command.program in ("django-admin", "django-admin.py"):
        return next((word for word in command.arguments if not word.startswith("-")), None)
    return None


def _start(words: list[str]) -> int:
    """The position of the program: behind assignments and wrappers that stay."""
    at = 0
    while at < len(words):
        length = 1 if _ASSIGNMENT.fullmatch(words[at]) else table("commands")["wrappers"].get(words[at], 0)
        if not length:
            break
        at += length
    return at


def _without_runners(words: list[str]) -> list[str]:
    """The words without `exec` and without runners and their options."""
    while words:
        if words[0] == "exec":
            words = words[1:]
        elif f"{words[0].rsplit('/', 1)[-1]} {words[1] if len(words) > 1 else ''}" in table("commands")["runners"]:
            words = words[2:]
            while words and words[0].startswith("-"):
                words = words[1:]
        else:
            break
    return words


def _resolved(words: list[str], known: frozenset[str]) -> list[str] | None:
    """The words with defaults in place of variables; an option whose value is not known goes with its value.

    None where something else than the value of an option is not known.
    """
    found: list[str] = []
    for word in words:
        text = _VARIABLE.sub(lambda match: _default(match, known), word)
        if "\0" not in text:
            found.append(text)
        elif found and found[-1].startswith("-") and "=" not in found[-1] and not word.startswith("-"):
            found.pop()
        elif not word.startswith("-"):
            return None
    return found


def _default(match: re.Match[str], known: frozenset[str]) -> str:
    name = match[1] or match[3]
    if match[2] is not None:
        return match[2]
    return match[0] if name in known else "\0"


def _quoted(word: str) -> str:
    if _PLAIN.fullmatch(word) and "*" not in word and "~" not in word:
        return word
    if "$" in word and '"' not in word and "`" not in word:
        return f'"{word}"'
    return shlex.quote(word)
