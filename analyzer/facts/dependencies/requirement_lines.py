"""The lines of a requirements file, one by one: no file is opened here.

The grammar is pip's (its reference, "Requirements File Format"): comments, continuations, options, and requirements
that are PEP 508 text, an address or a local path.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from packaging.requirements import InvalidRequirement, Requirement

from analyzer.facts.dependencies.names import canonical
from analyzer.facts.dependencies.urls import has_login, is_vcs, name_in_url, without_credentials
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

_COMMENT = lazy_pattern(r"(?:^|(?<=\s))#.*$")
_COMMENT_LINE = lazy_pattern(r"\s*#")
_VARIABLE = lazy_pattern(r"\$\{[A-Z0-9_]+\}")
_QUOTING = lazy_pattern(r"['\"\\]")
_OPTION = lazy_pattern(r"(?:^|\s)(?=--?[A-Za-z])")
_NAMED = lazy_pattern(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*(?:[=<>!~@;]|$)")
_EXTRAS = lazy_pattern(r"^(?P<path>.*?)\[(?P<extras>[A-Za-z0-9._, -]*)\]$")
_INCLUDES = {"-r": False, "--requirement": False, "-c": True, "--constraint": True}
_INDEXES = {
    "-i": False,
    "--index-url": False,
    "--pypi-url": False,
    "--extra-index-url": True,
    "-f": True,
    "--find-links": True,
}
_WITH_VALUE = frozenset(
    {
        "--no-binary",
        "--only-binary",
        "--trusted-host",
        "--use-feature",
        "--hash",
        "--global-option",
        "--install-option",
        "--config-settings",
        "--config-setting",
        "-C",
    }
)
_ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar")

MAX_LENGTH = 10_000
"""Characters of one requirement, without its options: real ones have some hundred, and patterns stay quick on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A requirement: a name with a PEP 440 specifier ("" for any), or what an address or path (`url`) installs."""

    name: str | None
    """Canonical name; None for a local path, whose own files name it."""
    specifier: str = ""
    extras: tuple[str, ...] = ()
    marker: str | None = None
    url: str | None = None
    """Credentials removed; a local path as written."""
    editable: bool = False
    version: str | None = None
    """The version in the file name of an address."""
    doubt: str | None = None
    """What is wrong with it where only the name could be read: installers refuse such a requirement."""

    @property
    def local_path(self) -> str | None:
        """The folder or file of a local requirement, relative to the file that names it."""
        if self.url is None or "://" in self.url.removeprefix("file:") or is_vcs(self.url):
            return None
        return self.url.removeprefix("file:")

    @property
    def pinned(self) -> str | None:
        """The one version that will do, None when there are several."""
        exact = self.specifier.startswith("==") and "," not in self.specifier and "*" not in self.specifier
        return self.specifier.lstrip("=").strip() if exact else self.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """`-r` or `-c` with the path as written."""

    path: str
    constraint: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index or a page of links; `url` without credentials."""

    url: str
    extra: bool
    login: bool = False
    """Whether there were credentials, or variables in place of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invalid:
    """A line that pip would refuse, and why."""

    reason: str


Line: TypeAlias = Wanted | Include | Index | Invalid


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """-> (number of the first physical line, text) of each line that is not blank or comment, continuations joined."""
    pending: list[str] = []
    start = 0
    # pip also ends lines at other separators, which no editor counts.
    for number, line in (
        (n, part) for n, whole in enumerate(text.split("\n"), 1) for part in whole.splitlines() or [""]
    ):
        start = start or number
        comment = _COMMENT_LINE.match(line)
        if line.endswith("\\") and not comment:
            pending.append(line.rstrip("\\"))
            continue
        # A comment line ends a continuation; the space keeps its "#" the start of a comment once joined.
        pending.append(f" {line}" if comment else line)
        joined = _COMMENT.sub("", "".join(pending)).strip()
        if joined:
            yield start, joined
        pending, start = [], 0
    joined = _COMMENT.sub("", "".join(pending)).strip()
    if joined:
        yield start, joined


def parse_line(text: str) -> tuple[Line, ...]:
    """What one logical line says; () for an option that changes no fact (`--pre`, `--no-binary :all:`, `--hash=…`)."""
    found = _OPTION.search(text)
    requirement, options = (text[: found.start()], text[found.start() :]) if found else (text, "")
    try:
        # Lists of hashes are long, and shlex takes them character by character.
        words = shlex.split(options) if _QUOTING.search(options) else options.split()
        parsed = tuple(_options(words))
    except ValueError as error:
        return (Invalid(reason=f"cannot be split into options: {error}"),)
    return ((parse_requirement(requirement),) if requirement.strip() else ()) + parsed


def _options(words: list[str]) -> Iterator[Line]:
    position = 0
    while position < len(words):
        word = words[position]
        name, _, value = word.partition("=") if word.startswith("--") else (word[:2], "", word[2:])
        position += 1
        if name in _INCLUDES or name in _INDEXES or name in ("-e", "--editable") or name in _WITH_VALUE:
            if not value:
                value = words[position] if position < len(words) else ""
                position += 1
            if not value:
                yield Invalid(reason=f"{name} has no value")
                continue
        if name in _INCLUDES:
            yield Include(path=value, constraint=_INCLUDES[name])
        elif name in _INDEXES:
            yield Index(url=without_credentials(value), extra=_INDEXES[name], login=has_login(value))
        elif name in ("-e", "--editable"):
            yield parse_requirement(value, editable=True)
        elif not word.startswith("-"):
            yield Invalid(reason=f"pip ignores `{word}` after an option")


def parse_requirement(text: str, *, editable: bool = False) -> Wanted | Invalid:
    """One requirement: PEP 508 text, an address, a VCS address or a local path."""
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return Invalid(reason=f"is longer than {MAX_LENGTH:,} characters")
    if editable or is_vcs(text) or _looks_like_path(text):
        return _address(text, editable)
    try:
        requirement = Requirement(text)
    except InvalidRequirement as error:
        return _unreadable(text, str(error))
    url = without_credentials(requirement.url) if requirement.url else None
    return Wanted(
        name=canonical(requirement.name),
        specifier=str(requirement.specifier),
        extras=tuple(sorted(map(canonical, requirement.extras))),
        marker=str(requirement.marker) if requirement.marker else None,
        url=url,
        version=name_in_url(url)[1] if url else None,
    )


def _looks_like_path(text: str) -> bool:
    """As pip tells it: an address, a path by its first character or a separator in it, or the name of an archive."""
    before_marker = text.split(";")[0].strip()
    before_address = before_marker.split("@")[0]
    return (
        "://" in before_address
        or before_marker.startswith((".", "/", "~", "file:"))
        or ("@" not in before_marker and ("/" in before_marker or before_marker.endswith(_ARCHIVES)))
    )


def _address(text: str, editable: bool) -> Wanted | Invalid:
    if editable and re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]*\])?\s*@\s", text):
        wanted = parse_requirement(text)
        return wanted if isinstance(wanted, Invalid) else replace(wanted, editable=True)
    address, _, marker = re.sub(r"\s+;\s+|;\s+|\s+;", " ; ", text, count=1).partition(" ; ")
    extras: tuple[str, ...] = ()
    bracket = (
        _EXTRAS.match(address)
        if "#" not in address
        else re.match(r"(?P<path>.*#.*egg=[^\[]+)\[(?P<extras>[^\]]*)\]", address)
    )
    if bracket:
        address = bracket["path"]
        extras = tuple(sorted(canonical(extra.strip()) for extra in bracket["extras"].split(",") if extra.strip()))
    if not address:
        return Invalid(reason="names no path or address")
    name, version = name_in_url(address)
    return Wanted(
        name=canonical(name) if name else None,
        extras=extras,
        marker=marker.strip() or None,
        url=without_credentials(address),
        editable=editable,
        version=version,
    )


def _unreadable(text: str, reason: str) -> Wanted | Invalid:
    """A variable may stand where pip will put a version; otherwise nothing installs this, but the name says much."""
    if "{{" in text or "{%" in text:
        return Invalid(reason="is a line of a template, not a requirement")
    named = _NAMED.match(text)
    doubt = None if _VARIABLE.search(text) else reason.splitlines()[0] if reason else "is not a requirement"
    if named is None:
        return Invalid(reason=doubt or "the name of the package comes from a variable")
    return Wanted(name=canonical(named.group(1)), extras=_split_extras(named.group(2)), doubt=doubt)


def _split_extras(text: str | None) -> tuple[str, ...]:
    return tuple(sorted(canonical(extra.strip()) for extra in (text or "").split(",") if extra.strip()))
