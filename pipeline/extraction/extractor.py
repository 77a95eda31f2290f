"""Articles in, records out: the one door of the stage. A ``Doc`` never leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops

from pipeline.errors import ModelError
from pipeline.extraction.document import Names, make_doc, title_length, to_field
from pipeline.extraction.entities.component import EntityLinker
from pipeline.extraction.events import component as _events  # noqa: F401
from pipeline.extraction.names import NameFinder, Recogniser
from pipeline.extraction.quantities import component as _quantities  # noqa: F401
from pipeline.extraction.recogniser import quickened
from pipeline.extraction.sentences import SentenceSplitter  # noqa: F401
from pipeline.extraction.timex import component as _timex  # noqa: F401
from pipeline.records import Article, EventMention, Extraction, Mention, Person, Quantity, Reference, Timex
from pipeline.registers import Registers
from pipeline.settings import NO_MODEL

#: Where sentences begin is known before anything else, the statistical model included.
FIRST_COMPONENT = "carefeed_sentences"

#: Our other components in their order; each declares what it assigns and requires.
COMPONENTS = (
    "carefeed_names",
    "carefeed_timex",
    "carefeed_entities",
    "carefeed_people",
    "carefeed_quantities",
    "carefeed_events",
)

#: Parts of a statistical model that nothing here reads. They cost two thirds of its time.
_UNUSED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer", "textcat")

#: The part of a statistical model that is used: its named entities, by ``carefeed_names``.
_MODEL_PIPE = "ner"

_Record = TypeVar("_Record", Timex, Quantity, Mention, Reference, Person, EventMention)


def build_language(model: str, registers: Registers) -> Language:
    """A spaCy pipeline with our components; ``model`` names an installed one for its named entities, or ``none``.

    Raises ``ModelError`` where the model isn't installed.
    """
    if model == NO_MODEL:
        nlp = spacy.blank("en")
    else:
        try:
            with use_ops("numpy", use_blis=False):  # NumPy's linear algebra takes two thirds of the time
                nlp = spacy.load(model, exclude=list(_UNUSED))
        except OSError as error:
            raise ModelError(
                f"the spaCy pipeline {model!r} can't be loaded: {error}",
                "install it, or use --model none to run on rules alone",
            ) from error
    recogniser = nlp.remove_pipe(_MODEL_PIPE)[1] if nlp.has_pipe(_MODEL_PIPE) else None
    nlp.add_pipe(FIRST_COMPONENT, first=True)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    finder = nlp.get_pipe("carefeed_names")
    assert isinstance(finder, NameFinder)
    if recogniser is not None:
        finder.use(quickened(cast("Recogniser", recogniser)))
    linker = nlp.get_pipe("carefeed_entities")
    assert isinstance(linker, EntityLinker)
    linker.use(registers)  # not through its config: that must be JSON, which registers are not
    return nlp


class Extractor:
    """Holds one loaded pipeline; make one per process."""

    def __init__(self, model: str, registers: Registers, batch_size: int = 16) -> None:
        self.nlp = build_language(model, registers)
        self.batch_size = batch_size

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """One ``Extraction`` per article, in order, lazily; every offset is of the article's title or text."""
        for extraction, _ in self.analyse(articles):
            yield extraction

    def analyse(
        self, articles: Iterable[Article], names: Iterable[Names] | None = None
    ) -> Iterator[tuple[Extraction, Names]]:
        """The same, with the model's named entities in each article.

        Where those are known from before, they are given as ``names`` (one for each article) and the model isn't run.
        """
        if names is None:
            docs = (make_doc(self.nlp, article) for article in articles)
        else:
            docs = (make_doc(self.nlp, *pair) for pair in zip(articles, names, strict=True))
        for doc in self.nlp.pipe(docs, batch_size=self.batch_size):
            yield _leave(doc), doc._.names or ()


def _leave(doc: Doc) -> Extraction:
    """The records of a ``Doc`` in the offsets of their fields."""

    length = title_length(doc)

    def move(record: _Record) -> _Record:
        field, start, end = to_field(length, record.start_char, record.end_char)
        return replace(record, field=field, start_char=start, end_char=end)

    def move_quantity(quantity: Quantity) -> Quantity:
        field, start, end = to_field(length, quantity.start_char, quantity.end_char)
        _, first, last = to_field(length, quantity.quote_start, quantity.quote_end)
        return replace(quantity, field=field, start_char=start, end_char=end, quote_start=first, quote_end=last)

    return Extraction(
        timexes=tuple(map(move, doc._.timexes)),
        quantities=tuple(map(move_quantity, doc._.quantities)),
        mentions=tuple(map(move, doc._.mentions)),
        references=tuple(map(move, doc._.references)),
        people=tuple(map(move, doc._.people)),
        events=tuple(map(move, doc._.events)),
    )
