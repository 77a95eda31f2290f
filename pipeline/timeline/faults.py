"""What an editor would strike in a line: why it can't stand, or why another would be better."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import own_clause
from pipeline.timeline.cuewords import load_cues
from pipeline.timeline.cutting import has_any_verb
from pipeline.timeline.drafts import gerunds, is_sum
from pipeline.timeline.governing import tells_another
from pipeline.timeline.headline import fold_first, load_words, third_person, verb_pattern
from pipeline.timeline.hedging import NOUNS_TOO
from pipeline.timeline.phrases import POINTING
from pipeline.timeline.wording import content_words, fold, share

_QUANTITIES: Final = frozenset({"most", "some", "all", "both", "many", "one", "others", "each"})
_LEANING: Final = re.compile(
    r"(?:in|at(?! least)|on|of|by|for|with|from|under(?! \d)|worth|while|when|which|where|who|whose|that|as"
    r"|because|despite|and|to(?! date)|"
    r"or|than|so|did|not|further to|subject to|provided|then|if|is|are|was|were|has|have|had|will|would|due|same"
    r"|also|next(?!\s(?:review|stage|phase|round|steps?|report|plan|claim)\b)|since|should|early(?!\s[A-Z]))\b",
    re.IGNORECASE,
)
_TO_DO: Final = re.compile(r"\bto\s+[“‘]?[a-z]")
_OPEN: Final = ("planned", "proposed", "conditional")
_SUM: Final = re.compile(r"£\s?[\d.,]*\d\s?(?:bn|m|k|billion|million|trillion)?\b")
_CUT_OFF: Final = re.compile(r"…(?: \([a-z ]+\))?$")
#: Somebody speaks, or the reader is spoken to.
_SPOKEN: Final = re.compile(r"^(?:I|we|you|your|our)\b|\b(?:I’m|we’ll|we’re|we to|I will)\b", re.IGNORECASE)
#: An order, as items of a list have it: "Recruit 50 inspectors"; a noun would not be followed so.
_ORDERED: Final = re.compile(
    r"^[A-Za-z]+\s*,?\s(?:the|an?|its|their|£[\d.]|\d|by the|up to|more|new|talks|[a-z]+er\s[a-z]+s\s)(?=\b|\d|\s)"
)
_INNER: Final = re.compile(r"\b(?:which|who|whose|whom|that|what|how|where|whether|when|because|while|if|unless)\s")
#: "Review finds that households": a clause without its verb.
_CLIPPED: Final = re.compile(
    r"\b(?:finds?|found|shows?|says?|warns?|reveals?|means?|ensures?|confirms?|rules?|ruled|hears?|heard|announces?|reports?"
    r"|discloses?|notes?|argues?|adds?|estimates?|agrees?|believes?|claims?|stresses|insists?|acknowledges?|accepts?)"
    r"(?:\s(?:in|on|last)\s[\w ]{3,16})? that\s"
)
_VAGUE: Final = re.compile(
    r"\b(?:this|these|that) (?:proposal|specific|point|change|claim|recommendation|idea|plan|call)\b"
    r"|\b(?:this|these) (?:was|is)\b|^that (?:was|is)\b"
    r"|\bthese and other\b|\b(?:it|they|she|he) would\b"
    r"|^funding (?:builds|comes|follows)\b"
    r"|^(?:initiative|scheme|move|decision|announcement|news|story|warning|criticism|policy|findings?|work|programme|moves|changes)\s+"
    r"(?:is|was|were|are|follows|followed|came|comes)\b"
    r"|\b(?:gave|gives|made|makes|repeats|repeated) (?:his|her|their|its|this|the) "
    r"(?:pledge|point|call|announcement|claim)\b"
    r"|\bsaid (?:that )?(?:it|they|he|she)\b|\baccepts this\b|\bto (?:do )?so\b",
    re.IGNORECASE,
)
#: An auxiliary with what it helps is one verb.
_CHAIN: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could)(?:\s(?:not|no|been|being))*\s\w+(?:ed|en)\b"
)
#: Behind these stands a noun, even one that looks like a verb: "£5m in funds".
_NOUN_USE: Final = re.compile(r"\b(?:in|of|on|from|the|an?|its|their|his|her)\s+[a-z]+s\b(?!\s+(?:that|to)\b)")
#: Whoever is asked is asked something.
_ASKED_WHAT: Final = re.compile(r"\b(?:asked|questioned) by (?!.*\b(?:about|whether|to|why|how|on)\b)")
#: "The board publishes by the ministry": whose doing it is stands behind, so what stands before isn't who does it.
_DONE_BY: Final = re.compile(
    r"\b(?:publishes|releases|issues|launches|announces|approves|accepts|rejects)\s(?:yesterday\s|today\s)?by\s(?:the\s)?[A-Z]"
)
#: A participle before its noun is no verb: "recently released minutes".
_HEADED: Final = re.compile(r"(?:recently|newly|brief|just)\s[a-z]+ed\s", re.IGNORECASE)
#: "The latest was released": nothing is said of what it is.
_POINTS: Final = re.compile(
    rf"(?:the\s)?(?:{POINTING}|same)\s"
    r"(?:is|are|was|were|has|have|had|will|would|to\s[a-z]+|released|published|launched|issued|due|meant|expected)\b",
    re.IGNORECASE,
)
#: "The board warned in its annual report": what it warned of has been cut off.
_SAID_IN: Final = re.compile(
    rf"\b(?:{load_words().reporting}|says?|warns?|finds?|reports?|tells?|argues?|notes?|concludes?|concluded)"
    r"\sin\s(?:its|their|an?|the)\s[^,]{3,60}?\b(?:report|review|survey|study|paper|letter|statement|briefing|response|analysis)"
    r"(?:,?\s(?:(?:also\s)?(?:published|released|issued|out)\b[^,]{0,30}|(?:in|on)\s[^,]{3,20}))?$"
)
#: A verb without its subject: "Includes £5m".
_OBJECT: Final = re.compile(r"[A-Z][a-z]+s\s(?:the|an?|its|their|£[\d.]+|\d)(?=\b|\d|\s)")
#: A participle that looks like its base: "Levy put back until July".
_PUT_BACK: Final = re.compile(r"\w\s(?:put (?:back|off|forward|on hold)|set (?:up|aside)|cut (?:by|from|to))\b")
_SAID: Final = re.compile(r"\b(?:said|told)\b")
_FEWEST_WORDS: Final = 3
_NEAR: Final = 0.2


def has_bad_fault(line: str) -> bool:
    """Whether a line can't stand: it leans on another, is cut off, has no main verb, or its subject says nothing.

    >>> has_bad_fault("For which councils paid"), has_bad_fault("It went further"), has_bad_fault("Board meets today")
    (True, True, False)
    >>> has_bad_fault("Reforms which are being rolled out"), has_bad_fault("Recruit 50 inspectors")
    (True, True)
    """
    words = load_words()
    label, _, body = line.rpartition(": ")
    first = fold_first(body)
    if _LEANING.match(body) or "�" in body or _CUT_OFF.search(line) or _SPOKEN.search(body):
        return True
    if first in words.pronouns and not (first in _QUANTITIES and label):
        return first not in _QUANTITIES
    is_cut_off = first in words.past and not re.match(
        r"\w+\s+(?:\w+s|data|guidance)\b(?!\s+(?:to|by|in|for|with)\b)", body
    )
    if is_cut_off and first not in ("led", "run", "set", "cut", "put"):
        return True
    if _POINTS.match(body) or _SAID_IN.search(body) or (_OBJECT.match(body) and first in _thirds()):
        return True
    if _HEADED.match(body) or _DONE_BY.search(body):
        return True
    if first in words.bases and _ORDERED.match(body):
        return True
    if len(body.split()) < _FEWEST_WORDS and not label:
        return True
    if _CLIPPED.search(body) and not has_main_verb(_CLIPPED.split(body)[-1]):
        return True
    return not ((first in words.nouns.values() and len(body.split()) >= _FEWEST_WORDS) or has_main_verb(body))


@cache
def _thirds() -> frozenset[str]:
    """What can only be a verb in the third person: no noun in the plural looks so."""
    words = load_words()
    return frozenset(each for each in map(third_person, words.bases) if not NOUNS_TOO.fullmatch(each))


def is_vague(line: str, event: PolicyEvent | None = None) -> bool:
    """Whether a line leans on another sentence, or tells of a meeting's minutes only, so that a plain one says more.

    >>> is_vague("Ofsted rejects this proposal"), is_vague("Ofsted rejects the proposal on pay")
    (True, False)
    """
    if event is not None and event.type == "meeting" and "minutes" in line.lower():
        return True
    return _VAGUE.search(line.rpartition(": ")[2]) is not None


def has_main_verb(body: str) -> bool:
    """Whether a line has a verb, or "to do", that is not only that of a clause inside of it."""
    main, *inner = _INNER.split(body)
    if has_any_verb(_NOUN_USE.sub(" ", main)) or _TO_DO.search(main) or _PUT_BACK.search(main):
        return True
    return len(verb_pattern().findall(_CHAIN.sub("is", " ".join(inner)))) > len(inner)


def has_small_fault(line: str, event: PolicyEvent) -> bool:
    """Whether another line would be better: this one is vague, or tells another clause than the event's own."""
    body = line.rpartition(": ")[2]
    if _ASKED_WHAT.search(body):
        return True
    if event.status in _OPEN and fold_first(body) in gerunds():
        return True
    if _VAGUE.search(body) or _SAID.search(body):
        return True
    cues = load_cues()["types"][event.type]
    if cues.search(fold(event.quote)) and not cues.search(fold(body)):
        return True
    sums = _SUM.findall(body)
    if tells_another(body, event):
        return True
    if event.amount is not None and len(sums) > 1 and not is_sum(sums[0], event.amount):
        return True
    start, end = own_clause(event)
    if start == 0 and end == len(event.quote):
        return False
    own = content_words(event.quote[start:end])
    return share(own, content_words(body)) < _NEAR
