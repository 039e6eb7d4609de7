"""The page: its parts, its bytes, what it loads, and that text of a repository stays text."""

import hashlib
import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from analyzer.model.artifact import Artifact
from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.model.finding import Ignore
from analyzer.model.report import Report
from analyzer.render.document.report import report_document
from analyzer.render.report.html import render
from tests.render.audits import ALL_WELL, AUDIT, HOSTILE, audit_of
from tests.render.closed_schema import strict_validator
from tests.render.samples import COMMIT, artifacts_of, rich, scanned

VOID = {"meta", "link", "input", "br"}
PARTS = [
    "architecture",
    "comparison",
    "findings",
    "questions",
    "variables",
    "right",
    "files",
    "verification",
    "migration",
    "cost",
    "method",
]


class Page(HTMLParser):
    """What a page is made of; elements that are not closed in their order are an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw = dict.fromkeys(("script", "style"), "")
        self.scripts: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        if tag not in VOID:
            self._open.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script":
            self.scripts[-1] += data
        elif self._open and self._open[-1] == "style":
            self.raw["style"] += data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))

    def values(self, attribute: str) -> Iterator[str]:
        yield from (value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None)


@pytest.fixture(scope="module")
def text() -> str:
    return render(rich(), artifacts_of(rich()))


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_all_parts_are_there_and_the_contents_lead_to_them(page: Page) -> None:
    assert [attrs["id"] for tag, attrs in page.tags if tag == "section" and "id" in attrs] == PARTS
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert [link for link in links if link in {f"#{part}" for part in PARTS}][-len(PARTS) :] == [f"#{p}" for p in PARTS]
    assert [tag for tag, _ in page.tags if tag in ("header", "nav", "main", "footer")] == [
        "header",
        "nav",
        "main",
        "footer",
    ]


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(page: Page) -> None:
    ids = Counter(page.values("id"))
    assert [one for one, number in ids.items() if number > 1] == []
    inside = {one[1:] for one in page.values("href") if one.startswith("#")}
    assert inside - ids.keys() == set()
    assert set(page.values("aria-labelledby")) <= ids.keys()


def test_headings_leave_no_level_out(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_nothing_is_loaded(page: Page, text: str) -> None:
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "embed", "audio", "video", "base")]
    assert list(page.values("src")) == []
    assert [attrs["href"] for tag, attrs in page.tags if tag == "link"] == ["data:,"]
    assert "url(" not in page.raw["style"]
    assert "@import" not in page.raw["style"]
    assert all(one.startswith(("#", "https://", "data:,")) for one in page.values("href"))
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"]


def test_the_policy_names_the_style_and_the_script_of_the_page(page: Page) -> None:
    (policy,) = (attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    _, script = page.scripts
    for content in (script, page.raw["style"]):
        assert f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'")


def test_the_report_inside_is_the_document_and_valid(page: Page) -> None:
    inside = json.loads(page.scripts[0])
    assert inside == json.loads(json.dumps(report_document(rich())))
    strict_validator("report").validate(inside)


def test_the_same_report_gives_the_same_bytes(text: str) -> None:
    assert render(rich(), artifacts_of(rich())) == text
    assert "2026-11-27T" not in text


def test_a_date_is_shown_where_it_is_given(text: str) -> None:
    assert "27 November 2026" not in text
    assert ", 27 November 2026</p>" in render(rich(), (), date="27 November 2026")


def test_the_head_says_what_it_comes_to(page: Page) -> None:
    assert "Not ready: 1 blocker stops the build or the start. It failed its trial on Docker." in page.text
    assert "1 blocker " in page.text
    assert f"Readiness {AUDIT.score.total} of 100" in list(page.values("aria-label"))


def test_a_card_has_lines_remedy_command_patch_and_reason(page: Page) -> None:
    (card,) = (attrs for _, attrs in page.tags if attrs.get("id") == "finding-allowed-hosts-fixed")
    assert card["data-severity"] == "blocker"
    assert card["data-category"] == "health"
    for part in (
        "ALLOWED_HOSTS is ['shop.example']: Django answers 400.",
        "12 ALLOWED_HOSTS = []",
        "Remedy of allowed-hosts-fixed.",
        '+ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")',
        "Why allowed-hosts-fixed matters on the target.",
    ):
        assert part in page.text
    assert "https://docs.example/allowed-hosts-fixed" in list(page.values("href"))


def test_places_lead_to_the_commit_on_the_host_that_has_it(page: Page) -> None:
    links = list(page.values("href"))
    assert f"https://github.com/example/shop/blob/{COMMIT}/shop/settings.py#L12" in links


def test_questions_and_other_outcomes_are_told(page: Page) -> None:
    assert "Can two instances run at once?" in page.text
    assert "components.web.instances" in page.text
    for part in ("DEBUG is off", "no Redis is used", "one process", "known: the baseline has it"):
        assert part in page.text


def test_the_trial_shows_its_failure_its_log_and_its_layers(page: Page) -> None:
    assert "1 of 3 checks failed, 1 not applicable, 42 s" in page.text
    assert "Listening at: http://0.0.0.0:8000" in page.text
    assert "#file-app-spec" in list(page.values("href"))
    assert "RUN pip install" in page.text


def test_without_a_trial_it_says_how_to_get_one() -> None:
    page = Page(render(scanned(), artifacts_of(scanned())))
    assert "doctor verify --json-out verify.json" in page.text
    assert "Listening at" not in page.text


def test_lines_of_generated_files_have_their_decision(page: Page) -> None:
    files = artifacts_of(rich())
    dockerfile = next(one for one in files if one.name == "dockerfile")
    for decision in dockerfile.decisions.values():
        assert " ".join(decision.rule.split()) in page.text


def test_nothing_found_and_nothing_known() -> None:
    page = Page(render(replace(scanned(), audit=ALL_WELL), ()))
    assert "No open finding: 1 check passed." in page.text
    assert not [attrs for _, attrs in page.tags if attrs.get("id") == "filters"]


def test_a_report_without_audit_plan_and_predictions(report: Report) -> None:
    page = Page(render(report, ()))
    for part in ("The rules were not applied.", "No buildpack was asked.", "There is no plan.", "No price is known."):
        assert part in page.text


def poisoned(value: Any) -> Any:
    """The value with every text in it replaced by one that wants to be more than text; enumerations stay."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return HOSTILE
    if isinstance(value, tuple):
        return tuple(map(poisoned, value))
    if isinstance(value, dict):
        return {key: poisoned(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: poisoned(getattr(value, one.name)) for one in fields(value)})
    return value


