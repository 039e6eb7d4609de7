"""A real browser, offline, and the report in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from analyzer.render.report.html import render
from tests.browser.provision import find
from tests.conftest import lacking
from tests.render.samples import artifacts_of, rich

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Open = Callable[..., Page]
"""Opens the report in a window of its own; arguments are those of the browser's contexts."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium. Where there is none the test is skipped; under CI it fails."""
    program = find()
    if program is None:
        lacking("no Chromium is installed; `python -m tests.browser.provision` installs one where it can")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS), chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a fixture with everything that a page can show, on the disk."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(render(rich(), artifacts_of(rich())), encoding="utf-8")
    return file


@pytest.fixture
def opened(chromium: Browser, report_file: Path) -> Iterator[Open]:
    """Opens the report; a message of the console, an error of a script or a request is a failure of the test."""
    said: list[str] = []
    contexts = []

    def open_page(fragment: str = "", **options: Any) -> Page:
        context = chromium.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        address = report_file.as_uri()
        page.on("console", lambda message: said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("request", lambda request: _note_request(said, request.url, address))
        page.goto(f"{address}{fragment}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def _note_request(said: list[str], url: str, address: str) -> None:
    if url.partition("#")[0] != address and not url.startswith("data:"):
        said.append(f"request: {url}")
