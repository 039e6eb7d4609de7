"""Annotations of a pull request: one line each, whatever the repository says."""

import re
from dataclasses import replace

from analyzer.model.evidence import Evidence
from analyzer.model.report import Report
from analyzer.render.report.github import render
from tests.render.audits import ALL_WELL, AUDIT, FINDINGS, HOSTILE, audit_of


def test_a_line_for_each_open_finding_worst_first(report: Report) -> None:
    *lines, last = render(replace(report, audit=AUDIT)).splitlines()
    assert lines[0] == (
        "::error file=shop/settings.py,line=12,endLine=12,col=1,endColumn=19,"
        "title=blocker%3A ALLOWED_HOSTS lacks the app's domain::"
        "ALLOWED_HOSTS is ['shop.example']: Django answers 400.%0ARemedy of allowed-hosts-fixed.%0A"
        "doctor explain allowed-hosts-fixed"
    )
    assert [line.split()[0] for line in lines] == ["::error", "::warning", "::notice"]
    assert "at 4. (likely)%0A" in lines[1]
    assert last.startswith("1 blocker, 1 risk, 1 advice, 1 question; ")


def test_a_file_is_one_of_the_checkout(report: Report) -> None:
    text = render(replace(report, audit=AUDIT, prefix="back:end"))
    assert text.startswith("::error file=back%3Aend/shop/settings.py,line=12,")


def test_a_place_without_text_has_no_columns(report: Report) -> None:
    text = render(replace(report, audit=audit_of(replace(FINDINGS[0], excerpt=None))))
    assert text.startswith("::error file=shop/settings.py,line=12,title=")


def test_text_of_the_repository_makes_no_command(report: Report) -> None:
    path = "a,line=9::x\n::error::y%.py"
    text = f"{HOSTILE}\n::set-env name=A::b\r\n::stop-commands::t"
    hostile = replace(FINDINGS[0], message=text, remediation=text, evidence=(Evidence(path=path, line=12),))
    first, last = render(replace(report, audit=audit_of(hostile))).splitlines()
    assert re.match(r"::error file=[^,:]*%2Cline=9%3A%3Ax[^,:]*,line=12,", first)
    assert not last.startswith("::")


def test_nothing_found_is_one_line(report: Report) -> None:
    assert render(replace(report, audit=ALL_WELL)) == "Ready: 1 check passed, 1 not applicable.\n"
