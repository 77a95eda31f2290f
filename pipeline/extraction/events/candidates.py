"""What a sentence may tell: one candidate for every trigger with a date of its own, and one for its main statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.attach import Placed
from pipeline.extraction.events.cancelling import is_cancelled
from pipeline.extraction.events.date_roles import AS_OF, FROM, SINCE, UNTIL
from pipeline.extraction.events.lending import MADE_PUBLIC, is_dated_pledge, lending
from pipeline.extraction.events.readings import NOT_FINITE, Reading, is_subordinate
from pipeline.extraction.events.status import against_date, from_mood, is_conditional
from pipeline.extraction.events.story import Story
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.types import refine_type
from pipeline.extraction.events.words import is_long

#: Headings and lead-ins whose list says what is put forward or planned.
_PROPOSING: Final = re.compile(r"\b(?:proposals?|recommendations?)\b")
#: Lead-ins whose items are put forward though they have a verb and a date of their own.
_RECOMMENDING: Final = re.compile(
    r"\b(?:proposals?|recommendations?|recommend(?:s|ed|ing)?|propos(?:es|ed|ing)|suggest(?:s|ed)?|urg(?:es|ed|ing)|"
    r"call(?:s|ed|ing)? (?:for|on)|should)\b"
)
#: What makes "are to be" a proposal.
_PUT_FORWARD: Final = re.compile(r"\bunder (?:[\w’'()-]+ ){0,8}proposals\b")
_PLANNING: Final = re.compile(
    r"\b(?:reforms?|measures|plans?|changes|steps|commitments?|pledges?|key points|priorit\w+)\b"
)
#: Without a date and a speaker these say what something would be like, not what is done.
_EMPTY_MOODS: Final = frozenset({"would", "may", "must", "required", "purpose"})
_PLEDGES: Final = frozenset({"pledge", "promise", "vow"})
#: Verbs that bring something new about.
_FOUNDING: Final = frozenset(["set", "create", "establish", "introduce", "launch", "start", "open", "roll", "replace"])
_RECENT_DAYS: Final = 60
#: What is said to come has only been announced by the saying.
_FORETOLD: Final = frozenset({"appointment", "consultation", "implementation", "meeting", "publication"})
_JOINED_MOODS: Final = frozenset({"will", "planned", "perfect", "would", "past"})
_OFFERING: Final = frozenset({"make", "put", "receive", "offer"})
_TERMS: Final = frozenset({"financial_year", "interval"})
_AS_A_RULE: Final = frozenset({"generally", "normally", "traditionally", "typically", "usually"})
_NEARBY: Final = 6
#: Behind a verb, how long a state has lasted: "have been frozen for more than a decade".
_TAIL: Final = 9
_HEAD: Final = 8
#: Moods in which "until" is the event's own date: "has been extended until March".
_OPEN_ENDED: Final = frozenset({"required", "will", "planned", "perfect", "present", "progressive"})
#: Verbs whose date is the one that something is moved to: "was extended to March".
_MOVING: Final = frozenset({"adjourn", "delay", "postpone", "defer", "push", "extend", "renew", "prolong"})
_OWN_TIME: Final = frozenset({"ending", "deadline", "consultation"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that a sentence may tell. ``placed`` are the dates that belong to it; ``outer`` is the verb of saying or
    pledging that it hangs on; ``is_main`` says that it is the sentence's main statement; ``is_listed`` that it is an
    item of a list of proposals or plans."""

    reading: Reading
    trigger: Trigger
    type: str
    status: str
    date: str
    date_basis: str
    placed: tuple[Placed, ...] = ()
    outer: Trigger | None = None
    is_main: bool = False
    is_listed: bool = False


def find_candidates(reading: Reading, n: int, story: Story, published: date) -> list[Candidate]:
    """The candidates of the article's reading number ``n``, in the order of their triggers."""
    found: list[Candidate] = []
    if reading.passage.kind == "list_item" and not reading.owned:
        listed = _listed_money(reading, n, story, published) or _listed(reading, published)
        if listed is not None:
            return [listed]
    lent_by = lending(reading)
    for k in range(len(reading.triggers)):
        placed = tuple(each for each in reading.owned.get(k, ()) if _is_usable(each, reading.triggers[k]))
        if k == lent_by and not reading.owned.get(reading.main):
            continue
        for group in _split(placed, reading.triggers[k]) if placed else [()] if _stands_alone(reading, k) else []:
            candidate = _make(reading, n, k, group, story, published)
            if candidate is not None:
                found.append(candidate)
    return _decided([_put_forward(each) for each in found], published)


