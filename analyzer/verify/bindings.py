"""Bindable variables (`${db.DATABASE_URL}`, `${APP_DOMAIN}`) filled in as the platform does.

Source: the platform's page on environment variables. What names nothing stays in the value literally, there and here.
"""

import re
from collections.abc import Mapping

from analyzer.model.lazy_pattern import lazy_pattern

Bindings = Mapping[str, Mapping[str, str]]
"""Values by component or database, then by variable; those of the app itself under ""."""

_REFERENCE = lazy_pattern(r"\$\{(?:(?P<component>[\w-]+)\.)?(?P<name>[A-Z][A-Z0-9_]*)\}")
_SELF = "_self"


def fill_in(value: str, component: str, known: Bindings) -> str:
    """The value with every reference that names something replaced; `component` is what `_self` stands for."""

    def resolve(match: re.Match[str]) -> str:
        return known.get(_owner(match, component), {}).get(match["name"], match[0])

    return _REFERENCE.sub(resolve, value)


def has_reference(value: str) -> bool:
    """Whether the value refers to something, which a build never sees."""
    return _REFERENCE.search(value) is not None


def unresolved(value: str, component: str, known: Bindings) -> list[str]:
    """The references in the value that name nothing."""
    found = _REFERENCE.finditer(value)
    return [match[0] for match in found if match["name"] not in known.get(_owner(match, component), {})]


def _owner(match: re.Match[str], component: str) -> str:
    written: str | None = match["component"]
    return component if written == _SELF else written or ""
