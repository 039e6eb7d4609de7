"""Takes secrets out of lines of source that a report quotes, whatever language they are in.

Too much is hidden rather than too little: on a line that names a secret, every literal goes but names of variables.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from analyzer.facts.environment_names import is_secret
from analyzer.facts.existing.redaction import redact_text
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.texts import HIDDEN

_WORD = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_LITERAL = lazy_pattern(r"""(\"{3}|'{3}|["'])((?:\\.|(?!\1).)*)(\1|$)(\s*:)?""")
_VARIABLE = lazy_pattern(r"[A-Z][A-Z0-9_]*")
_BARE = lazy_pattern(r"""^(\s*(?:export\s+|-\s+|ENV\s+|ARG\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*[:=]\s*)([^\s"'#].*)$""")
_PAIR = lazy_pattern(r"""([{,]\s*|^\s*-?\s*)([A-Za-z_][\w.-]*)(\s*:\s+)([^\s,}"'\[{&*$][^,}"']*)""")
"""`name: value` in YAML, on a line of its own or among others."""
_VALUE = lazy_pattern(r"\s*(?:-\s+)?value\s*:")
NEAR = 3
"""Lines within which the name of a value stands, `- key: SECRET_KEY` above or below of `value: …`."""
_CODE = lazy_pattern(r"[\w.]*[(\[{].*|[A-Za-z_][A-Za-z_.]*\s*")
"""What stands behind `=` in Python where it is no literal: a call, a name."""
_KEY_BEGIN = lazy_pattern(r"-----BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY(?: BLOCK)?")
_KEY_END = lazy_pattern(r"-----END ")


def redact_lines(path: RepoPath, lines: Sequence[str], skip: int = 0) -> Iterator[str]:
    """The lines of a file, one after the other from a place where nothing is open, as they may be shown.

    Args:
        skip: lines at the beginning that are left out, and only say what is open behind them.
    """
    depth = 0
    quote = ""
    in_key = False
    for number, line in enumerate(lines):
        begins, ends = _KEY_BEGIN.search(line), _KEY_END.search(line)
        if in_key or begins:
            in_key = not ends if in_key else not (ends and begins and ends.start() > begins.start())
            if number >= skip:
                yield HIDDEN
            continue
        if quote:
            quote = "" if quote in line else quote
            if number >= skip:
                yield HIDDEN
            continue
        hidden = depth > 0 or _names_secret(line) or (_VALUE.match(line) is not None and _near_secret(lines, number))
        if hidden:
            depth = max(0, depth + _opened(line))
            quote = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")
        if number < skip:
            continue
        if hidden:
            line = _without_bare(_LITERAL.sub(_shown, line), path)
            line = line if path.endswith(".py") else _PAIR.sub(_pair, line)
        yield redact_text(line)


@lru_cache(maxsize=4_096)  # each line is asked for again with the lines around it
def _names_secret(line: str) -> bool:
    """Whether a name outside of literals, or a literal that is a name, is that of a secret."""
    names = [word[0] for word in _WORD.finditer(_LITERAL.sub(" ", line)) if word[0] != "key"]  # of any mapping
    names += [literal[2] for literal in _LITERAL.finditer(line) if _WORD.fullmatch(literal[2])]
    return any(map(is_secret, names))


def _near_secret(lines: Sequence[str], number: int) -> bool:
    return any(map(_names_secret, lines[max(0, number - NEAR) : number + NEAR + 1]))


def _pair(match: re.Match[str]) -> str:
    begin, name, colon, value = match.groups()
    hidden = (is_secret(name) or name == "value") and not _names_another(name, value)
    return f"{begin}{name}{colon}{HIDDEN if hidden else value}"


def _names_another(name: str, value: str) -> bool:
    """`key: SECRET_KEY`, whose value is a name."""
    return name in ("key", "name") and _VARIABLE.fullmatch(value.strip()) is not None


def _shown(match: re.Match[str]) -> str:
    quote, text, end, colon = match[1], match[2], match[3], match[4] or ""
    keeps = not text or colon or _VARIABLE.fullmatch(text)
    return f"{quote}{text if keeps else HIDDEN}{end}{colon}"


def _without_bare(line: str, path: RepoPath) -> str:
    """`NAME=value` and `name: value` without quotes; code that is called like a secret is none."""
    match = _BARE.match(line)
    if (
        match is None
        or not is_secret(match[2])
        or _names_another(match[2], match[3])
        or (path.endswith(".py") and _CODE.fullmatch(match[3]))
    ):
        return line
    return f"{match[1]}{HIDDEN}"


def _opened(line: str) -> int:
    """Brackets that a line opens and leaves open, less those that it closes."""
    return sum(line.count(one) for one in "([{") - sum(line.count(one) for one in ")]}")
