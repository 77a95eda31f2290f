"""The component ``carefeed_quantities``: sets ``doc._.quantities``, the numbers of title and text with their facts.

Runs after the dates and the names, since the numbers in those are none. Offsets are of the ``Doc``.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.quantities.extract import Piece, find_quantities
from pipeline.extraction.sentences import split_section
from pipeline.extraction.timex.component import london_day
from pipeline.records import Quantity


@Language.factory(
    "carefeed_quantities",
    assigns=["doc._.quantities"],
    requires=["doc.sents", "doc._.timexes", "doc._.mentions"],
)
def create_quantities(nlp: Language, name: str) -> QuantityFinder:
    """Make the component; it has no settings."""
    return QuantityFinder()


class QuantityFinder:
    """Find, then write: ``match`` is pure, ``set_annotations`` does the writing."""

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Quantity]:
        """The numbers of the ``Doc``, by start."""
        text = doc._.text
        pieces = [Piece(section.kind, section.start_char, section.end_char) for section in doc._.sections]
        sentences = [span for piece in pieces for span in split_section(text, piece.start_char, piece.end_char)]
        published = london_day(doc._.published)
        return find_quantities(text, published, pieces, sentences, doc._.timexes, doc._.mentions)

    def set_annotations(self, doc: Doc, quantities: list[Quantity]) -> None:
        """Keep them on the ``Doc``."""
        doc._.quantities = tuple(quantities)
