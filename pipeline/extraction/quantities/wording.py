"""A measure's last touch: from a piece of a sentence to the name of a row.

A clause's verb of being goes ("posts were vacant" is "posts vacant"), and so does what only runs on behind the phrase
("…, it said", "and they have waited"). Pure functions over text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipeline.extraction.quantities.gates import has_piece
from pipeline.extraction.quantities.lexicon import load_lexicon
from pipeline.extraction.quantities.phrases import noun_phrase, tidy


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PERSON: Final = r"(?:it|he|she|they|we|you|I|there|this)"
#: Where a second clause runs on.
_RUN_ON: Final = _compile(
    rf"(?:,\s+(?:(?:and|but|as|so)\s+)?|\s+(?:and|but|because|while|so)\s+)(?:that\s+)?{_PERSON}(?:[’']\w+)?\s.*$|"
    r",\s+(?:which|who|whose|where|when|some|one|two|most|many|each|all|will|would|can|could|something|run|led|told|"
    r"found|said|put)\b.*$|"
    r"\s+and\s+(?:says?|said|will|would|be|is|are|was|were|has|have|had|hopes?|plans?|expects?)\s.*$|\s+and\s+(?:that|many|most|several|others|(?:in|at|by|on|for)\s+(?:some|many|most|several|which))\s+.*$|\s+and\s+[a-z]+ed\s+(?:to|by|in|on|as|it|them)\b.*$"
)
_BE_WORDS: Final = (" been ", " be ", " was ", " is ", " are ", " were ", " being ")
_JOINS: Final = (" and ", " but ", " because ", " while ", " so ")
_BE: Final = r"(?:had|have|has|having|will\s+have|would\s+have)\s+been|(?:will|would|could|should|may|might|must|can)\s+be|was|is|are|were|being|been"
_WHO_IS: Final = _compile(
    rf"\b(?:who|which|that)\s+(?:{_BE})\s+(?:(?:also|now|then|not|currently|still|already)\s+)?(?=[a-z])"
)
_IS: Final = _compile(rf"\s+(?:{_BE})\s+(?:(?:also|now|then|currently|already)\s+)?(?=[a-z“])")
_LOOSE_START: Final = _compile(r"(?:(?:them|who|which|whose|there|then|also)\s+)+(?=\w)")
_SEES: Final = _compile(
    r"^.{2,80}?\b(?:sees?|saw|seen|seeing|ha(?:s|ve|d))\s+(?:their|its|his|her|our)\s+(?P<what>[^,;]{3,80})$"
)
_PEAKED: Final = _compile(
    r"\s+(?:(?:has|have|had)\s+)?(?:continu(?:ed|es|ing)\s+(?:to\s+(?:rise|fall|grow|increase|decline|drop|climb|decrease)|rising|falling|growing)|peaked|"
    r"remained\s+\w+|continu(?:ed|es|ing)|sits|runs|ran|running|hovers|again|also)$"
)
_PEAK_STEMS: Final = ("continu", "peaked", "remained", " again", " also", " sits", " r", " hovers")
#: Who says so, behind what is said.
_SAID_BEHIND: Final = _compile(
    r",\s+(?:(?:the|an?|new|official|latest)\s+)*[^,;]{3,70}?\s(?:(?:has|have|had)\s+)?(?:warn(?:ed|s)|said|says?|show(?:n|s|ed)?|found|finds?|reveal(?:ed|s)?|"
    r"reported|announced|claimed|told|confirmed|suggest(?:ed|s)?|estimate[ds]?)\b.*$"
)
#: "the department’s own measure of average caseloads": whose measure it is, says nothing of what it measures.
_GAUGE: Final = _compile(r"(?:[\w’'-]+\s+){0,4}?(?:measures?|gauge|indicator|index)\s+of\s+(?=\w)")
#: "most nurses", "a large majority of nurses": the share in words.
_MOST: Final = _compile(
    r"(?:an?\s+|the\s+)?(?:most|(?:(?:huge|vast|large|small|clear|overwhelming|slim|significant)\s+)?(?:majority|minority)\s+of)\s+"
    r"(?:of\s+(?:the\s+)?)?(?=[a-z]{3,}(?<!common)(?<!likely)(?<!recent)\s)"
)
_RISES: Final = _compile(r"\s+(?:rise|fall|grow|drop|increase|decrease|double|halve|cut|go\s+(?:up|down))$")
#: "recruits will join the scheme": what is to come, told as a gerund.
_WILL_DO: Final = _compile(
    r"(?P<who>(?:[\w’'-]+\s+){0,5}?(?:[a-z’'-]{2,}[a-rt-z]s|people|children|staff))\s+(?:will|would|are\s+to|were\s+to)\s+"
    r"(?:also\s+|now\s+|then\s+)?(?P<do>(?!be\b|have\b|not\b|it\b|you\b)[a-z]{3,}\s.+)$"
)
_GIVEN: Final = _compile(
    r"^(?P<head>funding|spending|money|grant|cost)\s+(?:for|to)\s+(?P<what>(?:been\s+)?(?:[a-z]{2,}ed|given|spent|set\s+aside|found|paid)\b.*)$"
)
_MONEY_TO: Final = ("funding to ", "money to ", "grant to ")
_TO_DOING: Final = _compile(r"\b(?P<noun>funding|money|grant) to (?=[a-z]{2,}ing\b)")
#: A noun that names no measure by itself: what rose or stood is told before it.
_WEAK_LENGTH: Final = 60
_WEAK: Final = _compile(
    r"(?:(?:real-terms|cash-terms|overall|further|steep|sharp|small|large|annual|[a-z]+est)\s+)*(?:rises?|falls?|drops?|cuts?|hikes?|"
    r"increases?|decreases?|declines?|reductions?|growth|figures?|rates?|numbers?|totals?|proportions?|percentages?|shares?|levels?|"
    r"price\s+tag|sum|amount|real-terms|limit|average|sums?|backlog|gap|following|having|worth|averag(?:es|ed|ing)|(?:in\s+)?comparison|"
    r"recorded|given|seen|expected|followed|compared|opposed|equivalent|further|(?:corresponding|comparable|respective)\s+\w+|"
    r"amounted\s+to(?:\s+an?)?\s+\w+|whole|rest|remainder|remaining|others?|same|queue|it|them|those|(?:surprise\s+|new\s+|official\s+)?(?:announcement|news|move|pledge|promise)s?|(?:[\w’'-]+\s+){1,7}(?:said|says|announced|warned)|"
    r"(?:figure|number|total|proportion|rate)\s+(?:(?:had|has|have)\s+)?(?:remained|been|stood|increased|rose|fell)|(?:figure|tally|total)\s+of\s+[\d.,]+)?"
)


@lru_cache(maxsize=256)
def condense(measure: str) -> str:
    """A measure without verbs of being and without what runs on behind it.

    >>> condense("posts were vacant"), condense("homes in Wales, it says"), condense("members who were polled")
    ('posts vacant', 'homes in Wales', 'members polled')
    """
    if " " not in measure:
        return measure
    if sees := _SEES.match(measure):
        measure = _RISES.sub("", sees["what"])
    if "," in measure or has_piece(measure, _JOINS):
        measure = _RUN_ON.sub("", _SAID_BEHIND.sub("", measure) if "," in measure else measure) or measure
    spaced = " ".join(["", *measure.lower().split(), ""])
    if has_piece(spaced, _BE_WORDS):
        measure = _IS.sub(" ", _WHO_IS.sub("", measure))
    if gauge := _GAUGE.match(measure):
        measure = measure[gauge.end() :]
    if most := _MOST.match(measure):
        measure = measure[most.end() :]
    if loose := _LOOSE_START.match(measure):
        measure = measure[loose.end() :]
    if "ing " in spaced and has_piece(spaced, _MONEY_TO):
        measure = _TO_DOING.sub(r"\g<noun> for ", measure)
    if due := _WILL_DO.match(measure):
        measure = f"{due['who']} {gerund(due['do'])}"
    if given := _GIVEN.match(measure):
        measure = f"{given['head']} {given['what']}"
    found = tidy(measure)
    return (_PEAKED.sub("", found) if has_piece(found, _PEAK_STEMS) else found).rstrip(" .;:")


def is_weak(measure: str) -> bool:
    """Whether a measure only points back: "rise", "the figure", "rate".

    >>> is_weak("sharp rise"), is_weak("vacancy rate")
    (True, False)
    """
    return len(measure) < _WEAK_LENGTH and (is_empty(measure) or _WEAK.fullmatch(measure) is not None)


#: Words that name nothing by themselves: a measure made of these alone points back to the one before.
_EMPTY: Final = re.compile(load_lexicon()["measures", "empty"])
_TOKEN: Final = re.compile(r"\w+")


@lru_cache(maxsize=256)
def is_empty(measure: str) -> bool:
    """Whether a measure has no word that names anything: "had dropped", "the latter", "would receive".

    >>> is_empty("had dropped"), is_empty("Will all be below"), is_empty("vacancy rate")
    (True, True, False)
    """
    return all(_EMPTY.fullmatch(word) for word in _TOKEN.findall(measure.casefold()))


def opens_with_verb(phrase: str) -> bool:
    """Whether a phrase says what somebody does, and not who does it.

    >>> opens_with_verb("had felt ill"), opens_with_verb("new recruits had left")
    (True, False)
    """
    return noun_phrase(f"they {phrase}") == "they"


#: What a share of people does, in the present: nouns too, so only right behind the figure.
_DOES: Final = re.compile(load_lexicon()["measures", "does"])


def opens_with_deed(phrase: str) -> bool:
    """Whether what stands right behind a share says what its people do: "require help", "saying that they did".

    >>> opens_with_deed("require help"), opens_with_deed("reporting a loss"), opens_with_deed("vacancy rate")
    (True, True, False)
    """
    first, _, rest = phrase.partition(" ")
    is_deed = _DOES.fullmatch(first) is not None or (first.endswith("ing") and first not in _NAMING)
    return (bool(rest) and is_deed) or opens_with_verb(phrase)


_NAMING: Final = frozenset(
    {"funding", "spending", "staffing", "nursing", "training", "housing", "fostering", "during", "being", "including"}
)


def group_of(measure: str) -> str:
    """The people or things of a measure, without what they do; "" where it names none.

    >>> group_of("contacts who were passed on"), group_of("homes closed by councils"), group_of("vacancy rate")
    ('contacts', 'homes', '')
    """
    head = _RELATIVE.split(measure, maxsplit=1)[0]
    head = _STATE.sub("", noun_phrase(head))
    if head == measure and not _PLURAL.search(head):
        return ""
    return head if len(head.split()) <= 6 else ""


_RELATIVE: Final = re.compile(r"\s(?:who|that|which|where|whose)\b|(?<!ing)\sto\sbe\s|,\s")
#: What a group is told to be: "homes inadequate".
_STATE: Final = _compile(
    r"(?<=s|e|n|f)\s+(?:\w+ly\s+)?(?:good|great|poor|fair|bad|excellent|inadequate|outstanding|satisfactory|adequate|vacant|empty|"
    r"open|closed|ill|sick|well|absent|male|female|white|black|asian|disabled|single|married|safe|unsafe|happy|unhappy|satisfied|"
    r"dissatisfied|confident|aware|unaware|unable|able|eligible|ineligible|homeless|overdue|late|outstanding|positive|negative|"
    r"optimistic|pessimistic|worse|better)(?:\s+or\s+\w+)?$"
)
#: A phrase whose head, before its "of" or "in", stands in the plural.
_PLURAL: Final = _compile(
    r"^(?!(?:costs|fees|savings|losses|numbers|rates|figures|funding|earnings|wages|times)\b)(?:[\w’'-]+\s+){0,3}?(?:[a-z’'-]{3,}[a-rt-z]s|people|children|staff|women|men)(?:\s(?:of|in|to|for|from|with|at|by|aged|per)\s|$)"
)


def head_of(group: str) -> str:
    """The noun of a group, without what tells it from others.

    >>> head_of("children starting to be looked after"), head_of("nurses in hospitals")
    ('children', 'nurses')
    """
    return _TOLD_APART.split(group, maxsplit=1)[0]


_TOLD_APART: Final = re.compile(r"\s(?=[a-z]+ing\b|(?:in|of|to|for|with|at|on|by|from|aged)\b)")


_DOUBLED: Final = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")
_ALONE: Final = frozenset(
    [
        "offer",
        "enter",
        "suffer",
        "visit",
        "open",
        "happen",
        "develop",
        "consider",
        "deliver",
        "cover",
        "answer",
        "discover",
        "remember",
        "listen",
    ]
)
_IRREGULAR: Final = {
    "be": "being",
    "die": "dying",
    "lie": "lying",
    "tie": "tying",
    "see": "seeing",
    "agree": "agreeing",
    "flee": "fleeing",
}


def gerund(phrase: str) -> str:
    """A deed told in the infinitive as its gerund; phrases that begin with a capital or a gerund as they are.

    >>> gerund("to leave the service"), gerund("be moved"), gerund("get help"), gerund("enter care")
    ('leaving the service', 'being moved', 'getting help', 'entering care')
    """
    verb, blank, rest = phrase.removeprefix("to ").partition(" ")
    if not verb.isalpha() or not verb.islower() or verb.endswith("ing"):
        return phrase
    if verb in _IRREGULAR:
        told = _IRREGULAR[verb]
    elif verb.endswith("e"):
        told = f"{verb[:-1]}ing"
    elif len(verb) < 7 and _DOUBLED.search(verb) and verb not in _ALONE:
        told = f"{verb}{verb[-1]}ing"
    else:
        told = f"{verb}ing"
    return f"{told}{blank}{rest}"
