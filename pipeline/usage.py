"""Rows of organisations and policies, kept up to date: those are made anew whose uses or events have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple

import msgspec

from pipeline import fingerprints, rows
from pipeline.records import Mention
from pipeline.registers import Registers
from pipeline.rows import ArticleUse, EntityUse
from pipeline.store.contents import Contents, Use
from pipeline.timeline.policystates import policy_state

_DECODER: Final = msgspec.json.Decoder(ArticleUse)
#: The fact that says what code and registers made the rows that stand.
_MADE: Final = "names made by"
_KINDS: Final = {"organisations": "organisation", "policies": "policy"}


class PolicyFacts(NamedTuple):
    """What an event says of the state of its policies."""

    event_id: str
    type: str
    status: str
    date: str
    date_basis: str
    date_latest: str
    amount: float | None
    quote: str
    last_published: str
    policies: tuple[str, ...]


def update_names(contents: Contents, registers: Registers) -> None:
    """Bring ``organisations`` and ``policies`` in line with their uses and their events."""
    made = fingerprints.combine(
        registers.fingerprint, fingerprints.rows_fingerprint(), fingerprints.timeline_fingerprint()
    )
    if contents.archive.fact(_MADE) == made:
        _update_touched(contents, registers)
    else:
        _update_all(contents, registers)
        contents.archive.set_fact(_MADE, made)


def _update_all(contents: Contents, registers: Registers) -> None:
    joined = ((entity_id, _join(own)) for entity_id, own in groupby(contents.uses(), key=lambda use: use[0]))
    uses = {entity_id: use for entity_id, use in joined if use}
    contents.replace_rows("organisations", rows.organisation_rows(uses, registers))
    contents.replace_rows("policies", rows.policy_rows(uses, registers, *_count_events(contents, uses)))


def _update_touched(contents: Contents, registers: Registers) -> None:
    """The same where only few articles and events have changed."""
    touched = set(contents.used) | contents.policies_called(contents.touched.policies)
    uses = {entity_id: use for entity_id in sorted(touched) if (use := _use_of(contents, entity_id))}
    gone = touched - uses.keys()
    contents.put_rows("organisations", gone, rows.organisation_rows(uses, registers))
    contents.put_rows("policies", gone, rows.policy_rows(uses, registers, *_count_events(contents, uses)))


def _count_events(contents: Contents, uses: Mapping[str, EntityUse]) -> tuple[dict[str, int], dict[str, str]]:
    """How many events the policies among the entities have, and the state of each; by name."""
    n_events: dict[str, int] = {}
    states: dict[str, str] = {}
    for name in {use.mention.name for use in uses.values() if use.mention.kind == "policy"}:
        events = [PolicyFacts(*each) for each in contents.events_of_policy(name)]
        n_events[name] = len(events)
        if events and (state := policy_state(name, events)):  # type: ignore[arg-type]
            states[name] = state
    return n_events, states


def _use_of(contents: Contents, entity_id: str) -> EntityUse | None:
    """The use of one entity over all articles: what its row says and what has come, else of all uses; None without."""
    added = contents.used.get(entity_id, ())
    known = _known(contents, entity_id) if added is not None else None
    if known is None or not added:
        return known or _join(contents.uses(entity_id))
    if min(added)[0] <= known.first_published:  # the first mention of all may be another one
        return _join(contents.uses(entity_id))
    return rows.add_uses(known, [(_DECODER.decode(record), published) for published, _, record in sorted(added)])


def _known(contents: Contents, entity_id: str) -> EntityUse | None:
    """The use of an entity as its row has it; None where it has none."""
    first = contents.first_use(entity_id)
    if first is None:
        return None
    mention: Mention = _DECODER.decode(first).mention
    table = next(table for table, kind in _KINDS.items() if kind == mention.kind)
    found = contents.rows_of(table, f"{mention.kind}_id", entity_id)
    return rows.use_of_row(mention, found[0]) if found else None


def _join(uses: Iterable[Use]) -> EntityUse | None:
    """The use of one entity, of those in all articles; None where there are none."""
    own: Iterator[tuple[ArticleUse, str]] = ((_DECODER.decode(record), published) for _, record, published in uses)
    found = list(own)
    return rows.join_uses(found) if found else None
