"""Figures that can't both be right: the three kinds, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.records import Article, Extraction, Quantity
from pipeline.tables import Row
from pipeline.timeline.conflicts import find_conflicts
from pipeline.timeline.series import build_series, measure_key

Pair = tuple[Article, Extraction]


def make_article(number: int, text: str) -> Article:
    """An article of one sentence."""
    published = datetime(2025, 1, number, tzinfo=UTC)
    return Article(f"x-{number}", "https://example.org", "", None, published, (), None, None, None, None, text, ())


def make_quantity(text: str, words: str, value: float, role: str = "level", **facts: object) -> Quantity:
    """A number of a sentence, where its words stand in it."""
    start = text.index(words)
    base = Quantity(words, start, start + len(words), value, None, "count", "core", role, None, False, "beds", "2024",
                    quote_end=len(text))  # fmt: skip
    return base if not facts else type(base)(**{**{name: getattr(base, name) for name in base.__slots__}, **facts})


def conflicts(*pairs: Pair) -> list[Row]:
    """The conflicts of a few articles."""
    return find_conflicts(pairs, build_series(pairs))


def test_values_of_two_articles() -> None:
    """Two articles that give one measure at one time different values are a conflict."""
    pairs = []
    for number, words in ((1, "17.8"), (2, "17.9")):
        text = f"There were {words} beds in 2024."
        pairs.append((make_article(number, text), Extraction(quantities=(make_quantity(text, words, float(words)),))))
    assert [(row["kind"], row["values"]) for row in conflicts(*pairs)] == [("values", ("17.8", "17.9"))]


def test_direction_against_numbers() -> None:
    """A fall from less to more is a conflict; a fall from more to less is none."""
    for low, high, kinds in ((40, 50, ["direction"]), (50, 40, [])):
        text = f"Beds fell from {low} to {high}."
        numbers = (
            make_quantity(text, str(low), low, compared_with=1, period="2023"),
            make_quantity(text, str(high), high),
        )
        assert [row["kind"] for row in conflicts((make_article(1, text), Extraction(quantities=numbers)))] == kinds


def test_fewer_than_before_with_more() -> None:
    """ "Fewer … than" with the greater figure first is a conflict."""
    text = "Fewer beds were lost in 2024 (60) than over the year before (50)."
    numbers = (make_quantity(text, "60", 60), make_quantity(text, "50", 50, period="2023"))
    rows = conflicts((make_article(1, text), Extraction(quantities=numbers)))
    assert [(row["kind"], row["values"]) for row in rows] == [("direction", ("50", "60"))]


def test_arithmetic() -> None:
    """A percentage that its two levels don't give is a conflict; one that they give is none."""
    for stated, kinds in ((50, ["arithmetic"]), (30, [])):
        text = f"Beds rose by {stated}%, from 500 to 650."
        numbers = (
            make_quantity(text, f"{stated}%", stated, "change", unit="percent", direction="up", compared_with=1),
            make_quantity(text, "500", 500, compared_with=2, period="2023"),
            make_quantity(text, "650", 650),
        )
        assert [row["kind"] for row in conflicts((make_article(1, text), Extraction(quantities=numbers)))] == kinds


def test_measures_told_differently_are_one() -> None:
    """Locums' share and agency staff as share of the workforce are one measure."""
    assert measure_key("locums as share of the workforce") == measure_key("share of agency staff in the workforce")


def test_piece_of_a_sentence_is_no_series() -> None:
    """A measure that opens with a verb or pronoun, or a stretch of time, has no place in a series."""
    text = "There were 40 beds in 2024."
    for facts, n_rows in (({}, 1), ({"measure": "who were ill"}, 0), ({"unit": "year"}, 0)):
        quantity = make_quantity(text, "40", 40, **facts)
        assert len(build_series([(make_article(1, text), Extraction(quantities=(quantity,)))]).rows) == n_rows
