"""Compares a report document with what Django itself reported for the same repository (truth.json, truth_schema.md).

A value is right when it equals what Django came out with under the production settings, with only the required
variables set or with services configured too. It is undetermined when the document gives no value and says why. What
the truth does not know is not asked.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

VIEWS = ("production", "production_with_services")
SCHEMES = {"rediss": "redis", "amqps": "amqp", "pyamqp": "amqp", "sentinel": "redis", "valkey": "redis"}
MISSING = object()


class Outcome(StrEnum):
    """How an answer compares."""

    RIGHT = "right"
    WRONG = "wrong"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field with the values that count as right, and the keys that lead to it in the document."""

    field: str
    accepted: tuple[Any, ...]
    path: tuple[str, ...]
    normalise: Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One answer: the first of the accepted values, and what the document has (None when undetermined)."""

    field: str
    outcome: Outcome
    expected: Any
    got: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Variables:
    """Environment variables that Django read, and those of them without which it did not load."""

    read: tuple[str, ...]
    required: tuple[str, ...]
    unlisted: tuple[str, ...]
    not_marked_required: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Tally:
    """The sums over repositories: outcomes by field, and variables found out of those asked for."""

    fields: dict[str, Counter[Outcome]] = field(default_factory=dict)
    variables: Counter[str] = field(default_factory=Counter)

    def add(self, comparisons: Iterable[Comparison], variables: Variables) -> None:
        """Count one repository."""
        for comparison in comparisons:
            self.fields.setdefault(comparison.field, Counter())[comparison.outcome] += 1
        self.variables["read"] += len(variables.read)
        self.variables["listed"] += len(variables.read) - len(variables.unlisted)
        self.variables["required"] += len(variables.required)
        self.variables["marked required"] += len(variables.required) - len(variables.not_marked_required)

    def total(self) -> Counter[Outcome]:
        """The outcomes of all fields together."""
        return sum(self.fields.values(), Counter())


def compare(truth: Mapping[str, Any], document: Mapping[str, Any]) -> list[Comparison]:
    """Every question that the truth about a repository can answer, put to a report document ({} for none)."""
    return [_answer(question, document) for question in questions(truth)]


def compare_variables(truth: Mapping[str, Any], document: Mapping[str, Any]) -> Variables:
    """The environment variables of the production settings, looked up in a report document ({} for none)."""
    listed = {entry.get("name"): entry for entry in (document.get("facts") or {}).get("environment") or []}
    read = [entry for entry in truth.get("env") or [] if "production" in (entry.get("scenarios") or [])]
    required = [entry["name"] for entry in read if entry.get("required")]
    return Variables(
        read=tuple(entry["name"] for entry in read),
        required=tuple(required),
        unlisted=tuple(entry["name"] for entry in read if entry["name"] not in listed),
        not_marked_required=tuple(name for name in required if not listed.get(name, {}).get("required")),
    )


def questions(truth: Mapping[str, Any]) -> list[Question]:
    """What can be asked about a repository whose settings Django loaded; nothing about any other."""
    values = truth.get("values") or {}
    views = [values[name] for name in VIEWS if values.get(name)]
    if not truth.get("is_django") or not views:
        return []
    asked = [*_of_layout(truth), *_of_settings(views), *_of_task_queue(truth)]
    return [question for question in asked if question.accepted]


def value_at(document: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The value of the fact at the keys `path`; MISSING when the key is absent or the fact undetermined."""
    node: Any = document
    for key in path:
        if not isinstance(node, dict) or key not in node:
            return MISSING
        node = node[key]
    if isinstance(node, dict) and ("value" in node or "undetermined" in node):
        return MISSING if node.get("undetermined") else node.get("value")
    return node


def _of_layout(truth: Mapping[str, Any]) -> list[Question]:
    settings = truth["settings"]
    return [
        _ask("django_dir", [truth["django_dir"]], "repository", "django_dir"),
        _ask("settings.production", _known(settings.get("production")), "facts", "settings", "production"),
        _ask("settings.manage", _known(settings.get("default")), "facts", "settings", "manage"),
    ]


