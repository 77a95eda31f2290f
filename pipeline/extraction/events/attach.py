"""Which trigger a time expression belongs to: the nearest over words, marks and words that open a new clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.cues import DECOYS, FINDING
from pipeline.extraction.events.date_roles import BY, FROM, ON, SINCE, UNTIL, find_role
from pipeline.extraction.events.passages import Passage
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.wordlists import load_words
from pipeline.records import Timex

#: What it costs to go over a word that divides clauses, in words.
_BARRIERS: Final = {
    ",": 3, ";": 12, ":": 8, "–": 4, "—": 4, "-": 4, "“": 3, "”": 3, "(": 4, ")": 4, "which": 6, "who": 6, "that": 3,
    "while": 8, "but": 8, "although": 8, "though": 8, "because": 6, "when": 5, "whose": 5, "where": 4, "and": 2,
    "said": 3, "with": 2, "if": 6, "before": 2, "after": 2, "following": 3, "despite": 6, "whereas": 8,
}  # fmt: skip
_FARTHEST: Final = 26
#: What it costs an infinitive or an -ing form to take a date that stands before it ("voted last week to accept").
_BACKWARDS: Final = 8
#: A noun has only dates that stand this near: "its meeting on 18 November", "a report last year".
_NOUN_REACH: Final = 5
_PLACE: Final = 8
_NOT_FINITE: Final = frozenset({"attributive", "noun", "gerund", "purpose", "participle"})

_VAGUE: Final = frozenset({"years", "months", "weeks", "days", "times", "decades", "year"})


_WEEKDAY: Final = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
#: A day, month or season with no year, and what ties such a one to the publication.
_BARE: Final = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_ANCHORED: Final = re.compile(r"\b(?:last|next|this|past|coming|ago|earlier|later|(?:19|20)\d\d)\b", re.IGNORECASE)

#: "The same day" is another sentence's or clause's day, not one to be worked out.
_SAME: Final = re.compile(r"(?:the|that) same\b", re.IGNORECASE)
#: Nouns of what comes round every year, and how far they may stand behind it.
_ROUNDS: Final = load_words("attach", "rounds")
_ROUND: Final = 5
#: Verbs whose present tense tells a timetable: "runs from 1 September".
_TIMETABLED: Final = frozenset({"run", "open", "close", "start", "begin", "end", "resume", "meet"})
_CARRYING: Final = frozenset({"say", "tell", "add", "announce", "confirm", "order", "pledge", "reveal", "rule", "warn"})

#: Verbs that only pass something on.
_TELLING: Final = _CARRYING | {"report", "show", "find", "suggest", "estimate", "hear", "learn", "calculate"}
_TOLD: Final = frozenset({"past", "perfect", "present"})
_TAG: Final = 10
_FRONT: Final = 3
DASHES: Final = frozenset({"–", "—", "-"})
#: Prepositions before a noun, and how near, whose dates are the verb's.
_GOVERNING: Final = frozenset({"for", "of", "about"})
_GOVERNED: Final = 3
#: How many words an insertion between dashes has at most.
_DETOUR: Final = 24


@dataclass(frozen=True, slots=True)
class Placed:
    """A date in a sentence: the word positions that it takes and what the words before it make of it."""

    timex: Timex
    first: int
    last: int
    role: str


def place_dates(passage: Passage, published: date) -> list[Placed]:
    """The sentence's dates that can be an event's, in order: those inside of a name are left out. "Recently" is from
    the first of January on."""
    lows = passage.words.lows
    spans = [(each.start_char, each.end_char) for each in passage.mentions if each.type != "fiscal_event"]
    placed = []
    for each in passage.timexes:
        is_vague = each.edtf is None and each.text.lower() == "recently"
        timex = replace(each, edtf=_recently(published), is_relative=True) if is_vague else each
        if (
            timex.edtf is None
            or _SAME.match(timex.text)
            or any(a <= timex.start_char and timex.end_char <= b for a, b in spans)
        ):
            continue
        first = passage.words.at(timex.start_char)
        last = passage.words.at(timex.end_char - 1) + 1
        if first < len(lows) and not _is_edition(passage, first, last) and not _is_round(lows, first, last):
            placed.append(Placed(timex, first, last, find_role(lows, first, last)))
    if len(placed) == 2:
        placed = [each for each in placed if not _is_year_of_round(lows, each)] or placed
    return sorted(placed + _recent(passage, published), key=lambda each: each.first)


def _is_edition(passage: Passage, first: int, last: int) -> bool:
    """Whether a year only says which round of a policy is meant: "the 2024-25 standard". A review is of its year."""
    words = passage.words
    if first == 0 or last >= len(words) or words.lows[first - 1] not in {"the", "its", "their"}:
        return False
    return any(each.start_char == words.starts[last] and each.type != "review" for each in passage.policies)


def _is_round(lows: list[str], first: int, last: int) -> bool:
    """Whether "this year’s" only says which round is meant: "a ballot on this year’s pay offer"."""
    return (
        lows[first] in {"this", "next"}
        and lows[last - 1].endswith("’s")
        and not _ROUNDS.isdisjoint(lows[last : last + _ROUND])
    )


def _is_year_of_round(lows: list[str], placed: Placed) -> bool:
    """Whether a year only says which award or claim is meant, beside a date of its own: "the 2024-25 award was settled
    in October"."""
    is_before = not _ROUNDS.isdisjoint(lows[placed.last : placed.last + 1])
    return is_before and placed.first > 0 and lows[placed.first - 1] in {"the", "its", "their"}


