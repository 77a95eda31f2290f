"""Which verb governs: the main verb behind a long subject, and the verb that a sentence gives an event's date with.

"A bid to widen the fund | was lost"            what stands before the main verb is no line without it
"… under a cap that the board set in May"       the date belongs to "set", whatever else the sentence tells
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import RELATIVE_DATE, date_pattern
from pipeline.timeline.headline import gerund, load_words, third_person, verb_pattern
from pipeline.timeline.hedging import NOUNS_TOO
from pipeline.timeline.wording import fold

_AUXILIARY: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|does|did)\b(?!n)"
)
_RELATIVE: Final = re.compile(r"\b(?:that|which|who|whom|whose)\s")
#: A clause of another kind, or a second main one: what the verb's subject is can't be told then.
_OTHER_CLAUSE: Final = re.compile(
    r"\b(?:when|while|if|because|as|after|before|since|until|unless|although|though|where|how|what|whether|but)\s"
    r"|\b(?:and|or)$",
    re.IGNORECASE,
)
#: A past form that has an object or "that" is a verb; any other may be a participle.
_TAKES: Final = re.compile(r"\s(?:the|an?|its|their|his|her|that|£|\d|[“‘])")
#: A past that looks like its base.
_UNCHANGED: Final = re.compile(r"(?<!to\s)(?<!-)\b(?:set|put|cut|shut)\b(?!\sof\b)")
_HELPED: Final = re.compile(r"\s(?:(?:\w+ly|also|then|now|first|not|be|been|being|have)\s)*(\w+)")
_SHORTEST_SUBJECT: Final = 24
#: What opens the clause that a date stands in.
OPENER: Final = re.compile(
    r"(?:\b(?:on|for|to|in|under|from|by|with|at|of|upon|about)\s)?\b(?:that|which|whom|who)\s"
    r"|\b(?:when|where|after|before|since|until|because|once)\s|\bas\s(?=(?:the|an?|it|they)\s|[A-Z])",
)
_END: Final = re.compile(
    r"[,;]|\s[–—]\s|\s(?:and|but)\s(?=(?:in|on|by|from)\s(?:\d|[A-Z])|(?:which|who|it|they|he|she|will|would|is|are|was|were|has|have|had)\b)"
    r"|\s(?:while|which|who)\s|[.”]*$"
)
_BREAK: Final = re.compile(
    r"[,;]\s|\s[–—]\s|\s(?:and|but)\s(?=(?:in|on|by|from)\s(?:\d|[A-Z])|(?:it|they|he|she|will|would|is|are|was|were|has|have|had)\b)"
)
#: "The minister told MPs, on Monday, that the fund would end".
_GOES_ON: Final = re.compile(r",\s(?:that|to|how|whether)\s")
#: "…, in last week’s statement": the phrase belongs to the clause before it.
_PHRASE: Final = re.compile(r"(?:in|at|on|from|by|during|under|with effect from)\s")
#: Verbs that say nothing of what was done.
_LIGHT: Final = frozenset(
    ["go", "come", "be", "have", "do", "say", "tell", "announce", "confirm", "reveal", "add", "report", "disclose"]
)


def subject_of_main(text: str) -> str:
    """What stands before the main verb of a line, where that is an auxiliary behind a long subject; else empty.

    >>> subject_of_main("A bid to widen the fund for carers of children was lost in May.")
    'A bid to widen the fund for carers of children'
    >>> subject_of_main("The board agreed a bid that was lost in May.")
    ''
    """
    for match in _AUXILIARY.finditer(text):
        subject = text[: match.start()].rstrip(" ,")
        if subject.endswith((" that", " which", " who")):
            continue
        if _OTHER_CLAUSE.search(subject):
            return ""
        main, *inner = _RELATIVE.split(subject)
        if all(verb_pattern().search(NOUNS_TOO.sub(" ", each)) for each in inner):
            return "" if len(subject) < _SHORTEST_SUBJECT or _has_finite(main) else subject
    return ""


def _has_finite(text: str) -> bool:
    """Whether a text, after its first word, has what can only be a finite verb."""
    text = NOUNS_TOO.sub(" ", text.partition(" ")[2])
    words = load_words()
    if re.search(rf"\b(?:told|{words.reporting})\b", text):
        return True
    for match in verb_pattern().finditer(text):
        if text[: match.start()].endswith((" to ", " the ", " a ", " an ", " of ")):
            continue
        if match[0] not in words.past or _TAKES.match(text, match.end()):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Dated:
    """The clause that an event's date stands in: half-open spans of the sentence.

    ``opener`` is what opens the clause (empty at the sentence's beginning or a comma), ``verb`` the verb's base and
    ``place`` where it stands.
    """

    start: int
    end: int
    opener: tuple[int, int]
    verb: str
    place: int


def dated_clause(event: PolicyEvent) -> Dated | None:
    """The clause with the event's date behind its verb; None where the sentence gives no such date, or several."""
    is_given = event.date_basis in ("explicit", "relative")
    return _dated_clause(event.quote, event.date, event.date_basis) if is_given else None


@lru_cache(maxsize=8192)
def _dated_clause(quote: str, date: str, basis: str) -> Dated | None:
    place = _place_of_date(quote, date, basis)
    if place is None:
        return None
    breaks = [0, *(match.end() for match in _BREAK.finditer(quote) if match.end() <= place[0])]
    is_behind_comma = len(breaks) > 1 and quote[: breaks[-1]].endswith(", ")
    is_phrase = is_behind_comma and _PHRASE.match(quote, breaks[-1]) and not find_verbs(quote, breaks[-1], place[0])
    broken = breaks[-2] if is_phrase else breaks[-1]
    opened = max(((match.start(), match.end()) for match in OPENER.finditer(quote, broken, place[0])), default=None)
    start = opened[1] if opened else broken
    end = _END.search(quote, place[1])
    verbs = find_verbs(quote, start, place[0])
    verbs = [verb for verb in verbs if not NOUNS_TOO.fullmatch(verb[0])] or verbs
    if not verbs:
        return None
    verb = verbs[-1]
    last = end.start() if end else len(quote)
    if is_phrase and _GOES_ON.match(quote, last):
        return None
    return Dated(start, last, opened or (start, start), _base_of(quote, verb), verb.start())


def find_verbs(text: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
    """What are very likely finite verbs in a stretch of text, those among them whose past is their base."""
    last = len(text) if end is None else end
    found = [*verb_pattern().finditer(text, start, last), *_UNCHANGED.finditer(text, start, last)]
    return sorted(found, key=lambda match: match.start())


def _base_of(text: str, verb: re.Match[str]) -> str:
    """The base of a verb, of an auxiliary that of the verb that it helps; empty where that isn't known."""
    words = load_words()
    helped = _HELPED.match(text, verb.end())
    said = helped[1] if helped and _AUXILIARY.fullmatch(verb[0]) else verb[0]
    base = words.past.get(said, said)
    forms = (base, base.removesuffix("es"), base.removesuffix("s"))
    return next((each for each in forms if each in words.bases), "")


def _place_of_date(quote: str, date: str, basis: str) -> tuple[int, int] | None:
    """Where a sentence gives a date, if it gives it once."""
    folded = fold(quote)
    found = [match.span() for match in date_pattern(date).finditer(folded)]
    if not found and basis == "relative":
        found = [match.span() for match in RELATIVE_DATE.finditer(folded)]
    return found[0] if len(found) == 1 else None


def tells_another(line: str, event: PolicyEvent) -> bool:
    """Whether a line has neither the date that the sentence gives the event nor the verb that it is given with."""
    clause = dated_clause(event)
    if clause is None or not clause.verb or clause.verb in _LIGHT:
        return False
    folded = fold(line)
    if date_pattern(event.date).search(folded):
        return False
    words = folded.replace("-", " ").split()
    return not any(word.strip(".,’'“”:") in _forms(clause.verb) for word in words)


@lru_cache(maxsize=512)
def _forms(base: str) -> frozenset[str]:
    """All forms of a verb, and what a headline calls its doing."""
    words = load_words()
    own: Iterator[str] = (form for form, each in words.past.items() if each == base)
    noun = words.nouns.get(base, base)
    return frozenset({base, noun, f"{noun}s", third_person(base), gerund(base), f"{base}{base[-1]}ing", *own})
