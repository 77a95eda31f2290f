"""What merging and chaining look at: a sentence's words without names, its days and its cue words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from pipeline import edtf
from pipeline.records import EventMention, PolicyEvent, Telling
from pipeline.timeline.clauses import own_cues
from pipeline.timeline.memo import Memo
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
        return share(self.words - other.names, other.words - self.names)


class _Found(NamedTuple):
    """What costs time to find in one sentence; the meanings are those of ``Facts``."""

    words: frozenset[str]
    phases: frozenset[str]
    acts: frozenset[str]
    documents: frozenset[str]
    numbers: frozenset[str]


def gather(telling: Telling, memo: Memo | None = None) -> Facts:
    """The facts of one telling. A date that is none counts as the day of publication."""
    mention = telling.mention
    day = telling.published.date()
    first, last = edtf.parse(mention.date) or (day, day)
    is_news = mention.date_basis == "publication" and mention.status in (
        "happened",
        "ongoing",
    )
    earliest = min(first, day - timedelta(days=_NEWS_DAYS)) if is_news else first
    found = (memo or Memo()).recall(_Found, "facts", clause_key(mention), lambda: _find(mention))
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
        **found._asdict(),
    )


def clause_key(event: EventMention | PolicyEvent) -> tuple[object, ...]:
    """All that the own clause of an event and its words depend on."""
    own = (
        event.quote,
        event.date,
        event.date_basis,
        event.type,
        event.status,
        event.amount,
    )
    return (*own, event.policies, event.organisations)


def _find(mention: EventMention) -> _Found:
    plain = without_names(mention.quote, (*mention.policies, *mention.organisations))
    words = content_words(plain)
    return _Found(
        words=words,
        phases=own_cues(mention, "phases"),
        acts=own_cues(mention, "acts"),
        documents=own_cues(mention, "documents"),
        numbers=frozenset(word for word in words if word[0].isdigit()),
    )