def _recently(published: date) -> str:
    return f"{published.year}-01-01/{published.isoformat()}"


def _recent(passage: Passage, published: date) -> list[Placed]:
    """The adjective: "a recent report"."""
    words = passage.words
    found = []
    for i, low in enumerate(words.lows):
        if low == "recent" and i + 1 < len(words) and words.lows[i + 1] not in _VAGUE:
            timex = Timex("recent", words.starts[i], words.ends[i], "DATE", "PAST_REF", _recently(published), True)
            found.append(Placed(timex, i, i + 1, ON))
    return found


def attach_dates(dates: list[Placed], triggers: list[Trigger], lows: list[str], main: int) -> dict[int, list[Placed]]:
    """Positions in ``triggers`` with the dates that are theirs; ``main`` is that of the main statement, or -1."""
    if not dates or not triggers:
        return {}
    dates = _join_lists(dates, lows)
    detour = in_detours(lows)
    walls = [0, *accumulate(-1 if inside else _BARRIERS.get(low, 0) for low, inside in zip(lows, detour, strict=True))]
    found: dict[int, list[Placed]] = {}
    for placed in dates:
        best, best_cost = -1, _FARTHEST + 1
        opened = _opened(placed, triggers, lows)
        if opened is None and main >= 0 and _is_closing(placed, triggers[main], lows):
            opened = main
        if opened is not None:
            found.setdefault(opened, []).append(placed)
            continue
        for n, trigger in enumerate(triggers):
            if detour[trigger.position] != detour[placed.first] or _is_found_out(trigger, placed, triggers):
                continue
            cost = _distance(placed, trigger, walls, lows)
            if cost < best_cost:
                best, best_cost = n, cost
        if best >= 0:
            found.setdefault(best, []).append(placed)
    return found


def _is_found_out(trigger: Trigger, placed: Placed, triggers: list[Trigger]) -> bool:
    """Whether a verb of finding stands between: "figures out today showed that 2,000 people waited in May"."""
    return any(
        trigger.position < each.position < placed.first and each.type == FINDING and each.mood in _TOLD
        for each in triggers
    )


def _is_governed(trigger: Trigger, lows: list[str]) -> bool:
    """Whether a noun only says what a verb is for or of: "were chosen for the pilot in May"."""
    return not _GOVERNING.isdisjoint(lows[max(0, trigger.position - _GOVERNED) : trigger.position])


def in_detours(lows: list[str]) -> list[bool]:
    """For each word whether it stands in an insertion between two dashes, which a date reaches over."""
    found = [False] * len(lows)
    dashes = [i for i, low in enumerate(lows) if low in DASHES]
    for first, last in zip(dashes[::2], dashes[1::2], strict=False):
        if last - first <= _DETOUR and last + 1 < len(lows):
            found[first : last + 1] = [True] * (last + 1 - first)
    return found