def _put_forward(candidate: Candidate) -> Candidate:
    """What an item of a list of proposals would do or decide by a date is a proposal."""
    passage = candidate.reading.passage
    is_act = candidate.type in {"implementation", "announcement", "publication"} and candidate.trigger.position == 0
    if passage.kind == "list_item" and is_act and _RECOMMENDING.search(passage.lead_in):
        return replace(candidate, type="proposal", status="proposed")
    return candidate


def _decided(found: list[Candidate], published: date) -> list[Candidate]:
    """Money for coming years has the date of its decision where the sentence gives it ("announced in last month's
    Budget"); the announcement is then no event of its own."""
    telling = next((each for each in found if _is_announcing(each, published)), None)
    if telling is None:
        return found
    money = [each for each in found if each.type == "funding" and each.placed and is_ahead(each, published)]
    if not money:
        return found
    return [
        replace(each, date=telling.date, date_basis=telling.date_basis, status="happened") if each is money[0] else each
        for each in found
        if each is not telling
    ]


def _is_announcing(candidate: Candidate, published: date) -> bool:
    is_recent = bool(candidate.placed) and candidate.placed[0].timex.is_relative and not is_ahead(candidate, published)
    return is_recent and candidate.trigger.base in {"announce", "confirm", "reveal", "agree", "approve"}


def _stands_alone(reading: Reading, k: int) -> bool:
    """Whether an undated trigger may tell an event: the main statement, and what is joined to it by "and" or "but"."""
    if k == reading.main:
        return not is_dated_pledge(reading, k)
    trigger = reading.triggers[k]
    if trigger.type == "legislation" and trigger.mood == "progressive" and trigger.is_strong:
        return True
    if (
        trigger.mood not in _JOINED_MOODS
        or not trigger.is_strong
        or trigger.position < reading.triggers[reading.main].position
    ):
        return False
    lows = reading.passage.words.lows
    outer = reading.outer(k)
    start = outer.first if outer is not None and trigger.first - outer.last < _NEARBY else trigger.first
    before = lows[max(0, start - 4) : start]
    return not {"and", "but"}.isdisjoint(before) and not is_subordinate(trigger, lows)


def _split(placed: tuple[Placed, ...], trigger: Trigger) -> list[tuple[Placed, ...]]:
    """Dates of one verb that stand well apart are events of their own ("£2bn in 2023-24 and £4bn in 2024-25")."""
    if len(placed) == 1 or _nested(placed):
        return [placed]
    if trigger.type != "funding":  # "applications for the 2016-17 year open in March"
        placed = tuple(each for each in placed if not (_is_term(each) and "year" in each.timex.text)) or placed
    return [(each,) for each in placed]


def _is_usable(placed: Placed, trigger: Trigger) -> bool:
    if placed.role == AS_OF:
        return False
    if trigger.base in _OFFERING and trigger.type == "proposal" and _is_term(placed):
        return False  # "an offer for 2023-24" is of that year, not made in it
    if placed.role == FROM and trigger.base in _MOVING and trigger.type != "consultation" and trigger.base != "extend":
        return False  # "postponed from May"
    if placed.role == UNTIL and trigger.group is not None and trigger.group.is_negated:
        return True  # "was not published until May"
    return placed.role != UNTIL or trigger.type in _OWN_TIME or trigger.mood in _OPEN_ENDED or trigger.base in _MOVING


def _is_term(placed: Placed) -> bool:
    return edtf.precision(placed.timex.edtf or "") == "financial_year"


def _make(
    reading: Reading, n: int, k: int, placed: tuple[Placed, ...], story: Story, published: date
) -> Candidate | None:
    kind = refine_type(reading, k, published)
    if kind is None:
        return None
    trigger, outer = reading.triggers[k], reading.outer(k)
    if not placed and trigger.mood in _EMPTY_MOODS and outer is None and not is_conditional(reading.passage.text):
        return None
    status = from_mood(trigger, outer or _ruling(reading, k), kind, _clause(reading, trigger))
    if placed:
        value, basis = _own_date(placed, published)
        if kind == "funding" and _is_news(reading, k) and edtf.precision(value) in _TERMS:
            value, basis = published.isoformat(), "publication"
    else:
        value, basis = _context_date(reading, n, k, story, published)
        if basis == "context" and kind == "publication" and _is_of_document(reading, k):
            return None
        if basis == "publication" and _is_background(reading, trigger):
            return None
    status = against_date(status, trigger, kind, value, published)
    is_lasting = kind == "implementation" and placed and placed[0].role == UNTIL  # "is being tested until May"
    if placed and (placed[0].role == SINCE or is_lasting) and trigger.mood == "progressive":
        status = "ongoing"
    if placed and status == "ongoing" and trigger.mood == "present" and value == published.isoformat():
        status = "happened"  # "today takes over"
    if placed and placed[0].role != UNTIL and is_cancelled(reading, k):
        status = "cancelled"
    candidate = Candidate(reading, trigger, kind, status, value, basis, placed, outer, k == reading.main)
    return settle(candidate, published)


