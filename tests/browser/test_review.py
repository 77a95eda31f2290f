"""The review in a real browser: with keys, with buttons, and seen again after the files were made anew."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.review.server import Server
from pipeline.reviewing import load_decisions
from pipeline.settings import find_models

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def server(browser: object, out: Path, project: Path) -> Iterator[Server]:
    """A review of a part of our corpus."""
    with Server(out, find_models(), project, "ann") as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def test_a_date_is_corrected_and_seen_after_the_next_run(
    page: Page, server: Server, project: Path, keep: Callable[[Page, str], None]
) -> None:
    """By keys alone: choose, edit, save, apply; a wrong date and an unknown name are refused in words."""
    page.goto(server.address)
    page.wait_for_url("**/review/")
    page.locator("article.event").first.wait_for()
    keep(page, "review-queue")
    title = page.locator("article.event h2").first.inner_text()
    page.keyboard.press("j")
    page.keyboard.press("e")
    date = page.get_by_label("Date", exact=False).first
    date.fill("2025-13")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="no EDTF date").wait_for()
    keep(page, "review-edit")
    date.fill("2001-02-03")
    page.get_by_label("Organisations (with ; between)").fill("Ofsed")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="did you mean Ofsted").wait_for()
    page.get_by_label("Organisations (with ; between)").fill("Ofsted")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Corrected").wait_for()
    assert [each.reviewer for each in load_decisions(project)] == ["ann"]
    page.keyboard.press("w")
    page.get_by_role("status").filter(has_text="Applied").wait_for(timeout=30_000)
    page.goto(f"http://127.0.0.1:{server.access.port}/events/2001-02.html")
    event = page.locator("article.event", has_text="3 February 2001")
    assert event.get_by_text("Reviewed", exact=True).count() == 1
    assert event.locator(".review-state").inner_text().startswith("Corrected")
    assert title
    keep(page, "review-event")


def test_decisions_by_buttons_are_taken_back_by_a_key(page: Page, server: Server, project: Path) -> None:
    """Rejected, and undone: the event is in the queue again."""
    page.goto(server.address)
    page.locator("article.event").first.wait_for()
    left = page.inner_text("#left")
    page.get_by_role("button", name="Reject").first.click()
    page.get_by_role("status").filter(has_text="Rejected").wait_for()
    page.wait_for_selector(f"#left:not(:text-is('{left}'))")
    page.keyboard.press("u")
    page.wait_for_selector(f"#left:text-is('{left}')")
    assert [each.verdict for each in load_decisions(project)] == ["reject", "withdraw"]


def test_the_keys_are_told_and_can_be_turned_off(page: Page, server: Server, project: Path) -> None:
    """For those whose speech or switch presses keys that they didn't mean."""
    page.goto(server.address)
    page.locator("article.event").first.wait_for()
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_text("next event").wait_for()
    page.get_by_role("button", name="Turn keys off").click()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_timeout(200)
    assert load_decisions(project) == ()


def test_a_number_is_corrected_on_its_article(page: Page, server: Server, project: Path) -> None:
    """From its row, with what the reviewer says it is."""
    page.goto(server.address)
    page.locator("article.event .cite a").first.wait_for()
    page.locator("article.event .cite a").first.click()
    page.wait_for_selector("button.edit-link")
    if page.locator("button.edit-number").count():
        page.locator("button.edit-number").first.click()
        page.get_by_label("Value, in full").fill("7")
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text="Number").wait_for()
    page.locator("button.edit-link").first.click()
    page.get_by_role("button", name="Not meant here").click()
    page.get_by_role("status").filter(has_text="not meant here").wait_for()
    assert "mention" in {each.about for each in load_decisions(project)}


def test_a_link_is_added_by_keys_and_taken_away(
    page: Page, server: Server, project: Path, keep: Callable[[Page, str], None]
) -> None:
    """The other event is found by words of its title; both are shown before anything is applied."""
    page.goto(server.address)
    page.locator("article.event").first.wait_for()
    title = page.locator("article.event h2").nth(3).inner_text()
    page.keyboard.press("j")
    page.keyboard.press("l")
    page.get_by_label("This event").select_option("delays")
    page.get_by_label("the earlier one").fill(title)
    page.get_by_role("status").filter(has_text="found").wait_for()
    keep(page, "review-links")
    page.get_by_label("Events found").select_option(index=0)
    page.get_by_label("the earlier one").press("Enter")
    page.get_by_role("status").filter(has_text="delays").wait_for()
    page.locator("article.event").first.get_by_role("button", name="Links").click()
    page.get_by_role("button", name="Take the link away: Delays").click()
    page.get_by_role("status").filter(has_text="has no link to").wait_for()
    assert [each.verdict for each in load_decisions(project)] == ["link", "unlink"]


def test_a_missed_event_is_added_to_its_sentence(
    page: Page, server: Server, project: Path, keep: Callable[[Page, str], None]
) -> None:
    """On the article's page, with what the sentence holds filled in; wrong input is refused in words."""
    page.goto(server.address)
    page.locator("article.event .cite a").first.click()
    page.get_by_text("Something is missing").click()
    page.get_by_role("button", name="Add an event to").nth(1).click()
    assert page.get_by_label("Date (as").input_value()
    page.get_by_label("Date (as").press("Enter")
    page.get_by_role("alert").filter(has_text="needs a kind and a status").wait_for()
    page.get_by_label("Kind").select_option("meeting")
    page.get_by_label("Status").select_option("happened")
    page.get_by_label("Date (as").fill("2025-13")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="no EDTF date").wait_for()
    keep(page, "review-missed")
    page.get_by_label("Date (as").fill("2001-02-03")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="was added").wait_for()
    keep(page, "review-article")
    assert [(each.about, each.date, each.type) for each in load_decisions(project)] == [
        ("missed", "2001-02-03", "meeting")
    ]
    page.keyboard.press("u")
    page.get_by_role("status").filter(has_text="Taken back").wait_for()
