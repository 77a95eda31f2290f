"""The component ``carefeed_names``: keeps what the statistical model found, or brings back what it found before.

The model reads nothing but the text, so its named entities stay as they are while rules and registers change. Kept,
they let an archive be linked anew without the model.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.extraction.document import Names


@Language.factory("carefeed_names", assigns=["doc._.names", "doc.ents"])
def create_names(nlp: Language, name: str) -> NameKeeper:
    """Make the component; it has no settings."""
    return NameKeeper()


class NameKeeper:
    """Stands behind the model: ``doc._.names`` is kept in step with ``doc.ents``, whichever of the two is there."""

    def __call__(self, doc: Doc) -> Doc:
        if doc._.names is None:
            doc._.names = self.match(doc)
        else:
            self.set_annotations(doc, doc._.names)
        return doc

    def match(self, doc: Doc) -> Names:
        """The named entities of the ``Doc``."""
        return tuple((ent.start_char, ent.end_char, ent.label_) for ent in doc.ents)

    def set_annotations(self, doc: Doc, names: Names) -> None:
        """Make them the named entities of the ``Doc``."""
        spans = (doc.char_span(start, end, label) for start, end, label in names)
        doc.ents = [span for span in spans if isinstance(span, Span)]
