"""The comparison with the truth counts as it says."""

from typing import Any

import pytest

from tests.oracles.compare_facts import Outcome, Tally, compare, compare_variables, questions

SETTINGS = {
    "ROOT_URLCONF": "shop.urls",
    "WSGI_APPLICATION": "shop.wsgi.application",
    "INSTALLED_APPS": ["shop", "django.contrib.auth"],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "<set>"}},
}
TRUTH: dict[str, Any] = {
    "is_django": True,
    "django_dir": ".",
    "settings": {"default": "shop.settings", "production": None},
    "values": {
        "production": SETTINGS,
        "production_with_services": {"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}}},
    },
    "queue": "django-celery",
    "celery": {"app": "shop.celery:app", "broker_url": "rediss://queue:6379/0", "beat_schedule": {"b": {}, "a": {}}},
    "env": [
        {"name": "SECRET_KEY", "scenarios": ["production"], "required": True},
        {"name": "DEBUG", "scenarios": ["production", "default"], "required": False},
        {"name": "ONLY_LOCALLY", "scenarios": ["default"], "required": True},
    ],
}


def outcome(field: str, **facts: Any) -> Outcome:
    document = {"repository": {"django_dir": "."}, "facts": facts}
    (found,) = (c.outcome for c in compare(TRUTH, document) if c.field == field)
    return found


def fact(value: Any) -> dict[str, Any]:
    return {"value": value, "certainty": "certain", "evidence": []}


def test_only_what_the_truth_knows_is_asked() -> None:
    asked = {question.field for question in questions(TRUTH)}
    assert {"root_urlconf", "settings.manage", "task_queue.beat_entries"} <= asked
    assert asked.isdisjoint({"asgi_application", "settings.production", "task_queue.beat_scheduler", "debug"})
    assert questions({"is_django": False}) == []
    assert questions({**TRUTH, "values": None}) == []


def test_a_queue_of_ones_own_has_no_name_to_ask_for() -> None:
    truth = {**TRUTH, "queue": "own (cron)", "celery": None}
    assert not any(question.field.startswith("task_queue") for question in questions(truth))


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("root_urlconf", {"root_urlconf": fact("shop.urls")}),
        ("wsgi_application", {"wsgi_application": fact("shop.wsgi:application")}),
        ("installed_apps", {"installed_apps": fact(["django.contrib.auth", "shop", "shop"])}),
        ("databases", {"databases": fact({"default": {"engine": "django.db.backends.sqlite3", "env": []}})}),
        ("databases", {"databases": fact({"default": {"engine": "django.db.backends.postgresql", "env": []}})}),
        ("task_queue.kind", {"task_queue": {"kind": fact("celery")}}),
        ("task_queue.app", {"task_queue": {"app": fact("shop.celery.app")}}),
        ("task_queue.broker", {"task_queue": {"broker": fact("redis")}}),
        ("task_queue.beat_entries", {"task_queue": {"beat_entries": fact(["b", "a"])}}),
    ],
)
def test_right(field: str, facts: Any) -> None:
    assert outcome(field, **facts) is Outcome.RIGHT


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("root_urlconf", {"root_urlconf": fact("other.urls")}),
        ("root_urlconf", {"root_urlconf": fact(None)}),
        ("installed_apps", {"installed_apps": fact(["shop"])}),
        ("databases", {"databases": fact({})}),
        ("task_queue.broker", {"task_queue": {"broker": fact("amqp")}}),
    ],
)
def test_wrong(field: str, facts: Any) -> None:
    assert outcome(field, **facts) is Outcome.WRONG


@pytest.mark.parametrize("facts", [{}, {"root_urlconf": {"value": None, "undetermined": "computed at run time"}}])
def test_undetermined(facts: Any) -> None:
    assert outcome("root_urlconf", **facts) is Outcome.UNDETERMINED


def test_variables_of_production_are_looked_up() -> None:
    environment = [{"name": "SECRET_KEY", "required": False}, {"name": "OTHER", "required": True}]
    found = compare_variables(TRUTH, {"facts": {"environment": environment}})
    assert found.read == ("SECRET_KEY", "DEBUG")
    assert found.unlisted == ("DEBUG",)
    assert found.required == found.not_marked_required == ("SECRET_KEY",)


def test_without_a_document_nothing_is_right() -> None:
    tally = Tally()
    tally.add(compare(TRUTH, {}), compare_variables(TRUTH, {}))
    assert set(tally.total()) == {Outcome.UNDETERMINED}
    assert tally.variables == {"read": 2, "listed": 0, "required": 1, "marked required": 0}
