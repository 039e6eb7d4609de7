"""The page of a fleet in a browser: for everybody, on every screen, with and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from analyzer.fleet.summary import summary_of
from analyzer.render.fleet.html import render
from tests.browser.conftest import Open
from tests.browser.test_report import SCHEMES, WIDTHS, unfold, violations
from tests.fleet.entries import FLEET

ROWS = "tr[data-row]"


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a fleet, on the disk."""
    file = tmp_path_factory.mktemp("fleet") / "fleet.html"
    file.write_text(render(summary_of("fleet", FLEET)), encoding="utf-8")
    return file


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_everybody_can_read_it(opened: Open, scheme: str, width: int) -> None:
    page = opened(color_scheme=scheme, viewport={"width": width, "height": 900})
    assert violations(page) == []
    unfold(page)
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 768, 1280, 2560])
def test_no_screen_scrolls_sideways(opened: Open, width: int) -> None:
    page = opened(viewport={"width": width, "height": 900})
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_repositories_are_filtered_with_the_keyboard(opened: Open) -> None:
    page = opened()
    expect(page.locator("#shown")).to_have_text("5 of 5 repositories")
    page.locator("[name=text]").focus()
    page.keyboard.type("HOSTS-fixed 4")
    expect(page.locator("#shown")).to_have_text("1 of 5 repositories")
    expect(page.locator(f"{ROWS}:visible th")).to_contain_text("blocked")
    expect(page.locator("#wave-1")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#shown")).to_have_text("5 of 5 repositories")


def test_a_blocker_leads_to_its_rule(opened: Open) -> None:
    page = opened()
    page.locator(f"{ROWS} a[href='#rule-blocker-python-two']").click()
    expect(page.locator("#rule-blocker-python-two")).to_be_in_viewport()


def test_without_scripts_everything_is_there(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator(f"{ROWS}:visible").count() == 5
    assert page.locator("#filters:visible").count() == 0
