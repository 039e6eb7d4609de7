"""`re.compile`, done when a pattern is first used: the project has some 400, and a scan needs a part of them.

Compiling all of them at import takes longer than reading a small repository. What compiling makes is kept for the next
start, so the texts must be the program's own, never one of a repository's.
"""

from typing import TYPE_CHECKING, Any

from analyzer.precompiled.patterns import compiled

if TYPE_CHECKING:
    from re import compile as lazy_pattern
else:

    class lazy_pattern:
        """The pattern `text`; every attribute is that of the compiled pattern."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self.pattern = text
            self._arguments = text, int(flags)
            texts.append(self._arguments)

        def __getattr__(self, name: str) -> Any:
            pattern = self.__dict__.get("_compiled")
            if pattern is None:
                pattern = self._compiled = compiled(*self._arguments)
            value = getattr(pattern, name)
            self.__dict__[name] = value  # the next use finds it at once
            return value


__all__ = ["lazy_pattern", "texts"]

texts: list[tuple[str | bytes, int]] = []
"""Text and flags of every pattern there is."""
