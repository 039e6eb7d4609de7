"""Takes secrets out of values that deployment files give."""

import re

from analyzer.facts.environment_names import is_secret
from analyzer.model.lazy_pattern import lazy_pattern

HIDDEN = "***"
"""Stands for what was taken out."""

_CREDENTIALS = lazy_pattern(r"(?<=://)[^\s/@:'\"$]+(?::[^\s/@'\"]*)?(?=@)")
_ASSIGNED = lazy_pattern(r"""\b([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"'$]\S*)""")
_SERVICE_URL = lazy_pattern(r"[a-z][a-z0-9+.-]*://[^\s]*$", re.IGNORECASE)
_SERVICE_NAME = lazy_pattern(r"(URL|URI|DSN)S?$", re.IGNORECASE)
_REFERENCE = lazy_pattern(r"\$\{[^{}]*\}|\$[A-Za-z_]\w*|\{\{[^{}]*\}\}")


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
    """Credentials of URLs and assignments to secrets inside a command."""
    return _ASSIGNED.sub(_assignment, _credentials(text))


def _assignment(match: re.Match[str]) -> str:
    hidden = is_secret(match[1]) and not _SERVICE_URL.match(match[2].strip("'\""))
    return f"{match[1]}={HIDDEN}" if hidden else match[0]


def _credentials(text: str) -> str:
    return _CREDENTIALS.sub(HIDDEN, text) if "://" in text else text
