"""Takes secrets out of values that deployment files give."""

import re
import shlex
from collections.abc import Sequence
from functools import cache

from analyzer.facts.environment_names import is_secret
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.texts import HIDDEN
from analyzer.tables import load_table

MAX_SHOWN = 120
"""Characters of a line that is shown as a note."""
_CREDENTIALS = lazy_pattern(
    r"(?<=://)(?:[^\s/@:'\"$]+|(?=:))(?::(?:[^\s/@'\"]*|(?![0-9]{1,5}/)[^\s@'\"]{1,200}))?(?=@)"
)
_ASSIGNED = lazy_pattern(r"""\b([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"'$]\S*)""")
_OPTION = lazy_pattern(r"""(?<![\w-])--([A-Za-z][\w-]*)([ \t]+)("[^"]*"|'[^']*'|[^\s"'$-]\S*)""")
_PART = lazy_pattern(r"""([;?&,]\s*)([A-Za-z][\w -]{0,40})=([^;&\s"'$]+)""")
"""`;Password=value` of a connection string, `&token=value` of an address."""
_USER = lazy_pattern(r"""(?<![\w-])(-u[ =]?|--(?:proxy-)?user[ =])(["']?[^\s:"']+:)([^\s"'$]+)""")
"""The login that curl gets."""
_SHORT = lazy_pattern(
    r"""\b((?:sshpass|(?:docker|podman|npm)\s+login|mysql\w*|mariadb\w*)\s(?:[^|;&\n]{0,200}?\s)??-p\s?)(["']?[^\s"'$-][^\s"']*)"""
)
"""The password of programs that take it by an option of one letter."""
_FILE = lazy_pattern(r"[.~]{0,2}/|\S*\.[A-Za-z]{2,4}$")
_LOGIN = lazy_pattern(r"://[^/\s:@]*:(?:[^/\s@]+|(?![0-9]{1,5}/)[^\s@]{1,200})@|\bhttps?://[^/\s@:]{8,}@")
_SERVICE_URL = lazy_pattern(r"[a-z][a-z0-9+.-]*://[^\s]*$", re.IGNORECASE)
_SERVICE_NAME = lazy_pattern(r"(URL|URI|DSN)S?$", re.IGNORECASE)
_REFERENCE = lazy_pattern(r"\$\{[^{}]*\}|\$[A-Za-z_]\w*|\{\{[^{}]*\}\}")
_REFERS = lazy_pattern(rf"(?:[\w.-]{{1,64}}:)?(?:(?:{_REFERENCE.pattern}):?)+")
"""A reference, or a login whose password is one."""


def redact_value(name: str, value: str) -> str:
    """The value of a variable as it may be shown: credentials of URLs and values of secrets become `***`.

    A reference to another variable (`${db.DATABASE_URL}`) is no secret.
    """
    if not value or not _REFERENCE.sub("", value).strip():
        return value
    if _SERVICE_URL.match(value) and (_SERVICE_NAME.search(name) or not is_secret(name)):
        return redact_text(value)
    return HIDDEN if is_secret(name) else redact_text(value)


def redact_text(text: str) -> str:
    """Credentials of URLs, assignments to secrets, options that take one, and what is a secret by its shape."""
    return _without_words(_credentials(text))


def shown_line(text: str) -> str:
    """A line of the repository as a note beside a place: without secrets, and cut where it is long."""
    return redact_text(text.strip())[:MAX_SHOWN]


def redact_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a command, each as `redact_text` would have it among the others."""
    return tuple(_word(before, word) for before, word in zip(("", *words), words, strict=False))


def _word(before: str, word: str) -> str:
    alone = redact_text(word)
    if alone != word or not before.startswith("-"):
        return alone
    both = f"{before} {shlex.quote(word)}"
    return word if redact_text(both) == both else HIDDEN


def holds_secret(text: str) -> bool:
    """Whether a text has a login with a password or token in a URL, or anything else that `redact_text` hides.

    The mere user of a database's URL is none.
    """
    return _LOGIN.search(text) is not None or _without_words(text) != text


def _without_words(text: str) -> str:
    if "=" in text:
        text = _PART.sub(_part, text)
        text = _ASSIGNED.sub(_assignment, text)
    if "--" in text:
        text = _OPTION.sub(_option, text)
    if " -" in text:
        text = _SHORT.sub(rf"\1{HIDDEN}", text)
        text = _USER.sub(rf"\1\2{HIDDEN}", text) if "curl" in text or "http" in text else text
    return _shapes().sub(HIDDEN, text)


@cache
def _shapes() -> re.Pattern[str]:
    shapes = "|".join(load_table("analyzer.facts", "secret_shapes")["shapes"])
    return lazy_pattern(rf"(?<![A-Za-z0-9])(?:{shapes})")


def _option(match: re.Match[str]) -> str:
    """`--password x`; the file of a key is no secret, and of a URL the credentials are gone already."""
    name, blank, value = match.groups()
    text = value.strip("'\"")
    shown = not is_secret(name.replace("-", "_")) or _SERVICE_URL.match(text) or _FILE.match(text)
    return match[0] if shown else f"--{name}{blank}{HIDDEN}"


def _part(match: re.Match[str]) -> str:
    """A part of a longer text, whose name may be written in words: `Shared Access Key`."""
    begin, name, value = match.groups()
    shown = value.startswith(HIDDEN) or not is_secret(name.replace(" ", "_").replace("-", "_"))
    return match[0] if shown else f"{begin}{name}={HIDDEN}"


def _assignment(match: re.Match[str]) -> str:
    value = match[2].strip("'\"")
    refers = _REFERS.fullmatch(value) is not None
    hidden = is_secret(match[1]) and not refers and not _SERVICE_URL.match(value)
    return f"{match[1]}={HIDDEN}" if hidden else match[0]


def _credentials(text: str) -> str:
    return _CREDENTIALS.sub(HIDDEN, text) if "://" in text else text
