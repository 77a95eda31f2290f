"""Numbers and links as reviewers corrected them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.records import Article, Extraction, Mention, Quantity
from pipeline.registers import Registers, load_registers
from pipeline.settings import find_models
from pipeline.timeline.mending import link_decision, mend_extraction, number_decision

WHEN = "2025-05-01T10:00:00+00:00"
TEXT = "Vacancies rose to 12% from 9%."


@pytest.fixture(scope="module")
def registers() -> Registers:
    """Ours."""
    return load_registers(Path(find_models()))


def make_article(text: str = TEXT) -> Article:
    """An article with that text."""
    when = datetime(2025, 3, 1, tzinfo=UTC)
    return Article("example-1", "https://example.org/1", "Title", None, when, (), None, None, None, None, text, ())


def make_number(text: str, value: float, start: int, compared_with: int | None = None) -> Quantity:
    """A percentage in the sentence."""
    return Quantity(text, start, start + len(text), value, None, "percent", "core", "level", None, False, "vacancies",
                    None, compared_with=compared_with, quote_start=0, quote_end=len(TEXT))  # fmt: skip


FOUND = Extraction(quantities=(make_number("12%", 12.0, 18, compared_with=1), make_number("9%", 9.0, 27)))


def test_a_number_has_what_the_reviewer_said(registers: Registers) -> None:
    """Only that number, and only what was corrected."""
    decision = number_decision(
        make_article(), FOUND.quantities[0], "correct", WHEN, {"value": "1,250", "period": "2024"}
    )
    first, second = mend_extraction(make_article(), FOUND, [decision], registers).quantities
    assert (first.value, first.period, first.unit) == (1250.0, "2024", "percent")
    assert second == FOUND.quantities[1]


def test_comparisons_follow_when_a_number_is_gone(registers: Registers) -> None:
    """What a rejected number was compared with, or was compared with it, is none any more."""
    _, second = FOUND.quantities
    gone = number_decision(make_article(), second, "reject", WHEN, {})
    assert [n.compared_with for n in mend_extraction(make_article(), FOUND, [gone], registers).quantities] == [None]
    turned = Extraction(quantities=(second, make_number("12%", 12.0, 18, compared_with=0)))
    other = number_decision(make_article(), make_number("4%", 4.0, 3), "reject", WHEN, {})
    assert [n.compared_with for n in mend_extraction(make_article(), turned, [other], registers).quantities] == [
        None,
        0,
    ]


def test_a_number_in_another_sentence_is_left(registers: Registers) -> None:
    """The decision is about the sentence as it was."""
    decision = number_decision(make_article(), FOUND.quantities[0], "reject", WHEN, {})
    other = make_article(TEXT.replace("Vacancies", "Vacancy"))
    assert mend_extraction(other, FOUND, [decision], registers) == FOUND


def test_a_link_is_led_elsewhere_or_cut(registers: Registers) -> None:
    """Every mention of the name in the article."""
    mention = Mention("organisation", "organisation-board", "Board", "charity", "the board", 0, 5, "text")
    found = Extraction(mentions=(mention, mention))
    to = link_decision("example-1", "organisation", "Board", "correct", WHEN, {"name": "Ofsted"})
    moved = mend_extraction(make_article(), found, [to], registers).mentions
    assert {(m.name, m.entity_id, m.type, m.origin, m.text) for m in moved} == {
        ("Ofsted", "organisation-ofsted", "regulator", "register", "the board")
    }
    cut = link_decision("example-1", "organisation", "Board", "reject", WHEN, {})
    assert mend_extraction(make_article(), found, [cut], registers).mentions == ()
