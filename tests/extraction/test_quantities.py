"""Numbers: what is one, what it is worth, and its role."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
import spacy

from pipeline.errors import RegisterError
from pipeline.extraction.document import make_doc
from pipeline.extraction.quantities.component import QuantityFinder
from pipeline.extraction.quantities.deeds import read_participles
from pipeline.extraction.quantities.extract import Piece, find_quantities
from pipeline.extraction.quantities.lexicon import load_lexicon
from pipeline.extraction.sentences import split_section
from pipeline.extraction.timex.grammar import find_timexes
from pipeline.records import Mention, Quantity
from tests.cases import read_table
from tests.extraction.articles import make_article

CASES = Path(__file__).with_name("cases")
TODAY = date(2025, 3, 21)


def read(*paragraphs: str, kinds: tuple[str, ...] = (), mentions: tuple[Mention, ...] = ()) -> list[Quantity]:
    """The numbers of a few paragraphs, the first of which is the title."""
    text = "\n".join(paragraphs)
    pieces, sentences, start = [], [], 0
    for i, paragraph in enumerate(paragraphs):
        end = start + len(paragraph)
        pieces.append(Piece(kinds[i] if kinds else "body", start, end))
        sentences += split_section(text, start, end)
        start = end + 1
    sections = [(piece.start_char, piece.end_char) for piece in pieces]
    timexes = find_timexes(text, TODAY, sentences, sections)
    return find_quantities(text, TODAY, pieces, sentences, timexes, mentions)


def told(quantity: Quantity) -> str:
    """A number as the case file writes it."""
    high = "" if quantity.value_high is None else f"..{quantity.value_high:g}"
    words = [f"{quantity.value:.12g}{high}", quantity.unit, quantity.role, quantity.direction or ""]
    return f"{quantity.text} = {' '.join([*filter(None, words), *(['~'] if quantity.is_approximate else [])])}"


@pytest.mark.parametrize(
    ("text", "expected", "what"), read_table(CASES / "quantities.tsv"), ids=lambda value: value[:40]
)
def test_case(text: str, expected: str, what: str) -> None:
    """Each line of cases/quantities.tsv holds."""
    assert (" | ".join(map(told, read(text))) or "-") == expected, what


@pytest.mark.parametrize(
    ("text", "expected", "what"), read_table(CASES / "quantities_periods.tsv"), ids=lambda value: value[:40]
)
def test_period_case(text: str, expected: str, what: str) -> None:
    """Each line of cases/quantities_periods.tsv holds."""
    numbers = [quantity for quantity in read("A title", *text.split(" / ")) if quantity.tier == "core"]
    assert " | ".join(quantity.period or "-" for quantity in numbers) == expected, what


@pytest.mark.parametrize(
    ("text", "expected", "what"), read_table(CASES / "quantities_measures.tsv"), ids=lambda value: value[:40]
)
def test_measure_case(text: str, expected: str, what: str) -> None:
    """Each line of cases/quantities_measures.tsv holds."""
    assert read("A title", text)[-1].measure == expected, what


def test_offsets_give_the_text_and_its_sentence() -> None:
    """A number's offsets give its text, and its quote is the whole sentence that holds it."""
    text = "Ten homes shut. Prices rose by 4% to £900."
    numbers = read(text)
    assert [text[q.start_char : q.end_char] for q in numbers] == [q.text for q in numbers]
    assert text[numbers[-1].quote_start : numbers[-1].quote_end] == "Prices rose by 4% to £900."


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("There were 4,826 starts in 2021-22.", ["2021-04/2022-03"]),
        ("In 2023, 61% of staff left.", ["2023"]),
        ("The share was 9% in June 2024, up from 7% a year earlier.", ["2024-06", "2023-06"]),
        ("Starts rose from 5,680 to 7,380 from 2022-24.", ["2022", "2024"]),
        ("In September 2023, the rate fell from 15.3% to 14.1%.", ["2022-09", "2023-09"]),
        ("Starts were 72,410 in 2021-22, up 3% on 2019-20 (70,150).", ["2021-04/2022-03", "2019-04/2022-03", "2019-04/2020-03"]),
        ("The highest share since 2017 was 8%.", [None]),
        ("The scheme, which closed in May 2024, cost £40,000.", [None]),
    ],
)  # fmt: skip
def test_period(text: str, periods: list[str | None]) -> None:
    """A number's period is that of its own clause, its pair's, or none."""
    assert [quantity.period for quantity in read(text)] == periods


def test_period_is_carried_within_a_paragraph_and_to_a_list() -> None:
    """A figure without a date has its paragraph's, and a list's that of the line above."""
    numbers = read("Homes shut", "In 2023, 61% left. A further 12% retired.", "In 2022, they said:", "5% were ill",
                   kinds=("title", "body", "body", "list_item"))  # fmt: skip
    assert [quantity.period for quantity in numbers] == ["2023", "2023", "2022"]