def _is_news(reading: Reading, k: int) -> bool:
    """Whether it is the story's own news: the first sentence's main statement."""
    return reading.passage.kind == "body" and reading.passage.rank == 0 and k == reading.main


def settle(candidate: Candidate, published: date) -> Candidate:
    """Type and status where the date is that of the telling: what is announced to come has been announced.

    "The agency will be set up, the minister told MPs on Tuesday" happened on Tuesday as an announcement. A pledge with
    no other date than the publication stays planned, a proposal that is news is proposed.
    """
    kind, status, trigger = candidate.type, candidate.status, candidate.trigger
    if candidate.placed:
        if kind == "proposal" and status == "happened" and _is_recent(candidate.date, published):
            status = "proposed" if trigger.mood in {"perfect", "past"} and trigger.base not in {"recommend"} else status
        return replace(candidate, status=status)
    if (
        status == "planned"
        and trigger.mood in {"planned", "will", "would"}
        and _PUT_FORWARD.search(candidate.reading.passage.text)
    ):
        return replace(candidate, type="proposal", status="proposed")
    if kind == "funding" and status == "planned" and trigger.mood == "will" and candidate.reading.passage.rank == 0:
        return replace(candidate, status="happened")
    if kind == "implementation" and candidate.is_main and _is_pledged_change(candidate):
        return replace(candidate, type="announcement")
    is_told = candidate.date_basis != "publication" or _is_attributed(candidate)
    if is_told and status == "planned" and trigger.mood in {"will", "would", "planned"}:
        kind = "announcement" if kind in _FORETOLD else kind
        status = "happened"
    elif kind == "proposal" and status == "happened" and _is_recent(candidate.date, published):
        status = "proposed"
    elif kind == "announcement" and trigger.base in _PLEDGES and candidate.date_basis == "publication":
        status = "planned"
    return replace(candidate, type=kind, status=status)


def _is_pledged_change(candidate: Candidate) -> bool:
    """Whether what is pledged only changes or betters what there is: "has pledged to strengthen the rules"."""
    outer = candidate.outer
    return outer is not None and outer.base in _PLEDGES and candidate.trigger.base not in _FOUNDING


def _is_recent(value: str, published: date) -> bool:
    span = edtf.parse(value)
    return span is not None and (published - span[1]).days < _RECENT_DAYS


def _is_attributed(candidate: Candidate) -> bool:
    """Whether the sentence ends by saying who made it public: "…, the department has revealed"."""
    triggers = candidate.reading.triggers
    lows = candidate.reading.passage.words.lows
    last = triggers[-1]
    return (
        last.base in MADE_PUBLIC
        and last.position > candidate.trigger.position
        and last.mood in {"perfect", "past"}
        and len(lows) - last.last <= 2
    )


def _ruling(reading: Reading, k: int) -> Trigger | None:
    """The finite verb that a noun or an -ing form hangs on: the last one before it."""
    if reading.triggers[k].mood not in {"noun", "gerund", "purpose"}:
        return None
    return next((each for each in reversed(reading.triggers[:k]) if each.mood not in NOT_FINITE), None)


def _clause(reading: Reading, trigger: Trigger) -> str:
    """The text that can make the trigger depend on something: a relative clause by itself, else the sentence."""
    if not is_subordinate(trigger, reading.passage.words.lows):
        return reading.passage.text
    start = reading.passage.words.starts[trigger.first] - reading.passage.start_char
    return reading.passage.text[start:]


def _own_date(placed: tuple[Placed, ...], published: date) -> tuple[str, str]:
    chosen = min(placed, key=_n_days) if len(placed) > 1 and _nested(placed) else placed[0]
    value = chosen.timex.edtf or published.isoformat()
    if chosen.role == SINCE and edtf.precision(value) == "year":
        value = f"{value}/{published.isoformat()}"
    return value, "relative" if chosen.timex.is_relative else "explicit"


