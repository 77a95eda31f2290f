"""A sentence read: its triggers, the dates that are theirs, and which trigger is its main statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.attach import DASHES, Placed, attach_dates, in_detours, place_dates, realign
from pipeline.extraction.events.cues import DECOYS, FINDING, OTHER, Cues
from pipeline.extraction.events.date_roles import FROM, ON, find_role
from pipeline.extraction.events.passages import Passage
from pipeline.extraction.events.triggers import Trigger, find_triggers
from pipeline.extraction.events.verbs import BE
from pipeline.extraction.events.wordlists import load_words

#: Verbs that only carry what somebody says.
REPORTING: Final = load_words("readings", "reporting")
#: Verbs that carry a decision or a commitment.
CARRIERS: Final = load_words("readings", "carriers")
#: Words that open a side clause at the head of a sentence.
_SUBORDINATORS: Final = load_words("readings", "subordinators")
#: Nouns that an infinitive can hang on, and words right before them that show them to be nouns.
_PLANS: Final = load_words("readings", "plans")
_OWNED: Final = load_words("readings", "owned")
_DECIDING: Final = load_words("readings", "deciding")
#: Verbs of deciding whose time a meeting gives, and the words before the meeting.
_RESOLVING: Final = load_words("readings", "resolving")
_AT: Final = frozenset({"after", "at", "during", "following", "in"})
_SHORT: Final = 4
_TOLD: Final = frozenset({"perfect", "past", "present"})
_SUPPOSED: Final = frozenset({"may", "would"})
_FORWARD: Final = frozenset({"planned", "will"})
NOT_FINITE: Final = frozenset({"attributive", "noun", "gerund", "purpose", "participle"})


@dataclass(frozen=True, slots=True)
class Reading:
    """``owned`` maps positions in ``triggers`` to dates; ``main`` is one, or -1; ``loose`` are all dates placed."""

    passage: Passage
    triggers: tuple[Trigger, ...]
    owned: Mapping[int, tuple[Placed, ...]]
    main: int
    dates: tuple[Placed, ...]

    def outer(self, n: int) -> Trigger | None:
        """The nearest verb of saying, deciding or pledging before trigger ``n``."""
        for trigger in reversed(self.triggers[:n]):
            if trigger.base in REPORTING or trigger.base in CARRIERS:
                return trigger
        return None

    def speaking(self) -> Trigger | None:
        """The first finite verb of saying, deciding or pledging."""
        for trigger in self.triggers:
            if trigger.mood not in NOT_FINITE and (trigger.base in REPORTING or trigger.base in CARRIERS):
                return trigger
        return None


def read_passage(passage: Passage, cues: Cues, published: date) -> Reading:
    """The reading of one sentence. Words inside of a name tell nothing ("Built on Love")."""
    lows = passage.words.lows
    spans = [(mention.start_char, mention.end_char) for mention in passage.mentions]
    triggers = tuple(
        trigger
        for trigger in find_triggers(lows, cues, passage.kind == "list_item")
        if not any(a <= passage.words.starts[trigger.position] < b for a, b in spans)
    )
    dates = _restore(passage, [each for each in place_dates(passage, published) if not _is_newest(each, lows)])
    main = _main(triggers, lows)
    owned = attach_dates(dates, list(triggers), lows, main)
    aligned = {
        n: tuple(realign(each, triggers[n], published, _ruling(triggers, n)) for each in found)
        for n, found in owned.items()
    }
    return Reading(passage, triggers, _give_back(aligned, triggers, published, lows), main, tuple(dates))


def _restore(passage: Passage, dates: list[Placed]) -> list[Placed]:
    """The dates with the months of fiscal events, which are no editions: "the March 2023 Budget"."""
    words, known = passage.words, {each.timex.start_char for each in dates}
    starts = {words.at(each.start_char) for each in passage.policies if each.type == "fiscal_event"}
    found = list(dates)
    for timex in passage.timexes if starts else ():
        first, last = words.at(timex.start_char), words.at(timex.end_char - 1) + 1
        if last in starts and timex.start_char not in known and edtf.precision(timex.edtf or "") == "month":
            found.append(Placed(timex, first, last, find_role(words.lows, first, last)))
    return sorted(found, key=lambda each: each.first)


def _is_newest(placed: Placed, lows: list[str]) -> bool:
    """Whether "recent" only says which of a series is meant: "the most recent figures"."""
    return placed.timex.text == "recent" and placed.first > 0 and lows[placed.first - 1] == "most"


def _give_back(
    owned: dict[int, tuple[Placed, ...]], triggers: tuple[Trigger, ...], published: date, lows: list[str]
) -> dict[int, tuple[Placed, ...]]:
    """The dates, those past ones that stand behind an infinitive given to the verb that decided or asked for it:
    "ordered the council to pay £4,000 in March" was ordered in March."""
    given: dict[int, tuple[Placed, ...]] = {}
    for n, found in owned.items():
        ruling = _deciding(triggers, n)
        setting = _setting_of(triggers, n, lows)
        for each in found:
            span = edtf.parse(each.timex.edtf)
            is_past = span is not None and span[1] < published and each.role == ON
            m = ruling if is_past and ruling >= 0 and ruling not in owned else n
            if setting >= 0 and setting not in owned:
                m = setting
            elif _is_of_plan(triggers, n, each, lows):
                m = n + 1
            elif triggers[n].first >= each.last:
                noun = _opening_noun(triggers, each, lows, n)
                m = m if noun < 0 else noun
            given[m] = (*given.get(m, ()), each)
    return dict(sorted(given.items()))


def _is_of_plan(triggers: tuple[Trigger, ...], n: int, placed: Placed, lows: list[str]) -> bool:
    """Whether a date is that of a plan that is dropped: "shelved plans to charge carers from September"."""
    if n + 1 >= len(triggers) or triggers[n].type != "ending" or triggers[n].mood not in _TOLD:
        return False
    return placed.role == FROM and placed.first > triggers[n + 1].position and _hangs_on_noun(triggers[n + 1], lows)


def _setting_of(triggers: tuple[Trigger, ...], n: int, lows: list[str]) -> int:
    """The verb of deciding to which a noun of a meeting only gives the place and time, or -1: "agreed the amendments
    in a debate on 3 May" was agreed then."""
    trigger = triggers[n]
    if trigger.group is not None or trigger.type != "meeting" or n == 0:
        return -1
    is_setting = not _AT.isdisjoint(lows[max(0, trigger.position - _SHORT) : trigger.position])
    deciders = [m for m in range(n) if triggers[m].base in _RESOLVING and triggers[m].mood not in NOT_FINITE]
    return deciders[-1] if is_setting and deciders else -1


