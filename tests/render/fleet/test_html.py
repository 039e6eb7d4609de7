"""The page of a fleet: what it says, what it loads, and that text of a repository stays text."""

from base64 import b64encode
from hashlib import sha256

import pytest
from syrupy.assertion import SnapshotAssertion

from analyzer.emit.report_file import OWN_REPORT
from analyzer.fleet.summary import summary_of
from analyzer.render.fleet.html import render
from tests.fleet.entries import FLEET, HOSTILE, entry
from tests.render.report.test_html import Page

PAGE = render(summary_of("fleet", FLEET))


@pytest.fixture
def page() -> Page:
    return Page(PAGE)


def test_the_words(page: Page, snapshot: SnapshotAssertion) -> None:
    assert "\n".join(line for word in page.words if (line := " ".join(word.split()))) == snapshot


def test_only_what_is_in_the_page_is_used(page: Page) -> None:
    (policy,) = (attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv"))
    assert policy is not None
    for name in ("script", "style"):
        whole = page.raw["style"] if name == "style" else page.scripts[-1]
        assert f"{name}-src 'sha256-{b64encode(sha256(whole.encode()).digest()).decode()}'" in policy
    addresses = {attrs.get(name) for _, attrs in page.tags for name in ("src", "href")} - {None}
    assert {one for one in addresses if one and not one.startswith(("#", "data:"))} == set()


def test_links_lead_to_something(page: Page) -> None:
    ids = {attrs.get("id") for _, attrs in page.tags}
    links = {str(attrs["href"])[1:] for tag, attrs in page.tags if tag == "a"}
    assert links <= ids
    assert "rule-blocker-hosts-fixed" in links


def test_text_of_a_repository_stays_text(page: Page) -> None:
    assert not any(tag == "img" for tag, _ in page.tags)
    assert HOSTILE.replace("\x1b", "\\x1b") in "".join(page.words)
    assert "\x1b" not in PAGE


def test_the_same_fleet_gives_the_same_bytes() -> None:
    assert render(summary_of("fleet", reversed(FLEET))) == PAGE
    assert "2026-01-02" in render(summary_of("fleet", FLEET), date="2026-01-02")


def test_it_is_known_as_a_report_of_doctor() -> None:
    assert OWN_REPORT.match(PAGE.encode()[:512])


def test_without_blockers_and_without_anything() -> None:
    assert "No blocker." in render(summary_of("fleet", [entry("ready")]))
    assert "No repository was scanned." in render(summary_of("fleet", FLEET[-1:]))
