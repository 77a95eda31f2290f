"""The components ``carefeed_entities`` and ``carefeed_people``: who and what an article names."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.entities.linker import Linker, entity_spans
from pipeline.extraction.entities.people import find_people
from pipeline.extraction.entities.tokens import text_tokens
from pipeline.records import Mention, Person, Reference
from pipeline.registers import Registers


@Language.factory("carefeed_entities", requires=["doc.sents"], assigns=["doc._.mentions", "doc._.references"])
def create_entities(nlp: Language, name: str) -> EntityLinker:
    """Make the component; ``use`` hands it the registers."""
    return EntityLinker()


class EntityLinker:
    """Find, then write: ``match`` is pure, ``set_annotations`` does the writing."""

    def __init__(self) -> None:
        self.use(Registers())

    def use(self, registers: Registers) -> None:
        """Link to the entries of these registers from now on."""
        self.linker = Linker(registers)

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, *self.match(doc))
        return doc

    def match(self, doc: Doc) -> tuple[list[Mention], list[Reference]]:
        """Mentions, and phrases that stand for one, both in order and in the ``Doc``'s offsets."""
        return self.linker.link(doc)

    def set_annotations(self, doc: Doc, mentions: list[Mention], references: list[Reference]) -> None:
        """Write both."""
        doc._.mentions = tuple(mentions)
        doc._.references = tuple(references)


@Language.factory("carefeed_people", requires=["doc._.mentions"], assigns=["doc._.people"])
def create_people(nlp: Language, name: str) -> PeopleFinder:
    """Make the component; it has no settings."""
    return PeopleFinder()


class PeopleFinder:
    """People by their roles and, where a model is there, by its PERSON entities; never what is a body's name."""

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Person]:
        """People in order, in the ``Doc``'s offsets."""
        bodies = [(mention.start_char, mention.end_char) for mention in doc._.mentions]
        return find_people(text_tokens(doc._.text), bodies, entity_spans(doc, "PERSON"))

    def set_annotations(self, doc: Doc, people: list[Person]) -> None:
        """Write them."""
        doc._.people = tuple(people)
