"""The SARIF log, by what GitHub asks of one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.report import Report
from analyzer.render.report.sarif import RESULTS, render
from tests.render.audits import ALL_WELL, AUDIT, FINDINGS, HOSTILE, HOSTS, KEY, audit_of, finding


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(render(report))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def result_of(report: Report, *findings: Any) -> dict[str, Any]:
    (result,) = run_of(replace(report, audit=audit_of(*findings)))["results"]
    assert isinstance(result, dict)
    return result


@pytest.fixture
def run(report: Report) -> dict[str, Any]:
    return run_of(replace(report, audit=AUDIT))


def test_a_rule_has_what_github_shows(run: dict[str, Any]) -> None:
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("doctor", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == [one.rule.id for one in AUDIT.results]
    for rule in driver["rules"]:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert 0 < len(rule["properties"]["tags"]) <= 20
    hosts = driver["rules"][0]
    assert hosts["shortDescription"] == {"text": "ALLOWED_HOSTS lacks the app's domain"}
    assert hosts["help"]["markdown"] == (
        "Why allowed-hosts-fixed matters on the target.\n\n**Remedy:** Remedy of allowed-hosts-fixed.\n\n"
        '```\nALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")\n```\n\n'
        "- <https://docs.example/allowed-hosts-fixed>\n\n"
        "To ignore it: `# doctor: ignore[allowed-hosts-fixed] reason` on the line or above it."
    )


def test_only_rules_about_security_have_a_severity_of_security(run: dict[str, Any]) -> None:
    found = {rule["id"]: rule["properties"] for rule in run["tool"]["driver"]["rules"]}
    assert [name for name, one in found.items() if "security-severity" in one] == [KEY.id]
    assert [name for name, one in found.items() if one["tags"].count("security") > 0] == ["debug-on", KEY.id]
    assert found[KEY.id]["tags"].count("security") == 1
    assert 0 < float(found[KEY.id]["security-severity"]) <= 10


def test_the_precision_is_that_of_the_least_certain_finding(report: Report) -> None:
    guess = finding(HOSTS, 13, certainty=Certainty.GUESS)
    rules = run_of(replace(report, audit=audit_of(guess, *FINDINGS)))["tool"]["driver"]["rules"]
    precision = {rule["id"]: rule["properties"]["precision"] for rule in rules}
    assert (precision[HOSTS.id], precision[KEY.id], precision["debug-on"]) == ("medium", "high", "very-high")


def test_a_result_has_a_title_a_level_a_region_and_a_fingerprint(run: dict[str, Any]) -> None:
    first = run["results"][0]
    assert first["ruleId"] == run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "allowed-hosts-fixed"
    assert first["message"]["text"] == (
        "ALLOWED_HOSTS lacks the app's domain. ALLOWED_HOSTS is ['shop.example']: Django answers 400."
    )
    (location,) = first["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "shop/settings.py", "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": 12,
            "startColumn": 1,
            "endLine": 12,
            "endColumn": 19,
            "snippet": {"text": "ALLOWED_HOSTS = []"},
        },
    }
    assert first["partialFingerprints"] == {"primaryLocationLineHash": "000000000000000c:1"}
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "note", "note"]


def test_a_remedy_of_its_own_is_told_with_the_result(report: Report) -> None:
    own = replace(FINDINGS[0], remediation="Set the variable.")
    assert result_of(report, own)["message"]["text"].endswith("Django answers 400. Remedy: Set the variable.")


def test_a_file_without_text_still_has_a_region(report: Report) -> None:
    location = result_of(report, replace(FINDINGS[0], excerpt=None))["locations"][0]["physicalLocation"]
    assert location["region"] == {"startLine": 12, "startColumn": 1, "endLine": 12, "endColumn": 1}


def test_further_places_are_related_locations(run: dict[str, Any], report: Report) -> None:
    related = run["results"][2]["relatedLocations"]
    assert [one["id"] for one in related] == [1, 2, 3, 4]
    assert related[0]["message"] == {"text": "use 5"}
    assert related[0]["physicalLocation"]["region"]["endColumn"] == 13
    assert "relatedLocations" not in run["results"][0]
    nowhere = finding(HOSTS, 2, further=(Evidence(path=".", note="no Procfile"),))
    assert "relatedLocations" not in result_of(report, nowhere)


def test_what_is_ignored_or_known_says_so_and_all_others_that_they_are_not(run: dict[str, Any], report: Report) -> None:
    suppressed = [one["suppressions"] for one in run["results"]]
    assert [len(one) for one in suppressed] == [0, 0, 0, 1, 0]
    assert (suppressed[3][0]["kind"], suppressed[3][0]["justification"]) == ("inSource", "one process")
    assert [one["baselineState"] for one in run["results"]] == ["new", "new", "new", "new", "unchanged"]
    without = run_of(replace(report, audit=audit_of(*FINDINGS[:3])))["results"]
    assert not [one for one in without if one.keys() & {"suppressions", "baselineState"}]
    assert FINDINGS[3].ignored is not None
    configured = replace(FINDINGS[3].ignored, source=Evidence(path="doctor.toml", line=3), until="2027-01-01")
    (suppression,) = result_of(report, replace(FINDINGS[3], ignored=configured))["suppressions"]
    assert (suppression["kind"], suppression["justification"]) == ("external", "one process (until 2027-01-01)")


def test_paths_are_those_of_the_checkout_and_percent_encoded(report: Report) -> None:
    odd = finding(HOSTS, 1, path="a b/sét#1%.py\udcff")
    run = run_of(replace(report, prefix="back end", audit=audit_of(odd)))
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "back%20end/a%20b/s%C3%A9t%231%25.py%FF"
    assert run["automationDetails"] == {"id": "doctor/back%20end/"}
    assert run_of(report)["automationDetails"] == {"id": "doctor/"}


def test_text_of_the_repository_makes_no_link(report: Report) -> None:
    hostile = replace(FINDINGS[0], message=HOSTILE, evidence=(Evidence(path=HOSTILE, line=12, note=HOSTILE),))
    texts = list(_texts(result_of(report, hostile)))
    assert [text for text in texts if "evil.example" in text]
    assert not [text for text in texts if "](" in text]


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node["text"],) if isinstance(node.get("text"), str) else ()
        node = list(node.values())
    for one in node if isinstance(node, list) else ():
        yield from _texts(one)


def test_no_more_results_than_are_shown(report: Report) -> None:
    many = tuple(replace(FINDINGS[0], fingerprint=f"{number:016x}") for number in range(RESULTS + 3))
    run = run_of(replace(report, audit=audit_of(*many)))
    assert len(run["results"]) == RESULTS
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("3 findings, ")


def test_a_report_without_findings_closes_what_was_found_before(report: Report) -> None:
    run = run_of(replace(report, audit=ALL_WELL))
    assert run["results"] == []
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["debug-on", "redis-without-tls"]


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    report = replace(report, audit=AUDIT)
    assert render(report) == render(replace(report, target="another-checkout"))
    assert render(report).isascii()