def _opening_noun(triggers: tuple[Trigger, ...], placed: Placed, lows: list[str], n: int) -> int:
    """The noun before trigger ``n`` that opens the sentence together with the date, or -1: "Following the launch of
    the scheme in May, ministers …"."""
    comma = placed.last
    if lows[comma : comma + 1] != [","]:
        return -1
    for m in range(n):
        first = triggers[m].position
        is_opening = triggers[m].group is None and first <= _SHORT and triggers[m].last < placed.first
        if is_opening and lows[0] in _SUBORDINATORS and lows[triggers[m].last] == "of" and "," not in lows[first:comma]:
            return m
    return -1


def _deciding(triggers: tuple[Trigger, ...], n: int) -> int:
    """The verb in the past tense that an infinitive hangs on, where it asks, orders or decides; else -1."""
    group = triggers[n].group
    if n == 0 or group is None or group.mood not in {"required", "proposed", "planned", "purpose", "must"}:
        return -1
    before = triggers[n - 1]
    if before.mood not in {"past", "perfect"} or before.group is None:
        return -1
    if group.mood == "purpose" and group.governor is None and before.mood == "past" and not before.group.is_passive:
        return n - 1  # "backed a motion to extend the act in May"
    is_hung = group.governor is not None and before.first <= group.governor < before.last
    if group.mood == "must":
        return n - 1 if before.base in _DECIDING else -1  # "ordered that all homes should be inspected in May"
    is_asked = is_hung and group.mood in {"required", "proposed"}
    is_decided = before.base in _DECIDING and (is_hung or group.first <= before.last)
    return n - 1 if is_asked or is_decided else -1


