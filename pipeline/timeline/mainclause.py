"""The event's own clause so that it can stand alone: with its subject, without what is said beside it.

    "…, which will meet in May"                  the board will meet in May
    "… told peers that the fund, …, would go"    the fund would go
    "The panel, led by X, has agreed"            the panel has agreed

Where its subject isn't certain, the sentence stays whole.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import has_own_subject, opens_subordinate, own_clause, split_clauses
from pipeline.timeline.drafts import absolute, gerunds
from pipeline.timeline.faults import has_bad_fault
from pipeline.timeline.fitting import LONGEST
from pipeline.timeline.governing import find_verbs
from pipeline.timeline.headline import fold_first, has_verb, load_words, strip_fronts, verb_pattern
from pipeline.timeline.phrases import LONG_SUBJECT, clean, document_before, noun_before, subject_of, whole_noun
from pipeline.timeline.subjects import find_kind, find_name

GERUND: Final = re.compile(r"^(?!funding|meeting|training|planning)(\w+)ing\b")
_OPEN: Final = ("planned", "proposed", "conditional")
_SUBORDINATOR: Final = re.compile(
    r"^(?:But |And )?(?!As (?:a|part|of|well|such)\b)(?:When|As|After|Since|Because|Though|Although|While)\s+"
    r"(?!\d|(?:January|February|March|April|May|June|July|August|September|October|November|December|last|then)\b)"
)
_DASHED: Final = re.compile(
    r"\s[–—]\s[^–—]{3,130}\s[–—]\s(?=(?:about|to|on|for|over|in|at|with|from|of|and|that|which|who|has|have|is|are|was|were|will|would|said|announced|told|rejected|agreed)\b)"
)
_STARTS: Final = re.compile(r"to\s+(?:be|replace|start|begin|run|take|come|cover|continue)\b")
_AUXILIARIES: Final = ("is", "are", "was", "were", "has", "have", "had", "will", "would")
_RELATIVES: Final = ("which", "who")
_PRONOUNS: Final = ("it", "they", "he", "she", "there", "we")
_CONJUNCTIONS: Final = ("but", "though", "although", "while", "whilst", "whereas", "with", "and", "so")
_BARE_VERB: Final = re.compile(rf"(?:then |also |recently |subsequently |later )?(?:{'|'.join(_AUXILIARIES)})\b")
#: "councils then required to submit data", behind "with".
_ABSOLUTE: Final = re.compile(r"(?:\S+\s){1,5}(?:then\s)?\w+(?:ed|ing)\b")
#: "councils then required to submit data", of what is to come.
_DONE_TO: Final = re.compile(
    r"^((?:[\w’-]+\s){0,4}?[\w’-]+)\s(?:then\s)?((?:requir|ask|allow|invit|encourag|forc)ed)(?=\sto\s)"
)
#: "With the board saying it planned".
_SAYING: Final = re.compile(r"(?P<who>(?:[\w’-]+\s){1,8}?)(?:saying|adding|warning|insisting|arguing)\s")
_CONJUNCTION: Final = re.compile(r"^(?:and|but|while|though|although)\s")
_SPEECH: Final = ("said", "says", "told", "added")
_ASIDE: Final = re.compile(
    r"^([^,–—]{3,90}),\s[^,]{3,90}(?:,\s[^,]{3,60})?,\s(?=(?:has|have|is|are|was|were|will|would|said|told|to be"
    r"|spoke|announced)\b)"
)
#: ", in which some are based," behind the subject.
_RELATIVE_ASIDE: Final = re.compile(
    r",\s(?:(?:in|of|for|to|under|by|from|on|at|with|through|upon)\s)?(?:which|who|whose|where)\b(?:[^,]|,(?=\d)){3,110},\s"
)
_NEAR_WORDS: Final = 14
_SAID: Final = re.compile(r"^(?:he|she|it|they)\s+(?:said|says|added|hoped|expected|believed)\s+", re.IGNORECASE)
#: What may stand between "which" and its verb.
_ADVERBS: Final = re.compile(
    r"(?:(?:\w+ly|also|now|then|first|last|since|just|still|already|in turn|has|have|is|are|was|were)\s)*"
)
#: What is said between two commas of when and under what something is done.
_CIRCUMSTANCE: Final = re.compile(
    r",\s(?:(?:under(?! which)|contained in|set out in|by|on(?! which)|from(?! which)|for the first time"
    r"|at the time|prior to|following|including|as part of|in line with|along with|alongside|after|before|if|where"
    r"|when)\s[^,]{3,70}|in an?\s(?:new\s|joint\s)?(?:report|letter|statement|speech|response|review|survey|paper)\b"
    r"[^,]{0,50}),(?=\s)"
)
#: "The board, the minister said, met".
_SAID_ASIDE: Final = re.compile(r",\s(?:the|an?|[A-Z])[^,]{2,50}\s(?:said|says|added),\s")
#: What a sentence goes on with behind a relative clause: "…, which was worth £5m, until March".
_GOES_ON: Final = re.compile(r"(?:to|until|from|for)\s")
#: "To pilot, in two areas from May, a new form": the object comes late.
_OBJECT_LATE: Final = re.compile(
    r"(?P<verb>\b(?:to|will|would)\s\w+|\b[A-Z]\w+\s\w+(?:s|ed)),\s(?:in|at|on|within|over|during|from|with)\s[^,]{3,60},"
    r"(?=\s(?:an?|the|its|their|up to|£|\d))"
    r"|(?P<asked>\b(?:ask(?:s|ed)?|urg(?:es|ed|e)|told|tells?|invit(?:es|ed|e)|order(?:s|ed)?|call(?:s|ed)? on"
    r"|requir(?:es|ed|e)|instruct(?:s|ed)?)\s[^,]{2,60}),\s(?:in|at|on|within|over|during)\s[^,]{3,60},(?=\sto\s)"
)
#: "The board launched a pilot that is small | and will end": which of the two ends can't be told.
_TOLD_WITHIN: Final = re.compile(
    r"(?:ed|set|put|has|have|is|are|was|were|will)\b.*\b(?:that|which|who)\s(?:is|are|was|were|has|have|had|will|would)\b[^,]*$"
)
#: What stands before the subject: "Under the bill, new homes".
_FRONT: Final = re.compile(r"^[^,]{3,90},\s")
#: "The minister told peers that all of the fund | would go": it is the fund that would.
_SAID_THAT: Final = re.compile(
    rf"^(?:(?!,\s(?:which|who)\b|\bit\s).)*\b(?:told|noting|saying|adding|warning|{load_words().reporting})\b[^,]*?\sthat\s"
)
_OWNED: Final = 4
_SAID_OF: Final = re.compile(r"\bthat\s(?P<who>[^,]{3,60}),\s[^–—]*$")
_VERB_NEXT: Final = re.compile(rf",\s(?=(?:{'|'.join(_AUXILIARIES)})\b)")
#: "…, on which a poll opened in May", "…, which opened in May", at the end.
_LAST_RELATIVE: Final = re.compile(
    r",\s(?:(?P<preposition>in|of|for|to|under|by|from|on|at|with|through|upon)\s)?(?:which|who)\s(?P<inner>[^,]+)$"
)


def as_main_clause(event: PolicyEvent) -> str:
    """The event's own clause so that it can stand alone; with the main clause before it where it can't."""
    quote = event.quote
    start, end = own_clause(event)
    clause, before = quote[start:end], quote[:start]
    if start == 0 and event.date_basis == "publication" and _ASIDE.match(quote):
        return quote  # what is said beside the subject isn't the news
    if start == 0:
        clause = _rejoined(event, end) or clause
        rest = _SUBORDINATOR.sub("", clause)
        return rest if rest != clause and end < len(quote) and has_verb(rest) and not GERUND.match(rest) else clause
    first = fold_first(clause)
    if first in _SPEECH:
        return before
    if first in _PRONOUNS:
        return quote if len(clean(strip_fronts(quote))) <= LONGEST else clause
    if fold_first(before) in load_words().bases:
        return quote[:end]  # an item of a list that begins with a verb: "Extend the fund, which …"
    leans = verb_pattern().match(clause) is not None or first in (
        "whose",
        *_RELATIVES,
        *_AUXILIARIES,
        *_CONJUNCTIONS,
        "to",
    )
    return _with_subject(event, clause, before) or (
        clause if opens_subordinate(before) and has_verb(clause) and not leans else quote[:end]
    )


def _rejoined(event: PolicyEvent, end: int) -> str:
    """The first clause with what follows an aside that it was broken off at; empty where it is whole.

    "The board asked the ministry, in the course of May, | to act", "It opened the fund, which …, | to all carers",
    "It said that its ruling, by X, | had been wrong".
    """
    quote = event.quote
    late = _OBJECT_LATE.search(quote)
    if late and late.start() < end <= late.end():
        return _OBJECT_LATE.sub(_without_circumstance, quote, count=1)
    aside = _RELATIVE_ASIDE.search(quote)
    if aside and aside.start() == end and _GOES_ON.match(quote, aside.end()) and has_verb(quote[:end]):
        return f"{quote[:end]} {quote[aside.end() :]}"
    said, verb = _SAID_OF.search(quote[:end]), _VERB_NEXT.match(quote, end)
    if said and verb and event.amount is None and not has_verb(said["who"]):
        last = next((last for first, last in split_clauses(quote) if first == verb.end()), len(quote))
        return f"{quote[: said.end('who')]} {quote[verb.end() : last]}"
    return ""


def _with_subject(event: PolicyEvent, clause: str, before: str) -> str:
    """A clause that leans on the one before it, with its subject; empty where that isn't certain."""
    first, _, rest = clause.partition(" ")
    before = _what_is_said(before)
    first, subject = first.lower().strip(","), subject_of(before)
    if first in _RELATIVES:
        near = " ".join(before.split()[-_NEAR_WORDS:])
        named = find_name(near, event.policies) or find_kind(near, event.policies)
        is_main = not has_verb(before.strip(" ,").rpartition(" ")[0]) and fold_first(subject) not in gerunds()
        name = named or ((whole_noun(before) or subject) if is_main else "")
        name = name or (noun_before(before.rstrip(" ,"), event, {}) if before.rstrip().endswith(",") else "")
        rest = _SAID.sub("", re.sub(r"^\s*,[^,]{2,40},\s*", "", rest))
        if event.type == "publication" and not named and len(before.split()) > LONG_SUBJECT:
            name = document_before(before) or name
        verb = verb_pattern().search(rest)
        return f"{name} {rest}" if name and verb and _ADVERBS.fullmatch(rest[: verb.start()]) else ""
    if first == "whose" and event.policies:
        verb = verb_pattern().search(rest)
        owned = rest[: verb.start()].strip() if verb else ""
        return (
            f"{owned} of {event.policies[0]} {rest[verb.start() :]}"
            if verb and 0 < len(owned.split()) <= _OWNED
            else ""
        )
    if first in _AUXILIARIES or verb_pattern().match(clause):
        subject = subject_of(_FRONT.sub("", before)) if load_words().fronts.match(before) else subject
        return f"{subject} {clause}" if subject else ""
    if first == "and" and has_own_subject(clause):
        return rest
    if first in _CONJUNCTIONS:
        return _with_joined_subject(event, clause, before, subject)
    if first == "to" and _STARTS.match(clause):
        is_named = not event.policies or find_name(clause, event.policies[:1])
        name = subject if not has_verb(before) else "" if is_named else event.policies[0]
        return f"{name} {clause}" if name else ""
    return ""


