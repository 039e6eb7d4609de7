"""Keys, hosts, cookies and transport security, and log files."""

from collections.abc import Iterator, Mapping
from typing import Any

from analyzer.facts.django.answers import SettingsView, answer, names
from analyzer.facts.django.plain_settings import to_plain
from analyzer.facts.evaluator.values import RANDOM, FromEnv, OneOf, Value, truth
from analyzer.facts.evaluator.values import Unresolved as UnresolvedValue
from analyzer.model.evidence import Answer, Evidence, Fact, Unresolved
from analyzer.model.facts import Plain

_COOKIES = (
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SAMESITE",
    "USE_X_FORWARDED_HOST",
    "USE_X_FORWARDED_PORT",
)


def secret_key(view: SettingsView) -> Answer[str]:
    """Where SECRET_KEY comes from: never the key itself."""
    evidence = view.evidence("SECRET_KEY")
    value = view.bare.namespace.values.get("SECRET_KEY")
    if value is None:
        return Unresolved(reason="SECRET_KEY is not set in the tree", evidence=evidence)
    described = _describe_key(value)
    if described is None:
        return Unresolved(reason="SECRET_KEY is computed at run time", evidence=evidence)
    return Fact(value=described, evidence=tuple(dict.fromkeys((*_random_places(value), *evidence))))


def _random_places(value: Value) -> Iterator[Evidence]:
    """Where the branches that draw a key write it."""
    for _, branch in value.data.branches if isinstance(value.data, OneOf) else ():
        if branch.at is not None and isinstance(branch.data, UnresolvedValue) and branch.data.reason.endswith(RANDOM):
            yield Evidence(path=branch.at.path, line=branch.at.line)


def _describe_key(value: Value) -> str | None:
    data = value.data
    variables = ", ".join(sorted(value.env))
    if isinstance(data, FromEnv):
        return f"environment {data.name}"
    if isinstance(data, UnresolvedValue):
        if data.reason.endswith(RANDOM):
            return f"environment {variables}, otherwise {data.reason}" if variables else data.reason
        return None
    if isinstance(data, OneOf):
        parts = {_describe_key(branch) or "computed" for _, branch in data.branches}
        return " or ".join(sorted(parts))
    if truth(value) is False:
        return f"environment {variables}" if variables else "empty"
    if isinstance(data, str):
        return f"environment {variables}, otherwise hard-coded" if variables else "hard-coded"
    return None


def secure_settings(view: SettingsView) -> Mapping[str, Answer[Plain]]:
    """SECURE_* and the cookie settings that the project sets."""
    wanted = [n for n in names(view) if n.startswith("SECURE_") or n in _COOKIES]
    return {name: answer(view, name, lambda plain: plain) for name in wanted}


def logging_files(view: SettingsView) -> Answer[tuple[str, ...]]:
    """Files that the handlers of LOGGING write to."""
    evidence = view.evidence("LOGGING")
    value = view.bare.namespace.values.get("LOGGING")
    if value is None:
        return Fact(value=(), evidence=evidence)
    plain = to_plain(value)
    if not isinstance(plain, Mapping):
        return Unresolved(reason="LOGGING is computed at run time", evidence=evidence)
    handlers: Any = plain.get("handlers", {})
    if not isinstance(handlers, Mapping):
        return Unresolved(reason="the handlers of LOGGING are computed at run time", evidence=evidence)
    files = {
        str(handler["filename"]) if isinstance(handler["filename"], str) else "a file named at run time"
        for handler in handlers.values()
        if isinstance(handler, Mapping) and "filename" in handler
    }
    return Fact(value=tuple(sorted(files)), evidence=evidence)
