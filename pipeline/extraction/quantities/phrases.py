"""Pieces of a sentence as noun phrases: what stands before a verb, what follows a number, cleaned of dates and frame.

Pure functions over text. There is no parser: clauses are cut at the words and marks that begin one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.extraction.quantities.gates import has_piece, in_small_letters, last_word

#: The longest measure, in words: longer ones are whole clauses.
MAX_WORDS: Final = 22


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: Where a clause begins, seen from a number or verb behind it; for text in small letters, and so is the next.
_CLAUSE_START: Final = re.compile(
    r"[;:“”\"\n(]|,\s+(?:with|while|but|and|as|which|meaning|bringing|leading|"
    r"taking|making|representing|whereas|though|although|when|where|who|whose)\s|"
    r",\s(?!(?:[\w’'-]+\s){1,3}and\s)|\s[–—]\s|"
    r"\b(?:(?:while|whilst|whereas|although|though|meaning|because|after(?<!looked after)(?<!looking after)|when|where|since|if|whether|despite)"
    r"(?<!-while)(?<!-since)(?<!-after)(?<!-when)(?<!-where)(?<!-if)\s|"
    r"(?:reports?\s+that|(?:figures|data|statistics|results|findings)\s+(?:show|reveal|suggest|indicate)(?:\s+that)?(?=\s)|argue[sd]?\s+that|announced\s+that|show\s+that|show(?=\s+(?:only|just)\b)|showed|shows|showing|revealed|reveals|found|finds|said|says|suggested|"
    r"suggests|noted|notes|confirmed|added|warned|estimated|estimates|indicated|"
    r"indicates|highlighted|highlights|referenced|charted|recorded|means|mean|"
    r"fact|evidence|told|claimed|concluded|calculated)\b(?:\s+(?:today|yesterday|"
    r"also|last\s+\w+|this\s+\w+))?(?:\s+that)?\s|"
    r"and\s+(?=the\s+(?:number|proportion|percentage|share|rate|average)\b)|"
    r"(?:(?:well|far|just)\s+)?(?:below|above|than(?!\s+(?:doubl|halv|trebl|tripl|quadrupl|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?:years?|months?|weeks?|days?|miles)\b)))\s|"
    r"(?:reported|that)\s+(?:that\s+)?(?:(?:over|about|some|just|more\s+than|around|nearly|almost|only)\s+)?$|"
    r"that\s+(?=there|the|a|an|over|about|some|just|more|\d)|but\s|with\s+(?=the\b|their\b|its\b|"
    r"numbers\b|\w+\s+(?:rate|number|proportion|spending|staff)))"
)
#: Where a phrase behind a number ends.
_PHRASE_END: Final = re.compile(
    r"[.;:!?)\]”\"\n]|,\s+(?:up|down|compared|while|with|which|but|according|"
    r"said|found|although|though|meaning|as|including|representing|rising|falling|"
    r"from|a\s+(?:rise|fall|drop|"
    r"increase|decrease|reduction)|the\s+(?:highest|lowest|largest|biggest|first)|"
    r"whereas|and|an?\b|making|after|despite|in\s+line|under|following|in|on|"
    r"when|where|who|whose|to|by|or|not|because|so|bringing|followed|equivalent|"
    r"despite)\b|,\s+\d|,\s+(?:also\s+)?\w+ing\b(?!\s+(?:or|and)\b)|,\s+(?:was|"
    r"were|is|are|has|have|had)\b|"
    r",\s+[^,.;]{0,60}?\b(?:figures?|data|reports?|statistics|surveys?|polls?|"
    r"research|analysis|study|studies)\s+(?:(?:has|have|had)\s+)?(?:show|reveal|"
    r"f[io]u?nd|suggest)|"
    r"\bsince\s+(?:the|its|their|last|then|(?:19|20)\d\d)\b|\bout\s+of\s+(?:the\s+)?\d|"
    r"\b(?:which|that)\s+(?:is|was|were|are)\s+(?:\w+\s+)?[£\d]\S*\s+(?:fewer|more|less|higher|lower)\b|"
    r"\s[–—]\s|\s\(|\bwith\s+(?:the|an?)\s+(?:average|total|number|proportion|rate|vacancy|median)\b|\b(?:compared\s+(?:with|to)|up\s+from|down\s+from|while|whilst|whereas|but\s+(?!(?:were|was|are|is|had|have|has|still|not)\b)|"
    r"according\s+to|although|despite|as\s+of|as\s+at|following\s+an?)\b|\bthan\s+(?:in|"
    r"the\s+previous|a\s+year|last)\b|,\s*$"
)
_LEADING: Final = _compile(
    r"(?:[\s,–—“\"'‘(-]+|[£\d][\d.,]*(?:%|m|bn|k)?(?=\s|$)|fewer(?=\s)|followed\s+by\s|"
    r"according\s+to\s|(?:and|but|or|that|while|with|as|also|however|meanwhile|"
    r"overall|likewise|similarly|then|so|now|there\s+(?:was|were|is|are|ha[sd]\s+been|"
    r"have\s+been)|it|its|their|the|an?|this|these|those(?!\s+(?:who|that|in|with|aged|from|[a-z]+ing|[a-z]+ed)\b)|"
    r"[a-z]+ly,|(?:just|well)\s+(?:under|over)|some|about|around|of|in|at|for|by|to|from|on|just|only|over|nearly|almost|"
    r"more\s+than|up|down|was|were|is|are|been|being|meaning|among|respectively|"
    r"total\s+of|number\s+of|numbers\s+of|percentage\s+of|record\s+number\s+of|"
    r"annual\s+number\s+of|average\s+number\s+of)\b\s*)+"
)
_LOOSE: Final = " \t\n\r\xa0,–—”\"'(-"
_LOOSE_WORDS: Final = frozenset(
    {
        "a", "about", "almost", "also", "an", "and", "approximately", "are", "around", "as", "at", "average",
        "be", "been", "being", "between", "but", "by", "compared", "currently", "did", "down", "during",
        "equivalent", "for", "from", "further", "had", "has", "have", "high", "hit", "in", "is", "it", "its",
        "just", "low", "more", "nearly", "new", "now", "of", "on", "only", "or", "over", "per", "reached",
        "record", "respectively", "roughly", "since", "some", "stands", "stood", "than", "that", "the", "their",
        "then", "these", "this", "those", "to", "totalled", "totalling", "up", "was", "were", "which", "while",
        "who", "with",
    }
)  # fmt: skip
_NUMBER_OF: Final = _compile(
    r"\b(?:total\s+|overall\s+|average\s+|annual\s+|record\s+)?(?:numbers?|percentages?|"
    r"amount|total|level|levels)\s+of\s+"
)
_NUMBER_STEMS: Final = ("number", "percentage", "amount", "total", "level")
#: One of these stands in every frame.
_FRAME_STEMS: Final = (
    "terms", "respectively", "of the t", "average", "across", "same time", "total", "whole", "year", "overall",
    "in part", "so far", "to date",
)  # fmt: skip
_FRAME: Final = _compile(
    r"\b(?:in\s+(?:real|cash)[-\s]terms|respectively|of\s+the\s+(?:total(?!\s+[a-z])|then)|"
    r"on\s+average|across\s+the\s+board|at\s+the\s+same\s+time|in\s+total|as\s+a\s+whole|"
    r"each\s+year|a\s+year(?!\s+old)|last\s+year|overall|in\s+part|so\s+far|to\s+date)\b"
)
_PREPOSITION_OF_DATE: Final = _compile(
    r"(?:,?\s*\b(?:in|at|on|by|from|for|during|over|since|between|until|of|as\s+of|"
    r"as\s+at|through|throughout|within|the\s+year\s+to)\s+(?:the\s+)?)$"
)
#: No preposition of a date with its article is longer, in characters.
_TAIL: Final = 24
#: What a preposition of a date can end in.
_LAST_OF_PREPOSITION: Final = frozenset(
    {
        "at", "by", "during", "for", "from", "in", "of", "on", "over", "since", "the", "through", "throughout", "to",
        "until", "within", "between",
    }
)  # fmt: skip
_ASIDE: Final = re.compile(r"\([^()]*\)|\s[–—]\s[^–—]{1,160}?\s[–—](?=[\s,])")


def blank(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """``text[start:end]`` with the spans (dates, numbers) as blanks of the same length, prepositions of dates kept."""
    out = list(text[start:end])
    for low, high in spans:
        for at in range(max(low, start), min(high, end)):
            out[at - start] = " "
    return "".join(out)


def without_dates(text: str, start: int, end: int, dates: Sequence[tuple[int, int]]) -> str:
    """``text[start:end]`` with the dates and the prepositions before them taken out."""
    kept, at = [], start
    for low, high in dates:
        if high <= at or low >= end:
            continue
        head = text[at : max(at, low)]
        if head[-1:].isspace() and last_word(head) in _LAST_OF_PREPOSITION:
            head = head[:-_TAIL] + _PREPOSITION_OF_DATE.sub("", head[-_TAIL:])
        kept.append(head)
        at = min(high, end)
    kept.append(text[at:end])
    return " ".join(kept)


@lru_cache(maxsize=256)
def last_clause(before: str) -> str:
    """The clause that a text ends in.

    >>> last_clause("The ADCS found that councils accepted ")
    'councils accepted '
    """
    start = 0
    for match in _CLAUSE_START.finditer(in_small_letters(before)):
        start = match.end()
    return before[start:]


@lru_cache(maxsize=256)
def first_phrase(after: str) -> str:
    """What a text begins with, up to where the phrase ends.

    >>> first_phrase(" FTE social workers joined a new employer, up from ")
    ' FTE social workers joined a new employer'
    """
    match = _PHRASE_END.search(in_small_letters(after), 1) if after else None
    return after[: match.start()] if match else after


def _without_loose_end(phrase: str) -> str:
    """A phrase without the particles and marks that it ends in.

    >>> _without_loose_end("staff, and more than")
    'staff'
    """
    end = len(phrase)
    while end:
        at = end
        while at and (phrase[at - 1].isalnum() or phrase[at - 1] == "_"):
            at -= 1
        word = phrase[at:end].casefold()
        if at == end:
            if phrase[at - 1] not in _LOOSE and not phrase[at - 1].isspace():
                break
            end -= 1
        elif word in _LOOSE_WORDS or word == "percent":
            end = at
        elif word == "cent" and phrase[:at].casefold().rstrip().endswith("per"):
            end = len(phrase[:at].rstrip()) - 3
        else:
            break
    return phrase[:end]


@lru_cache(maxsize=256)  # the numbers of a sentence ask for the same pieces of it
def tidy(phrase: str) -> str:
    """A phrase as a measure: without articles, asides, frame words and loose ends; "" where nothing is left.

    >>> tidy("and the number of children’s social workers was")
    'children’s social workers'
    """
    if "(" in phrase or "–" in phrase or "—" in phrase:
        phrase = _ASIDE.sub(" ", phrase)
    phrase = " ".join(phrase.split())
    lowered = phrase.lower()
    if has_piece(lowered, _FRAME_STEMS):
        phrase = " ".join(_FRAME.sub(" ", phrase).split())
    for _ in range(3):
        before = phrase
        leading = _LEADING.match(phrase)
        phrase = _without_loose_end(phrase[leading.end() :] if leading else phrase).strip(" ,–—“”\"()'‘")
        if phrase == before:
            break
    if " of " in phrase and has_piece(phrase.lower(), _NUMBER_STEMS):
        phrase = _NUMBER_OF.sub("", phrase)
    words = phrase.split()
    return " ".join(words[:MAX_WORDS])


def with_article(text: str, phrase: str) -> str:
    """A phrase behind a preposition: with the "the" that it has in the text.

    >>> with_article("money for the Safer Starts pilot", "Safer Starts pilot")
    'the Safer Starts pilot'
    """
    at = text.find(phrase[:24])
    return f"the {phrase}" if at >= 4 and text[at - 4 : at].lower() == "the " else phrase


_NO_VERB: Final = (
    r"aged|qualified|mixed|registered|looked|disabled|experienced|unaccompanied|"
    r"employed|related|based|led|needed|trained|"
    r"advanced|skilled|supported|assessed|assisted|accredited|licensed|dedicated|"
    r"named|combined|estimated|proposed|planned|"
    r"integrated|targeted|committed|required|deprived|detained|educated|commissioned|"
    r"approved|adopted|fostered|placed|allocated"
)
_FINITE: Final = _compile(
    rf"\s(?:is|are|was|were|has|have|had|will|would|could|can|may|might|should|"
    rf"must|do|does|did|said|says|felt|feels?|saw|"
    rf"took|left|made|got|came|went|met|hit|held|kept|lost|won|paid|spent|fell|rose|grew|began|became|told|thought|"
    rf"cited|wanted|continued|exhibited|(?!(?:{_NO_VERB})\b)[a-z]{{3,}}ed)\b"
)
_PEOPLE: Final = _compile(
    r"\b(?:workers|practitioners|respondents|staff|children|carers|leavers|people|adults|families|directors|managers|"
    r"employees|parents|members|applicants|professionals|nurses|teachers|patients|"
    r"residents|women|men|girls|boys|clients|"
    r"those|users|leaders|households|assistants|students|graduates|owners|providers|"
    r"voters|readers|mothers|fathers|teams)$"
)


_RUNNING_ON: Final = re.compile(r"(?:^|\s)(?:that|who|which|whose|to|and|or)$")


def noun_phrase(clause: str) -> str:
    """The part of a clause before its first finite verb.

    >>> noun_phrase("White staff exhibited the opposite trend")
    'White staff'
    """
    match = _FINITE.search(clause)
    if match is None or _RUNNING_ON.search(clause[: match.start()]):
        return clause
    return clause[: match.start()].rstrip(" ,–—") or clause


def as_group(phrase: str) -> str:
    """A subject and its verb as a group of people: "practitioners said …" as "practitioners who said …".

    >>> as_group("practitioners said their workload was too high")
    'practitioners who said their workload was too high'
    """
    match = _FINITE.search(phrase)
    if match is None or " who " in f" {phrase} " or not _PEOPLE.search(phrase[: match.start()]):
        return phrase
    if phrase.startswith(" by ", match.end()):  # polled by somebody: what they did comes behind
        match = _FINITE.search(phrase, match.end())
    return f"{phrase[: match.start()]} who{phrase[match.start() :]}" if match else phrase