def _with_joined_subject(event: PolicyEvent, clause: str, before: str, subject: str) -> str:
    """The same for a clause that a conjunction, or "with", joins to the one before it."""
    first, _, rest = clause.partition(" ")
    first = first.lower().strip(",")
    saying = _SAYING.match(rest)
    if saying and not has_verb(saying["who"]):
        return f"{saying['who']}said {rest[saying.end() :]}"
    if (made := absolute(clause, event.status)) and not has_bad_fault(made):
        return made
    rest = re.sub(r"^(?:then|that)\s+", "", rest)
    if first == "and" and fold_first(rest) in load_words().past and (who := _last_subject(before)):
        return f"{who} {rest}"
    if _BARE_VERB.match(rest):
        if relative := _LAST_RELATIVE.search(before):
            return f"{who} {rest}" if (who := _told_in(event, before, relative)) else ""
        if _TOLD_WITHIN.search(before):
            return ""
        return f"{subject} {rest}" if subject else ""
    if first == "with" and event.status in _OPEN:
        rest = _DONE_TO.sub(r"\1 to be \2", rest, count=1)
    is_whole = _ABSOLUTE.match(rest) if first == "with" else has_verb(rest)
    return rest if is_whole else ""


def _told_in(event: PolicyEvent, before: str, relative: re.Match[str]) -> str:
    """Whom the last relative clause tells of: "a poll", of "…, on which a poll opened" or "a poll, which opened"."""
    if not relative["preposition"]:
        return noun_before(before[: relative.start()], event, {})
    verb = next(iter(find_verbs(relative["inner"])), None)
    return relative["inner"][: verb.start()].strip() if verb else ""


