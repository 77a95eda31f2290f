"""Tellings of one event joined: one event, one row.

    tellings ─▶ facts ─▶ groups ─▶ events ─▶ links ─▶ states

Tellings are taken from the most exact date to the vaguest, each to the group that it agrees with best, and only to one
of which no telling rules it out (``sameness``), so that a vague date can't chain two events together. The order is
made from content, so the result is the same in whatever order the dumps were read. Only tellings that share a policy
or some rare words, and a time, are compared (``places``).
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from pipeline import edtf
from pipeline.lists import batched, unique
from pipeline.records import PolicyEvent, Telling
from pipeline.timeline.apart import tell_apart
from pipeline.timeline.chains import link_events
from pipeline.timeline.confidence import rate
from pipeline.timeline.facts import Facts, gather
from pipeline.timeline.grouping import Grouping, regroup
from pipeline.timeline.linking import Linking
from pipeline.timeline.outlines import Outlines
from pipeline.timeline.places import Places, kept_keys, looked_up_keys
from pipeline.timeline.sameness import sameness
from pipeline.timeline.states import set_states
from pipeline.timeline.subjects import learn_acronyms
from pipeline.timeline.titles import make_title
from pipeline.timeline.wording import fold, name_pattern

#: A group is compared by its most exact tellings: a hundred articles on one event add nothing to the check.
COMPARED: Final = 12

#: Tellings whose keys are looked up at once.
_LOCATED_TOGETHER: Final = 500

_PRECISION_RANK: Final = {
    "day": 0,
    "month": 1,
    "season": 2,
    "interval": 3,
    "financial_year": 4,
    "year": 5,
}
_BASIS_RANK: Final = {"explicit": 0, "relative": 1, "context": 2, "publication": 3}

_ACRONYM: Final = re.compile(r"[A-Z][\w-]*")

Order = tuple[str, str, str, int, str]


def build_timeline(
    tellings: Iterable[Telling],
    as_of: date | None = None,
    grouping: Grouping | None = None,
    linking: Linking | None = None,
) -> tuple[PolicyEvent, ...]:
    """Events from tellings, with the links between them and their states.

    States are as of ``as_of``, else of the newest telling's article. Sorted by date; the same for every order of
    ``tellings``; one that is given twice counts once. ``grouping`` is what reviewers want in one event or
    apart, ``linking`` what they want linked.
    """
    ordered = sorted({telling.evidence_id: telling for telling in tellings}.values(), key=_order)
    if not ordered:
        return ()
    acronyms = learn_acronyms(ordered)
    groups = group_tellings(ordered)
    if grouping:
        groups = [sorted(group, key=_order) for group in regroup(groups, grouping)]
        groups.sort(key=lambda group: _order(group[0]))
    events = tell_apart([make_event(group, acronyms) for group in groups], acronyms)
    events = _call_as_given(events, ordered)
    linked = link_events(events, {telling.evidence_id: telling.mention for telling in ordered}, linking)
    newest = as_of or ordered[-1].published.date()
    return tuple(
        sorted(
            set_states(linked, newest),
            key=lambda event: (event.date_earliest, event.date_latest, event.event_id),
        )
    )


def _call_as_given(events: Sequence[PolicyEvent], tellings: Iterable[Telling]) -> list[PolicyEvent]:
    """The events, with the titles that reviewers gave them."""
    given = {each.evidence_id: each.mention.title for each in tellings if each.mention.title}
    titles = ((event, next((given[each] for each in event.evidence_ids if each in given), "")) for event in events)
    return [replace(event, title=title) if title else event for event, title in titles]


def event_id(telling: Telling) -> str:
    """The identifier of an event whose earliest telling this is: made from publication, article and offset."""
    mention = telling.mention
    parts = (
        telling.published.isoformat(),
        telling.evidence_id,
        mention.field,
        str(mention.start_char),
    )
    return "event-" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def _order(telling: Telling) -> Order:
    mention = telling.mention
    return (
        telling.published.isoformat(),
        telling.article_id,
        mention.field,
        mention.start_char,
        telling.evidence_id,
    )


def in_order(tellings: Iterable[Telling]) -> list[Telling]:
    """Tellings in the order in which they were published."""
    return sorted(tellings, key=_order)


def group_tellings(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """Tellings in groups, each of one event and in order of publication; the groups by their first tellings."""
    groups = group_facts(gather(telling) for telling in tellings)
    found = [sorted((each.telling for each in group), key=_order) for group in groups]
    return sorted(found, key=lambda group: _order(group[0]))


def group_facts(facts: Iterable[Facts]) -> list[list[Facts]]:
    """The same with facts: each group in the order of exactness, the groups by their first members."""
    ordered = sorted(facts, key=_exactness_of)
    kept = [kept_keys(each) for each in ordered]
    owners = np.repeat(np.arange(len(kept), dtype=np.int32), [len(keys) for keys in kept])
    keys = np.concatenate([np.empty(0, np.int64), *kept])
    order = np.argsort(keys, kind="stable")
    places = Places(keys[order], owners[order])
    groups = group_in_order(range(len(ordered)), ordered.__getitem__, places)
    return [[ordered[place] for place in group] for group in groups]


def group_in_order(order: Iterable[int], facts: Callable[[int], Facts], places: Places) -> list[array[int]]:
    """Groups of tellings, which are numbers here, taken in the order of exactness; the groups by their first members.

    ``places`` knows the keys of all of them, and no group yet.
    """
    groups: list[array[int]] = []
    outlines = Outlines()
    for some in batched(order, _LOCATED_TOGETHER):
        located = places.locate([looked_up_keys(facts(telling)) for telling in some])
        for telling, slots in zip(some, located, strict=True):
            own = facts(telling)
            found = outlines.possible(own, places.find(slots))
            home = best_group((group, agreement(own, map(facts, groups[group][:COMPARED]))) for group in found)
            if home is None:
                home = len(groups)
                groups.append(array("i"))
                outlines.add(own)
            groups[home].append(telling)
            places.add(telling, home)
    return groups


def best_group(agreements: Iterable[tuple[int, float | None]]) -> int | None:
    """The group that agrees best of those with enough wording in common and no telling that rules it out.

    Of groups that agree alike it is the first.
    """
    best, home = 0.0, None
    for group, mean in agreements:
        if mean is not None and (mean > best or (home is None and mean == best)):
            best, home = mean, group
    return home


def agreement(each: Facts, others: Iterable[Facts]) -> float | None:
    """How well a telling agrees with the tellings of a group; ``None`` where one rules it out, or there is none.

    No more of them are asked for once one has ruled it out.
    """
    total, n = 0.0, 0
    for other in others:
        degree = sameness(each, other)
        if degree is None:
            return None
        total += degree
        n += 1
    return total / n if n else None


def order_key(each: Facts) -> str:
    """What ``group_tellings`` sorts by, as one string."""
    precision, basis, (published, article_id, field, start_char, evidence_id) = _exactness_of(each)
    return "\0".join((f"{precision}{basis}{published}", article_id, field, f"{start_char:09d}", evidence_id))


def _exactness_of(each: Facts) -> tuple[int, int, Order]:
    return (
        _PRECISION_RANK[each.precision],
        _BASIS_RANK[each.telling.mention.date_basis],
        _order(each.telling),
    )


def _exactness(telling: Telling) -> tuple[int, int, Order]:
    mention = telling.mention
    vagueness = _PRECISION_RANK[edtf.precision(mention.date)] if edtf.is_valid(mention.date) else len(_PRECISION_RANK)
    return (vagueness, _BASIS_RANK[mention.date_basis], _order(telling))


def make_event(group: Sequence[Telling], acronyms: Mapping[str, str]) -> PolicyEvent:
    """One event: the best quote, the most exact date, the latest status, everything else joined."""
    first, last = group[0], group[-1]
    best = min((telling for telling in group if _stands(telling, last)), key=_goodness)
    dated = min(_dated_best(group), key=_exactness)
    date_ = dated.mention.date if edtf.is_valid(dated.mention.date) else dated.published.date().isoformat()
    span = edtf.parse(date_) or (dated.published.date(),) * 2
    mention = best.mention
    confidence, reasons = rate(group, best)
    event = PolicyEvent(
        event_id=event_id(first),
        date=date_,
        date_label=edtf.label(date_),
        date_earliest=span[0].isoformat(),
        date_latest=span[1].isoformat(),
        precision=edtf.precision(date_),
        date_basis=dated.mention.date_basis,
        type=mention.type,
        status=last.mention.status,
        title="",
        policies=unique(name for telling in (best, *group) for name in telling.mention.policies),
        organisations=unique(name for telling in (best, *group) for name in telling.mention.organisations),
        people=unique(name for telling in (best, *group) for name in telling.mention.people),
        nation=next((t.mention.nation for t in (best, *group) if t.mention.nation), None),
        amount=next(
            (t.mention.amount for t in (best, *group) if t.mention.amount is not None),
            None,
        ),
        first_published=first.published,
        last_published=last.published,
        n_articles=len({telling.article_id for telling in group}),
        state=None,
        related=(),
        confidence=confidence,
        reasons=reasons,
        quote=mention.quote,
        article_id=best.article_id,
        url=best.url,
        superseded_ids=tuple(sorted({event_id(telling) for telling in group} - {event_id(first)})),
        evidence_ids=tuple(telling.evidence_id for telling in group),
    )
    return replace(event, title=_title(event, acronyms))


def _title(event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The event's title, made with the acronyms of its names and those that its sentence uses."""
    names = {*event.policies, *event.organisations}
    used = set(_ACRONYM.findall(event.quote))
    own = {name: acronym for name, acronym in acronyms.items() if name in names or acronym in used}
    return make_title(event, own)