def _opened(placed: Placed, triggers: list[Trigger], lows: list[str]) -> int | None:
    """The finite verb that a date at the head of the sentence and its comma belongs to ("In May, …, it scrapped")."""
    if placed.first > 4 or lows[placed.last : placed.last + 1] != [","]:
        return None
    if triggers[0].position < placed.first:
        return None
    for n, trigger in enumerate(triggers):
        if trigger.position > placed.last and trigger.mood not in _NOT_FINITE and trigger.type not in DECOYS:
            return _hung(triggers, n) if trigger.position - placed.last < _FARTHEST else None
    return None


def _hung(triggers: list[Trigger], n: int) -> int:
    """The infinitive that hangs on a verb of planning ("intends to publish"), else the verb."""
    first, last = triggers[n].first, triggers[n].last
    for m in range(n + 1, len(triggers)):
        group = triggers[m].group
        if group is not None and group.governor is not None and first <= group.governor < last:
            return m if group.mood == "planned" else n
    return n


def _is_closing(placed: Placed, main: Trigger, lows: list[str]) -> bool:
    """Whether a date stands by itself at the sentence's end, behind a comma: "…, which has 12 members, in July"."""
    before = lows[max(0, placed.first - 2) : placed.first]
    return (
        placed.role != FROM
        and main.type != FINDING
        and len(lows) - placed.last <= 1
        and "," in before
        and (main.mood not in _NOT_FINITE and placed.first > main.last and main.base not in _CARRYING)
    )


def realign(placed: Placed, trigger: Trigger, published: date, ruling: Trigger | None = None) -> Placed:
    """A date without a year moved to the year that the verb's tense asks for: "was set up in October" lies behind the
    publication, "will meet on 1 May" ahead of it. ``ruling`` is the finite verb that an -ing form hangs on. Days of
    the week move by a week."""
    timex = placed.timex
    span = edtf.parse(timex.edtf)
    if (
        span is None
        or placed.role in {BY, UNTIL}
        or not timex.is_relative
        or not _BARE.search(timex.text)
        or _ANCHORED.search(timex.text)
    ):
        return placed
    mood = trigger.mood if ruling is None else ruling.mood
    is_weekday = _WEEKDAY.search(timex.text) is not None and not any(c.isdigit() for c in timex.text)
    is_timetable = mood == "present" and trigger.base in _TIMETABLED and placed.role != SINCE
    if (mood in {"will", "planned"} or is_timetable) and span[1] < published:
        return replace(placed, timex=replace(timex, edtf=_shift(timex.edtf or "", 1, is_weekday)))
    if mood in {"past", "participle"} and trigger.base != "plan" and span[0] > published:
        return replace(placed, timex=replace(timex, edtf=_shift(timex.edtf or "", -1, is_weekday)))
    return placed


def _shift(value: str, step: int, is_weekday: bool) -> str:
    span = edtf.parse(value)
    if is_weekday and span is not None:
        return (span[0] + timedelta(days=7 * step)).isoformat()
    moved = re.sub(r"\d{4}", lambda match: str(int(match[0]) + step), value)
    return moved if edtf.is_valid(moved) else value


def _join_lists(dates: list[Placed], lows: list[str]) -> list[Placed]:
    """Days that only ``and``, ``to`` or commas divide, as one date from the first to the last."""
    joined: list[Placed] = []
    for placed in dates:
        last = joined[-1] if joined else None
        between = lows[last.last : placed.first] if last is not None else [""]
        if (
            last is not None
            and between in (["to"], ["until"], ["and"], ["–"])
            and lows[max(0, last.first - 1)] in {"from", "between", "over", "across"}
        ):
            span = _range(last, placed)
            if span is not None:
                joined[-1] = Placed(
                    replace(last.timex, edtf=span, end_char=placed.timex.end_char), last.first, placed.last, last.role
                )
                continue
        if last is not None and len(between) <= 2 and set(between) <= {"and", ",", "or"}:
            spans = [edtf.parse(last.timex.edtf), edtf.parse(placed.timex.edtf)]
            days = [span for span in spans if span is not None]
            is_near = len(days) == 2 and 0 <= (days[1][0] - days[0][1]).days < 40
            if is_near and placed.timex.edtf and edtf.precision(placed.timex.edtf) in {"day", "interval", "month"}:
                value = edtf.interval(days[0][0], days[1][1])
                merged = replace(last.timex, edtf=value, end_char=placed.timex.end_char)
                joined[-1] = Placed(merged, last.first, placed.last, last.role)
                continue
        joined.append(placed)
    return joined


