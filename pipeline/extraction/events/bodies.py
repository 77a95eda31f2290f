"""Who acts in an event: the bodies that are its verb's subject or agent, or that the text means without naming them.

What counts was set on the annotated articles, leaving each out in turn: "the government" is no body but in the
article's first sentence and where a nation's has that name, "ministers" are their department, members of a parliament
are that parliament.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.extraction.events.article_bodies import (
    MINISTER_WORDS,
    ArticleBodies,
    Named,
    acting_bodies,
    portfolio,
    with_reviews,
)
from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.clauses import subject_span
from pipeline.extraction.events.cues import DECOYS, FINDING
from pipeline.extraction.events.passages import Passage
from pipeline.extraction.events.readings import NOT_FINITE, REPORTING
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.wordlists import load_words
from pipeline.lists import unique
from pipeline.records import Mention

BODY, GOVERNMENT, MINISTERS, MEMBERS = "body", "government", "ministers", "members"
JUDGES, UNIONS, OTHER = "judges", "unions", "other"

_GOVERNMENT: Final = load_words("bodies", "government")
_MEMBERS: Final = load_words("bodies", "members")
_JUDGES: Final = load_words("bodies", "judges")
#: The type of body that such a subject stands for: the one that the article names most.
_MEANT: Final = {MEMBERS: "parliament", JUDGES: "police_justice"}
_PRONOUNS: Final = load_words("bodies", "pronouns")
_TELLING: Final = frozenset({"told", "tells", "telling", "informed"})
#: What an insertion behind a body begins with, and how many words it has at most.
_INSERTING: Final = load_words("bodies", "inserting")
_INSERTION: Final = 30
_THE: Final = frozenset({"the", "both", "two", "three", "four", "all"})
#: Words that may stand between bodies that act together.
_JOINING: Final = load_words("bodies", "joining")
#: Words by which a sentence goes on from the one before.
_GOING_ON: Final = load_words("bodies", "going_on")
_FILLERS: Final = frozenset({"(", ")", "the"})
_BY: Final = re.compile(r"\bby (?:the |its |an? |charity |regulator |consultancy |union )*$")
_REACH: Final = 16
_AGENT_REACH: Final = 40
_PRONOUN_REACH: Final = 5
#: Verbs of what is done to a body, and how many characters it may stand before them.
_MAKING: Final = load_words("bodies", "making")
#: How many words may stand between a body and the verb that it is the subject of.
_JOINED: Final = 2
#: How many words behind a verb the chamber may stand, and what places it there.
_CHAMBER: Final = 8
_PLACING: Final = frozenset({"in", "to", "before", "through"})
#: Events whose actor a sentence that names none has in common with the sentence before.
_SHARED: Final = frozenset({"appointment", "deadline"})
#: What a sentence takes up of the one before: "The plans were set out in a green paper."
_TAKEN_UP: Final = load_words("bodies", "taken_up")
#: How a sentence begins that has somebody else's duty: "Every school must report by May".
_OF_OTHERS: Final = frozenset({"all", "any", "both", "each", "every", "many", "most", "no", "some"})
#: The words before a body that is answered, or that came about or went.
_OF_NO_ACT: Final = frozenset(
    {(noun, "to") for noun in ("answer", "reaction", "reply", "response")}
    | {(noun, "of") for noun in ("abolition", "birth", "closure", "creation", "establishment", "founding")}
)
#: How many words may come before the one by which a sentence goes on from the last.
_HEAD: Final = 3


def find_organisations(candidate: Candidate, passages: Sequence[Passage], bodies: ArticleBodies) -> tuple[str, ...]:
    """Canonical names of the bodies that act, those that act together in order; empty where nobody can be told."""
    passage, trigger = candidate.reading.passage, candidate.trigger
    here = bodies.named(passage.index)
    acting = with_reviews(passage, here)
    agents = _find_agents(passage, trigger, acting) or _by_minister(passage, trigger, bodies) or _chamber(candidate)
    if agents:
        return agents
    if trigger.group is not None and not trigger.group.is_passive:
        subject, body, role = _find_subject(passage, trigger, acting)
        if subject == BODY and body is not None:
            return _joined_before(passage, body, acting)
        if subject == UNIONS and bodies.unions:
            return bodies.unions
        if subject == GOVERNMENT:
            return _sayer(candidate, here) or bodies.government(passage)
        meant = bodies.office(role) if subject == MINISTERS else bodies.leading(_MEANT.get(subject, ""))
        if meant or subject == JUDGES:
            return meant
        if _it_is_the_government(passage, trigger):
            return ()
    named = _antecedent(candidate, passages, bodies) or (_sayer(candidate, here) if _is_passive(trigger) else ())
    return named or _nearest(candidate, here) or _lent(candidate, passages, bodies)


def _it_is_the_government(passage: Passage, trigger: Trigger) -> bool:
    """Whether "it" before the verb goes on from "the government" in the same sentence: no body, as that is none."""
    before = passage.words.lows[: trigger.first]
    return "it" in before[-_PRONOUN_REACH:] and "government" in before


def _antecedent(candidate: Candidate, passages: Sequence[Passage], bodies: ArticleBodies) -> tuple[str, ...]:
    """The body that "it" stands for right before an active verb: the first one of the sentence before, or of that
    before it."""
    passage, trigger = candidate.reading.passage, candidate.trigger
    before = passage.words.lows[max(0, trigger.first - _PRONOUN_REACH) : trigger.first]
    if (
        "it" not in before
        or not {",", "which", "that"}.isdisjoint(before[before.index("it") :])
        or _is_passive(trigger)
        or (candidate.type == "legislation" and trigger.base == "become")  # a bill becomes law
    ):
        return ()
    if any(body.last <= trigger.first for body in bodies.named(passage.index)):
        return ()
    for index in range(passage.index - 1, max(-1, passage.index - 3), -1):
        named = bodies.named(index)
        if named and passages[index].kind not in {"heading", "title"}:
            return (named[0].name,)
    return ()


def _sayer(candidate: Candidate, here: Sequence[Named]) -> tuple[str, ...]:
    """Whoever says what is done, or what "the government" does: "the department said that a panel would be set up"."""
    if candidate.outer is None:
        return ()
    _, body, _ = _find_subject(candidate.reading.passage, candidate.outer, here)
    return (body.name,) if body is not None else ()


def _is_passive(trigger: Trigger) -> bool:
    return trigger.group is not None and trigger.group.is_passive


def _find_agents(passage: Passage, trigger: Trigger, here: Sequence[Named]) -> tuple[str, ...]:
    """Whoever "by" names behind the verb, with those joined to it; not what is only said ("ruled that a decision by the
    council …")."""
    end = passage.words.ends[trigger.last - 1] - passage.start_char
    for n, body in enumerate(here):
        start = passage.words.starts[body.first] - passage.start_char
        if body.first < trigger.last or start - end > _AGENT_REACH or not _BY.search(passage.text[end:start]):
            continue
        if "that" in passage.words.lows[trigger.last : body.first]:
            continue
        names = [body.name]
        for one, other in zip(here[n:], here[n + 1 :], strict=False):
            if not _is_joined(passage.words.lows, one, other):
                break
            names.append(other.name)
        return unique(names)
    return ()


def _by_minister(passage: Passage, trigger: Trigger, bodies: ArticleBodies) -> tuple[str, ...]:
    """The body for which the minister acts whom "by" names behind the verb: "given today by care minister Jo Day"."""
    end = passage.words.ends[trigger.last - 1]
    for person in passage.people:
        role = (person.role or "").lower().split()
        start = person.start_char - len(person.role or "") - 1
        before = passage.text[max(0, end - passage.start_char) : max(0, start - passage.start_char)]
        if not MINISTER_WORDS.isdisjoint(role) and end < start < end + _AGENT_REACH and _BY.search(before):
            return bodies.office(role)
    return ()


def _find_subject(passage: Passage, trigger: Trigger, here: Sequence[Named]) -> tuple[str, Named | None, Sequence[str]]:
    """What stands nearest before the verb of all that can act; a minister's role in words goes with it."""
    lows = passage.words.lows
    ends = {body.last - 1: body for body in here}
    inserted = _before_insertion(lows, trigger.first, ends)
    if inserted is not None:
        return BODY, inserted, ()
    people = {passage.words.at(person.end_char - 1): person for person in passage.people}
    for i in range(trigger.first - 1, max(-1, trigger.first - _REACH), -1):
        if i in ends and not _is_told(lows, ends[i].first):
            return BODY, ends[i], ()
        if lows[i] in MINISTER_WORDS:
            return MINISTERS, None, portfolio(lows, i)
        if lows[i] in _JUDGES:
            return JUDGES, None, ()
        if lows[i] in _GOVERNMENT and lows[i - 1] != "of":
            return (GOVERNMENT if lows[i] == "government" else OTHER), None, ()
        if lows[i] in _MEMBERS:
            return MEMBERS, None, ()
        if lows[i] == "unions" and lows[i - 1] in _THE:
            return UNIONS, None, ()
        if i in people:
            role = (people[i].role or "").lower().split()
            is_saying = trigger.base in REPORTING or "that" in lows[i + 1 : trigger.first]
            return (OTHER if is_saying or MINISTER_WORDS.isdisjoint(role) else MINISTERS), None, role
        if lows[i] in _PRONOUNS:
            return OTHER, None, ()
    return OTHER, None, ()


def _is_told(lows: list[str], first: int) -> bool:
    """Whether a body that begins at a word is only whom somebody tells something: "told the Commons that …"."""
    before = first - 1 - (lows[first - 1 : first] == ["the"])
    return before >= 0 and lows[before] in _TELLING


def _before_insertion(lows: list[str], first: int, ends: dict[int, Named]) -> Named | None:
    """The body before an insertion between commas that ends at the verb: "The union, which had asked Ofsted for
    talks, called off …"."""
    if lows[first - 1 : first] != [","]:
        return None
    for i in range(first - 2, max(0, first - _INSERTION), -1):
        if lows[i] == "," and i - 1 in ends and lows[i + 1] in _INSERTING:
            return ends[i - 1]
    return None


def _joined_before(passage: Passage, body: Named, here: Sequence[Named]) -> tuple[str, ...]:
    """The body with those joined to it before: "Leeds, York and Hull councils"."""
    names = [body.name]
    at = here.index(body)
    for one, other in zip(reversed(here[:at]), reversed(here[1 : at + 1]), strict=True):
        if not _is_joined(passage.words.lows, one, other):
            break
        names.insert(0, one.name)
    return unique(names)


def _is_joined(lows: list[str], one: Named, other: Named) -> bool:
    """Whether "and" or a comma joins two bodies, or the second is the short form of the first in brackets."""
    between = [low for low in lows[one.last : other.first] if low not in _FILLERS]
    return one.name == other.name or (bool(between) and _JOINING.issuperset(between))


def _nearest(candidate: Candidate, here: Sequence[Named]) -> tuple[str, ...]:
    """The last body before a verb that is no passive, else what the sentence refers to, else its first body; but not
    the one that is set up or wound up ("the agency will be set up")."""
    passage, trigger, words = candidate.reading.passage, candidate.trigger, candidate.reading.passage.words
    start = words.starts[trigger.first]
    acting = acting_bodies(passage)
    places = {words.at(body.start_char) for body in acting if body.end_char <= start}
    before = [each for each in here if each.first in places and not _is_told(words.lows, each.first)]
    if before and not _is_passive(trigger):
        return _joined_before(passage, before[-1], here)
    acting = [body for body in acting if not _is_told(words.lows, words.at(body.start_char))]
    if trigger.base in _MAKING:
        made = _made(candidate, acting)
        acting = [body for body in acting if body.name not in made]
    acting = [body for body in acting if not _is_onlooker(candidate, body)]
    referred = [each.name for each in passage.references if each.kind == "organisation"]
    return unique(referred[:1] or [body.name for body in acting[:1]])


def _chamber(candidate: Candidate) -> tuple[str, ...]:
    """The chamber behind the verb in which a bill is read: "its second reading in the House of Lords"."""
    passage, trigger = candidate.reading.passage, candidate.trigger
    if candidate.type != "legislation":
        return ()
    words = passage.words
    for body in passage.organisations:
        first = words.at(body.start_char)
        is_behind = body.type == "parliament" and 0 <= first - trigger.last <= _CHAMBER
        if is_behind and not _PLACING.isdisjoint(words.lows[max(trigger.last, first - 2) : first]):
            return (body.name,)
    return ()


def _made(candidate: Candidate, acting: Sequence[Mention]) -> set[str]:
    """The bodies that are a verb's subject: what is set up or wound up."""
    reading, words = candidate.reading, candidate.reading.passage.words
    if candidate.trigger not in reading.triggers:
        return set()
    first, last = subject_span(reading, reading.triggers.index(candidate.trigger))
    return {body.name for body in acting if first <= words.at(body.start_char) < last}


def _is_onlooker(candidate: Candidate, body: Mention) -> bool:
    """Whether a body behind the verb only finds or thinks something about what is done ("…, though the union found")
    or is only spoken of ("in response to the commission", "since the creation of the agency")."""
    words = candidate.reading.passage.words
    last = words.at(body.end_char - 1) + 1
    if last <= candidate.trigger.last:
        return False
    before = [low for low in words.lows[: words.at(body.start_char)] if low != "the"]
    if tuple(before[-2:]) in _OF_NO_ACT:
        return True
    return any(
        trigger.type in {FINDING, *DECOYS} and trigger.mood not in NOT_FINITE and 0 <= trigger.first - last <= _JOINED
        for trigger in candidate.reading.triggers
    )


def _lent(candidate: Candidate, passages: Sequence[Passage], bodies: ArticleBodies) -> tuple[str, ...]:
    """The body that a sentence which names none has from those before: a list item that of its lead-in, a sentence
    that goes on inside of a paragraph ("its", "the …") the last one named, "it" and "the plans" the first one."""
    passage, trigger = candidate.reading.passage, candidate.trigger
    if passage.kind == "list_item":
        above = next((n for n in range(passage.index - 1, -1, -1) if passages[n].kind == "body"), -1)
        named = bodies.named(above) if above >= 0 else []
        return (named[0].name,) if named else bodies.leading("government")
    before = passages[passage.index - 1] if passage.index else passage
    is_near = before.kind != "title" and before.heading == passage.heading
    named = bodies.named(before.index) if is_near else []
    lows = passage.words.lows
    if passage.order and not _GOING_ON.isdisjoint(lows[:_HEAD]):
        return tuple(each.name for each in named[-1:])
    if lows[0] == "the" and _TAKEN_UP.issuperset(lows[1:2]):
        return tuple(each.name for each in named[:1])
    is_it = trigger.mood not in NOT_FINITE and lows[max(0, trigger.first - 1)] == "it"
    if is_it and candidate.type != "legislation":  # there it is the bill
        return tuple(each.name for each in named[:1])
    if candidate.type in _SHARED and lows[0] not in _OF_OTHERS:
        return tuple(each.name for each in named[-1:])
    return ()
