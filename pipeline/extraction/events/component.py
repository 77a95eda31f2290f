"""The component ``carefeed_events``: sets ``doc._.events``, what was decided, when, by whom and how far it has got."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.events.candidates import Candidate, find_candidates
from pipeline.extraction.events.cues import load_cues
from pipeline.extraction.events.passages import make_passages
from pipeline.extraction.timex.component import london_day
from pipeline.records import EventMention


@Language.factory("carefeed_events", assigns=["doc._.events"], requires=["doc._.timexes", "doc._.mentions"])
def create_events(nlp: Language, name: str) -> EventFinder:
    """Make the component; it has no settings."""
    return EventFinder()


class EventFinder:
    """Find, then write: ``match`` is pure, ``set_annotations`` does the writing."""

    def __init__(self) -> None:
        self._cues = load_cues()

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[EventMention]:
        """The events of the ``Doc`` in its own offsets, in order."""
        published = london_day(doc._.published)
        events = []
        for passage in make_passages(doc):
            if passage.kind in {"title", "heading"}:
                continue
            events += [_mention(candidate) for candidate in find_candidates(passage, self._cues, published) if candidate.dates]
        return events

    def set_annotations(self, doc: Doc, events: list[EventMention]) -> None:
        """Keep them on the ``Doc``."""
        doc._.events = tuple(events)


def _mention(candidate: Candidate) -> EventMention:
    passage = candidate.passage
    return EventMention(
        quote=passage.text,
        start_char=passage.start_char,
        end_char=passage.end_char,
        date=candidate.date,
        date_basis=candidate.date_basis,
        type=candidate.type,
        status=candidate.status,
        policies=tuple(dict.fromkeys(mention.name for mention in passage.policies)),
        organisations=tuple(dict.fromkeys(mention.name for mention in passage.organisations)),
        people=(),
        amount=None,
        nation=None,
        confidence=0.5,
        reasons=(),
    )
