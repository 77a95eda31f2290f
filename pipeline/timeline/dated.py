"""The line made of the clause that an event's date stands in, where the sentence's main clause tells something else.

    "… under a cap that the board set in May"     the board set a cap in May
    "… since the bill was introduced in May"      the bill was introduced in May
    "A panel, set up in May, reported"            a panel set up in May

The words stay those of the sentence; what isn't certain gives no line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import date_pattern
from pipeline.timeline.governing import dated_clause, find_verbs
from pipeline.timeline.headline import (
    drop_brackets,
    fold_first,
    has_verb,
    load_words,
    strip_fronts,
    third_person,
)
from pipeline.timeline.phrases import HANGS, LONGEST_NOUN, noun_before, subject_of, whole_noun
from pipeline.timeline.subjects import name_subject
from pipeline.timeline.wording import fold

_RELATIVE: Final = re.compile(r"(?:(?P<preposition>\w+)\s)?(?P<word>that|which|whom|who)\s$", re.IGNORECASE)
#: An active verb with its auxiliaries, adverbs and particle.
_ACTIVE: Final = re.compile(
    r"(?P<verb>(?:(?:has|have|had|will|would)\s)?(?:(?:also|then|now|first|later|recently|\w+ly)\s)*(?!is\b|are\b|was\b"
    r"|were\b|been\b|be\b)[a-z]+(?:\s(?:up|out|forward|down|aside|off|back|in(?!\s(?:\w+\s)?(?:\d|[A-Z]))))?)(?=\s|$)"
)
_SAYS: Final = frozenset(
    ["say", "tell", "add", "warn", "think", "believe", "expect", "hope", "claim", "argue", "do", "did", "does"]
)
#: What a scheme or a rule does rather than a body.
_OF_THINGS: Final = re.compile(r"(?:took|take|came|come|began|begin|start|was|were|is|are|will be)\b")
#: With these before "which" the whole clause stands by itself: "under which councils will pay".
_BESIDES: Final = ("under", "through", "in", "during", "with", "by", "at")
_IT: Final = ("it", "they")
#: Of these nouns "that" opens what they say.
_OF_WHAT: Final = re.compile(
    r"\b(?:grounds?|fact|idea|belief|condition|news|claims?|suggestions?|concerns?|evidence|hopes?|fears?|view|warnings?"
    r"|time|day|so)$"
)
#: An auxiliary, or who does it, stands before the verb: it is no participle.
_HELPING: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|also|then|it|they|he|she|who|which|that|and|[A-Z][\w’]*|[a-z]+ly)$"
)
_HAD: Final = ("had", "was", "were", "said", "told")
#: "The act, which passed in May and | which took effect in June".
_TWO_RELATIVES: Final = re.compile(r",?\s(?:which|who|that)\s.*\sand$")
_NOUN_FIRST: Final = re.compile(r"(?:the|an?|its|their|his|her|all|both|[a-z]+s|\d+|four|five|six|[A-Z][\w’]+)\s")
#: An aside between dashes at the end.
_DASHED: Final = re.compile(r"\s[–—]\s[^–—]+\s[–—]$")
#: A second verb of the same subject.
_JOINED: Final = re.compile(r"\sand\s(?=[a-z]+(?:ed|s|t|n)\s)")
_AND: Final = re.compile(r"\s(?:and|but|that|which|who|when|if)\s")
_AUXILIARIES: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|will|would)\s.*[^,]\s(?:is|are|was|were|has|have|will|would)\s"
)
_AUXILIARY: Final = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would)\s")
_OPENS: Final = re.compile(r"\b(?:that|which|who|and|but|if|when|because|how|what)\s")
_NO_NOUN: Final = ("last", "this", "next", "but", "early", "late", "up", "down", "more", "less", "just")


def dated_draft(event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The clause with the event's date as a main clause; empty where that isn't certain."""
    clause = dated_clause(event)
    if clause is None:
        return ""
    quote = event.quote
    inner = drop_brackets(quote[clause.start : clause.end]).strip(" ,")
    opener = quote[slice(*clause.opener)]
    before = _DASHED.sub("", drop_brackets(quote[: clause.opener[0]]).rstrip(" ,"))
    relative = _RELATIVE.search(opener)
    if _AUXILIARIES.search(_AND.split(inner)[0]):
        return ""
    if relative:
        return _relative(event, relative, before, inner, acronyms)
    if opener:
        return name_subject(_subordinate(event, inner), event, acronyms)
    if before and _is_participle(before, inner):
        return _participle(event, before, inner, acronyms)
    return (
        _second(inner, event)
        or _put_out(event, quote[: clause.end], clause.place, acronyms)
        or (_main(quote[: clause.opener[0]], inner) if before else "")
    )


