"""Shell text to simple commands (POSIX shell command language, 2.9), each with the conditions that it stands under."""

from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache

from analyzer.facts.commands.tokens import Operator, Word, tokens
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

MAX_COMMAND = 131_072
"""Characters: Linux starts no program with a longer argument, and a command is an argument of the shell."""
TOO_LONG = f"commands of more than {MAX_COMMAND:,} characters"
MAX_TESTS = 20
"""Conditions above one command: of more, the nearest count."""
MAX_PATTERNS = 100
"""Of one branch of `case`."""

_ASSIGNMENT = lazy_pattern(r"[A-Za-z_]\w*\+?=")
_LOOPS = frozenset({"while", "until", "for", "select", "{"})
_DROPPED = frozenset({"do", "!", "time", "function", "coproc"})
_CLOSING = {"fi": ("if",), "esac": ("case",), "done": ("while", "until", "for", "select"), "}": ("{", "function")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A condition above a command: the words of the test, and whether it has to hold.

    A branch of `case` has the words ("case", subject, pattern, …); a test of several commands has no words.
    """

    words: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleCommand:
    """One command: `words` without quotes (variables as written), `raw` the same words with their quotes."""

    words: tuple[str, ...]
    raw: tuple[str, ...]
    assignments: tuple[tuple[str, str], ...] = ()
    """`NAME=value` before the words, or alone."""
    line: int = 1
    """From 1, in the text that was split."""
    background: bool = False
    tests: tuple[Test, ...] = ()
    in_function: str | None = None

    @property
    def text(self) -> str:
        """The words as written, one space between them."""
        return " ".join(self.raw)


@dataclass(slots=True)
class _Frame:
    """An open compound command: the tests of its branch, and what is being collected for the next one."""

    keyword: str
    tests: list[Test] = field(default_factory=list)
    condition: list[tuple[str, ...]] | None = None
    subject: str | None = None


@lru_cache(maxsize=16)
def split_commands(text: str) -> tuple[SimpleCommand, ...]:
    """The simple commands of a script or of a command line, in order; malformed text gives what could be read."""
    return tuple(_Splitter().run(text))


class _Splitter:
    def __init__(self) -> None:
        self.frames: list[_Frame] = []
        self.functions: list[str] = []
        self.words: list[Word] = []
        self.assignments: list[tuple[str, str]] = []
        self.line = 1
        self.awaits_body: str | None = None

    def run(self, text: str) -> Iterator[SimpleCommand]:
        for token in tokens(text):
            if isinstance(token, Word):
                yield from self._word(token)
            else:
                yield from self._operator(token)
        yield from self._end(background=False)

    def _word(self, word: Word) -> Iterator[SimpleCommand]:
        if not self.words and not self.assignments:
            self.line = word.line
            if self._reserved(word.raw):
                return
        if not self.words and _ASSIGNMENT.match(word.raw):
            name, _, value = word.text.partition("=")
            self.assignments.append((name.rstrip("+"), value))
            return
        self.words.append(word)
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.keyword == "case" and frame.subject is None and word.raw == "in":
            frame.subject = self.words[0].text
            self.words.clear()
        yield from ()

    def _operator(self, operator: Operator) -> Iterator[SimpleCommand]:
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.keyword == "case" and frame.subject is not None:
            if operator.text in ("|", "(", "\n") and frame.condition is not None and not self.assignments:
                return  # between the patterns of a branch
            if operator.text == ")" and frame.condition is not None:
                self._branch(frame)
                return
        if operator.text == "(" and len(self.words) == 1:  # `name() {`
            self.awaits_body = self.words[0].text
            self.words.clear()
            return
        yield from self._end(background=operator.text == "&")
        if frame is not None and frame.keyword == "case" and operator.text in (";;", ";&", ";;&"):
            frame.condition = []

    def _branch(self, frame: _Frame) -> None:
        patterns = tuple(word.text for word in self.words[:MAX_PATTERNS])
        self.words.clear()
        passed = [Test(words=test.words, holds=False) for test in frame.tests[-1:]]
        branch = Test(words=("case", frame.subject or "", *patterns), holds=True)
        frame.tests = [*frame.tests[-MAX_TESTS:-1], *passed, branch]
        frame.condition = None

    def _reserved(self, raw: str) -> bool:
        """Whether the first word of a command is a reserved word, which is then dealt with."""
        if raw == "{" and self.awaits_body is not None:
            self.frames.append(_Frame(keyword="function"))
            self.functions.append(self.awaits_body)
            self.awaits_body = None
        elif raw == "if":
            self.frames.append(_Frame(keyword="if", condition=[]))
        elif raw == "case":
            self.frames.append(_Frame(keyword="case", condition=[]))
        elif raw in _LOOPS:
            self.frames.append(_Frame(keyword=raw))
        elif raw in _CLOSING:
            if self.frames and self.frames[-1].keyword in _CLOSING[raw]:
                closed = self.frames.pop()
                if closed.keyword == "function":
                    self.functions.pop()
        elif raw in ("then", "else", "elif"):
            self._if_branch(raw)
        elif raw not in _DROPPED:
            return False
        return True

    def _if_branch(self, keyword: str) -> None:
        frame = self.frames[-1] if self.frames else None
        if frame is None or frame.keyword != "if":
            return
        if keyword == "then":
            words = frame.condition[0] if frame.condition is not None and len(frame.condition) == 1 else ()
            frame.tests = [*frame.tests[-MAX_TESTS:], Test(words=words, holds=True)]
            frame.condition = None
            return
        if frame.tests:
            frame.tests[-1] = Test(words=frame.tests[-1].words, holds=False)
        frame.condition = [] if keyword == "elif" else None

    def _end(self, *, background: bool) -> Iterator[SimpleCommand]:
        words, assignments = tuple(self.words), tuple(self.assignments)
        self.words.clear()
        self.assignments.clear()
        if not words and not assignments:
            return
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.keyword == "if" and frame.condition is not None:
            frame.condition.append(tuple(word.text for word in words))
        tests = [test for f in self.frames[-MAX_TESTS:] for test in f.tests]
        yield SimpleCommand(
            words=tuple(word.text for word in words),
            raw=tuple(word.raw for word in words),
            assignments=assignments,
            line=self.line,
            background=background,
            tests=tuple(tests[-MAX_TESTS:]),
            in_function=self.functions[-1] if self.functions else None,
        )
