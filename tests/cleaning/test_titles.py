"""Titles: spam goes, honest titles stay."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.cleaning.marks import load_marks
from pipeline.cleaning.titles import TitleSource, clean_titles
from pipeline.settings import find_models
from tests.feeds.blogs import LANGUAGES, SPAM, honest_titles, make_slug

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "titles.toml").read_text(encoding="utf-8")
)
SPAM_WORDS = load_marks(find_models()).spam
LATIN = frozenset({"LATIN"})


def clean(case: dict[str, Any]) -> str:
    """The title of a feed of one item."""
    source = TitleSource(case["raw"], case["url"], (case.get("text", ""),))
    return clean_titles([source], LATIN, SPAM_WORDS)[0].text


@pytest.mark.parametrize(
    "case", [c for pile in ("in_the_wild", "negative", "synthetic") for c in CASES[pile]], ids=lambda c: c["raw"][:40]
)
def test_title(case: dict[str, Any]) -> None:
    """A single item's title comes out as its editors wrote it."""
    assert clean(case) == case["want"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["raw"][:40], marks=pytest.mark.xfail(reason=case["why"], strict=True))
        for case in CASES["known_failures"]
    ],
)
def test_known_failure(case: dict[str, Any]) -> None:
    """What we get wrong today; a case that comes right must move to another pile."""
    assert clean(case) == case["want"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_thousand_honest_titles(language: str) -> None:
    """None of a hundred honest titles a language is changed, with or without words in their addresses."""
    titles = honest_titles(language)
    home = frozenset({"LATIN", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA"})
    for urls in (
        [f"https://x.org/{make_slug(t, language)}/" for t in titles],
        [f"https://x.org/?p={n}" for n in range(len(titles))],
    ):
        sources = [TitleSource(t, u, ()) for t, u in zip(titles, urls, strict=True)]
        assert [c.text for c in clean_titles(sources, home, SPAM_WORDS)] == titles


def test_cleaning_is_idempotent() -> None:
    """A clean title is not changed by cleaning it again."""
    title = honest_titles("en")[0]
    url = f"https://x.org/{make_slug(title)}/"
    for spam in SPAM.values():
        once = clean({"raw": f"{spam} {title}", "url": url})
        assert clean({"raw": once, "url": url}) == once == title


def test_unknown_spam_by_repetition() -> None:
    """A string that we don't know goes when it stands before most titles and in no address."""
    titles = honest_titles("en")[:8]
    spam = "watch the big match tonight"
    sources = [TitleSource(f"{spam} {t}", f"https://x.org/{make_slug(t)}/", ()) for t in titles]
    assert [c.text for c in clean_titles(sources, LATIN, SPAM_WORDS)] == titles


def test_series_name_by_repetition_stays() -> None:
    """A short series name with a colon stays, though it stands before most titles and in no address."""
    titles = honest_titles("en")[:8]
    sources = [TitleSource(f"Opinion: {t}", f"https://x.org/{make_slug(t)}/", ()) for t in titles]
    assert [c.text for c in clean_titles(sources, LATIN, SPAM_WORDS)] == [f"Opinion: {t}" for t in titles]


def test_cuts_give_the_raw_title() -> None:
    """What was cut and what was kept are stretches of the raw title that do not overlap."""
    raw = f"{SPAM['zh']} Council backs plan | {SPAM['id']}"
    found = clean_titles([TitleSource(raw, "https://x.org/council-backs-plan/", ())], LATIN, SPAM_WORDS)[0]
    assert raw[found.start_char : found.end_char].strip() == found.text == "Council backs plan"
    assert found.cuts[0].end_char <= found.start_char and found.cuts[-1].start_char >= found.end_char
