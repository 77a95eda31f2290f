"""What speaks for and against a candidate, as named numbers: general properties only, no names and no topic words.

A candidate with a date and one without are told apart by different things, so each kind has features of its own.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.commitments import find_commitment
from pipeline.extraction.events.cues import FINDING, OTHER
from pipeline.extraction.events.readings import NOT_FINITE, REPORTING, is_subordinate
from pipeline.extraction.events.wordlists import load_words
from pipeline.extraction.events.words import is_inside_quotes
from pipeline.records import Mention

_OFFICIAL: Final = load_words("features", "official")
_FIRST: Final = load_words("features", "first")
_HEDGES: Final = frozenset({"if", "whether", "how", "when", "why", "unless", "where"})
_STATISTIC: Final = load_words("features", "statistic")
_ANAPHORS: Final = load_words("features", "anaphors")
_SURVEY: Final = load_words("features", "survey")
#: How near before a verb a figure is its subject, and how near to the sentence's beginning it is the first thing, both
#: in characters; how many figures are many.
_SUBJECT: Final = 40
_OPENING: Final = 12
_MANY: Final = 3
_MONEY: Final = ("£", "€", "$")
_CLOSE: Final = 32
_LEAD: Final = 4
_MONTH: Final = 31
_LONG: Final = 45

Features = dict[str, float]


def describe(candidate: Candidate, siblings: int, actor: str, published: date) -> Features:
    """The features of a candidate; ``siblings`` are the sentence's other candidates with a date, ``actor`` the kind of
    its actor."""
    if candidate.placed or candidate.date_basis != "publication":
        return _dated(candidate, siblings, actor, published) | _of_figures(candidate, "dated")
    return _undated(candidate, siblings, actor) | _of_figures(candidate, "undated")


def _of_figures(candidate: Candidate, when: str) -> Features:
    """What a sentence's figures say: it tells of a statistic where one is the subject or there are several. With them
    the type by mood: "is launching" tells an event more often than "is giving"."""
    passage, trigger = candidate.reading.passage, candidate.trigger
    figures = [each for each in passage.quantities if each.unit != "GBP"]
    start = passage.words.starts[trigger.first]
    found: dict[str, bool | float] = {
        "figure before": any(0 < start - each.end_char < _SUBJECT for each in figures),
        "figure first": any(each.start_char - passage.start_char < _OPENING for each in figures),
        "figures": min(_MANY, len(figures)) / _MANY,
        "change": any(each.role == "change" for each in passage.quantities),
        "percent": any(each.unit == "percent" for each in figures),
        "survey": not _SURVEY.isdisjoint(passage.words.lows),
        f"{candidate.type} {trigger.mood}": True,
    }
    return {f"{when} {name}": float(value) for name, value in found.items() if value}


def _undated(candidate: Candidate, siblings: int, actor: str) -> Features:
    passage, trigger = candidate.reading.passage, candidate.trigger
    ground = find_commitment(candidate, actor)
    lead = passage.kind == "body" and passage.rank < _LEAD
    found = {
        "undated": True,
        "undated ground": ground is not None,
        f"undated ground={ground}": ground is not None,
        "undated first": passage.kind == "body" and passage.rank == 0,
        "undated lead": lead,
        "undated lead main": lead and candidate.is_main and trigger.is_strong,
        "undated policy": bool(passage.policies),
        "undated body": bool(passage.organisations),
        "undated figures": any(low.endswith("%") for low in passage.words.lows),
        "undated statistic": _has_before(candidate, "statistic"),
        "undated opinion": _has_before(candidate, "opinion"),
        "undated quoted": passage.opens_quoted,
        "undated strong": trigger.is_strong,
        "undated joined": not candidate.is_main,
        "undated siblings": siblings > 0,
        "undated listed": candidate.is_listed,
        "undated listed policy": candidate.is_listed and bool(passage.policies),
        "undated conditional": candidate.status == "conditional",
    }
    words = passage.words
    start = words.starts[trigger.first]
    found |= {
        f"undated mood={trigger.mood}": True,
        f"undated type={candidate.type}": True,
        f"undated status={candidate.status}": True,
        f"undated actor={actor}": True,
        f"undated kind={'strong' if trigger.is_strong else 'other' if trigger.type == OTHER else 'weak'}": True,
        "undated subject policy": _just_before(passage.policies, start),
        "undated subject body": _just_before(passage.organisations, start),
        "undated subordinate": is_subordinate(trigger, words.lows),
        "undated early": trigger.first <= 6,
        "undated late": trigger.first > 20,
        "undated person": not _FIRST.isdisjoint(words.lows),
        "undated inside quotes": is_inside_quotes(words.lows, trigger.first),
        "undated official": not _OFFICIAL.isdisjoint(words.lows),
        "undated outer": candidate.outer is not None,
        "undated reporting": trigger.base in REPORTING and not trigger.is_strong,
        "undated past": trigger.mood == "past" and not lead,
        "undated money": any(each.unit == "GBP" for each in passage.quantities),
        "undated long": len(words.lows) > _LONG,
        "undated dates": bool(candidate.reading.dates),
        "undated nothing": not passage.mentions and not passage.references,
        "undated reference": bool(passage.references),
        f"undated rank={min(passage.rank, 3)}": lead,
    }
    return {name: 1.0 for name, holds in found.items() if holds}


def _dated(candidate: Candidate, siblings: int, actor: str, published: date) -> Features:
    passage, trigger = candidate.reading.passage, candidate.trigger
    lows, types = passage.words.lows, {each.type for each in candidate.reading.triggers}
    near = lows[max(0, trigger.first - 4) : trigger.first]
    start = passage.words.starts[trigger.first]
    quoted = passage.opens_quoted or is_inside_quotes(lows, trigger.first)
    is_lead = passage.kind == "body" and passage.rank < _LEAD
    statistic = min(2, len(_STATISTIC & set(lows))) / 2
    shares = min(3, sum(low.endswith("%") for low in lows)) / 3
    found: dict[str, bool | float] = {
        f"type={candidate.type}": True,
        f"mood={trigger.mood}": True,
        "strong": trigger.is_strong,
        "strong finite": trigger.is_strong and trigger.mood not in NOT_FINITE,
        "unknown verb": trigger.type == OTHER,
        "finding": trigger.type == FINDING,
        "reporting verb": trigger.base in REPORTING and not trigger.is_strong,
        "quoted": quoted,
        "list item": passage.kind == "list_item",
        "listed money": candidate.is_listed,
        "lead": is_lead,
        "first": is_lead and passage.rank == 0,
        "hedged": not _HEDGES.isdisjoint(lows[max(0, trigger.first - 5) : trigger.first]),
        "subordinate": is_subordinate(trigger, lows),
        "opinion": "opinion" in types,
        "context ground": not candidate.placed and find_commitment(candidate, actor) is not None,
        "statistic": "statistic" in types,
        "statistic noun": statistic,
        "shares": shares,
        "money": any(low.startswith(_MONEY) for low in lows),
        "money for it": candidate.type == "funding" and any(each.unit == "GBP" for each in passage.quantities),
        "first person": not _FIRST.isdisjoint(lows),
        "siblings": min(2, siblings) / 2,
        "policy": bool(passage.policies),
        "body": bool(passage.organisations) or any(each.kind == "organisation" for each in passage.references),
        "nothing named": not passage.mentions and not passage.references,
        "official": not _OFFICIAL.isdisjoint(lows),
        "subject body": _just_before(passage.organisations, start),
        "subject policy": _just_before(passage.policies, start),
        "subject official": not _OFFICIAL.isdisjoint(near),
        "subject pronoun": bool(near) and near[-1] in {"it", "they", "this", "these", "which"},
        "subject person": bool(near) and near[-1] in {"she", "he", "i", "we", "who"},
        "anaphoric subject": not _ANAPHORS.isdisjoint(lows[:3]),
        "conditional": candidate.status == "conditional",
        "long": len(lows) > _LONG,
        f"actor={actor}": True,
        f"status={candidate.status}": True,
        "passive": trigger.group is not None and trigger.group.is_passive,
        "early": trigger.first <= 6,
        "main": candidate.is_main,
        "outer": candidate.outer is not None,
        "fronted date": bool(candidate.placed) and candidate.placed[0].first <= 3,
        "reference": bool(passage.references),
        "decoy": trigger.type in {"statistic", "opinion"},
        "many triggers": len(candidate.reading.triggers) > 5,
    }
    found |= _of_date(candidate, published)
    return {name: float(value) for name, value in found.items() if value}


def _has_before(candidate: Candidate, kind: str) -> bool:
    """Whether a finite verb of figures or of opinion stands before the candidate's own."""
    return any(
        each.type == kind and each.mood not in NOT_FINITE and each.position < candidate.trigger.position
        for each in candidate.reading.triggers
    )


