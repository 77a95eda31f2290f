"""What speaks for and against a candidate, as named numbers: general properties only, no names and no topic words."""

from __future__ import annotations

from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.cues import FINDING, OTHER
from pipeline.extraction.events.readings import CARRIERS, NOT_FINITE, REPORTING, is_subordinate
from pipeline.records import Mention

_GOVERNMENT: Final = frozenset("government ministers minister department mps peers secretary parliament council councils regulator union inspectorate administration".split())
_FIRST: Final = frozenset({"we", "i", "our", "my", "us", "you", "your", "i’m", "we’re", "we’ve", "i’ve"})
_HEDGES: Final = frozenset({"if", "whether", "how", "when", "why", "unless", "where"})
_STATISTIC: Final = frozenset("number numbers proportion rate rates rise fall increase decrease drop growth average share total level levels percentage likelihood respondents compared lowest highest".split())
_ANAPHORS: Final = frozenset("announcement news money move decision findings figures plan".split())
_MONEY: Final = ("£", "€", "$")
_NEAR: Final = 8


def describe(candidate: Candidate, siblings: int, published: date) -> dict[str, float]:
    """The features of a candidate; ``siblings`` are the sentence's other candidates with a date."""
    reading, trigger, passage = candidate.reading, candidate.trigger, candidate.reading.passage
    lows = passage.words.lows
    group = trigger.group
    dated = bool(candidate.placed)
    features: dict[str, float] = {"bias": 1.0}

    def put(name: str, holds: bool | float = True) -> None:
        if holds:
            features[name] = float(holds)

    when = "dated" if dated else "context" if candidate.date_basis == "context" else "undated"
    put(when)
    put(f"type={candidate.type}")
    put(f"{when}:type={candidate.type}")
    mood = "listed" if candidate.is_listed else trigger.mood
    put(f"mood={mood}")
    put(f"{when}:mood={mood}")
    put("strong", trigger.is_strong)
    put("unknown verb", trigger.type == OTHER)
    put(f"{when}:unknown verb", trigger.type == OTHER)
    put("lent date", not dated and candidate.date_basis in {"relative", "explicit"})
    put(f"{when}:strong", trigger.is_strong)
    put("main", candidate.is_main)
    put(f"{when}:main", candidate.is_main)
    put("joined", not dated and not candidate.is_main)
    put("negated", group is not None and group.is_negated)
    put("passive", group is not None and group.is_passive)
    put("reporting verb", trigger.base in REPORTING)
    outer = candidate.outer
    put("in speech", outer is not None and outer.base in REPORTING)
    put("in pledge", outer is not None and outer.base in CARRIERS)
    put("quoted", passage.opens_quoted or _is_inside_quotes(lows, trigger.position))
    put(f"{when}:quoted", passage.opens_quoted or _is_inside_quotes(lows, trigger.position))
    put("list item", passage.kind == "list_item")
    if passage.kind == "body" and passage.rank < 4:
        put("lead")
        put(f"{when}:lead", 1.0 / (1 + passage.rank))
        put(f"{when}:lead policy", bool(passage.policies))
        put(f"{when}:lead body", bool(passage.organisations))
        put("first", passage.rank == 0)
        put(f"{when}:lead strong", trigger.is_strong and candidate.is_main)
    put("subordinate", is_subordinate(trigger, lows))
    put("finding", trigger.type == FINDING)
    put("finding lead", trigger.type == FINDING and passage.rank < 3)
    put("hedged", not _HEDGES.isdisjoint(lows[max(0, trigger.first - 5) : trigger.first]))
    put("opinion", any(each.type == "opinion" for each in reading.triggers))
    put("statistic", any(each.type == "statistic" for each in reading.triggers))
    shares = sum(low.endswith("%") for low in lows) + lows.count("percent")
    put("shares", min(3, shares) / 3)
    money = any(low.startswith(_MONEY) for low in lows)
    put("money", money)
    put(f"money:type={candidate.type}", money and candidate.type in {"funding", "announcement"})
    put("figures", min(4, sum(low[0].isdigit() and not low.endswith("%") for low in lows)) / 4)
    put("first person", not _FIRST.isdisjoint(lows))
    put("question", passage.text.rstrip("”’").endswith("?"))
    put("siblings", min(2, siblings) / 2)
    policies, organisations = passage.policies, passage.organisations
    put("policy", bool(policies))
    put(f"{when}:policy", bool(policies))
    put("organisation", bool(organisations) or any(r.kind == "organisation" for r in passage.references))
    put("nothing named", not policies and not organisations and not passage.references)
    put("government", not _GOVERNMENT.isdisjoint(lows))
    start = passage.words.starts[trigger.first]
    put("subject organisation", _just_before(organisations, start))
    put("subject policy", _just_before(policies, start))
    near = lows[max(0, trigger.first - 4) : trigger.first]
    put("subject government", not _GOVERNMENT.isdisjoint(near))
    put("subject pronoun", bool(near) and near[-1] in {"it", "they", "this", "these", "which"})
    put("subject person", bool(near) and near[-1] in {"she", "he", "i", "we", "who"})
    is_actor = _just_before(organisations, start) or not _GOVERNMENT.isdisjoint(near) or (bool(near) and near[-1] in {"it", "they"})
    is_decisive = mood in {"perfect", "will", "planned", "progressive"} or (mood == "would" and outer is not None)
    is_clean = group is not None and not group.is_negated and not passage.opens_quoted
    put("act", candidate.is_main and is_actor and is_decisive and is_clean)
    put(f"{when}:act", candidate.is_main and is_actor and is_decisive and is_clean)
    put("act strong", candidate.is_main and is_decisive and is_clean and trigger.is_strong and not dated)
    put("pledge", not dated and is_decisive and outer is not None and outer.base in CARRIERS and is_clean)
    put("said would", not dated and mood in {"would", "will"} and outer is not None and is_clean)
    put("statistic noun", min(2, len(_STATISTIC & set(lows))) / 2)
    put(f"{when}:statistic noun", min(2, len(_STATISTIC & set(lows))) / 2)
    put("anaphoric subject", bool(_ANAPHORS & set(lows[:3])))
    put("long", len(lows) > 45)
    put("short", len(lows) < 12)
    if dated:
        _put_date(candidate, published, put)
    put("conditional", candidate.status == "conditional")
    put("not finite", trigger.mood in NOT_FINITE)
    return features


