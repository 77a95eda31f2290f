"""The report in a real browser: filters, axis, quotes, hostile titles, small screens."""

from __future__ import annotations

import csv
import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.report import write_report
from pipeline.store.lookups import FULL_TEXT
from tests.report.example import HOSTILE, SECRET, filled, make_tables

if TYPE_CHECKING:
    from playwright.sync_api import Page

Keep = Callable[["Page", str], None]
AXE = os.environ.get("CAREFEED_AXE")
PAGES = ("index", "topics", "policies", "organisations", "figures", "articles", "about", "topics/topic-aa",
         "policies/policy-care-duty", "organisations/organisation-example-board", "articles/example-1",
         "events/2024-02")  # fmt: skip

#: Those that show every colour that there is.
COLOURED = ("index", "figures", "articles/example-1", "events/2024-02")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the made-up archive, with whole texts."""
    out = tmp_path_factory.mktemp("pages")
    with filled(make_tables(), tmp_path_factory.mktemp("archive")) as contents:
        contents.archive.set_fact(FULL_TEXT, "yes")
        write_report(contents, out)
    return out / "report"


def open_report(page: Page, report: Path, name: str = "index", fragment: str = "") -> None:
    """A page of the report, from the disk."""
    page.goto((report / f"{name}.html").as_uri() + fragment)


def titles(page: Page) -> list[str]:
    """The events in the list."""
    return page.locator("#list li .what a").all_inner_texts()


def test_filters_narrow_list_axis_and_address(page: Page, report: Path, keep: Keep) -> None:
    """What is chosen is in the list, on the axis and in the address, and stays when that is opened again."""
    open_report(page, report)
    keep(page, "timeline")
    page.select_option("#policy", "care duty")
    page.check("input[value=overdue]")
    assert titles(page) == ["Guidance to come out"]
    assert page.locator("#axis .mark").count() == 1
    assert "states=overdue" in page.url
    page.reload()
    assert titles(page) == ["Guidance to come out"]
    page.click("#clear")
    assert len(titles(page)) == 4


def test_zooming_keeps_list_and_axis_in_step(page: Page, report: Path) -> None:
    """The buttons narrow the span; drawing across the axis does too."""
    open_report(page, report)
    page.click("[data-zoom=next]")
    assert titles(page) == ["Pilot runs", "Guidance to come out"]
    page.click("[data-zoom=all]")
    assert len(titles(page)) == 4
    box = page.locator("#axis svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + 60)
    page.mouse.up()
    assert titles(page) == ["Duty to start"]
    assert page.input_value("#from") > "2024-06"


def test_an_address_that_was_sent_shows_the_same(page: Page, report: Path) -> None:
    """Selection, order and counts; a year's plan is there where it touches the span of time."""
    open_report(page, report, fragment="#states=overdue,due&policy=care+duty&order=earliest")
    assert titles(page) == ["Guidance to come out", "Duty to start"]
    assert page.inner_text("#result") == "2 of 4 events"
    assert "care duty (2)" in page.locator("#policy").evaluate("e => e.textContent")
    page.goto("about:blank")
    open_report(page, report, fragment="#from=2026-01-01&to=2026-06-30")
    assert titles(page) == ["Duty to start"]


def test_skipping_to_the_content_keeps_what_was_chosen(page: Page, report: Path) -> None:
    """The link at the head of the page leads past it, and filters and address stay."""
    open_report(page, report, fragment="#states=overdue")
    page.focus(".skip")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")
    page.wait_for_function("location.hash === '#states=overdue'")
    assert titles(page) == ["Guidance to come out"]


def test_quotation_marks_are_found_as_they_are_typed(page: Page, tmp_path: Path) -> None:
    """A straight apostrophe finds a curly one, in the explorer and in the tables."""
    tables = make_tables()
    title = "Children’s “hubs” open"
    tables["timeline"][0]["title"] = tables["articles"][0]["title"] = title
    with filled(tables, tmp_path) as contents:
        write_report(contents, tmp_path)
    open_report(page, tmp_path / "report", fragment='#q=children\'s+"hubs"')
    assert titles(page) == [title]
    open_report(page, tmp_path / "report", "articles")
    page.fill("#find", 'children\'s "hubs"')
    assert page.inner_text("#found") == "1 of 3 articles"


