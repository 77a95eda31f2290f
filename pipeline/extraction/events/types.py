"""The event type of a trigger in its surroundings: "launch" of a consultation, of a report, of a scheme."""

from __future__ import annotations

from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.attach import BY, Placed
from pipeline.extraction.events.cues import DECOYS, FINDING, OTHER
from pipeline.extraction.events.readings import NOT_FINITE, Reading
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.wordlists import load_words

SOURCES: Final = load_words("types", "sources")
_CHANGES: Final = frozenset({"rise", "increase", "fall", "drop", "double", "halve", "climb", "decrease"})
_JUDGES: Final = load_words("types", "judges")
_CONSULTATION: Final = frozenset({"consultation", "consultations"})
_OPENING: Final = load_words("types", "opening")
_LAW: Final = frozenset({"bill", "amendment", "amendments", "legislation", "law", "clause"})
_LAW_MAKING: Final = frozenset({"introduce", "return", "bring", "publish", "table", "pass", "debate"})
_DOCUMENTS: Final = load_words("types", "documents")
_MONEY: Final = ("£", "€", "$")
_NEAR: Final = 6
_FAR: Final = 16
_LASTING: Final = frozenset({"meeting", "legislation", "consultation", "publication"})
_PARLIAMENT: Final = load_words("types", "parliament")
_YEARS: Final = frozenset({"financial_year", "interval"})
_REFUSING: Final = frozenset({"will", "would", "progressive", "planned"})


def refine_type(reading: Reading, n: int, published: date) -> str | None:
    """The event type of trigger ``n``; ``None`` where it tells no event."""
    trigger = reading.triggers[n]
    lows = reading.passage.words.lows
    if trigger.type == "statistic" and trigger.base in _CHANGES and _is_rule_change(reading, n, published):
        return "implementation"
    if trigger.type in DECOYS:
        return None
    if trigger.type == FINDING or trigger.base == "reveal":
        kind = _finding(trigger, lows, n in reading.owned)
        if trigger.type == FINDING or kind is not None:
            return kind
    after = lows[trigger.last : trigger.last + _NEAR]
    before = lows[max(0, trigger.first - _FAR) : trigger.first]
    kind = _by_object(trigger, _noun_before(reading, n), before, after)
    group = trigger.group
    if kind in {"implementation", "announcement"} and _is_budgeted(reading, n):
        return "funding"
    if group is None:
        return kind
    owned = reading.owned.get(n, ())
    if group.mood in {"must", "required"} and owned and owned[0].role == BY and kind != "consultation":
        return "deadline"
    if group.has_ceased and kind in {"funding", "implementation"}:
        return "ending"
    if group.is_negated:
        refused = kind in {"implementation", "funding", "legislation"} and group.mood in _REFUSING
        return "rejection" if refused else kind if kind == "rejection" else None
    if group.mood == "proposed" and kind in {"implementation", "announcement", "publication", "ending", "legislation"}:
        return "proposal"
    return kind


def _is_budgeted(reading: Reading, n: int) -> bool:
    """Whether a trigger's date are the years of a sum that stands beside it: "£12m that it was spending in 2021-22"."""
    trigger, words = reading.triggers[n], reading.passage.words
    if trigger.is_strong or not any(
        edtf.precision(each.timex.edtf or "") in _YEARS for each in reading.owned.get(n, ())
    ):
        return False
    sums = [words.at(each.start_char) for each in reading.passage.quantities if each.unit == "GBP"]
    return any(abs(position - trigger.position) <= _FAR for position in sums)


def _is_rule_change(reading: Reading, n: int, published: date) -> bool:
    """A rate, wage, fee or allowance that goes up by decision: it will, or a named policy stands before the verb."""
    trigger = reading.triggers[n]
    if n in reading.owned and (
        trigger.mood in {"will", "would", "planned"} or _is_ahead(reading.owned[n][0], published)
    ):
        return True
    start = reading.passage.words.starts[trigger.first]
    return n in reading.owned and any(0 <= start - mention.end_char < 3 for mention in reading.passage.policies)


def _is_ahead(placed: Placed, published: date) -> bool:
    span = edtf.parse(placed.timex.edtf)
    return span is not None and span[0] > published


def _finding(trigger: Trigger, lows: list[str], is_dated: bool) -> str | None:
    """A report where what finds, shows or reveals is one; its name may stand behind the verb."""
    if is_dated and not _JUDGES.isdisjoint(lows[max(0, trigger.first - 6) : trigger.first]):
        return "announcement"
    window = lows[max(0, trigger.first - 12) : trigger.first] + lows[trigger.last : trigger.last + 4]
    return "publication" if is_dated or not SOURCES.isdisjoint(window) else None


def _noun_before(reading: Reading, n: int) -> str:
    """The type of the telling noun that stands as subject before a verb ("the hearing was put off"), or empty."""
    if n == 0 or reading.triggers[n - 1].group is not None:
        return ""
    gap = reading.triggers[n].first - reading.triggers[n - 1].last
    return reading.triggers[n - 1].type if gap <= _NEAR else ""


def _by_object(trigger: Trigger, noun: str, before: list[str], after: list[str]) -> str:
    """The type by what the verb is done to; ``noun`` is the type of a telling noun that is its subject."""
    near = {*before, *after}
    base, kind = trigger.base, trigger.type
    if base in _OPENING and ("call", "for", "evidence") in zip(before, before[1:], before[2:], strict=False):
        return "consultation"
    if base in {"vote", "ballot"}:
        if not _PARLIAMENT.isdisjoint(near):
            return "legislation"
        return "announcement" if trigger.mood in {"past", "perfect"} else kind
    if kind == OTHER and noun in _LASTING:
        return noun
    if kind == OTHER and "question" in after and "response" in after:
        return "meeting"
    if kind == OTHER:
        kind = "announcement" if trigger.mood in {"would", "present"} else "implementation"
    if base in _OPENING and not _CONSULTATION.isdisjoint(after[:4] if base == "publish" else near):
        return kind if base == "publish" and "for" in after[:2] else "consultation"
    if base in _LAW_MAKING and not _LAW.isdisjoint(near):
        return "legislation"
    if kind == "announcement" and trigger.mood not in NOT_FINITE and any(low.startswith(_MONEY) for low in after):
        return "funding"
    if base == "launch" and not _DOCUMENTS.isdisjoint(after):
        return "publication"
    return kind
