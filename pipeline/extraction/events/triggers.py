"""Words of a sentence that tell an event: verbs with their particles and objects, and nouns such as ``launch``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.extraction.events.cues import OTHER, Cues, VerbCue
from pipeline.extraction.events.inflection import BASE, ING
from pipeline.extraction.events.verbs import BE, BEFORE_VERB, HAVE, Group, read_group, read_unknown
from pipeline.extraction.events.wordlists import load_words

_OBJECT_WINDOW: Final = 10
_GAP: Final = 7
_SUBJECT: Final = 14
_STOPS: Final = load_words("triggers", "stops")
_RESPONSES: Final = frozenset({"applications", "bids", "nominations", "entries", "returns"})
_DECISIONS: Final = frozenset({"decision", "ruling", "announcement", "verdict", "outcome"})
_VIEWS: Final = frozenset({"responses", "submissions", "comments", "views"})
#: What is made to a consultation or report, which is then no event itself: "its response to the consultation".
_TAKING: Final = frozenset(
    [
        "accept",
        "approve",
        "back",
        "deliver",
        "endorse",
        "issue",
        "oppose",
        "publish",
        "reject",
        "release",
        "report",
        "support",
    ]
)
#: Between a verb and a noun these show that the noun is not its object.
_LINKS: Final = frozenset({",", "at", "by", "for", "from", "in", "of", "on", "to"})
_ANSWERED: Final = frozenset({"call", "consultation", "findings", "recommendations", "report", "white", "green"})
_ANSWERS: Final = frozenset({"answer", "reply", "response", "responses", "submissions"})
#: Words before a noun that say there was none.
_LACKING: Final = frozenset({"without", "no"})
#: How far before a noun "against" makes it what others act on: "lost its appeal against the ruling".
_SHORT: Final = 3
_COMPOUNDS: Final = load_words("triggers", "compounds")
_ABLE: Final = load_words("triggers", "able")
_WHEN: Final = frozenset({"earlier", "in", "last", "on", "this", "today", "yesterday"})
#: Adverbs between "was" and "due".
_ORIGINALLY: Final = frozenset(
    {"already", "also", "first", "initially", "itself", "now", "originally", "previously", "then"}
)
_STOPPING: Final = frozenset({"stop", "cease", "halt"})
#: Behind these stands no object but what it is about: "a report on the bill".
_ASIDES: Final = _STOPS | {",", "about", "after", "against", "by", "following", "into", "on", "to", "under"}
_CURRENCY: Final = ("£", "€", "$")
#: Classes of nouns by which "there will be" tells an event.
_EXISTING: Final = (("consultation", "consultation"), ("meeting", "event"), ("publication", "document"))
#: Words that begin a time of two words, and times of one.
_NEAR_TIMES: Final = frozenset({"earlier", "last", "this"})
_DAYS: Final = frozenset({"today", "yesterday"})
#: Who finds as a verdict, not as a survey does.
_JUDGES: Final = load_words("types", "judges")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A cue met: its words ``first`` to ``last`` (half-open) and, for a verb, its group. ``position`` is the head."""

    type: str
    base: str
    is_strong: bool
    position: int
    last: int
    group: Group | None

    @property
    def first(self) -> int:
        """Where the verb's helpers begin, or the noun."""
        return self.group.first if self.group else self.position

    @property
    def mood(self) -> str:
        """The group's mood, ``noun`` for a noun."""
        return self.group.mood if self.group else "noun"


def find_triggers(lows: list[str], cues: Cues, is_listed: bool = False) -> list[Trigger]:
    """Every trigger of a sentence (its words in lower case), in order, none inside another.

    In a list item (``is_listed``) a verb at the head, in base form or -ing, is what is planned: "Launch a service".
    """
    found: list[Trigger] = []
    taken = 0
    for i, low in enumerate(lows):
        if i < taken:
            continue
        trigger = _due(lows, i, cues) if low in cues.due else None
        if trigger is None and low in cues.verbs and not (low == "set" and lows[i + 1 : i + 2] == ["to"]):
            trigger = _verb(lows, i, cues, is_listed)
        if low in cues.nouns and (trigger is None or (trigger.mood == "gerund" and trigger.last == i + 1)):
            trigger = None if _is_acted_on(lows, i, found) else _noun(lows, i, cues) or trigger
        if trigger is None and low.startswith(_CURRENCY) and lows[i + 1 : i + 2] == ["for"] and not _is_paid(found, i):
            trigger = Trigger("funding", "money", False, i, i + 1, None)
        if (
            trigger is None
            and i
            and (low[-2:] == "ed" or low[-3:] == "ing" or low in cues.participles or lows[i - 1] in BEFORE_VERB)
        ):
            group = read_unknown(lows, i, cues)
            if group is not None and group.mood != "attributive":
                trigger = Trigger(OTHER, low, False, i, i + 1, group)
        if trigger is None and low in _ABLE and i > 1:
            trigger = _able(lows, i, cues)
        if trigger is None and low in {"out", "worth"} and i:
            trigger = _adjective(lows, i, cues)
        if low == "there" and lows[i + 1 : i + 3] == ["will", "be"]:
            trigger = _existence(lows, i, cues)
        if trigger is not None:
            found.append(trigger)
            taken = trigger.last
    return found


