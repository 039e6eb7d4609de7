"""`re.compile`, done when a pattern is first used: the project has some 170, and a scan needs a part of them.

Compiling all of them at import takes longer than reading a small repository.
"""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as lazy_pattern
else:

    class lazy_pattern:
        """The pattern `text`; every attribute is that of the compiled pattern."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._arguments = text, flags

        def __getattr__(self, name: str) -> Any:
            compiled = self.__dict__.get("_compiled")
            if compiled is None:
                compiled = self._compiled = re.compile(*self._arguments)
            value = getattr(compiled, name)
            self.__dict__[name] = value  # the next use finds it at once
            return value


__all__ = ["lazy_pattern"]