def _of_date(candidate: Candidate, published: date) -> dict[str, bool | float]:
    span = edtf.parse(candidate.date)
    precision = edtf.precision(candidate.date)
    if precision == "interval" and span is not None and (span[1] - span[0]).days <= _MONTH:
        precision = "week"
    found: dict[str, bool | float] = {f"precision={precision}": True}
    if span is not None:
        found["ahead"] = span[0] > published
        found["years ago"] = (published - span[1]).days > 366
        found["around"] = span[0] <= published <= span[1]
    if not candidate.placed:
        return found | {
            "lent date": candidate.date_basis != "context",
            "context date": candidate.date_basis == "context",
        }
    placed, trigger = candidate.placed[0], candidate.trigger
    gap = placed.first - trigger.last if placed.first >= trigger.last else trigger.first - placed.last
    is_years = precision in {"financial_year", "interval"}
    is_money = candidate.type == "funding" and any(each.unit == "GBP" for each in candidate.reading.passage.quantities)
    return found | {
        f"role={placed.role}": True,
        "relative date": placed.timex.is_relative,
        "near date": gap <= 2,
        "far date": gap > 8,
        "years of money": is_years and is_money,
        "years of figures": is_years and not is_money,
    }


def _just_before(mentions: list[Mention], start: int) -> bool:
    return any(0 <= start - mention.end_char < _CLOSE for mention in mentions)
