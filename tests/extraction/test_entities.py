"""Organisations and policies: found by the registers, learnt from the text, one reading of each place."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.extraction.document import make_doc
from pipeline.extraction.entities.component import EntityLinker
from pipeline.extraction.entities.definitions import find_definitions
from pipeline.extraction.entities.tokens import tokenise
from pipeline.extraction.sentences import SentenceSplitter  # noqa: F401  (registers its factory)
from pipeline.registers import load_registers
from pipeline.settings import find_models
from tests.cases import read_table
from tests.extraction.articles import make_article

CASES = read_table(Path(__file__).with_name("cases") / "entities.tsv")
Read = Callable[..., Doc]


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The rules alone, with our registers."""
    nlp = spacy.blank("en")
    nlp.add_pipe("carefeed_sentences")
    linker = nlp.add_pipe("carefeed_entities")
    assert isinstance(linker, EntityLinker)
    linker.use(load_registers(find_models()))
    nlp.add_pipe("carefeed_people")
    return nlp


@pytest.fixture(scope="module")
def read(nlp: Language) -> Read:
    """A function that reads paragraphs as one article."""

    def read_article(*paragraphs: str, title: str = "News of the week") -> Doc:
        return nlp(make_doc(nlp, make_article(*paragraphs, title=title)))

    return read_article


def named(doc: Doc) -> set[str]:
    """``name [type]`` of every mention."""
    return {f"{mention.name} [{mention.type}]" for mention in doc._.mentions}


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:40] for text, _ in CASES])
def test_a_sentence_names_what_it_names(read: Read, text: str, wanted: str) -> None:
    """Each case is a line of data with the names and types that must be found, and no others."""
    assert named(read(text)) == (set() if wanted == "-" else set(wanted.split("; ")))


def test_offsets_give_the_text(read: Read) -> None:
    """Every mention and reference stands where it says."""
    doc = read("The DfE’s fund, the Adoption Support Fund, will end.", "The department said the fund had helped.")
    for record in (*doc._.mentions, *doc._.references):
        assert doc.text[record.start_char : record.end_char] == record.text


def test_mentions_of_a_kind_never_overlap(read: Read) -> None:
    """A longer name hides a shorter one in it, and the order is that of the text."""
    doc = read("NHS England and the Social Work England professional standards were named by BASW England.")
    for kind in ("organisation", "policy"):
        spans = [(each.start_char, each.end_char) for each in doc._.mentions if each.kind == kind]
        assert spans == sorted(spans)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_body_may_be_a_policy_too(read: Read) -> None:
    """A body that is itself the policy has a mention of either kind at the same place."""
    doc = read("A Child Protection Authority will be set up.")
    kinds = {each.kind for each in doc._.mentions if each.text == "Child Protection Authority"}
    assert kinds == {"organisation", "policy"}


def test_a_name_of_the_register_supports_its_weak_forms(read: Read) -> None:
    """Once the long name has stood in the article, its ambiguous acronym is read as the same."""
    doc = read("The early career framework is coming.", "The ECF will last five years.")
    assert [each.name for each in doc._.mentions] == ["early career framework"] * 2
    assert [each.text for each in read("The ECF will last five years.")._.mentions] == []


def test_the_article_decides_what_an_acronym_means(read: Read) -> None:
    """A definition in passing goes before the register: here the LGA is no association of councils."""
    doc = read("Little green apples (LGA) are sold.", "The LGA is a fruit.")
    assert [each.name for each in doc._.mentions] == []


def test_a_learnt_name_says_where_it_comes_from(read: Read) -> None:
    """``origin`` is ``register`` or ``text``, and the identifier is made from the name alone."""
    doc = read("Ofsted and the Merrivale Carers Network met.")
    assert [(each.origin, each.entity_id) for each in doc._.mentions] == [
        ("register", "organisation-ofsted"),
        ("text", "organisation-merrivale-carers-network"),
    ]


def test_a_learnt_acronym_belongs_to_its_name(read: Read) -> None:
    """The mention carries the acronym that the article gives it, whichever form it has there."""
    doc = read("The Merrivale Carers Network (MCN) met.", "The MCN was glad.")
    assert {(each.name, each.acronym) for each in doc._.mentions} == {("Merrivale Carers Network", "MCN")}