def test_a_caption_parts_no_list_from_its_line() -> None:
    """A loose line that cleaning left in does not take a list's date from it."""
    numbers = read("Homes shut", "In 2022, they said:", "A home in the hills", "5% were ill", "9% left",
                   kinds=("title", "body", "body", "list_item", "list_item"))  # fmt: skip
    assert [quantity.period for quantity in numbers] == ["2022", "2022"]


def test_a_paragraph_behind_a_list_goes_on_from_the_line_above() -> None:
    """Past, in the same voice, and without a date of its own, it has the time told before the list."""
    numbers = read("Homes shut", "In 2022, they closed:", "5% of wards", "A further 9% shrank.",
                   kinds=("title", "body", "list_item", "body"))  # fmt: skip
    assert [quantity.period for quantity in numbers] == ["2022", "2022"]


def test_levels_and_changes_are_linked() -> None:
    """An earlier level points at the new one, a change at the earlier level."""
    numbers = read("The number of carers rose by 30%, from 500 to 650.")
    assert [(q.text, q.compared_with) for q in numbers] == [("30%", 1), ("500", 2), ("650", None)]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The vacancy rate fell from 9.5% to 8.1%.", "vacancy rate"),
        ("The number of foster homes rose by 40.", "foster homes"),
        ("Some 63% of nurses felt unsafe at work.", "nurses who felt unsafe at work"),
        ("There was a 9% drop in care orders.", "care orders"),
        ("Locums made up 16% of the workforce.", "Locums as share of the workforce"),
    ],
)
def test_measure(text: str, measure: str) -> None:
    """What a number measures, in words of the article."""
    assert read(text)[0].measure == measure


def test_verbs_of_counting_are_checked_when_read() -> None:
    """A line of the verb list that holds no verb is named with its number."""
    with pytest.raises(RegisterError, match=r"deeds\.txt, line 2"):
        read_participles(["employ", "give gave"], "deeds.txt")


def test_measure_is_carried_to_the_old_level() -> None:
    """ "up from" goes on with the same measure."""
    assert {quantity.measure for quantity in read("The sickness rate was 5%, up from 4%.")} == {"sickness rate"}


def test_number_inside_of_a_name_is_none() -> None:
    """A number inside of an organisation's or policy's name doesn't count."""
    text = "The Forward 50 group met."
    mention = Mention("organisation", "o", "Forward 50", "charity", "Forward 50", 4, 14, "text")
    assert read(text) and not read(text, mentions=(mention,))


def test_source_and_its_kind() -> None:
    """The organisation that says so is the source, and its words tell the kind."""
    text = "A survey by Carers Together found that 40% had no break."
    mention = Mention("organisation", "o", "Carers Together", "charity", "Carers Together", 12, 27, "text")
    number = read(text, mentions=(mention,))[0]
    assert (number.source, number.source_kind) == ("Carers Together", "survey")


def test_nation() -> None:
    """A nation named in the sentence is the number's; without one there is none."""
    assert [q.nation for q in read("In Wales, 12 homes shut.", "Another 30 homes opened.")] == ["Wales", "Wales"]
    assert [q.nation for q in read("Twelve homes shut.")] == [None]


def test_tier() -> None:
    """What measures the world is core; a programme's length and an age are minor."""
    numbers = read("It gives 40% of staff aged 21 a two-year course.")
    assert [quantity.tier for quantity in numbers] == ["core", "minor", "minor"]


def test_lexicon_is_checked(tmp_path: Path) -> None:
    """A list that is missing from the data file is named."""
    path = tmp_path / "lexicon.toml"
    path.write_text("[change]\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="up_verbs"):
        load_lexicon(path)


@pytest.mark.parametrize(
    "text", ["9" * 400, "£" + "9" * 400, "£", "£ £ £", "%", "1,1,1,1,1", "2023-99", "1/2/3/4", "a" * 100_000, "1." * 9000]
)  # fmt: skip
def test_nothing_is_made_up(text: str) -> None:
    """What only looks like a number gives none, and no error."""
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["5% " * 3000, "from 5 to " * 1500, "(5) " * 2000, "rose by 5% " * 1500, "one in " * 2000]
)
def test_no_text_takes_long(text: str) -> None:
    """A sentence of thousands of numbers is read in seconds."""
    begin = time.process_time()
    read(text)
    assert time.process_time() - begin < 20


def test_component_reads_title_and_text() -> None:
    """The component sets the numbers of title and text, in the Doc's offsets."""
    article = make_article("It cost £3m.", title="Fees up 4%")
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp(make_doc(nlp, article))
    finder = QuantityFinder()
    finder(doc)
    assert [doc.text[q.start_char : q.end_char] for q in doc._.quantities] == ["4%", "£3m"]