def _last_subject(before: str) -> str:
    """Who does what the last main clause says: "ministers", of "but ministers put it off in May, citing cost"."""
    clauses = [before[start:end] for start, end in split_clauses(before.rstrip(" ,"))]
    for clause in reversed(clauses):
        text = strip_fronts(_CONJUNCTION.sub("", clause))
        verb = next(iter(find_verbs(text)), None)
        subject = subject_of(text[: verb.start()]) if verb else ""
        if subject and fold_first(subject) not in (*_PRONOUNS, *_RELATIVES):
            return subject
    return ""


def _what_is_said(before: str) -> str:
    """What stands before a clause without "the minister told peers that", unless what is said begins with a pronoun."""
    said = _SAID_THAT.match(before)
    first = fold_first(before[said.end() :]) if said else ""
    is_name = (
        first and first not in (*_PRONOUNS, "this") and not before.startswith(("“", "‘"), said.end() if said else 0)
    )
    return before[said.end() :] if said and is_name else before


def drop_aside(text: str) -> str:
    """The subject without what is said of it between commas: "The panel, led by X, has" becomes "The panel has"."""
    text = _SAID_ASIDE.sub(", ", _DASHED.sub(" ", text, count=1), count=1)
    text = _ASIDE.sub(r"\1 ", text, count=1)
    relative = _RELATIVE_ASIDE.search(text)
    if relative:
        behind = verb_pattern() if not has_verb(text[: relative.start()]) else _GOES_ON
        if behind.match(text, relative.end()):
            text = f"{text[: relative.start()]} {text[relative.end() :]}"
    return _OBJECT_LATE.sub(_without_circumstance, _CIRCUMSTANCE.sub("", text, count=1), count=1)


def _without_circumstance(match: re.Match[str]) -> str:
    return match["verb"] or match["asked"]
