"""The report document: its schema, its keys, its bytes."""

import copy
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from analyzer.model.evidence import Fact, Unresolved
from analyzer.model.facts import ProjectFacts
from analyzer.model.report import Report
from analyzer.render.report.json import render
from analyzer.render.schema import schema
from tests.render.closed_schema import strict_validator

FIXED_KEYS = {
    "": {"schema_version", "tool", "repository", "facts", "buildpacks", "findings", "outcomes", "plan", "score"},
    "repository": {"django_dir", "candidates", "files", "python_files", "skipped"},
    "facts": {
        "python_version",
        "package_manager",
        "dependency_files",
        "dependencies",
        "django_version",
        "settings",
        "wsgi_application",
        "asgi_application",
        "root_urlconf",
        "installed_apps",
        "middleware",
        "databases",
        "caches",
        "channel_layers",
        "static",
        "media",
        "debug",
        "allowed_hosts",
        "secret_key",
        "session_engine",
        "email_backend",
        "auth_user_model",
        "task_queue",
        "processes",
        "environment",
        "frontend",
        "system_packages",
    },
    "facts.settings": {"production", "manage", "wsgi", "asgi", "celery", "candidates"},
    "facts.static": {"url", "root", "storage", "whitenoise"},
    "facts.media": {"url", "root", "storage"},
    "facts.task_queue": {
        "kind",
        "app",
        "broker",
        "broker_env",
        "result_backend",
        "beat",
        "beat_scheduler",
        "beat_entries",
        "queues",
    },
    "facts.frontend": {"package_json", "build_command", "output_dir", "package_manager"},
    "facts.system_packages": {"build", "run"},
    "outcomes": {"passed", "not_applicable", "undetermined", "ignored"},
}


def parsed(report: Report) -> dict[str, Any]:
    document = json.loads(render(report))
    assert isinstance(document, dict)
    return document


def with_every_answer(node: Any, answer: Unresolved) -> Any:
    """The facts with every answer replaced."""
    if isinstance(node, Fact | Unresolved):
        return answer
    if is_dataclass(node) and not isinstance(node, type):
        return replace(node, **{f.name: with_every_answer(getattr(node, f.name), answer) for f in fields(node)})
    if isinstance(node, dict):
        return {key: with_every_answer(value, answer) for key, value in node.items()}
    return node


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema("report")))


def test_the_document_has_no_key_that_the_schema_does_not_describe(report: Report) -> None:
    strict_validator("report").validate(parsed(report))


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.pop("findings"),
        lambda d: d["facts"]["debug"].pop("certainty"),
        lambda d: d["facts"]["debug"].update(evidence=[]),
        lambda d: d["facts"]["debug"].update(undetermined="also"),
        lambda d: d["facts"]["debug"].update(value="yes"),
        lambda d: d["facts"]["media"]["root"].update(value="media"),
        lambda d: d["facts"]["python_version"].pop("source"),
        lambda d: d["facts"]["databases"]["value"]["default"].pop("env"),
        lambda d: d["facts"]["processes"][0].update(type="cron"),
        lambda d: d["facts"]["environment"][0]["evidence"][0].update(path="/home/me/shop/settings.py"),
        lambda d: d["facts"]["environment"][0]["evidence"][0].update(line=0),
    ],
)
def test_the_schema_refuses_a_damaged_document(report: Report, damage: Callable[[dict[str, Any]], object]) -> None:
    document = parsed(report)
    damage(document)
    with pytest.raises(ValidationError):
        Draft202012Validator(json.loads(schema("report"))).validate(document)


def test_the_closed_schema_refuses_a_key_that_nobody_described(report: Report) -> None:
    for path in ([], ["repository"], ["facts"], ["facts", "debug"], ["facts", "python_version"], ["facts", "static"]):
        document = parsed(report)
        node = document
        for key in path:
            node = node[key]
        node["surprise"] = 1
        with pytest.raises(ValidationError):
            strict_validator("report").validate(document)


def test_the_fixed_keys_are_there(report: Report) -> None:
    document = parsed(report)
    for path, keys in FIXED_KEYS.items():
        node = document
        for key in filter(None, path.split(".")):
            node = node[key]
        assert keys <= node.keys(), path


def test_a_document_of_unresolved_facts_is_valid_and_says_why(
    facts: ProjectFacts, report_of: Callable[[ProjectFacts], Report]
) -> None:
    document = parsed(report_of(with_every_answer(facts, Unresolved(reason="needs a run"))))
    strict_validator("report").validate(document)
    assert document["facts"]["databases"] == {"value": None, "undetermined": "needs a run", "evidence": []}
    assert document["facts"]["secure"]["SECURE_HSTS_SECONDS"]["undetermined"] == "needs a run"


def test_a_fact_has_value_certainty_and_evidence(report: Report) -> None:
    assert parsed(report)["facts"]["settings"]["production"] == {
        "value": "config.settings.production",
        "certainty": "likely",
        "evidence": [
            {"path": "backend/config/wsgi.py", "line": 6, "note": "default of wsgi.py"},
            {"path": "Procfile", "line": 1, "note": "started by gunicorn"},
        ],
    }


def test_the_python_version_names_its_source(report: Report) -> None:
    version = parsed(report)["facts"]["python_version"]
    assert (version["value"], version["source"]) == ("3.12.4", "runtime.txt")


def test_what_json_cannot_say_is_undetermined(report: Report) -> None:
    secure = parsed(report)["facts"]["secure"]
    assert secure["SECURE_HSTS_SECONDS"]["value"] == {"undetermined": "inf is no JSON number"}
    assert secure["SECURE_PROXY_SSL_HEADER"]["value"] == ["HTTP_X_FORWARDED_PROTO", {"undetermined": "set by deploy()"}]


def test_a_fact_without_a_value_stays_a_fact(report: Report) -> None:
    celery = parsed(report)["facts"]["settings"]["asgi"]
    assert celery["value"] is None
    assert celery["certainty"] == "certain"
    assert "undetermined" not in celery


def test_equal_facts_in_another_order_give_equal_bytes(
    report: Report, facts: ProjectFacts, report_of: Callable[[ProjectFacts], Report]
) -> None:
    django = facts.django
    assert isinstance(django.databases, Fact)
    assert list(django.databases.value) != sorted(django.databases.value)
    turned = replace(
        django,
        databases=replace(django.databases, value=dict(sorted(django.databases.value.items()))),
        secure={name: django.secure[name] for name in sorted(django.secure, reverse=True)},
    )
    again = report_of(replace(copy.deepcopy(facts), django=turned))
    assert render(again) == render(report)


def test_the_bytes_do_not_depend_on_the_locale(report: Report) -> None:
    text = render(report)
    assert text.isascii()
    assert text.endswith("}\n")
    assert json.loads(text)["facts"]["allowed_hosts"]["value"] == [".example.org", "été.example"]


def test_the_name_of_the_scanned_folder_is_not_in_the_document(report: Report) -> None:
    assert render(replace(report, target="another-checkout")) == render(report)
