"""Where places lead to."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.existing import GitRemote
from analyzer.model.facts import ProjectFacts
from analyzer.model.prediction import BuildpackPrediction, Upstream
from analyzer.model.report import Report
from analyzer.render.page.places import Link, Places, upstream_links

ReportOf = Callable[[ProjectFacts], Report]


def places(
    facts: ProjectFacts, report_of: ReportOf, *, host: str, commit: str | None = "abc", prefix: str = "."
) -> Places:
    git = GitRemote(host=host, path="group/a shop", branch=None, evidence=Evidence(path=".git/config"))
    return Places(replace(report_of(replace(facts, git=git)), commit=commit, prefix=prefix))


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("github.com", "https://github.com/group/a%20shop/blob/abc/back/a%22b.py#L7"),
        ("gitlab.com", "https://gitlab.com/group/a%20shop/-/blob/abc/back/a%22b.py#L7"),
        ("bitbucket.org", "https://bitbucket.org/group/a%20shop/src/abc/back/a%22b.py#lines-7"),
        ("git.example.org", None),
        ("javascript:alert(1)//github.com", None),
    ],
)
def test_a_line_leads_to_the_host_that_has_it(
    facts: ProjectFacts, report_of: ReportOf, host: str, url: str | None
) -> None:
    found = places(facts, report_of, host=host, prefix="back").of([Evidence(path='a"b.py', line=7)])
    assert found == (Link(text='a"b.py:7', url=url),)


def test_without_a_commit_nothing_is_linked(facts: ProjectFacts, report_of: ReportOf) -> None:
    assert places(facts, report_of, host="github.com", commit=None).of([Evidence(path="a.py")])[0].url is None


def test_a_place_is_named_once_and_a_folder_has_its_note(facts: ProjectFacts, report_of: ReportOf) -> None:
    evidence = [
        Evidence(path="a.py", line=3, note="first"),
        Evidence(path="a.py", line=3, note="second"),
        Evidence(path=".", note="no Procfile"),
        Evidence(path="."),
        Evidence(path="manage.py", note="LOGGING is not set: Django's default"),
    ]
    assert places(facts, report_of, host="").of(evidence) == (
        Link(text="a.py:3", note="first"),
        Link(text="", note="no Procfile"),
        Link(text="manage.py", note="LOGGING is not set: Django's default"),
    )


PREDICTION = BuildpackPrediction(
    buildpack="b",
    title="B",
    version="1",
    read_on="2026-11-27",
    detected=Fact(value=True, evidence=(Evidence(path="."),)),
    upstream=(
        Upstream(repository="o/procfile", revision="f00", prefix="procfile: "),
        Upstream(repository="o/main", revision="beef"),
    ),
)
MAIN, OTHER = "https://github.com/o/main/blob/beef/", "https://github.com/o/procfile/blob/f00/"


@pytest.mark.parametrize(
    ("source", "urls"),
    [
        ("", []),
        ("lib/pip.sh 13-152", [f"{MAIN}lib/pip.sh#L13-L152"]),
        ("lib/pip.sh 13", [f"{MAIN}lib/pip.sh#L13"]),
        ("src/a.rs 19-28, 158-183", [f"{MAIN}src/a.rs#L19-L28", f"{MAIN}src/a.rs#L158-L183"]),
        ("run/detect.go 30-117, other.go 4-9", [f"{MAIN}run/detect.go#L30-L117", f"{MAIN}run/other.go#L4-L9"]),
        ("procfile: src/a.rs 1-2, src/b.rs 3-4", [f"{OTHER}src/a.rs#L1-L2", f"{OTHER}src/b.rs#L3-L4"]),
        ("SPEC.md of o/procfile", [None]),
        ("lib/a.sh 1-2, postal/service.go Resolve", [f"{MAIN}lib/a.sh#L1-L2", None]),
    ],
)
def test_a_rule_leads_to_the_program_that_says_it(source: str, urls: list[str | None]) -> None:
    found = upstream_links(PREDICTION, source)
    assert [one.url for one in found] == urls
    assert ", ".join(one.text for one in found) == source