def test_what_cannot_be_is_made_the_best_of(page: Page, report: Path) -> None:
    """Two days in the wrong order are a span all the same, a day that isn't one is none, and nothing is said."""
    open_report(page, report, fragment="#from=2026-06-30&to=2026-01-01")
    assert titles(page) == ["Duty to start"]
    assert page.locator("#axis .mark").count() == 1
    page.goto("about:blank")
    open_report(page, report, fragment="#from=2025-13-45")
    assert page.inner_text("#result") == "4 events"
    page.fill("#q", "nothing like it")
    page.locator("#list .none").wait_for()
    assert page.inner_text("#list") == "No event passes all of these filters."


@pytest.mark.parametrize(("name", "times"), [("in", 12), ("out", 25)])
def test_the_axis_can_be_read_however_far_it_is_zoomed(page: Page, report: Path, name: str, times: int) -> None:
    """Days have their names, and centuries don't run into each other."""
    open_report(page, report)
    for _ in range(times):
        page.click(f"[data-zoom={name}]")
    places = page.locator("#axis .tick").evaluate_all("all => all.map((each) => each.getBoundingClientRect())")
    assert len(places) >= 2
    assert all(a["right"] < b["left"] for a, b in itertools.pairwise(places))


def test_a_chain_is_drawn_and_told(page: Page, report: Path) -> None:
    """A delay is joined to what it delays on the axis, and names it in the list and on the policy's page."""
    open_report(page, report)
    assert page.locator("#axis .chain").count() == 1
    assert "delays: Duty to start" in page.inner_text("#list")
    open_report(page, report, "policies/policy-care-duty")
    assert "Delays: Duty to start" in page.inner_text(".chained")


def test_what_is_shown_is_saved(page: Page, report: Path, tmp_path: Path) -> None:
    """One row for each event of the list, and every row has every column."""
    open_report(page, report, fragment="#states=overdue,due")
    with page.expect_download() as download:
        page.click("#csv")
    download.value.save_as(tmp_path / "shown.csv")
    with (tmp_path / "shown.csv").open(encoding="utf-8-sig", newline="") as handle:
        header, *rows = csv.reader(handle)
    assert len(rows) == 2
    assert {len(row) for row in rows} == {len(header)}
    assert any("delays: event-000002" in row for row in rows)


def test_a_quote_leads_to_its_place_in_the_article(page: Page, report: Path, keep: Keep) -> None:
    """From the list to the event, and from its sentence to the article's text."""
    open_report(page, report)
    page.click("#list >> text=Pilot runs")
    assert page.locator(":target h2").inner_text() == "Pilot runs"
    keep(page, "event")
    page.locator(":target .cite a").first.click()
    assert "/articles/example-1.html#" in page.url
    assert page.locator(".text :target").count() == 1
    assert SECRET in page.inner_text(".text")
    keep(page, "article")


def test_a_point_leads_to_its_sentence(page: Page, report: Path, keep: Keep) -> None:
    """And one on which articles disagree says so."""
    open_report(page, report, "figures")
    keep(page, "figures")
    assert page.locator(".chart a[aria-label*=disagree]").count() == 1
    page.locator(".chart svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/example-1.html#*")
    assert "cut the rate to 13%" in page.locator(":target").inner_text()


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_is_wider_than_its_window(page: Page, report: Path, keep: Keep, width: int) -> None:
    """Nothing is cut off; hostile titles stay text on every page."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.set_viewport_size({"width": width, "height": 900})
    for name in PAGES:
        open_report(page, report, name)
        assert page.locator("html").evaluate("e => e.scrollWidth") <= width, name
        assert page.locator("main script:not([type='application/json'])").count() == 0, name
        assert page.locator("a[href^='javascript:']").count() == 0, name
        keep(page, f"{name.replace('/', '-')}-{width}")


def test_hostile_titles_are_shown_as_they_are(page: Page, report: Path) -> None:
    """As the text that they are, in list, page and heading."""
    open_report(page, report)
    assert HOSTILE in titles(page)
    open_report(page, report, "articles/example-2")
    assert page.inner_text("h1") == HOSTILE


@pytest.mark.skipif(not AXE, reason="CAREFEED_AXE names no axe.min.js: npm install axe-core in a folder of its own")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: object, report: Path, scheme: str) -> None:
    """WCAG 2.2 AA, as far as a program can tell, on every page, in light and in dark."""
    script = Path(str(AXE)).read_text(encoding="utf-8")
    # the pages' policy lets no script in: for the check alone it is passed by
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[attr-defined]
    page = context.new_page()
    found = []
    for name in PAGES if scheme == "light" else COLOURED:
        open_report(page, report, name)
        page.evaluate(script)
        result = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        found += [
            (name, each["id"], [node["html"][:200] for node in each["nodes"][:3]])
            for each in result["violations"]
            if each["impact"] in ("serious", "critical")
        ]
    context.close()
    assert found == []