def test_a_quoted_short_name_stands_for_the_long_one(read: Read) -> None:
    """``Long Name ("the panel")`` gives the article a short name."""
    doc = read("The Child Safeguarding Practice Review Panel (“the review body”) met.", "The review body was firm.")
    assert [each.name for each in doc._.mentions] == ["Child Safeguarding Practice Review Panel"] * 3


def test_a_branch_in_one_nation_is_the_body(read: Read) -> None:
    """A body learnt from the text and its branch are one."""
    doc = read("The Merrivale Carers Network (MCN) met.", "MCN Cymru was there.")
    assert {each.name for each in doc._.mentions} == {"Merrivale Carers Network"}


def test_two_readings_give_the_same(read: Read) -> None:
    """Nothing is carried over from one article to the next."""
    text = "A national caseload action group (NCAG) and the Merrivale Association of Carers met Become."
    assert read(text)._.mentions == read(text)._.mentions
    assert named(read("The NCAG met.")) == set()


def test_a_models_organisation_counts_where_the_rules_agree(nlp: Language, read: Read) -> None:
    """A name that the model takes for a body needs somebody who speaks or leads there."""
    linker = nlp.get_pipe("carefeed_entities")
    assert isinstance(linker, EntityLinker)
    for text, wanted in (("Brightwater said so.", ["Brightwater"]), ("It was in Brightwater then.", [])):
        doc = read(text)
        start = doc.text.index("Brightwater")
        span = doc.char_span(start, start + len("Brightwater"), label="ORG")
        assert isinstance(span, Span)
        doc.set_ents([span])
        assert [each.text for each in linker.match(doc)[0]] == wanted


FUND = "Adoption and Special Guardianship Support Fund"
BILL = "Children’s Wellbeing and Schools Bill"
REFERENCES = [
    ("The DfE and Ofsted agreed. The department said so.", "The department", "Department for Education"),
    ("The DfE and Ofsted agreed. The regulator said so.", "The regulator", "Ofsted"),
    ("The pupil premium and the Adoption Support Fund end. The fund was small.", "The fund", FUND),
    ("The charity Become agreed. The charity said so.", "The charity", "Become"),
    (f"The {BILL} is due. The bill is long.", "The bill", BILL),
]


@pytest.mark.parametrize(("text", "phrase", "name"), REFERENCES, ids=[phrase for _, phrase, _ in REFERENCES])
def test_a_phrase_stands_for_what_was_named_before(read: Read, text: str, phrase: str, name: str) -> None:
    """A noun with an article is resolved to the nearest thing that it can stand for, and is no mention."""
    doc = read(text)
    assert (phrase, name) in [(each.text, each.name) for each in doc._.references]
    assert phrase not in [each.text for each in doc._.mentions]


def test_a_phrase_without_an_antecedent_stands_for_nothing(read: Read) -> None:
    """Neither what comes later nor another type will do."""
    doc = read("The department has met Ofsted. The charity sector and the DfE were there.")
    assert [each.text for each in doc._.references] == []


def test_reading_is_quick(nlp: Language, read: Read) -> None:
    """At least a quarter of the 150,000 words a second that the step asks for, the best of three on a busy machine."""
    paragraph = "The DfE said that councils had spent more on agency social workers than in any year since 2019. " * 200
    linker = nlp.get_pipe("carefeed_entities")
    seconds = []
    for doc in [read(paragraph) for _ in range(3)]:
        start = time.process_time()
        linker(doc)
        seconds.append(time.process_time() - start)
    assert len(paragraph.split()) / min(seconds) > 37_500


@pytest.mark.parametrize(
    ("text", "long_form"),
    [
        ("The Crafts Standards Board for Wood and Stone (CSB) met.", "Crafts Standards Board for Wood and Stone"),
        ("The Crafts Standards Board (CSB) met.", "Crafts Standards Board"),
    ],
)
def test_an_acronym_may_stand_for_the_first_words_of_a_name(text: str, long_form: str) -> None:
    """What the body is for needn't be in it."""
    tokens = tokenise(text)
    (definition,) = find_definitions(tokens)
    assert tokens.surface(definition.first, definition.last) == long_form
