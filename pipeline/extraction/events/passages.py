"""The sentences of an article with all that other components found in them, and where in the story they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from spacy.tokens import Doc

from pipeline.extraction.events.words import Words, split_words
from pipeline.extraction.sentences import split_section
from pipeline.records import Mention, Person, Quantity, Reference, Timex

_Record = TypeVar("_Record", Timex, Mention, Reference, Person, Quantity)

#: Longer sentences are no sentences; reading them word by word would cost more than they can tell.
LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence. ``kind`` is its section's; ``order`` its place in the section.

    ``rank`` counts the body sentences before it (0 for the first of the story). ``heading`` is the cross-heading above
    it and ``lead_in`` the sentence before a list that it belongs to, both in lower case or empty. ``opens_quoted``
    says that it begins inside quotation marks.
    """

    index: int
    kind: str
    section: int
    order: int
    rank: int
    start_char: int
    end_char: int
    text: str
    words: Words
    heading: str
    lead_in: str
    opens_quoted: bool
    timexes: tuple[Timex, ...]
    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...]
    people: tuple[Person, ...]
    quantities: tuple[Quantity, ...]

    @property
    def policies(self) -> list[Mention]:
        """Mentions of policies."""
        return [mention for mention in self.mentions if mention.kind == "policy"]

    @property
    def organisations(self) -> list[Mention]:
        """Mentions of organisations."""
        return [mention for mention in self.mentions if mention.kind == "organisation"]


class _Within(Generic[_Record]):
    """Records by start, to be cut by span."""

    def __init__(self, records: Sequence[_Record]) -> None:
        self._records: list[_Record] = sorted(records, key=lambda record: (record.start_char, record.end_char))
        self._starts: list[int] = [record.start_char for record in self._records]

    def cut(self, start: int, end: int) -> tuple[_Record, ...]:
        return tuple(self._records[bisect_left(self._starts, start) : bisect_left(self._starts, end)])


def make_passages(doc: Doc) -> list[Passage]:
    """Every sentence of the ``Doc`` in order, title first."""
    timexes: _Within[Timex] = _Within(doc._.timexes)
    mentions: _Within[Mention] = _Within(doc._.mentions)
    references: _Within[Reference] = _Within(doc._.references)
    people: _Within[Person] = _Within(doc._.people)
    quantities: _Within[Quantity] = _Within(doc._.quantities)
    sections = doc._.sections
    text = doc._.text
    passages: list[Passage] = []
    heading = lead_in = ""
    rank, last_section, order, is_quoted = 0, -1, 0, False
    for section, start, end in (
        (each, *span) for each in sections for span in split_section(text, each.start_char, each.end_char)
    ):
        if section.index != last_section:
            order, last_section, is_quoted = 0, section.index, False
        sentence = text[start:end]
        if section.kind == "heading":
            heading, lead_in = sentence.lower(), ""
        elif section.kind == "body":
            lead_in = sentence.lower() if sentence.endswith((":", "–", "to")) else ""
        passages.append(
            Passage(
                len(passages), section.kind, section.index, order, rank, start, end, sentence,
                split_words(text, start, min(end, start + LONGEST)),
                heading, lead_in if section.kind == "list_item" else "",
                is_quoted or sentence.startswith("“"),
                timexes.cut(start, end), mentions.cut(start, end), references.cut(start, end),
                people.cut(start, end), quantities.cut(start, end),
            )
        )  # fmt: skip
        is_quoted = _quote_after(sentence, is_quoted)
        order += 1
        rank += section.kind in {"body", "list_item"}
    return passages


def _quote_after(sentence: str, is_quoted: bool) -> bool:
    """Whether quotation marks are open where the sentence ends."""
    opened, closed = sentence.rfind("“"), sentence.rfind("”")
    if opened < 0 and closed < 0:
        return is_quoted
    return opened > closed
