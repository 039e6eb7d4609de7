"""The HTML report in a browser: for everybody, on every screen, on paper, with and without scripts."""

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = ("light", "dark")
WIDTHS = (360, 1280)
CARDS = "article[data-severity]"


def violations(page: Page) -> list[str]:
    """What axe objects to, each with the first element that it means."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    assert len(found["passes"]) > 20
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_everybody_can_read_it(opened: Open, scheme: str, width: int) -> None:
    page = opened(color_scheme=scheme, viewport={"width": width, "height": 900})
    unfold(page)
    assert violations(page) == []


def test_everybody_can_read_it_folded(opened: Open) -> None:
    assert violations(opened()) == []


def test_axe_sees_what_is_wrong(opened: Open) -> None:
    page = opened()
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><h6>a</h6>')")
    assert {one.split(":")[0] for one in violations(page)} == {"image-alt", "heading-order"}


@pytest.mark.parametrize("width", [360, 768, 1280, 2560])
def test_no_screen_scrolls_sideways(opened: Open, width: int) -> None:
    page = opened(viewport={"width": width, "height": 900})
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_schemes_differ(opened: Open) -> None:
    grounds = {
        scheme: opened(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in SCHEMES
    }
    assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 19, 24)"}


def test_findings_are_filtered_with_the_keyboard(opened: Open) -> None:
    page = opened()
    cards = page.locator(CARDS)
    expect(cards).to_have_count(3)
    expect(page.locator("#shown")).to_have_text("3 of 3 cards")
    page.locator("[name=severity][value=blocker]").focus()
    page.keyboard.press("Space")
    expect(page.locator("#severity-blocker")).to_be_hidden()
    expect(page.locator("#shown")).to_have_text("2 of 3 cards")
    for _ in range(5):  # two severities, two selections, the text
        page.keyboard.press("Tab")
    page.keyboard.type("CACHES shop")
    expect(page.locator("#shown")).to_have_text("1 of 3 cards")
    expect(page.locator(f"{CARDS}:visible h4")).to_have_text("Title of local-memory-cache")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#shown")).to_have_text("3 of 3 cards")
    page.locator("[name=certainty]").select_option("likely")
    expect(page.locator(f"{CARDS}:visible h4")).to_have_text("Title of secret-key-committed")
    page.locator("[name=certainty]").select_option("")
    page.locator("[name=category]").select_option("sessions")
    expect(page.locator(f"{CARDS}:visible h4")).to_have_text("Title of local-memory-cache")


def test_a_link_to_a_finding_that_is_filtered_out_shows_it(opened: Open) -> None:
    page = opened()
    page.locator("[name=text]").fill("caches")
    expect(page.locator("#finding-allowed-hosts-fixed")).to_be_hidden()
    page.locator("a[href='#finding-allowed-hosts-fixed']").first.click()
    expect(page.locator("#finding-allowed-hosts-fixed")).to_be_in_viewport()


def test_a_command_is_copied(opened: Open) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    command = page.locator("#finding-allowed-hosts-fixed .command")
    command.locator("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == 'ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")'


def test_without_a_clipboard_the_command_is_selected(opened: Open) -> None:
    page = opened()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("#finding-allowed-hosts-fixed .command button").click()
    expect(page.locator("#said")).to_have_text("Selected: copy it with the keyboard")
    assert page.evaluate("String(getSelection())") == 'ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")'


def test_a_box_of_the_drawing_leads_to_its_row_and_unfolds_the_table(opened: Open) -> None:
    page = opened()
    row = page.locator("#arch-web")
    expect(row).to_be_hidden()
    page.locator("svg.drawing a[href='#arch-web']").focus()
    page.keyboard.press("Enter")
    expect(row).to_be_in_viewport()


def test_the_gauge_opens_to_the_areas(opened: Open) -> None:
    page = opened()
    expect(page.locator(".areas")).to_be_hidden()
    page.locator(".readiness > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".areas .area-name").first).to_be_visible()


def test_a_line_of_the_dockerfile_opens_to_its_decision(opened: Open) -> None:
    page = opened("#file-dockerfile")
    line = page.locator("#file-dockerfile .block > summary").first
    expect(line).to_be_visible()
    line.click()
    expect(page.locator("#file-dockerfile .reason").first).to_be_visible()


def test_a_fragment_in_the_address_unfolds_what_it_names(opened: Open) -> None:
    page = opened("#passed")
    assert page.locator("#passed").evaluate("one => one.open")


def test_the_first_key_leads_past_the_contents(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_without_scripts_every_finding_is_open(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator(f"{CARDS}:visible").count() == 3
    assert page.locator(f"{CARDS} details:not([open])").count() == 0
    assert page.locator("#filters:visible").count() == 0
    assert page.locator("button.copy:visible").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_no_controls_and_no_folds(opened: Open, scripts: bool) -> None:
    page = opened(java_script_enabled=scripts, color_scheme="dark", viewport={"width": 800, "height": 900})
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (".contents", "#filters", "button.copy"):
        assert page.locator(f"{selector}:visible").count() == 0
    passed = page.locator("#passed .others")
    assert passed.evaluate("one => one.checkVisibility({contentVisibilityAuto: true})") is True
    assert passed.bounding_box() is not None
    assert page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"


def test_what_was_folded_is_folded_again_after_printing(opened: Open, tmp_path: Path) -> None:
    page = opened()
    folded = "document.querySelectorAll('details:not([open])').length"
    before = page.evaluate(folded)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(folded) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(folded) == before > 0
    page.pdf(path=tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
