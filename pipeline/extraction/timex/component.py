"""The component ``carefeed_timex``: sets ``doc._.timexes``, the time expressions of title and text.

Offsets are of the ``Doc``; days are London's, for the publication date as for what is worked out from it.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.sentences import split_section
from pipeline.extraction.timex.grammar import find_timexes
from pipeline.records import Timex

_LONDON = ZoneInfo("Europe/London")


def london_day(published: datetime) -> date:
    """The day in London of a moment; a naive moment is taken as it stands.

    >>> from datetime import UTC
    >>> london_day(datetime(2024, 7, 1, 23, 30, tzinfo=UTC))
    datetime.date(2024, 7, 2)
    """
    return published.astimezone(_LONDON).date() if published.tzinfo else published.date()


@Language.factory("carefeed_timex", assigns=["doc._.timexes"], requires=["doc.sents"])
def create_timex(nlp: Language, name: str) -> TimexTagger:
    """Make the component; it has no settings."""
    return TimexTagger()


class TimexTagger:
    """Find, then write: ``match`` is pure, ``set_annotations`` does the writing."""

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Timex]:
        """The time expressions of the ``Doc``, by start; none overlaps another."""
        text = doc._.text
        sections = [(section.start_char, section.end_char) for section in doc._.sections]
        sentences = [span for section in sections for span in split_section(text, *section)]
        return find_timexes(text, london_day(doc._.published), sentences, sections)

    def set_annotations(self, doc: Doc, timexes: list[Timex]) -> None:
        """Keep them on the ``Doc``."""
        doc._.timexes = tuple(timexes)
