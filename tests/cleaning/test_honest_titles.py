"""A bench of honest titles: none is changed, and spam put around them goes without a trace."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.cleaning.evidence import TitleSource
from pipeline.cleaning.marks import load_marks
from pipeline.cleaning.scripts import home_scripts
from pipeline.cleaning.titles import clean_titles
from pipeline.settings import find_models
from tests.cases import read_table
from tests.feeds.blogs import LANGUAGES, SPAM, honest_titles, make_slug

SPAM_WORDS = load_marks(find_models()).spam
OWN = read_table(Path(__file__).parent / "cases" / "honest_titles.tsv")
MADE = [(language, title) for language in LANGUAGES for title in honest_titles(language)]
#: What a story says of itself, so that there is a text to ask.
TEXT = "the people who were asked said what they thought, and that was that. " * 12
#: Where spam stands: before, after, behind a dash, glued, behind a character that can't be seen, in brackets, around.
PLACES = {
    "before": "{spam} {title}",
    "after": "{title} {spam}",
    "dash_after": "{title} - {spam}",
    "bar_before": "{spam} | {title}",
    "zero_width": "{spam}\u200b{title}",
    "brackets": "【{spam}】{title}",
    "both": "{spam} {title} {spam}",
}


def addresses(title: str, language: str, number: int) -> list[str]:
    """The addresses that one title may have: whole, cut at its end, without words."""
    slug = make_slug(title, language)
    words = slug.split("-")
    return [
        f"https://x.org/{slug}/",
        f"https://x.org/{'-'.join(words[: max(2, len(words) // 2)])}/",
        f"https://x.org/?p={number}",
    ]


def clean(titles: Sequence[tuple[str, str]], language: str, text: str = "") -> list[str]:
    """The clean titles of one feed, given as titles and addresses; ``text`` stands in the story besides."""
    home = home_scripts(language, [TEXT, *(title for title, _ in titles)])
    sources = [TitleSource(title, url, (TEXT, text)) for title, url in titles]
    return [c.text for c in clean_titles(sources, home, SPAM_WORDS, language)]


def test_a_thousand_titles() -> None:
    """The bench is as large as it says."""
    assert len(OWN) > 150
    assert len({*OWN, *MADE}) >= 1_000


@pytest.mark.parametrize("kind", [0, 1, 2], ids=["whole_address", "cut_address", "no_address"])
def test_single_item_feeds(kind: int) -> None:
    """No honest title is changed in a feed of one item; where the address has no words the story has the title's."""
    pairs = [(t, addresses(t, language, n)[kind], language) for n, (language, t) in enumerate([*OWN, *MADE])]
    changed = [(t, clean([(t, url)], language, t if kind == 2 else "")[0]) for t, url, language in pairs]
    assert [(a, b) for a, b in changed if a != b] == []


def test_feeds_of_eight() -> None:
    """No honest title is changed beside others of its language, with addresses of all kinds in one feed."""
    drawn = random.Random(7)
    for language in sorted({language for language, _ in OWN}):
        titles = [t for known, t in OWN if known == language]
        drawn.shuffle(titles)
        for at in range(0, len(titles), 8):
            feed = [(t, drawn.choice(addresses(t, language, n))) for n, t in enumerate(titles[at : at + 8])]
            assert clean(feed, language) == [t for t, _ in feed]


@pytest.mark.parametrize("place", PLACES)
def test_injected_spam_goes(place: str) -> None:
    """Of honest titles with spam of a kind drawn for each item, 99 % come out exactly as they were."""
    drawn = random.Random(place)
    wrong: list[tuple[str, str]] = []
    pool = [(language, t) for language, t in [*OWN, *MADE] if len(make_slug(t, language).split("-")) >= 3]
    drawn.shuffle(pool)
    pool = pool[:600]
    for language, title in pool:
        spam = SPAM[drawn.choice([k for k in SPAM if k[:2] != language])]
        found = clean([(PLACES[place].format(spam=spam, title=title), addresses(title, language, 1)[0])], language)[0]
        if found != title:
            wrong.append((title, found))
    assert len(wrong) <= len(pool) // 100, wrong
