"""The programs of patterns: what `re.compile` makes of a text before it builds the object.

The standard library has no public way to keep them. What is kept was compared, when it was written, with what
`re.compile` makes, by the very interpreter that reads it; where its inner modules are not as they are known here,
nothing is kept, and patterns are compiled as ever. The patterns that the imported libraries have in their code are
kept as well: compiling those takes a tenth of a small scan.
"""

import importlib
import re
import sys
from typing import Any, TypeAlias

from analyzer.precompiled import store

_NAME = "patterns"
_Pattern: TypeAlias = tuple[str | bytes, int]
"""Text and flags."""
_Program: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, program (unsigned integers of this machine), number of groups, groups by name, names by group: what builds a
pattern besides its text."""

CO_OPTIMIZED = 1
"""Flag of the code of a function (`inspect`, which takes long to import); that of a module or a class is without it."""

_known: dict[_Pattern, _Program] | None = None
_lacking: list[_Pattern] = []
_built: dict[_Pattern, re.Pattern[Any]] = {}


def compiled(text: str | bytes, flags: int = 0) -> re.Pattern[Any]:
    """`re.compile`, without its work where that is kept."""
    pattern = _built.get((text, flags))
    if pattern is None:
        program = _kept().get((text, flags))
        if program is None:
            _lacking.append((text, flags))
            pattern = re.compile(text, flags)
        else:
            pattern = _build((text, flags), program)
        _built[text, flags] = pattern
    return pattern


def use_kept_patterns() -> None:
    """Let `re` find what is kept, for whoever asks it for a pattern, from now on."""
    name = next((one for one in ("_cache2", "_cache") if type(getattr(re, one, None)) is dict), None)
    if name is not None:
        setattr(re, name, _Cache(getattr(re, name)))


class _Cache(dict[tuple[type, Any, int], re.Pattern[Any]]):
    """What `re` keeps of the patterns that were used last: it looks here first, and compiles after a KeyError."""

    def __missing__(self, key: tuple[type, Any, int]) -> re.Pattern[Any]:
        kind, text, flags = key
        if kind is str or kind is bytes:
            program = _kept().get((text, flags))
            if program is not None:
                pattern = self[key] = _build((text, flags), program)
                return pattern
            caller = sys._getframe(3).f_code  # of re.compile, re.search and the others, behind re._compile
            if text in caller.co_consts or not caller.co_flags & CO_OPTIMIZED:
                _lacking.append((text, flags))
        raise KeyError(key)


def keep_patterns() -> None:
    """Write the programs that were lacking, if any were. Raises OSError where that is impossible."""
    programs = {pattern: program for pattern in _lacking if (program := _program(pattern))}
    _lacking.clear()
    if programs:
        store.write(_NAME, sys.version, {**_kept(), **programs})


def _kept() -> dict[_Pattern, _Program]:
    global _known
    if _known is None:
        found = store.read(_NAME, sys.version)
        _known = found[0] if found else {}
    return _known


def _build(pattern: _Pattern, program: _Program) -> re.Pattern[Any]:
    try:
        flags, code, *groups = program
        integers = memoryview(code).cast("I").tolist()
        built: re.Pattern[Any] = importlib.import_module("_sre").compile(pattern[0], flags, integers, *groups)
    except Exception:  # a damaged file, of whatever kind the damage is
        _kept().pop(pattern, None)
        return re.compile(*pattern)
    return built


def _program(pattern: _Pattern) -> _Program | None:
    """What `re.compile` works out for a text; None where its inner modules are others than those known here."""
    text, flags = pattern
    try:
        parsed = importlib.import_module("re._parser").parse(text, flags)
        code = importlib.import_module("re._compiler")._code(parsed, flags)
        groups, by_name = parsed.state.groups, dict(parsed.state.groupdict)
        names: list[str | None] = [None] * groups
        for name, index in by_name.items():
            names[index] = name
        integers = importlib.import_module("struct").pack(f"{len(code)}I", *code)
        program = int(flags | parsed.state.flags), integers, groups - 1, by_name, tuple(names)
        return program if _build(pattern, program) == re.compile(text, flags) else None
    except Exception:  # of the standard library's inner modules nothing is promised
        return None
