"""What the statistical model is asked for, and what is made of its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from thinc.api import get_current_ops
from threadpoolctl import threadpool_info

from pipeline.extraction.document import SEPARATOR, make_doc
from pipeline.extraction.extractor import build_language
from pipeline.extraction.names import NameFinder, body_words, may_name_a_person
from pipeline.extraction.sentences import SentenceSplitter  # noqa: F401  (registers the component)
from pipeline.registers import load_registers
from pipeline.settings import find_models
from tests.extraction.articles import make_article

# sentence, whether the model reads it
SENTENCES = [
    ("Ofsted said so on Monday.", False),
    ("The Department for Education and Skills for Care agreed.", False),
    ("Social Work England raised its fee.", False),
    ("It was Priya Nandakumar who led the review.", True),
    ("Dr Siobhán O’Dowd told Community Care.", True),
    ("Anna van Dyke left.", True),
    ("MINISTERS SAID NO.", False),
    ("", False),
]


@pytest.mark.parametrize(("sentence", "is_read"), SENTENCES)
def test_only_sentences_that_may_name_a_person_are_read(sentence: str, is_read: bool) -> None:
    """Two words in capitals side by side that aren't both words of bodies."""
    assert may_name_a_person(sentence) is is_read


def test_words_of_bodies_are_words() -> None:
    """The list holds single words in capitals, no comment and nothing else."""
    assert len(body_words()) > 400
    assert all(word[0].isupper() and word.replace("’", "").replace("-", "").isalpha() for word in body_words())


class Model:
    """Takes every two words in capitals for a person; remembers what it was given to read, on how many threads."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.threads: set[int] = set()

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """The same documents with entities."""
        self.threads |= {each["num_threads"] for each in threadpool_info()}
        for doc in stream:
            self.read.append(doc.text)
            doc.ents = [
                Span(doc, i, i + 2, "PERSON")
                for i in range(len(doc) - 1)
                if doc[i].is_title and doc[i + 1].is_title and (i == 0 or not doc[i - 1].is_title)
            ]
            yield doc


TITLE = "News of the week"
TEXT = "Ofsted said so. Priya Nandakumar led the review. Nothing else was said. It was up to Tom Ashdown."


def find(model: Model, names: tuple[tuple[int, int, str], ...] | None = None) -> Doc:
    """The text with the component run over it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("carefeed_sentences")
    finder = nlp.add_pipe("carefeed_names")
    assert isinstance(finder, NameFinder)
    finder.use(model)
    (done,) = nlp.pipe([make_doc(nlp, make_article(TEXT, title=TITLE), names)])
    return done


def test_names_stand_where_they_are_in_the_text() -> None:
    """The model reads two sentences of four; its names come back in the offsets of the whole."""
    model = Model()
    doc = find(model)
    assert [doc.text[start:end] for start, end, _ in doc._.names] == ["Priya Nandakumar", "Tom Ashdown"]
    assert [ent.text for ent in doc.ents] == ["Priya Nandakumar", "Tom Ashdown"]
    assert "Ofsted" not in "".join(model.read)


def test_names_that_are_known_are_not_looked_for_again() -> None:
    """What an earlier run found is brought back without the model."""
    model = Model()
    start = len(TITLE) + len(SEPARATOR) + TEXT.index("Priya")
    doc = find(model, ((start, start + len("Priya Nandakumar"), "PERSON"),))
    assert [ent.text for ent in doc.ents] == ["Priya Nandakumar"]
    assert model.read == []


def test_without_a_model_there_are_no_names() -> None:
    """Rules alone find people by their roles."""
    nlp = spacy.blank("en")
    nlp.add_pipe("carefeed_sentences")
    nlp.add_pipe("carefeed_names")
    assert nlp(TEXT)._.names == ()


def test_the_model_reads_on_one_thread() -> None:
    """Several would wait for each other, and take time from the other workers."""
    model = Model()
    find(model)
    assert model.threads == {1}


def test_the_model_is_loaded_with_numpys_linear_algebra(monkeypatch: pytest.MonkeyPatch) -> None:
    """BLIS, which spaCy takes by itself, is slower by half; what else uses spaCy in this process keeps it."""
    asked_for: list[bool] = []

    def load(name: str, *, exclude: list[str]) -> Language:
        asked_for.append(get_current_ops().use_blis)  # type: ignore[attr-defined]  (of NumPy's alone)
        return spacy.blank("en")

    monkeypatch.setattr(spacy, "load", load)
    build_language("some_model", load_registers(find_models()))
    assert asked_for == [False]
    assert get_current_ops().use_blis  # type: ignore[attr-defined]
