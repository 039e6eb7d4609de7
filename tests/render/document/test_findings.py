"""Findings, outcomes and the score as data."""

import json
from dataclasses import replace
from typing import Any

from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.finding import Area, Category, Effort, Severity
from analyzer.model.report import Report
from analyzer.render.document.findings import audit_document
from analyzer.render.document.report import report_document
from analyzer.render.schema import schema
from tests.render.audits import ALL_WELL, AUDIT, FINDINGS, SETTINGS, audit_of
from tests.render.closed_schema import strict_validator


def test_a_finding_whole() -> None:
    found: Any = audit_document(AUDIT)
    assert found["findings"][0] == {
        "rule": "allowed-hosts-fixed",
        "severity": "blocker",
        "certainty": "certain",
        "effort": "minutes",
        "title": "ALLOWED_HOSTS lacks the app's domain",
        "category": "health",
        "area": "boot",
        "message": "ALLOWED_HOSTS is ['shop.example']: Django answers 400.",
        "evidence": [{"path": SETTINGS, "line": 12, "note": ""}],
        "excerpt": {"first_line": 12, "lines": ["ALLOWED_HOSTS = []", "NEXT = 1"], "column": 1, "end_column": 19},
        "remediation": "Remedy of allowed-hosts-fixed.",
        "commands": ['ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")'],
        "references": ["https://docs.example/allowed-hosts-fixed"],
        "fingerprint": "000000000000000c",
        "known": False,
        "ignored": None,
        "patch": None,
    }


def test_what_is_ignored_is_no_finding_and_what_is_known_says_so() -> None:
    found: Any = audit_document(AUDIT)
    assert [(one["evidence"][0]["line"], one["known"]) for one in found["findings"]] == [
        (12, False),
        (4, False),
        (30, False),
        (32, True),
    ]
    (ignored,) = found["outcomes"]["ignored"]
    assert ignored["evidence"][0]["line"] == 31
    assert ignored["ignored"] == {
        "reason": "one process",
        "until": None,
        "source": {"path": SETTINGS, "line": 30, "note": ""},
    }


def test_the_outcomes_of_rules_that_found_nothing() -> None:
    outcomes: Any = audit_document(AUDIT)["outcomes"]
    assert outcomes["passed"] == ["debug-on"]
    assert outcomes["passed_details"] == [
        {"rule": "debug-on", "reason": "DEBUG is off", "evidence": [{"path": SETTINGS, "line": 3, "note": ""}]}
    ]
    assert outcomes["not_applicable"] == [{"rule": "redis-without-tls", "reason": "no Redis is used"}]
    assert outcomes["undetermined"] == [
        {
            "rule": "media-root-shared",
            "question": "Can two instances run at once?",
            "override": "components.web.instances",
            "evidence": [{"path": SETTINGS, "line": 20, "note": "MEDIA_ROOT is computed"}],
        }
    ]


def test_the_score_has_the_points_of_every_rule() -> None:
    score: Any = audit_document(AUDIT)["score"]
    assert (score["version"], score["total"], score["capped"]) == (1, 23, True)
    assert score["areas"]["build"] == {"points": None, "weight": 25, "rules": []}
    assert score["areas"]["config"] == {
        "points": 7.5,
        "weight": 15,
        "rules": [
            {"rule": "debug-on", "points": 3, "of": 3, "undetermined": False},
            {"rule": "secret-key-committed", "points": 0, "of": 3, "undetermined": False},
        ],
    }
    assert score["areas"]["data"]["rules"][0]["undetermined"]


def test_without_an_audit_everything_is_empty() -> None:
    assert audit_document(None) == {
        "findings": [],
        "outcomes": {"passed": [], "passed_details": [], "not_applicable": [], "undetermined": [], "ignored": []},
        "score": None,
    }


def test_the_schema_describes_every_key(report: Report) -> None:
    patched = replace(FINDINGS[0], patch="--- a\n+++ b\n", excerpt=None, evidence=(Evidence(path="a.py"),))
    for audit in (AUDIT, ALL_WELL, audit_of(patched), None):
        strict_validator("report").validate(report_document(replace(report, audit=audit)))


def test_the_words_of_the_schema_are_those_of_the_model() -> None:
    definitions = json.loads(schema("report"))["$defs"]
    words = {name: one.get("enum") for name, one in definitions["finding"]["properties"].items()}
    assert words["severity"] == [one.value for one in Severity]
    assert words["certainty"] == [one.value for one in Certainty]
    assert words["effort"] == [one.value for one in Effort]
    assert words["category"] == [one.value for one in Category]
    assert definitions["score_area_name"]["enum"] == [one.value for one in Area]