def _ruling(triggers: tuple[Trigger, ...], n: int) -> Trigger | None:
    """The finite verb right before an -ing form or infinitive, whose tense is its own; of a noun one that looks ahead:
    "is expected to set it out in a statement on Wednesday"."""
    group = triggers[n].group
    if group is not None and group.mood == "planned" and group.is_past:
        return replace(triggers[n], group=None)  # "was to start in May" lies behind or ahead
    if triggers[n].mood not in {"gerund", "noun", "purpose"}:
        return None
    before = next((each for each in reversed(triggers[:n]) if each.mood not in NOT_FINITE), None)
    if before is None and triggers[n].position == 0:  # "Speaking in May, she pledged …"
        return next((each for each in triggers if each.mood not in NOT_FINITE), None)
    is_noun = triggers[n].group is None
    return None if is_noun and (before is None or before.mood not in _FORWARD) else before


def _main(triggers: tuple[Trigger, ...], lows: list[str]) -> int:
    """The trigger of the main statement: behind an opening side clause ("While …, it has pledged to …"), what is said
    rather than the saying, what is pledged rather than the pledge; -1 where there is none."""
    finite = [n for n, each in enumerate(triggers) if each.mood not in NOT_FINITE and each.type not in DECOYS]
    finite = [n for n in finite if triggers[n].type != FINDING or triggers[n].mood not in _SUPPOSED]
    if lows and lows[0] in _SUBORDINATORS and "," in lows:
        comma = lows.index(",")
        finite = [n for n in finite if triggers[n].position > comma] or finite
    finite = [n for n in finite if not is_subordinate(triggers[n], lows)] or finite
    finite = [n for n in finite if n == finite[-1] or not _hangs_on_noun(triggers[n], lows)]
    if not DASHES.isdisjoint(lows):
        detour = in_detours(lows)
        finite = [n for n in finite if not detour[triggers[n].position]] or finite
    finite = [n for n in finite if triggers[n].type != OTHER or triggers[n].mood in _FORWARD] or finite
    recommended = _recommended(triggers, finite)
    if recommended >= 0:
        return recommended
    for n in finite:
        group = triggers[n].group
        if group is not None and group.is_negated and n != finite[-1]:
            continue
        if triggers[n].base in REPORTING or triggers[n].type == FINDING:
            inner = [m for m in finite if m > n and triggers[m].base not in REPORTING]
            if inner:
                return _pledged(triggers, inner[0])
        return _pledged(triggers, n)
    return next((n for n, trigger in enumerate(triggers) if trigger.type not in DECOYS), -1)


def _hangs_on_noun(trigger: Trigger, lows: list[str]) -> bool:
    """Whether an infinitive only says what a plan is: "its plans to open a unit were dropped"."""
    governor = trigger.group.governor if trigger.group is not None else None
    if governor is None or lows[governor] not in _PLANS:
        return False
    before = lows[governor - 1]
    return governor == 0 or before in _OWNED or before.endswith(("’s", "s’", "-year", "ed"))


def _recommended(triggers: tuple[Trigger, ...], finite: list[int]) -> int:
    """The verb that puts forward what the sentence begins with ("Fees should rise, the panel has proposed"), or -1."""
    if not finite or triggers[finite[0]].mood != "must":
        return -1
    return next((n for n in finite[1:] if triggers[n].type == "proposal" and triggers[n].mood in _TOLD), -1)


def is_subordinate(trigger: Trigger, lows: list[str]) -> bool:
    """Whether a finite verb stands in a relative clause or an indirect question: "which will set", "how it will"."""
    before = lows[max(0, trigger.first - 4) : trigger.first]
    if not before:
        return False
    if len(before) > 1 and before[-1] in BE:
        before = before[:-1]
    if before[-1] in {"which", "who", "that", "whose", "where"}:
        return True
    return not {"whether", "how", "if", "because", "when", "why", "unless", "although", "while", "though"}.isdisjoint(
        before
    )


def _pledged(triggers: tuple[Trigger, ...], n: int) -> int:
    """The verb that hangs on ``n`` where that only pledges or plans: "has pledged to consult" is a consultation."""
    if triggers[n].base in CARRIERS or triggers[n].base in {"look", "want", "seek", "propose"}:
        for m in range(n + 1, len(triggers)):
            group = triggers[m].group
            if (
                group is not None
                and group.governor is not None
                and triggers[n].first <= group.governor < triggers[n].last
            ):
                return m
    return n
