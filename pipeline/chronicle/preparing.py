"""What can be made of tellings and of groups of them without an archive: by any process, in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import msgspec

from pipeline.cycles import without_collection
from pipeline.records import PolicyEvent, Telling
from pipeline.timeline.facts import Facts, gather
from pipeline.timeline.merge import in_order, make_event, order_key
from pipeline.timeline.places import kept_keys
from pipeline.timeline.steps import make_step
from pipeline.timeline.subjects import learn_acronyms

#: Facts as the archive keeps them.
FACTS: Final = msgspec.msgpack.Decoder(Facts)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A telling as it is put on the shelf: its place in the order, and its facts packed.

    ``content`` stands for all that it says; ``keys`` are what it is kept under, as 64-bit integers; ``acronyms`` those
    that its sentence tells, by name.
    """

    article_id: str
    evidence_id: str
    place: str
    record: bytes
    content: bytes
    keys: bytes
    acronyms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A group made an event: the event's identifier and tellings, its step packed, the title that a reviewer gave."""

    event_id: str
    evidence_ids: Sequence[str]
    step: bytes
    given: str


def content_of(telling: Telling) -> bytes:
    """Stands for all that a telling says."""
    return blake2b(msgspec.msgpack.encode(telling), digest_size=16).digest()


def shelve(telling: Telling) -> Shelved:
    """A telling made ready for the shelf."""
    facts = gather(telling)
    return Shelved(
        article_id=telling.article_id,
        evidence_id=telling.evidence_id,
        place=order_key(facts),
        record=msgspec.msgpack.encode(facts),
        content=content_of(telling),
        keys=kept_keys(facts).tobytes(),
        acronyms=learn_acronyms([telling]),
    )


def shelve_all(tellings: Sequence[Telling]) -> list[Shelved]:
    """Tellings made ready, in their order."""
    with without_collection():
        return [shelve(telling) for telling in tellings]


def make_all(acronyms: Mapping[str, str], groups: Sequence[Sequence[bytes]]) -> list[Made]:
    """The events of groups, each group the packed facts of its tellings; acronyms are those of the whole archive."""
    with without_collection():
        return [_make(acronyms, [FACTS.decode(record).telling for record in group]) for group in groups]


def _make(acronyms: Mapping[str, str], group: Sequence[Telling]) -> Made:
    tellings = in_order(group)
    event = make_event(tellings, acronyms)
    step = make_step(event, {each.evidence_id: each.mention for each in tellings})
    return Made(event.event_id, event.evidence_ids, msgspec.msgpack.encode(step), given_title(event, tellings))


def given_title(event: PolicyEvent, group: Sequence[Telling]) -> str:
    """The title that a reviewer gave an event in one of its tellings."""
    titles = {each.evidence_id: each.mention.title for each in group if each.mention.title}
    return next((titles[each] for each in event.evidence_ids if each in titles), "")
