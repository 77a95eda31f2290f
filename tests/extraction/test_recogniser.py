"""The model's answers, sooner: the same as spaCy's own."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.extractor import build_language
from pipeline.extraction.names import NameFinder, Recogniser
from pipeline.extraction.recogniser import SteppedRecogniser, quickened
from pipeline.registers import load_registers
from pipeline.settings import DEFAULT_MODEL, find_models

TEXTS = [
    "Priya Nandakumar, who leads the review, met Tom Ashdown in Leeds on Tuesday.",
    "",
    "Nothing was decided.",
    "The council’s director, Siobhán O’Dowd, said that Ann van Dyke would chair the board until 31 March 2027, and that "
    "Northumbria Care Group had asked Wren & Partners for a second opinion at a cost of £1.2m.",
    "Unions, among them one that Marcus Bell founded in 1998, walked out.",
]


@pytest.fixture(scope="module")
def model() -> Language:
    """The model that a run uses by default, whole but for what its names don't need."""
    return spacy.load(DEFAULT_MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "tok2vec"])


def names(docs: list[Doc]) -> list[list[tuple[str, str]]]:
    """The named entities of each."""
    return [[(ent.text, ent.label_) for ent in doc.ents] for doc in docs]


@pytest.mark.parametrize("batch_size", [1, 3, 16])
def test_answers_are_those_of_spacys_own_loop(model: Language, batch_size: int) -> None:
    """Whatever the batch, an empty text in it or not; people are among them."""
    component: Recogniser = model.get_pipe("ner")  # type: ignore[assignment]
    stepped = quickened(component)
    assert isinstance(stepped, SteppedRecogniser)
    theirs = names(list(component.pipe(map(model.make_doc, TEXTS), batch_size=4)))
    assert names(list(stepped.pipe(map(model.make_doc, TEXTS), batch_size=batch_size))) == theirs
    assert ("Priya Nandakumar", "PERSON") in theirs[0]
    assert theirs[1] == []


def test_a_search_with_a_beam_is_left_to_spacy() -> None:
    """Its answers are others than those of one step after the other."""
    component: Recogniser = spacy.blank("en").add_pipe("beam_ner")  # type: ignore[assignment]
    assert quickened(component) is component


def test_a_run_has_it() -> None:
    """The shipped model is one that can be quickened."""
    finder = build_language(DEFAULT_MODEL, load_registers(find_models())).get_pipe("carefeed_names")
    assert isinstance(finder, NameFinder)
    assert isinstance(finder.model, SteppedRecogniser)
