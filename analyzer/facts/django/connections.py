"""The addresses that the settings give: databases, caches, channel layers, task queues, object storage."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.evaluator.addresses import index_of, is_secret_part, part_of, split_url
from analyzer.facts.evaluator.library.service_urls import BY_URL
from analyzer.facts.evaluator.values import OneOf, Unresolved, Value, all_env
from analyzer.model.connections import Connection, ConnectionPart, ConnectionRole
from analyzer.model.evidence import Evidence
from analyzer.tables import load_table

DATABASE_KEYS = {
    "ENGINE": "engine",
    "HOST": "host",
    "PORT": "port",
    "USER": "user",
    "PASSWORD": "password",
    "NAME": "name",
}
QUEUE_KEYS = {
    "url": "url",
    "location": "url",
    "address": "url",
    "host": "host",
    "port": "port",
    "username": "user",
    "password": "password",
    "db": "index",
}
QUEUE_SETTINGS = ("RQ_QUEUES", "HUEY", "Q_CLUSTER", "DRAMATIQ_BROKER", "DRAMATIQ_RESULT_BACKEND", "SESSION_REDIS")
MAX_DEPTH = 8
MAX_PLACES = 20
"""Addresses of one setting."""
MAX_ALIASES = 100
"""Databases, and caches."""


def connections(view: SettingsView) -> tuple[Connection, ...]:
    """Every address of the settings; those of Celery are told by the task queue's own facts."""
    return (
        *database_connections(view),
        *_caches(view),
        *_nested(view, "CHANNEL_LAYERS", ConnectionRole.CHANNELS),
        *(found for setting in QUEUE_SETTINGS for found in _nested(view, setting, ConnectionRole.QUEUE)),
        *_storages(view),
    )


def address_connection(
    role: ConnectionRole,
    name: str,
    setting: str,
    value: Value,
    bare: Value | None,
    evidence: tuple[Evidence, ...],
    *,
    tls_options: bool = False,
) -> Connection | None:
    """The connection of a setting that is one URL, or a list of which the first counts."""
    whole = part_of(_first(value), _first(bare))
    if whole is None:
        return None
    return Connection(
        role=role, name=name, setting=setting, parts=_url_parts(whole), tls_options=tls_options, evidence=evidence
    )


def database_connections(view: SettingsView) -> Iterator[Connection]:
    """The addresses of DATABASES."""
    bare = _mapping(view.bare.namespace.values.get("DATABASES"))
    for alias, entry in _aliases(view, "DATABASES"):
        config, plain = _mapping(entry), _mapping(bare.get(alias))
        engine = config.get("ENGINE")
        parts: dict[str, ConnectionPart] = {}
        if not config and len(all_env(entry)) == 1:  # empty until the variable is set
            (name,) = all_env(entry)
            parts["url"] = ConnectionPart(text=f"${{{name}}}", variables=(name,))
        elif engine is not None and str(getattr(engine.data, "kind", "")).startswith(BY_URL):
            names = sorted(all_env(engine))
            if len(names) == 1:
                parts["url"] = ConnectionPart(text=f"${{{names[0]}}}", variables=(names[0],))
        else:
            for key, name in DATABASE_KEYS.items():
                found = part_of(config.get(key), plain.get(key), secret=is_secret_part(name))
                if found is not None and not (name == "name" and found.text.startswith("/")):
                    parts[name] = found
            parts = _of_one_url(parts)
        if parts:
            yield _connection(view, ConnectionRole.DATABASE, alias, "DATABASES", parts)


def _aliases(view: SettingsView, setting: str) -> Iterator[tuple[str, Value]]:
    entries = _mapping(view.configured.namespace.values.get(setting))
    if len(entries) > MAX_ALIASES:
        reason = f"entries of {setting} beyond the first {MAX_ALIASES:,}"
        view.configured.interpreter.repo.leave_out(view.configured.path, reason)
    return islice(entries.items(), MAX_ALIASES)


def _of_one_url(parts: dict[str, ConnectionPart]) -> dict[str, ConnectionPart]:
    """The parts; where host and name come from one variable, it is a URL that a library took apart."""
    host, name = parts.get("host"), parts.get("name")
    if host is None or name is None or host.variable is None or host.variable != name.variable:
        return parts
    engine = {"engine": parts["engine"]} if "engine" in parts and not parts["engine"].variables else {}
    return {"url": host, **engine}


def _caches(view: SettingsView) -> Iterator[Connection]:
    bare = _mapping(view.bare.namespace.values.get("CACHES"))
    for alias, entry in _aliases(view, "CACHES"):
        config, plain = _mapping(entry), _mapping(bare.get(alias))
        found = part_of(_first(config.get("LOCATION")), _first(plain.get("LOCATION")))
        backend = part_of(config.get("BACKEND"))
        if found is not None and (found.variables or "://" in found.text):
            parts = _url_parts(found)
            if backend is not None and not backend.variables:
                parts["engine"] = backend
            tls = _mentions(config.get("OPTIONS"), "ssl", 0)
            yield _connection(view, ConnectionRole.CACHE, alias, "CACHES", parts, tls)


def _nested(view: SettingsView, setting: str, role: ConnectionRole) -> Iterator[Connection]:
    """Addresses at any depth of a setting: mappings with a host or a URL, texts and pairs in lists of hosts."""
    value = view.configured.namespace.values.get(setting)
    bare = view.bare.namespace.values.get(setting)
    if value is None:
        return
    tls = _mentions(value, "ssl", 0)
    seen: list[Mapping[str, ConnectionPart]] = []
    for parts in _addresses(value, bare, 0):
        if parts not in seen and len(seen) < MAX_PLACES:
            seen.append(parts)
            yield _connection(view, role, setting, setting, parts, tls)