def _of_settings(views: list[dict[str, Any]]) -> list[Question]:
    def values(name: str) -> list[Any]:
        return [view[name] for view in views if name in view]

    def applications(name: str) -> list[Any]:
        return [_dotted(target) for target in values(name) if target]

    engines = [found for value in values("DATABASES") if (found := _each(value, "ENGINE")) and all(found.values())]
    backends = [found for value in values("CACHES") if (found := _each(value, "BACKEND"))]
    return [
        _ask("wsgi_application", applications("WSGI_APPLICATION"), "facts", "wsgi_application", normalise=_dotted),
        _ask("asgi_application", applications("ASGI_APPLICATION"), "facts", "asgi_application", normalise=_dotted),
        _ask("root_urlconf", values("ROOT_URLCONF"), "facts", "root_urlconf"),
        _ask(
            "installed_apps",
            [_as_set(v) for v in values("INSTALLED_APPS")],
            "facts",
            "installed_apps",
            normalise=_as_set,
        ),
        _ask("middleware", values("MIDDLEWARE"), "facts", "middleware"),
        _ask("databases", engines, "facts", "databases", normalise=lambda value: _each(value, "engine")),
        _ask("caches", backends, "facts", "caches", normalise=lambda value: _each(value, "backend")),
        _ask("session_engine", values("SESSION_ENGINE"), "facts", "session_engine"),
        _ask("static.url", values("STATIC_URL"), "facts", "static", "url"),
        _ask("static.root", values("STATIC_ROOT"), "facts", "static", "root"),
        _ask("media.root", values("MEDIA_ROOT"), "facts", "media", "root"),
        _ask("debug", values("DEBUG"), "facts", "debug"),
        _ask("allowed_hosts", values("ALLOWED_HOSTS"), "facts", "allowed_hosts"),
        _ask("auth_user_model", values("AUTH_USER_MODEL"), "facts", "auth_user_model"),
        _ask("email_backend", values("EMAIL_BACKEND"), "facts", "email_backend"),
    ]


def _of_task_queue(truth: Mapping[str, Any]) -> list[Question]:
    asked = []
    queue = truth.get("queue")
    if queue is None or not queue.startswith("own"):
        kind = queue and _queue_kind(queue.split(" ")[0])
        asked.append(_ask("task_queue.kind", [kind], "facts", "task_queue", "kind", normalise=_queue_kind))
    celery = truth.get("celery") or {}
    if not celery.get("app"):
        return asked
    schedule = sorted(celery.get("beat_schedule") or ())
    scheduler = _known(celery.get("beat_scheduler"))
    return [
        *asked,
        _ask("task_queue.app", [_dotted(celery["app"])], "facts", "task_queue", "app", normalise=_dotted),
        _ask(
            "task_queue.broker",
            _known(_scheme(celery.get("broker_url"))),
            "facts",
            "task_queue",
            "broker",
            normalise=_scheme,
        ),
        _ask("task_queue.beat", [True] if schedule else [], "facts", "task_queue", "beat"),
        _ask("task_queue.beat_entries", _known(schedule), "facts", "task_queue", "beat_entries", normalise=_in_order),
        _ask("task_queue.beat_scheduler", scheduler, "facts", "task_queue", "beat_scheduler"),
    ]


def _ask(
    field: str, accepted: list[Any], *path: str, normalise: Callable[[Any], Any] = lambda value: value
) -> Question:
    return Question(field=field, accepted=tuple(accepted), path=path, normalise=normalise)


def _known(value: Any) -> list[Any]:
    return [value] if value else []


def _each(entries: Any, key: str) -> Any:
    """{alias: what its entry has under the key}; an entry that is no mapping stands for itself."""
    if not isinstance(entries, dict):
        return None
    return {alias: entry.get(key) if isinstance(entry, dict) else entry for alias, entry in entries.items()}


def _dotted(target: Any) -> Any:
    return target.replace(":", ".") if isinstance(target, str) else target


def _as_set(value: Any) -> Any:
    return sorted(set(value)) if isinstance(value, list) else value


def _in_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _queue_kind(name: Any) -> Any:
    return name.removeprefix("django-") if isinstance(name, str) else name


def _scheme(url: Any) -> str | None:
    """The kind of service that a broker's URL names, `rediss://` and `sentinel://` being Redis too."""
    if not isinstance(url, str) or not url:
        return None
    name = url.split("://")[0].split("+")[0].split(":")[0]
    return SCHEMES.get(name, name)


def _answer(question: Question, document: Mapping[str, Any]) -> Comparison:
    found = value_at(document, question.path)
    if found is MISSING:
        outcome, got = Outcome.UNDETERMINED, None
    else:
        got = question.normalise(found)
        outcome = Outcome.RIGHT if got in question.accepted else Outcome.WRONG
    return Comparison(field=question.field, outcome=outcome, expected=question.accepted[0], got=got)