def _able(lows: list[str], i: int, cues: Cues) -> Trigger | None:
    """A right or a power that a rule gives or takes: "will be eligible", "would no longer be able to"."""
    j = i - 1
    while j > 0 and lows[j].endswith("ly"):
        j -= 1
    if lows[j] == "been" and lows[j - 1] in HAVE:
        return Trigger(OTHER, "able", False, i, i + 1, Group(j - 1, i + 1, "perfect"))
    group = read_group(lows, j, BASE, cues, i + 1) if lows[j] == "be" else None
    if group is None or group.mood not in {"will", "would", "planned"}:
        return None
    return Trigger(OTHER, "able", False, i, i + 1, group)


def _adjective(lows: list[str], i: int, cues: Cues) -> Trigger | None:
    """A document that is out ("figures out today show …"), or money that something is worth ("is worth £50m")."""
    after = lows[i + 1 : i + 2]
    if lows[i] == "worth":
        is_sum = bool(after) and after[0].startswith(_CURRENCY) and lows[i - 1] in BE
        return Trigger("funding", "money", False, i, i + 1, None) if is_sum else None
    noun = lows[i - 2] if lows[i - 1] == "," and i > 1 else lows[i - 1]
    if noun not in cues.classes["document"] or not after or after[0] not in _WHEN:
        return None
    return Trigger("publication", "out", True, i, i + 1, Group(i, i + 1, "participle", is_passive=True))


def _existence(lows: list[str], i: int, cues: Cues) -> Trigger | None:
    """Something to come that a noun tells: "there will be a white paper in May"."""
    after = _upto_stop(lows[i + 3 : i + 3 + _OBJECT_WINDOW], (_ASIDES | {"in"}) - {"“", "”"})
    if after[:1] == ["no"]:
        return None
    kind = next((kind for kind, name in _EXISTING if not cues.classes[name].isdisjoint(after)), None)
    return Trigger(kind, "be", True, i, i + 3, Group(i + 1, i + 3, "will")) if kind else None


def _is_paid(found: list[Trigger], i: int) -> bool:
    """Whether a verb of giving or costing stands just before the sum at ``i``."""
    return any(each.type in {"funding", "statistic"} and i - each.last < _OBJECT_WINDOW for each in found)


def _due(lows: list[str], i: int, cues: Cues) -> Trigger | None:
    """Something set for a date: "is due in May", "planned for 2027", "due out shortly"."""
    if i + 1 >= len(lows) or lows[i + 1] not in cues.before_due or (lows[i + 1] == "out" and lows[i] != "due"):
        return None
    near = lows[max(0, i - _SUBJECT) : i]
    kind = "publication" if lows[i + 1] == "out" else _due_kind(near, cues)
    j = i - 1
    while j > 0 and lows[j] in _ORIGINALLY:
        j -= 1
    is_past = lows[max(0, j)] in {"was", "were"} or lows[max(0, j - 1) : j + 1] == ["had", "been"]
    return Trigger(kind, "due", True, i, i + 1, Group(i, i + 1, "planned", is_past=is_past))


def _due_kind(near: list[str], cues: Cues) -> str:
    """The type by the nearest telling noun before "due"."""
    for low in reversed(near):
        if low in _RESPONSES:
            return "deadline"
        if low in _VIEWS:
            return "consultation"
        if low in _DECISIONS and cues.classes["document"].isdisjoint(near):
            return "announcement"
        if low in cues.classes["document"]:
            return "publication"
        if low in cues.classes["event"]:
            return "meeting"
    return OTHER


