"""Time expressions: what is found, and what it is worth."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import spacy

from pipeline import edtf
from pipeline.errors import RegisterError
from pipeline.extraction.document import make_doc
from pipeline.extraction.timex import almanac
from pipeline.extraction.timex.component import TimexTagger, london_day
from pipeline.extraction.timex.context import load_words
from pipeline.extraction.timex.grammar import endpoints, find_timexes
from tests.cases import read_table
from tests.extraction.articles import make_article

CASES = Path(__file__).with_name("cases") / "timex.tsv"
TODAY = date(2025, 3, 21)


@pytest.mark.parametrize(("published", "text", "expected", "what"), read_table(CASES), ids=lambda value: value[:40])
def test_case(published: str, text: str, expected: str, what: str) -> None:
    """Each line of cases/timex.tsv holds."""
    found = find_timexes(text, date.fromisoformat(published))
    told = " | ".join(f"{timex.text} = {timex.edtf}" for timex in found) or "-"
    assert told == expected, what


def test_offsets_give_the_text() -> None:
    """Every expression's offsets give its text, in order and without overlap."""
    text = " ".join(row[1] for row in read_table(CASES))
    found = find_timexes(text, TODAY)
    assert found
    assert all(text[timex.start_char : timex.end_char] == timex.text for timex in found)
    assert all(a.end_char <= b.start_char for a, b in itertools.pairwise(found))


def test_every_edtf_value_is_valid() -> None:
    """No expression has an EDTF value that the tables can't hold."""
    text = " ".join(row[1] for row in read_table(CASES))
    assert all(timex.edtf is None or edtf.is_valid(timex.edtf) for timex in find_timexes(text, TODAY))


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("last week", "DATE", "2025-W11"),
        ("for three years", "DURATION", "P3Y"),
        ("two and a half years of work", "DURATION", "P2Y6M"),
        ("every three months", "SET", "P3M"),
        ("in the summer of 2023", "DATE", "2023-SU"),
        ("at 10.30am yesterday", "TIME", "2025-03-20T10:30"),
        ("in the third quarter of 2024", "DATE", "2024-Q3"),
        ("on Tuesday", "DATE", "2025-03-18"),
        ("It is now closed", "DATE", "PRESENT_REF"),
    ],
)
def test_timex3_value(text: str, type_: str, value: str) -> None:
    """TIMEX3's type and value of an expression, as TimeML writes them."""
    found = find_timexes(text, TODAY, is_compound=False)
    assert [(timex.type, timex.value) for timex in found] == [(type_, value)]


def test_weekday_looks_the_way_of_its_clause() -> None:
    """A weekday is the last one, unless the clause says that it is still to come."""
    past, future = (find_timexes(text, TODAY)[0] for text in ("Peers met on Monday.", "Peers will meet on Monday."))
    assert (past.edtf, future.edtf) == ("2025-03-17", "2025-03-24")


def test_timeml_splits_a_span() -> None:
    """Without compounds a span is two dates."""
    found = find_timexes("from May 2023 to July 2024", TODAY, is_compound=False)
    assert [timex.edtf for timex in found] == ["2023-05", "2024-07"]


def test_endpoints_of_a_single_date() -> None:
    """A date that tells no span has no endpoints."""
    assert endpoints(find_timexes("in May 2023", TODAY)[0], TODAY) is None


def test_days_are_londons() -> None:
    """A moment shortly before midnight UTC in summer is the next day in London."""
    assert london_day(datetime(2024, 6, 30, 23, 30, tzinfo=UTC)) == date(2024, 7, 1)


@pytest.mark.parametrize(("year", "day"), [(2023, "04-09"), (2024, "03-31"), (2025, "04-20"), (2026, "04-05")])
def test_easter(year: int, day: str) -> None:
    """Easter Sunday as the calendars have it."""
    assert almanac.easter(year).isoformat() == f"{year}-{day}"


def test_words_are_checked(tmp_path: Path) -> None:
    """A table of words with a month missing is refused, by name."""
    path = tmp_path / "words.toml"
    path.write_text('months = ["january"]\nweekdays = []\n', encoding="utf-8")
    with pytest.raises(RegisterError, match="months"):
        load_words(path)


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, "1" * 200_000, "1," * 50_000, "£" * 50_000, "the " * 20_000, "2023-" * 5_000, "May " * 2_000],
)
def test_no_text_takes_long(text: str) -> None:
    """Texts without sense or blanks are read in a few seconds at most."""
    begin = time.process_time()
    find_timexes(text, TODAY)
    assert time.process_time() - begin < 20


def test_component_reads_title_and_text() -> None:
    """The component finds dates in the title and in the blocks, in the Doc's offsets."""
    article = make_article("It opened in May 2024.", title="Hub to shut in June 2025", published="2025-03-21")
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp(make_doc(nlp, article))
    tagger = TimexTagger()
    tagger(doc)
    assert [doc.text[t.start_char : t.end_char] for t in doc._.timexes] == ["June 2025", "May 2024"]
    assert tagger.match(doc) == list(doc._.timexes)