def _relative(event: PolicyEvent, opener: re.Match[str], before: str, inner: str, acronyms: Mapping[str, str]) -> str:
    """ "A cap that the board set in May": the board set it."""
    verb = next(iter(find_verbs(inner)), None)
    if opener["word"].lower() == "that" and _is_said(before) and verb is not None:
        return inner if _is_subject(inner[: verb.start()].strip()) else ""
    noun = noun_before(_TWO_RELATIVES.sub("", before), event, acronyms)
    if verb is None or not _is_noun(noun) or _OF_WHAT.search(before):
        return ""
    who, rest = inner[: verb.start()].strip(), inner[verb.start() :]
    if not who or who.lower() in ("also", "first", "then", "since", "now", "later", "last"):
        second = _second(f"{noun} {inner}", event)
        return second or f"{noun} {inner}"
    if (opener["preposition"] or "").lower() in _BESIDES:
        return inner if _is_subject(who) else ""
    active = _ACTIVE.match(rest)
    base = load_words().past.get(verb[0], verb[0])
    if active is None or base in _SAYS or not _is_subject(who):
        return ""
    if _AUXILIARY.search(_OPENS.split(rest[active.end() :])[0]):
        return ""  # "the £5m needed for it was lost": a participle
    preposition = f"{opener['preposition'].lower()} " if opener["preposition"] else ""
    noun = noun[:1].lower() + noun[1:] if noun.startswith(("A ", "An ", "The ")) else noun
    return f"{who} {active['verb']} {preposition}{noun}{rest[active.end() :]}"


def _subordinate(event: PolicyEvent, inner: str) -> str:
    """ "Since the bill was introduced in May": the bill was introduced; "it" is the event's one policy."""
    verb = next(iter(find_verbs(inner)), None)
    who = inner[: verb.start()].strip() if verb else ""
    if verb is None or not who:
        return ""
    if who.lower() in _IT:
        names = event.policies or (() if _OF_THINGS.match(inner, verb.start()) else event.organisations)
        return f"{names[0]} {inner[verb.start() :]}" if len(names) == 1 else ""
    return inner if _is_subject(who) else ""


def _second(inner: str, event: PolicyEvent) -> str:
    """ "The board met in May and reported in June": the board reported."""
    verb = next(iter(find_verbs(inner)), None)
    joined = _JOINED.search(inner)
    if verb is None or joined is None or joined.start() < verb.start():
        return ""
    place = date_pattern(event.date).search(fold(inner))
    second = fold_first(inner[joined.end() :])
    words = load_words()
    is_verb = second in words.past or any(second == third_person(base) for base in words.bases)
    who = strip_fronts(inner[: verb.start()].strip())
    if not is_verb or place is None or place.start() < joined.end() or not _is_subject(who):
        return ""
    return f"{who} {inner[joined.end() :]}"


def _put_out(event: PolicyEvent, text: str, place: int, acronyms: Mapping[str, str]) -> str:
    """ "It met after a consultation opened in May": what a participle without a comma is said of."""
    words = load_words()
    done = fold_first(text[place:])
    before = drop_brackets(text[:place]).rstrip()
    is_participle = done in words.past and words.participles.get(words.past[done]) == done and done not in _HAD
    if not is_participle or _HELPING.search(before) or len(find_verbs(before)) == 0:
        return ""
    noun = noun_before(before, event, acronyms)
    return f"{noun} was {drop_brackets(text[place:])}" if _is_noun(noun) and " " in noun else ""


def _main(before: str, inner: str) -> str:
    """The main clause behind an aside or another clause: "…, peers gave way in May", "The bill, …, passed in May"."""
    inner = inner.removeprefix("with ").removeprefix("and ")
    verb = next(iter(find_verbs(inner)), None)
    if verb is None:
        return ""
    who = inner[: verb.start()].strip()
    if who:
        return inner if _is_subject(who) and _NOUN_FIRST.match(inner) else ""
    subject = strip_fronts(before).partition(", ")[0]
    return f"{subject} {inner}" if _is_subject(subject) and not has_verb(subject) else ""


def _participle(event: PolicyEvent, before: str, inner: str, acronyms: Mapping[str, str]) -> str:
    """ "A panel, set up in May, reported": the panel set up in May."""
    noun = (
        whole_noun(before) or ("" if has_verb(before) else subject_of(before)) or noun_before(before, event, acronyms)
    )
    return f"{noun} was {inner}" if _is_noun(noun) else ""


def _is_participle(before: str, inner: str) -> bool:
    """Whether a past form that opens a clause is a participle: no plain past, and not behind another aside."""
    first, words = fold_first(inner), load_words()
    is_past = first in words.past and first not in _HAD and words.participles.get(words.past[first]) == first
    aside = fold_first(before.rpartition(", ")[2]) if ", " in before else ""
    return is_past and aside not in words.past and aside not in ("which", "who", "whose", "led", "set")


def _is_said(before: str) -> bool:
    """Whether a text ends in a verb of which "that" opens the object: "confirming that"."""
    last = before.rsplit(" ", 1)[-1].lower()
    return (
        re.fullmatch(rf"{load_words().reporting}|[a-z]+(?:firming|nouncing|aying|dding|vealing|arning)", last)
        is not None
    )


def _is_subject(text: str) -> bool:
    """Whether a phrase can be who does it: short, and no pronoun."""
    is_short = 0 < len(text.split()) <= LONGEST_NOUN and not HANGS.search(text)
    return is_short and fold_first(text) not in load_words().pronouns and "," not in text


def _is_noun(text: str) -> bool:
    return bool(text) and fold_first(text) not in _NO_NOUN