def _addresses(value: Value, bare: Value | None, depth: int) -> Iterator[dict[str, ConnectionPart]]:
    data, plain = _chosen(value).data, _chosen(bare).data if bare is not None else None
    if depth > MAX_DEPTH or not isinstance(data, dict | list | tuple):
        return
    if isinstance(data, dict):
        parts = _keyed(data, plain if isinstance(plain, dict) else {})
        if "url" in parts or "host" in parts:
            yield parts
            return
        for key, inner in data.items():
            other = plain.get(key) if isinstance(plain, dict) else None
            if str(key).lower() == "hosts":
                yield from _hosts(inner, other)
            elif str(key).lower() in ("redis", "connection") and not isinstance(_chosen(inner).data, dict):
                found = part_of(_first(inner), _first(other))
                if found is not None:
                    yield _url_parts(found)
            else:
                yield from _addresses(inner, other, depth + 1)
        return
    for position, inner in enumerate(data):
        other = plain[position] if isinstance(plain, list | tuple) and position < len(plain) else None
        yield from _addresses(inner, other, depth + 1)


def _hosts(value: Value, bare: Value | None) -> Iterator[dict[str, ConnectionPart]]:
    """The first of a list of hosts: a URL, a pair of host and port, or a mapping (channels_redis, core.py)."""
    first, plain = _first(value), _first(bare)
    data = None if first is None else _chosen(first).data
    other = None if plain is None else _chosen(plain).data
    if isinstance(data, dict):
        yield _keyed(data, other if isinstance(other, dict) else {})
    elif isinstance(data, list | tuple) and len(data) >= 2:
        pair = other if isinstance(other, list | tuple) and len(other) >= 2 else (None, None)
        found = {"host": part_of(data[0], pair[0]), "port": part_of(data[1], pair[1])}
        yield {key: part for key, part in found.items() if part is not None}
    else:
        whole = part_of(first, plain)
        if whole is not None:
            yield _url_parts(whole)


def _keyed(data: Mapping[Any, Value], plain: Mapping[Any, Value]) -> dict[str, ConnectionPart]:
    parts: dict[str, ConnectionPart] = {}
    for key, value in data.items():
        name = QUEUE_KEYS.get(str(key).lower())
        found = part_of(_first(value), _first(plain.get(key)), secret=name == "password") if name is not None else None
        if name is not None and found is not None:
            parts |= _url_parts(found) if name == "url" else {name: found}
    return parts


def _storages(view: SettingsView) -> Iterator[Connection]:
    """The object storage that AWS_* settings or the options of STORAGES describe."""
    values = view.configured.namespace.values
    options = [
        _mapping(_mapping(entry).get("OPTIONS")) for entry in _mapping(values.get("STORAGES")).values() if entry.data
    ]
    parts: dict[str, ConnectionPart] = {}
    places: list[Evidence] = []
    for name, row in _storage_parts().items():
        for setting in row["settings"]:
            found = part_of(values.get(setting), view.bare.namespace.values.get(setting), is_secret_part(name))
            if found is not None and name not in parts:
                parts[name] = found
                places += view.evidence(setting)[:1]
        for option in row["options"]:
            for mapping in options:
                found = part_of(mapping.get(option), None, is_secret_part(name))
                if found is not None and name not in parts:
                    parts[name] = found
                    places += view.evidence("STORAGES")[:1]
    if "bucket" in parts:
        yield Connection(
            role=ConnectionRole.STORAGE,
            name="default",
            setting="STORAGES",
            parts=parts,
            evidence=tuple(dict.fromkeys(places)),
        )


def _url_parts(part: ConnectionPart) -> dict[str, ConnectionPart]:
    parts = {"url": part, **split_url(part)}
    number = next((n for t in (part.text, part.default) if t and (n := index_of(t)) is not None), None)
    if number is not None:
        parts["index"] = ConnectionPart(text=str(number))
    return parts


def _connection(
    view: SettingsView,
    role: ConnectionRole,
    name: str,
    setting: str,
    parts: Mapping[str, ConnectionPart],
    tls_options: bool = False,
) -> Connection:
    return Connection(
        role=role,
        name=name,
        setting=setting,
        parts=parts,
        tls_options=tls_options,
        evidence=view.configured.evidence(setting) or view.evidence(setting),
    )


def _mapping(value: Value | None) -> Mapping[str, Value]:
    """A mapping by text keys; of undecided branches the last that is a mapping with something in it."""
    data = None if value is None else _chosen(value).data
    return {str(key): inner for key, inner in data.items()} if isinstance(data, dict) else {}


def _chosen(value: Value) -> Value:
    """The value, or of undecided branches the one in which a variable has a say, else the first that is known."""
    if not isinstance(value.data, OneOf):
        return value
    branches = [branch for _, branch in value.data.branches if branch.data and not isinstance(branch.data, Unresolved)]
    return next((branch for branch in branches if all_env(branch)), branches[0] if branches else value)


def _first(value: Value | None) -> Value | None:
    """The value, or the first element of a list of addresses."""
    chosen = None if value is None else _chosen(value)
    if chosen is not None and isinstance(chosen.data, list | tuple):
        return _chosen(chosen.data[0]) if chosen.data else None
    return chosen


def _mentions(value: Value | None, word: str, depth: int) -> bool:
    """Whether a key at any depth has the word in it."""
    data = None if value is None else value.data
    if depth > MAX_DEPTH or not isinstance(data, dict):
        return False
    return any(word in str(key).lower() or _mentions(inner, word, depth + 1) for key, inner in data.items())


@cache
def _storage_parts() -> Mapping[str, Mapping[str, list[str]]]:
    parts: Mapping[str, Mapping[str, list[str]]] = load_table("analyzer.facts", "object_storage")["parts"]
    return parts