def hostile() -> tuple[Report, tuple[Artifact, ...]]:
    """Every text that a repository can have a say in; ids of rules, addresses and versions are the project's own."""
    report = rich()
    place = (Evidence(path=HOSTILE, line=12, note=HOSTILE),)
    bad = replace(
        AUDIT.findings[0],
        message=HOSTILE,
        evidence=place * 2,
        remediation=HOSTILE,
        commands=(HOSTILE,),
        patch=HOSTILE,
        excerpt=poisoned(AUDIT.findings[0].excerpt),
    )
    results = tuple(replace(one, outcome=poisoned(one.outcome)) for one in AUDIT.results)
    ignored = replace(bad, ignored=Ignore(reason=HOSTILE, source=place[0], until=HOSTILE))
    facts = report.facts
    assert isinstance(facts, ProjectFacts)
    poisoned_report = replace(
        report,
        target=HOSTILE,
        prefix=HOSTILE,
        commit=HOSTILE,
        facts=poisoned(replace(facts, git=None)),
        predictions=tuple(
            replace(poisoned(one), upstream=one.upstream, buildpack=one.buildpack) for one in report.predictions
        ),
        plan=poisoned(report.plan),
        audit=audit_of(bad, ignored, results=results),
        verification=poisoned(report.verification),
    )
    artifacts = tuple(
        replace(one, path=HOSTILE, body=HOSTILE, decisions={1: poisoned(next(iter(one.decisions.values())))})
        for one in artifacts_of(report)
    )
    return poisoned_report, artifacts


def test_text_of_the_repository_stays_text(text: str) -> None:
    page = Page(render(*hostile()))
    assert page.text.count("octocat") > 100
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in Page(text).tags}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert all(one.startswith(("#", "https://", "data:,")) for one in page.values("href"))
    assert "\x1b" not in "".join(page.words)
    assert "octocat" in json.dumps(json.loads(page.scripts[0]))


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\u202e", "\u2066", "\u200b"])
def test_characters_that_nobody_sees_are_shown(character: str) -> None:
    rendered = render(replace(rich(), target=f"a{character}b"), ())
    assert character not in rendered
    assert f"<h1>a{character.encode('unicode_escape').decode()}b</h1>" in rendered
