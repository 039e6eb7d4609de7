"""Findings, questions and the score in a terminal."""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Audit, Severity
from analyzer.render.sections.findings import (
    finding_lines,
    ignored_section,
    passed_sections,
    question_lines,
    score_line,
    score_sections,
)
from tests.render.audits import ALL_WELL, AUDIT, FINDINGS, HOSTS, KEY, audit_of, failed, finding, rule


def lines_of(audit: Audit, *, width: int = 60, details: bool = False) -> list[str]:
    return list(finding_lines(audit, width=width, colour=False, details=details))


def words(lines: Iterator[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_a_finding_whole() -> None:
    assert lines_of(audit_of(FINDINGS[0])) == [
        "",
        "blocker  ALLOWED_HOSTS lacks the app's domain       ~minutes",
        "  ALLOWED_HOSTS is ['shop.example']: Django answers 400.",
        "  shop/settings.py:12",
        "  12 | ALLOWED_HOSTS = []",
        "     | ^^^^^^^^^^^^^^^^^^",
        "  fix     Remedy of allowed-hosts-fixed.",
        '          ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")',
        "  why     doctor explain allowed-hosts-fixed",
    ]


def test_doubt_stands_behind_the_place() -> None:
    assert "  shop/settings.py:4 (likely)" in lines_of(audit_of(FINDINGS[1]))


def test_three_places_of_a_finding_are_shown_and_the_rest_is_counted() -> None:
    lines = lines_of(audit_of(replace(FINDINGS[2], severity=Severity.RISK)))
    assert [line for line in lines if line.startswith("  shop/")] == [
        "  shop/settings.py:30",
        "  shop/cache.py:5",
        "  shop/cache.py:6",
    ]
    assert lines[lines.index("  shop/cache.py:5") + 1] == "  5 | cache.set(1)"
    assert "  and 2 more places: doctor scan -v" in lines
    full = lines_of(audit_of(FINDINGS[2]), details=True)
    assert "  shop/cache.py:8" in full
    assert not [line for line in full if "more place" in line]


def test_one_place_of_advice_is_shown() -> None:
    lines = lines_of(audit_of(FINDINGS[2]))
    assert [line for line in lines if line.startswith("  shop/")] == ["  shop/settings.py:30"]
    assert "  and 4 more places: doctor scan -v" in lines


def test_places_of_one_rule_have_one_remedy() -> None:
    many = audit_of(*(finding(KEY, line, note=f"note {line}") for line in range(1, 6)))
    lines = lines_of(many)
    assert [line for line in lines if line.startswith("  Message")] == [
        f"  Message of secret-key-committed at {line}." for line in (1, 2, 3)
    ]
    assert "  and 2 more places: doctor scan -v" in lines
    assert sum(line.startswith("  fix ") for line in lines) == sum(line.startswith("risk") for line in lines) == 1
    assert "  Message of secret-key-committed at 5." in lines_of(many, details=True)


def test_a_title_without_room_takes_two_lines() -> None:
    long = rule("long", Severity.RISK, title="A title that has sixty characters in it is as long as it gets")
    lines = lines_of(audit_of(finding(long, 1), results=(failed(long),)), width=50)
    assert lines[1:3] == [
        "risk     A title that has sixty characters in it",
        "         is as long as it gets            ~minutes",
    ]


def test_what_is_ignored_or_known_is_not_among_the_findings() -> None:
    assert lines_of(audit_of(*FINDINGS[3:])) == []
    (section,) = (ignored_section(AUDIT),)
    assert [(row.label, row.value, row.place) for row in section.rows] == [
        ("local-memory-cache", "Message of local-memory-cache at 31.", "shop/settings.py:31"),
        ("because", "one process", "shop/settings.py:30"),
    ]


def test_an_end_of_an_ignore_is_told() -> None:
    assert FINDINGS[3].ignored is not None
    until = replace(FINDINGS[3], ignored=replace(FINDINGS[3].ignored, until="2027-01-31"))
    assert ignored_section(audit_of(until)).rows[1].value == "one process (until 2027-01-31)"


def test_commands_are_not_broken() -> None:
    command = "# settings.py\n" + "x = " + "1 + " * 40 + "1"
    lines = lines_of(audit_of(replace(finding(HOSTS, 1), commands=(command,))))
    assert [line for line in lines if line.strip() in command.split("\n")] == [
        f"          {line}" for line in command.split("\n")
    ]


def test_a_question_names_the_key_that_answers_it() -> None:
    assert list(question_lines(AUDIT, width=60, colour=False)) == [
        "",
        "question Can two instances run at once?",
        "  shop/settings.py:20",
        "  20 | MEDIA_ROOT = root()",
        "     | ^^^^^^^^^^^^^^^^^^^ MEDIA_ROOT is computed",
        "  answer  set components.web.instances in doctor.toml",
        "  why     doctor explain media-root-shared",
    ]


def test_the_score_names_the_areas_that_have_rules() -> None:
    assert words(score_line(AUDIT.score, 60)) == (
        "Readiness 23/100: boot 0/25, data 10/20, config 7.5/15, operations 0/15; blockers keep it low"
    )
    assert list(score_line(ALL_WELL.score, 80, "doctor scan --show score")) == [
        "Readiness 100/100: config 15/15",
        "          (doctor scan --show score says why)",
    ]


def test_the_points_of_every_rule() -> None:
    sections = {one.title: [(row.label, row.value) for row in one.rows] for one in score_sections(AUDIT.score)}
    assert sections == {
        "Boot: 0 of 25 points": [("0 of 8", "allowed-hosts-fixed")],
        "Data: 10 of 20 points": [("1.5 of 3", "media-root-shared (a question)")],
        "Config: 7.5 of 15 points": [("3 of 3", "debug-on"), ("0 of 3", "secret-key-committed")],
        "Operations: 0 of 15 points": [("0 of 1", "local-memory-cache")],
    }


def test_what_passed_and_what_does_not_apply() -> None:
    passed, absent = passed_sections(AUDIT)
    assert [(row.label, row.value, row.place) for row in passed.rows] == [
        ("debug-on", "DEBUG is off", "shop/settings.py:3")
    ]
    assert [(row.label, row.value, row.place) for row in absent.rows] == [("redis-without-tls", "no Redis is used", "")]


def test_evidence_that_is_no_file_is_told_by_its_note() -> None:
    lines = lines_of(audit_of(finding(HOSTS, 1, further=(Evidence(path=".", note="no Procfile"),))))
    assert "  no Procfile" in lines
    assert not [line for line in lines if line.strip() in (".", ".:1")]
