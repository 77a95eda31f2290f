"""A browser for the tests that need one: Debian's Chromium, driven by Playwright, which downloads none of its own.

Skipped with a word where either is missing. Screenshots go to the folder that ``CAREFEED_SCREENSHOTS`` names, and
nowhere without it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all of them, closed before any other test: while it is open this thread has a running loop."""
    if BROWSER is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright here: pip install playwright")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # root, as in a container, has no sandbox to use
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=BROWSER, args=[*sandbox, "--disable-dev-shm-usage"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page; what its scripts complain of fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB", accept_downloads=True)
    found = context.new_page()
    faults: list[str] = []
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.set_default_timeout(15_000)
    yield found
    context.close()
    assert faults == []


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a screenshot of a page under a name, where a folder was named for them."""
    folder = os.environ.get("CAREFEED_SCREENSHOTS")

    def shoot(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=False)

    return shoot