def _put_date(candidate: Candidate, published: date, put) -> None:  # type: ignore[no-untyped-def]
    placed, trigger = candidate.placed[0], candidate.trigger
    put(f"role={placed.role}")
    put("relative date", placed.timex.is_relative)
    gap = placed.first - trigger.last if placed.first >= trigger.last else trigger.first - placed.last
    put("near date", gap <= 2)
    put("far date", gap > 8)
    precision = edtf.precision(candidate.date)
    put(f"precision={precision}")
    is_money = candidate.type == "funding" and any(q.unit == "GBP" for q in candidate.reading.passage.quantities)
    put("years of money", is_money and precision in {"financial_year", "interval"})
    put("years of figures", not is_money and precision in {"financial_year", "interval"} and placed.role in {"from", "on"})
    span = edtf.parse(candidate.date)
    if span is not None:
        put("ahead", span[0] > published)
        put("years ago", (published - span[1]).days > 366)
        put("around", span[0] <= published <= span[1])


def _is_inside_quotes(lows: list[str], position: int) -> bool:
    opened = 0
    for low in lows[:position]:
        if low == "“":
            opened = 1
        elif low == "”":
            opened = 0
    return bool(opened)


def _just_before(mentions: list[Mention], start: int) -> bool:
    return any(0 <= start - mention.end_char < _NEAR * 4 for mention in mentions)
