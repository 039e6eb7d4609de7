"""Names of components and databases: 2 to 32 lower-case letters, digits and dashes, each once in an app."""

from collections.abc import Iterable

from analyzer.model.lazy_pattern import lazy_pattern

MAX_LENGTH = 32
VALID = lazy_pattern(r"[a-z][a-z0-9-]{0,30}[a-z0-9]")
_OTHER = lazy_pattern(r"[^a-z0-9]+")
_CAMEL = lazy_pattern(r"(?<=[a-z0-9])(?=[A-Z])")


def slug(text: str, otherwise: str) -> str:
    """The text as a name; `otherwise` where nothing of it can be one."""
    name = _OTHER.sub("-", _CAMEL.sub("-", text).lower()).strip("-")
    name = name.lstrip("0123456789-")[:MAX_LENGTH].strip("-")
    return name if VALID.fullmatch(name) else otherwise


class Names:
    """The names that an app has given away."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def give(self, text: str, otherwise: str) -> str:
        """A name for the text, with a number behind it where the name is taken."""
        name = slug(text, otherwise)
        number, given = 2, name
        while given in self._taken:
            given = f"{name[: MAX_LENGTH - len(str(number)) - 1].rstrip('-')}-{number}"
            number += 1
        self._taken.add(given)
        return given