def _n_days(placed: Placed) -> int:
    span = edtf.parse(placed.timex.edtf)
    return (span[1] - span[0]).days if span else 1 << 20


def _nested(placed: tuple[Placed, ...]) -> bool:
    """Whether one of the dates lies within all others ("this year, … from 17 to 21 March")."""
    least = min(placed, key=_n_days)
    return all(edtf.meets(least.timex.edtf, each.timex.edtf) for each in placed)


def _context_date(reading: Reading, n: int, k: int, story: Story, published: date) -> tuple[str, str]:
    """The date of a document named at the head of the sentence, of what was said, of the sentence before, else the
    publication's."""
    trigger = reading.triggers[k]
    lent_by = lending(reading)
    if lent_by >= 0:
        lent = reading.owned[lent_by][0].timex
        return lent.edtf or published.isoformat(), "relative" if lent.is_relative else "explicit"
    if trigger.mood not in NOT_FINITE and reading.passage.words.lows[:1] == ["in"]:
        for other, dates in reading.owned.items():
            if other < k and _is_side(reading, other) and reading.triggers[other].type == "publication":
                return dates[0].timex.edtf or published.isoformat(), "context"
    if n in story.lists:
        return story.lists[n], "context"
    if n in story.said and not reading.dates:
        return story.said[n], "context"
    if n in story.before and trigger.mood == "past":
        return story.before[n], "context"
    return published.isoformat(), "publication"


def _is_background(reading: Reading, trigger: Trigger) -> bool:
    """Whether a verb without a date tells what had been before or what is so as a rule: "had called for", "normally
    goes"."""
    lows = reading.passage.words.lows
    behind = lows[trigger.last : trigger.last + _TAIL]
    is_lasting = trigger.mood == "perfect" and "for" in behind and is_long(behind[behind.index("for") + 1 :])
    return lows[trigger.first] == "had" or is_lasting or not _AS_A_RULE.isdisjoint(lows[: trigger.position])


def _is_of_document(reading: Reading, k: int) -> bool:
    """Whether what is found or said only tells what stands in the dated document at the sentence's head: "In its
    report, published last week, the regulator said that it had found …"."""
    return reading.passage.words.lows[0] == "in" and any(
        other < k and _is_side(reading, other) and reading.triggers[other].type == "publication"
        for other in reading.owned
    )


def _is_side(reading: Reading, k: int) -> bool:
    """Whether trigger ``k`` stands in a side clause: "published in May", "which came out in May"."""
    trigger = reading.triggers[k]
    before = reading.passage.words.lows[max(0, trigger.first - 1) : trigger.first]
    return trigger.mood == "participle" or before in (["which"], ["that"])


def _listed_money(reading: Reading, n: int, story: Story, published: date) -> Candidate | None:
    """A sum in a list whose lead-in says for when ("It sets aside for 2022-25:")."""
    if n not in story.lists:
        return None
    value = story.lists[n]
    trigger = Trigger("funding", "money", False, 0, 1, None)
    status = against_date("planned", trigger, "funding", value, published)
    return Candidate(reading, trigger, "funding", status, value, "context", is_main=True, is_listed=True)


def _listed(reading: Reading, published: date) -> Candidate | None:
    """An item of a list of proposals or plans: its heading or lead-in says what becomes of it, unless it does."""
    passage = reading.passage
    above = passage.lead_in or passage.heading
    if _PROPOSING.search(above):
        kind, status = "proposal", "proposed"
    elif passage.lead_in and _PLANNING.search(above):
        kind, status = "implementation", "planned"
    else:
        return None
    for trigger in reading.triggers:
        if trigger.type in {"rejection", "ending"} and trigger.position < _HEAD:
            kind, status = trigger.type, "happened" if kind == "proposal" else status
            break
        if trigger.type in {"funding", "legislation"} and trigger.is_strong and trigger.position < _HEAD:
            kind = trigger.type
            break
    trigger = Trigger(kind, "", False, 0, 1, None)
    return Candidate(reading, trigger, kind, status, published.isoformat(), "publication", is_main=True, is_listed=True)


def is_ahead(candidate: Candidate, published: date) -> bool:
    """Whether the event's first day lies after the publication."""
    span = edtf.parse(candidate.date)
    return span is not None and span[0] > published
