"""Shell text to tokens (POSIX shell command language, 2.2 quoting and 2.3 token recognition), without running it."""

import re
from collections.abc import Iterator

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

MAX_CHARACTERS = 50_000
"""Longer texts are cut: a start script has a few thousand characters."""

_OPERATOR = lazy_pattern(r"&&|\|\||;;&?|;&|\|&|[;|&()\n]")
_REDIRECTION = lazy_pattern(r"\d*(?:<<<|<<-?|>>|>\||[<>]&|<>|[<>])|&>>?")
_PLAIN = lazy_pattern(r"[^ \t\r\n\f\v\\'\"$`;|&()<>#]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word without its quotes (`text`, variables as written) and with them (`raw`); `line` counts from 1."""

    text: str
    raw: str
    line: int


@dataclass(frozen=True, slots=True)
class Operator:
    """A control operator; a newline is one."""

    text: str
    line: int


def tokens(text: str) -> Iterator[Word | Operator]:
    """The words and control operators; comments, redirections and here-documents are left out."""
    return _Lexer(text[:MAX_CHARACTERS]).run()


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.heredocs: list[str] = []

    def run(self) -> Iterator[Word | Operator]:
        while self.at < len(self.text):
            character = self.text[self.at]
            if character in " \t\r\f\v":
                self.at += 1
            elif self.text.startswith("\\\n", self.at):
                self._to(self.at + 2)
            elif character == "#":
                self._to(self._find("\n", self.at))
            elif redirection := _REDIRECTION.match(self.text, self.at):
                self._redirect(redirection)
            elif operator := _OPERATOR.match(self.text, self.at):
                yield Operator(operator[0], self.line)
                self._to(operator.end())
                if operator[0] == "\n":
                    self._skip_heredocs()
            else:
                yield self._word()

    def _to(self, position: int) -> None:
        self.line += self.text.count("\n", self.at, position)
        self.at = position

    def _find(self, mark: str, start: int) -> int:
        found = self.text.find(mark, start)
        return len(self.text) if found < 0 else found

    def _redirect(self, operator: re.Match[str]) -> None:
        self.at = operator.end()
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1
        target = self._word() if self.at < len(self.text) and self.text[self.at] not in "\n;|&()<>" else None
        if target is not None and operator[0].lstrip("0123456789") in ("<<", "<<-"):
            self.heredocs.append(target.text)

    def _skip_heredocs(self) -> None:
        for delimiter in self.heredocs:
            while self.at < len(self.text):
                end = self._find("\n", self.at)
                finished = self.text[self.at : end].strip("\t\r") == delimiter
                self._to(min(end + 1, len(self.text)))
                if finished:
                    break
        self.heredocs.clear()

    def _word(self) -> Word:
        begin, line, pieces = self.at, self.line, list[str]()
        while self.at < len(self.text):
            character = self.text[self.at]
            if plain := _PLAIN.match(self.text, self.at):
                pieces.append(plain[0])
                self.at = plain.end()
            elif character == "\\":
                pieces.append(self.text[self.at + 1 : self.at + 2].replace("\n", ""))
                self._to(min(self.at + 2, len(self.text)))
            elif character == "'":
                end = self._find("'", self.at + 1)
                pieces.append(self.text[self.at + 1 : end])
                self._to(min(end + 1, len(self.text)))
            elif character == '"':
                pieces.extend(self._double_quoted())
            elif character in "$`":
                pieces.append(self._expansion())
            elif character == "#":
                pieces.append(character)
                self.at += 1
            else:
                break
        return Word("".join(pieces), self.text[begin : self.at].replace("\\\n", " "), line)

    def _double_quoted(self) -> Iterator[str]:
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != '"':
            character = self.text[self.at]
            if character == "\\":
                following = self.text[self.at + 1 : self.at + 2]
                yield "" if following == "\n" else following if following in '"\\$`' else character + following
                self._to(min(self.at + 2, len(self.text)))
            elif character in "$`":
                yield self._expansion()
            else:
                yield character
                self._to(self.at + 1)
        self.at = min(self.at + 1, len(self.text))

    def _expansion(self) -> str:
        """`$name`, `${…}`, `$(…)` or backquotes, as written."""
        begin = self.at
        if self.text[begin] == "`":
            self._to(min(self._find("`", begin + 1) + 1, len(self.text)))
        elif self.text.startswith("${", begin):
            self._to(self._balanced("{", "}"))
        elif self.text.startswith("$(", begin):
            self._to(self._balanced("(", ")"))
        else:
            self.at += 1
        return self.text[begin : self.at]

    def _balanced(self, opening: str, closing: str) -> int:
        """The position after the bracket that closes the one after `$`."""
        depth, at, quote = 0, self.at + 1, ""
        while at < len(self.text):
            character = self.text[at]
            if character == "\\":
                at += 1
            elif quote:
                quote = "" if character == quote else quote
            elif character in "'\"" and opening == "(":
                quote = character
            elif character == opening:
                depth += 1
            elif character == closing:
                depth -= 1
                if depth == 0:
                    return at + 1
            at += 1
        return len(self.text)
