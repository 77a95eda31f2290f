"""The report in a real browser, where there is one (Debian: ``apt-get install chromium``)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

from pipeline.report import write_report
from tests.report.example import HOSTILE, filled, make_tables

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here: apt-get install chromium")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the made-up archive."""
    out = tmp_path_factory.mktemp("browser")
    with filled(make_tables(), tmp_path_factory.mktemp("archive")) as contents:
        write_report(contents, out)
    return out / "report"


def open_page(page: Path, fragment: str, profile: Path) -> html.HtmlElement:
    """The page as it stands once its scripts have run, opened from the disk."""
    assert BROWSER is not None
    options = [
        "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
        "--disable-component-update", "--disable-quic", f"--user-data-dir={profile}", "--virtual-time-budget=3000",
    ]  # fmt: skip
    if os.geteuid() == 0:
        options.append("--no-sandbox")  # a browser run by root, as in a container, has no sandbox to use
    found = subprocess.run(
        [BROWSER, *options, "--dump-dom", page.as_uri() + fragment], capture_output=True, timeout=60, check=True
    )
    return html.fromstring(found.stdout.decode())


def shown(page: html.HtmlElement) -> list[str]:
    """Titles of the events in the list."""
    return [link.text_content() for link in page.xpath("//div[@id='list']//li//a")]


def test_the_explorer_lists_and_draws_every_event(report: Path, tmp_path: Path) -> None:
    """All events are in the list, latest first, and as marks on the axis; titles with markup stay text."""
    page = open_page(report / "index.html", "", tmp_path)
    assert shown(page) == ["Duty to start", "Pilot runs", "Guidance to come out", HOSTILE]
    assert len(page.xpath("//div[@id='axis']//*[contains(@class, 'mark')]")) == 4
    assert page.xpath("string(//p[@id='result'])") == "4 events"


def test_the_address_keeps_the_view(report: Path, tmp_path: Path) -> None:
    """An address that was sent shows the same selection, with counts on the filters."""
    page = open_page(report / "index.html", "#states=overdue,due&policy=care+duty&order=earliest", tmp_path)
    assert shown(page) == ["Guidance to come out", "Duty to start"]
    assert page.xpath("string(//p[@id='result'])") == "2 of 4 events"
    assert "care duty (2)" in page.xpath("string(//select[@id='policy'])")


def test_a_span_of_time_can_be_chosen(report: Path, tmp_path: Path) -> None:
    """From and to hold back what lies outside; a year's plan counts when it touches the span."""
    page = open_page(report / "index.html", "#from=2026-01-01&to=2026-06-30", tmp_path)
    assert shown(page) == ["Duty to start"]


def test_a_chain_is_drawn(report: Path, tmp_path: Path) -> None:
    """A delay is joined to what it delays."""
    page = open_page(report / "index.html", "", tmp_path)
    assert len(page.xpath("//div[@id='axis']//*[@class='chain']")) == 1
