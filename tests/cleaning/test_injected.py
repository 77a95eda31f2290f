"""Injected phrases of many languages: around titles in every way, and as paragraphs of bodies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cleaning.evidence import TitleSource
from pipeline.cleaning.marks import load_marks
from pipeline.cleaning.spam import find_spam_lines
from pipeline.cleaning.titles import clean_titles
from pipeline.settings import find_models
from tests.cases import read_table

MARKS = load_marks(find_models())
LATIN = frozenset({"LATIN"})
PHRASES = read_table(Path(__file__).parent / "cases" / "injected.tsv")
TITLES = (
    "Council backs new day centre",
    "Social workers vote to strike over pay",
    "‘We were not told’: families on a closure",
    "Registration fee to rise to £120",
    "5 lessons from the pilot",
    "DfE sets out plan for 40 hubs",
    "What the bill means for AMHPs",
    "Wales: new duty on councils",
    "£20m for respite care in 2027-28",
    "Ofsted criticises trust’s leadership",
)
#: Where a phrase stands; the last is glued with figures between.
PLACES = (
    "{spam} {title}", "{spam}{title}", "{spam} | {title}", "【{spam}】{title}", "{title} {spam}", "{title} - {spam}",
    "{title}{spam}", "{spam}168{title}",
)  # fmt: skip
TEXT = "the people who were asked said what they thought, and that was that. " * 12
STORY = (
    "The council agreed the change on Monday, after two years of talks with carers, charities and unions. It said that "
    "families in the north of the county would have the new service from May, and that staff there had been told. "
    "About 40 posts would go. What is left of the old team will move to another building, which the trust has rented "
    "for five years, at a cost of more than a million pounds."
)


def slug(title: str) -> str:
    """A title as an address has it."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub("[’‘£]", "", title.lower())).strip("-")


def clean(raw: str, title: str, text: str = TEXT) -> str:
    """The clean title of a feed of one item."""
    source = TitleSource(raw, f"https://x.org/2025/03/{slug(title)}/", (text,))
    return clean_titles([source], LATIN, MARKS.spam)[0].text


def test_titles() -> None:
    """Of titles with a phrase in each place, 99 % come out as their editors wrote them."""
    wrong: list[str] = []
    for n, (_, spam) in enumerate(PHRASES):
        for k, place in enumerate(PLACES):
            title = TITLES[(n + k) % len(TITLES)]
            raw = place.format(spam=spam, title=title)
            wrong += [raw] if clean(raw, title) != title else []
    assert len(wrong) * 100 <= len(PHRASES) * len(PLACES), wrong


@pytest.mark.parametrize(
    ("raw", "address", "text"),
    [
        # the story is about it: its own text says the word
        ("Casino levy: what it means for councils", "what it means for councils", "the casino levy was set. " * 30),
        # the address was cut at its end, and the story says the rest
        ("Ministers to act on online betting", "ministers to act", "online betting harms families. " * 30),
        # a series name with one such word
        ("Poker face: why social workers hide stress", "why social workers hide stress", TEXT),
    ],
)
def test_honest_titles_stay(raw: str, address: str, text: str) -> None:
    """A word of gambling outside of the address does not convict a title whose story, or form, speaks for it."""
    assert clean(raw, address, text) == raw


@pytest.mark.parametrize(("language", "spam"), [p for p in PHRASES if len(p[1].split()) > 1])
def test_paragraphs(language: str, spam: str) -> None:
    """A phrase alone on a line of a body is spam in any language, and the story's lines are not."""
    assert find_spam_lines([[STORY, spam, STORY]], LATIN, MARKS) == [frozenset({1})], language


def test_story_about_gambling_stays() -> None:
    """A sentence on gambling in a story has the story's words around it."""
    line = "The trust said that a casino had paid for the new building."
    assert find_spam_lines([[STORY, line, STORY]], LATIN, MARKS) == [frozenset()]