def _dated_best(group: Sequence[Telling]) -> list[Telling]:
    """The tellings without those whose sentence gives a date of its own as well."""
    own = {_place(each) for each in group if _BASIS_RANK[each.mention.date_basis] <= _BASIS_RANK["relative"]}
    return [
        each
        for each in group
        if _BASIS_RANK[each.mention.date_basis] <= _BASIS_RANK["relative"] or _place(each) not in own
    ]


def _place(telling: Telling) -> tuple[str, str, int]:
    return telling.article_id, telling.mention.field, telling.mention.start_char


def _stands(telling: Telling, last: Telling) -> bool:
    """Whether a telling still says what the last one does: what was a plan is not quoted for what has happened."""
    done = ("happened", "ongoing")
    x, y = telling.mention.status, last.mention.status
    return x == y or ((x in done) == (y in done) and "cancelled" not in (x, y))


def _goodness(telling: Telling) -> tuple[object, ...]:
    """Sorts the best telling first: sure, a sentence of the text that names the policy and the day, and short."""
    mention = telling.mention
    folded = fold(mention.quote)
    is_named = any(name_pattern(name).search(folded) for name in mention.policies)
    return (
        -round(mention.confidence, 1),
        mention.field == "title",
        not is_named,
        _BASIS_RANK[mention.date_basis] > _BASIS_RANK["relative"],
        _exactness(telling)[0],
        len(mention.quote) // 50,
        _order(telling),
    )
