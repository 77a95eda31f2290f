"""What merging and chaining look at: a sentence's words without names, its days and its cue words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pipeline import edtf
from pipeline.records import Telling
from pipeline.timeline.clauses import own_cues
from pipeline.timeline.wording import content_words, name_words, share, without_names

#: What is told on the day of publication as done was done then or in the days before.
_NEWS_DAYS: Final = 10
_OPEN: Final = ("planned", "proposed", "conditional", "ongoing")


@dataclass(frozen=True, slots=True)
class Facts:
    """One telling, ready to be compared.

    ``first`` and ``last`` are the days of its date as ordinals, ``earliest`` the first day that it may really mean
    (news told with the publication date may be some days old). ``words`` are its content words without the names of
    its policies and bodies. ``phases``, ``acts`` and ``documents`` are the groups of cue words found; ``numbers`` are
    the figures but years, ``names`` the words that its names are made of.
    ``is_promise`` says that it is still to come (or goes on) and has no day but that of publication.
    """

    telling: Telling
    first: int
    last: int
    earliest: int
    precision: str
    words: frozenset[str]
    policies: frozenset[str]
    organisations: frozenset[str]
    phases: frozenset[str]
    acts: frozenset[str]
    documents: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    is_promise: bool

    def likeness(self, other: Facts) -> float:
        """Words that the two share, 0 to 1; those of either's names left out of both."""
        if self.words.isdisjoint(other.words):
            return 0.0
        return share(self.words - other.names, other.words - self.names)


def gather(telling: Telling) -> Facts:
    """The facts of one telling. A date that is none counts as the day of publication."""
    mention = telling.mention
    day = telling.published.date()
    first, last = edtf.parse(mention.date) or (day, day)
    is_news = mention.date_basis == "publication" and mention.status in (
        "happened",
        "ongoing",
    )
    earliest = min(first, day - timedelta(days=_NEWS_DAYS)) if is_news else first
    words = content_words(without_names(mention.quote, (*mention.policies, *mention.organisations)))
    phases, acts, documents = own_cues(mention, "phases", "acts", "documents")
    return Facts(
        telling=telling,
        first=first.toordinal(),
        last=last.toordinal(),
        earliest=earliest.toordinal(),
        precision=edtf.precision(mention.date) if edtf.is_valid(mention.date) else "day",
        policies=frozenset(mention.policies),
        organisations=frozenset(mention.organisations),
        names=name_words((*mention.policies, *mention.organisations)),
        is_promise=mention.date_basis == "publication" and mention.status in _OPEN,
        words=words,
        phases=phases,
        acts=acts,
        documents=documents,
        numbers=frozenset(word for word in words if word[0].isdigit()),
    )