def _range(first: Placed, last: Placed) -> str | None:
    """From the one to the other; a first day without a year is in the last day's year or in that before."""
    start, end = edtf.parse(first.timex.edtf), edtf.parse(last.timex.edtf)
    if start is None or end is None:
        return None
    if start[0] > end[0] and first.timex.is_relative:
        for year in (end[0].year, end[0].year - 1):
            moved = (
                start[0].replace(year=year, day=min(start[0].day, 28))
                if start[0].month == 2
                else start[0].replace(year=year)
            )
            if moved <= end[0]:
                return edtf.interval(moved, end[1])
    return edtf.interval(start[0], end[1]) if start[0] <= end[1] else None


def _reach(trigger: Trigger, placed: Placed, lows: list[str]) -> int:
    """How far behind a noun its date may stand: farther where a phrase of place lies between ("its second reading in
    the House of Lords on 1 May")."""
    between = lows[trigger.last : placed.first]
    return (
        _NOUN_REACH + len(between)
        if between[:1] in (["in"], ["at"], ["by"]) and len(between) <= _PLACE
        else _NOUN_REACH
    )


def _is_closed_to(trigger: Trigger, placed: Placed, lows: list[str]) -> bool:
    """Whether a date is that of what is said, not of the saying: in front of a closing tag ("… by May, said the
    watchdog", "… by May, the judge has ordered"), behind "that" ("confirmed that since May, …"), or no time at which
    one can say something ("by May")."""
    if trigger.base not in _TELLING or trigger.mood not in _TOLD:
        return False
    if placed.first >= trigger.last:
        return placed.role in {SINCE, UNTIL, BY} or "that" in lows[trigger.last : placed.first]
    between = lows[placed.last : trigger.first]
    is_last = len(lows) - trigger.last <= 1 and "," in between and placed.first > _FRONT
    is_inverted = (
        trigger.first == trigger.position
        and lows[trigger.position - 1] in {",", "”"}
        and len(lows) - trigger.last <= _TAG
    )
    return is_last or is_inverted


def _distance(placed: Placed, trigger: Trigger, walls: list[int], lows: list[str]) -> int:
    if trigger.mood == "attributive" and not 0 <= trigger.position - placed.last <= 1 and placed.first != trigger.last:
        return _FARTHEST + 1
    weak = 0 if trigger.is_strong else 2
    is_beside = (placed.first == trigger.last + 1 and placed.role == ON) or placed.last == trigger.position
    if trigger.group is None and (not is_beside or _is_governed(trigger, lows)):
        weak = 5
    if trigger.group is None and not -_NOUN_REACH <= placed.first - trigger.last <= _reach(trigger, placed, lows):
        return _FARTHEST + 1
    if trigger.type == FINDING and placed.first >= trigger.last:
        return _FARTHEST + 1
    if _is_closed_to(trigger, placed, lows):
        return _FARTHEST + 1
    if placed.first >= trigger.last:
        return placed.first - trigger.last + walls[placed.first] - walls[trigger.last] + weak
    if placed.last <= trigger.position:
        cost = trigger.first - placed.last + walls[max(trigger.first, placed.last)] - walls[placed.last]
        fronted = placed.first <= 3 or lows[max(0, placed.first - 2)] in {",", "and", "but", ";", "that"}
        if trigger.mood in _NOT_FINITE and trigger.group is not None and not fronted:
            cost += _BACKWARDS
        return max(0, cost) + weak + (0 if fronted else 4)
    return 0
