"""Which candidates of an article tell the same thing: the fullest telling counts, and the lead takes its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.candidates import Candidate, settle
from pipeline.extraction.events.wordlists import load_words

#: How many body sentences make the lead.
LEAD: Final = 4
_ANAPHORS: Final = load_words("tellings", "anaphors")
_MAKING_PUBLIC: Final = load_words("tellings", "making_public")
_SAYING_SO: Final = frozenset({"announce", "announcement", "confirm", "reveal"})
#: Verbs that open a sentence which says when the lead's news came out.
_HEADING: Final = frozenset({"publish", "hand", "release", "announce", "unveil"})
_RECENT: Final = timedelta(days=45)


def lend_dates(candidates: Sequence[Candidate], published: date) -> tuple[list[Candidate], int]:
    """The candidates, the lead's news dated by the sentence that says when it was made public ("The money was
    announced last month"); and the position of that sentence's candidate where it tells nothing else, or -1."""
    position = next((n for n, each in enumerate(candidates) if _is_lender(each, published)), -1)
    if position < 0:
        return list(candidates), -1
    lender = candidates[position]
    dated = [
        settle(replace(each, date=lender.date, date_basis="context"), published)
        if _is_news(each) and each.date_basis == "publication"
        else each
        for each in candidates
    ]
    return dated, position if lender.trigger.base in _SAYING_SO else -1


def _is_news(candidate: Candidate) -> bool:
    passage = candidate.reading.passage
    return passage.kind == "body" and passage.rank == 0 and candidate.is_main and not candidate.placed


def _is_lender(candidate: Candidate, published: date) -> bool:
    passage = candidate.reading.passage
    if not 0 < passage.rank < LEAD or not candidate.placed or not candidate.placed[0].timex.is_relative:
        return False
    is_headed = candidate.trigger.position == 0  # "Published for consultation last week, the standards …"
    is_said = candidate.trigger.base in _MAKING_PUBLIC and not _ANAPHORS.isdisjoint(passage.words.lows[:4])
    if not is_said and not (is_headed and candidate.trigger.base in _HEADING):
        return False
    span = edtf.parse(candidate.date)
    return span is not None and published - _RECENT <= span[0] <= published


def relate(candidates: Sequence[Candidate], published: date) -> list[dict[str, float]]:
    """For each candidate what the others make of it, as features."""
    by_kind: dict[str, list[Candidate]] = {}
    for each in candidates:
        by_kind.setdefault(each.type, []).append(each)
    found: list[dict[str, float]] = []
    for one in candidates:
        features: dict[str, float] = {}
        others = [other for other in by_kind[one.type] if other is not one and _is_same(one, other)]
        when = "dated" if one.placed else "undated"
        if any(_is_fuller(other, one) for other in others):
            features[f"{when} retold"] = 1.0
        elif others:
            features[f"{when} fullest"] = 1.0
        found.append(features)
    return found


def _names(candidate: Candidate) -> set[str]:
    return {mention.name for mention in candidate.reading.passage.policies}


def _is_lead(candidate: Candidate) -> bool:
    passage = candidate.reading.passage
    return passage.kind == "body" and passage.rank < LEAD


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Whether two of a type may tell one event: at the same time, of the same policy, or both as the lead's news."""
    if one.is_listed or other.is_listed or one.reading.passage is other.reading.passage:
        return False
    is_same_act = one.trigger.base == other.trigger.base
    is_news = (
        (is_same_act or one.type == "publication")
        and one.is_main
        and other.is_main
        and _is_lead(one)
        and _is_lead(other)
    )
    if not is_news and not (is_same_act or one.placed):
        return False
    if one.date != other.date and edtf.overlap(one.date, other.date) < 0.5:
        return False
    return is_news or not _names(one).isdisjoint(_names(other))


def _is_fuller(one: Candidate, other: Candidate) -> bool:
    """Whether ``one`` tells more than ``other``: it has a date of its own, names more, or says it later in the lead."""
    return _fullness(one) > _fullness(other)


def _fullness(candidate: Candidate) -> tuple[bool, int, int]:
    passage = candidate.reading.passage
    named = len({mention.name for mention in passage.mentions})
    return bool(candidate.placed), min(named, 2), -passage.rank if passage.rank >= LEAD else passage.rank