def _is_acted_on(lows: list[str], i: int, found: list[Trigger]) -> bool:
    """Whether a noun is there only for what is done about it: "no decision", "its appeal against the ruling", "accepted
    the award"."""
    if i == 0:
        return False
    if found and found[-1].base in _TAKING and found[-1].mood in {"past", "perfect"}:
        between = lows[found[-1].last : i]
        if len(between) <= _SHORT and _LINKS.isdisjoint(between):
            return True
    near = lows[max(0, i - _SHORT) : i]
    is_answered = lows[i] in _ANSWERED and "to" in near and not _ANSWERS.isdisjoint(near)
    return lows[i - 1] in _LACKING or "against" in near or is_answered


def _noun(lows: list[str], i: int, cues: Cues) -> Trigger | None:
    for cue in cues.nouns[lows[i]]:
        last = i + 1 + len(cue.rest)
        if tuple(lows[i + 1 : last]) == cue.rest:
            is_compound = last < len(lows) and lows[last] in _COMPOUNDS  # "the funding period", "the grant formula"
            return None if is_compound else Trigger(cue.type, lows[i], False, i, last, None)
    return None


def _verb(lows: list[str], i: int, cues: Cues, is_listed: bool) -> Trigger | None:
    letters, candidates = cues.verbs[lows[i]]
    group = read_group(lows, i, letters, cues, i + 1)
    if is_listed and i == 0 and (BASE in letters or ING in letters):
        group = Group(0, 1, "planned")
    if group is None:
        return None
    if candidates[0].base == "find" and not _JUDGES.isdisjoint(lows[max(0, group.first - _SHORT) : group.first]):
        return Trigger("announcement", "rule", True, i, i + 1, group)  # "the court found that"
    if candidates[0].base in _STOPPING and lows[i + 1 : i + 2] and lows[i + 1].endswith("ing"):
        return Trigger("ending", candidates[0].base, True, i, i + 2, group)  # "will stop taking referrals"
    for cue in candidates:
        last = _match(lows, i, cue, group, cues)
        if last:
            if last > i + 1 and group.mood in {"past", "participle"} and not group.is_past:
                group = read_group(lows, i, letters, cues, last) or group
            return Trigger(cue.type, cue.base, cue.is_strong, i, last, group)
    return None


def _match(lows: list[str], i: int, cue: VerbCue, group: Group, cues: Cues) -> int:
    """The position behind the cue's particles, 0 where they don't stand there."""
    k = i + 1
    for n, part in enumerate(cue.parts):
        if part == "*":
            wanted = cue.parts[n + 1]
            stop = min(len(lows), k + _GAP)
            while k < stop and lows[k] != wanted and lows[k] not in _STOPS:
                k += 1
        elif part.startswith("@"):
            if not _has_object(lows, k, part[1:], group, cues):
                return 0
        elif k < len(lows) and lows[k] == part:
            k += 1
        elif n == 0 and cue.type == "proposal" and lows[_past_time(lows, k) :][:1] == [part]:
            k = _past_time(lows, k) + 1
        else:
            return 0
    return k


def _past_time(lows: list[str], k: int) -> int:
    """The position behind a time that stands between a verb and its particle: "called last week for"."""
    if k + 1 < len(lows) and lows[k] in _NEAR_TIMES:
        return k + 2
    return k + 1 if k < len(lows) and lows[k] in _DAYS else k


def _has_object(lows: list[str], k: int, name: str, group: Group, cues: Cues) -> bool:
    """Whether a word of the class stands among the verb's objects, or before a passive as its subject."""
    stops = _STOPS if name == "money" else _ASIDES
    if _any_of(_upto_stop(lows[k : k + _OBJECT_WINDOW], stops), name, cues):
        return True
    if group.is_passive or group.mood in {"participle", "progressive", "present", "past"}:
        is_antecedent = group.is_passive or lows[group.first - 1] == ","  # "the budget, agreed in January"
        stops = _STOPS if is_antecedent else _STOPS | {","}
        return _any_of(_upto_stop(reversed(lows[max(0, group.first - 8) : group.first]), stops), name, cues)
    return False


def _upto_stop(words: Iterable[str], stops: frozenset[str] = _STOPS) -> list[str]:
    kept = []
    for word in words:
        if word in stops:
            break
        kept.append(word)
    return kept


def _any_of(words: list[str], name: str, cues: Cues) -> bool:
    if name == "money":
        return any(word.startswith(_CURRENCY) for word in words)
    return not cues.classes[name].isdisjoint(words)
