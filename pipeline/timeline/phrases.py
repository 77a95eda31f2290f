"""Phrases of a sentence that a title is made of: its subject, a whole noun phrase, the word for a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.cuewords import load_cues
from pipeline.timeline.headline import drop_brackets, fold_first, has_verb, load_words, strip_fronts, verb_pattern
from pipeline.timeline.hedging import NOUNS_TOO
from pipeline.timeline.subjects import find_name
from pipeline.timeline.wording import fold

_SPACE_BEFORE: Final = re.compile(r"\s+(?=[,.;:])")
LONG_SUBJECT: Final = 10
#: Words of a noun phrase.
LONGEST_NOUN: Final = 12
#: Words of a subject that only points: "the first", "the latest".
POINTING: Final = "first|second|third|fourth|last|latest|other|former|latter|newest|biggest|largest"
OWNER: Final = re.compile(r"^(?:its|their|his|her)\s+", re.IGNORECASE)
_NOUN_START: Final = re.compile(
    r".*\b(?:the|an?|its|their|his|her|this|these|last year[’']s|this year[’']s)\s+(?=\S)", re.IGNORECASE
)
_PREPOSITION: Final = re.compile(
    r"^(?:and\s+)?(?:in|on|at|by|from|with|to|of|for|under|through|following|after|since|alongside|about|as"
    r"|according to|showed|shows|show)\s+",
    re.IGNORECASE,
)
#: "A board, on a new footing, which will meet".
_ASIDE: Final = re.compile(r"(?:on|with|as)\s(?:an?|the)\s")
#: "Spent 16 months on the inquiry": the inquiry.
_COUNTED: Final = re.compile(r"^(?:\d+|[a-z]+s)\s(?:[a-z]+s\s)?(?:on|in|into|at)\s(?=(?:the|an?)\s)")
#: "The aim of the guidance": the guidance.
_AIM_OF: Final = re.compile(r"^(?:the\s)?(?:aim|purpose|goal|point|focus|result)\sof\s(?=the\s)", re.IGNORECASE)
#: "In a consultation on the policy": the consultation.
_IN_DOCUMENT: Final = re.compile(
    r"(?:in|under|from|with|through|to)\s(?=(?:an?|its|the|their)\s(?:[a-z-]+\s)?(?:consultation|report|paper|letter"
    r"|statement|survey|study|speech|response)\b)",
    re.IGNORECASE,
)
#: "The State of the Nation survey": not "the Nation survey".
_NAME_OF: Final = re.compile(r"\b[A-Z]\w+\sof\s(?:the|an?)\s$")
#: "Would set up a board": the board.
_HELPED: Final = re.compile(
    r"\s(?:also\s|then\s)?(?P<verb>[a-z]+)(?:\s(?:up|out|off|down|aside|back|forward))?(?=\s(?:the|an?|its|new)\s)"
)
DOING_IT: Final = re.compile(r"(?!training|funding)[a-z]+ing\s(?:with|to|on|in|for|the|an?|its|their)\b", re.IGNORECASE)
_DETERMINED: Final = re.compile(
    r"\b(?:the|its|their|his|her|these|those|new|more|all|such|of|for|on)\s(?:[a-z-]+\s)?$", re.IGNORECASE
)
_NO_VERB: Final = re.compile(r"\b\w+(?:ed|en|un)(?=\sby\s)")
#: "A pilot that | was promised": the subject is the pilot.
_RELATIVE_END: Final = re.compile(r"\s(?:that|which|who)$")
HANGS: Final = re.compile(r"\b(?:the|an?|its|their|of|in|on|to|for|by|with|from|and|or|as|than)$")


def clean(text: str) -> str:
    """One line without brackets, the list marker and the quotation marks around it."""
    text = _SPACE_BEFORE.sub("", drop_brackets(" ".join(text.split())))
    return text.lstrip("•–—- ").strip('“”" ')


def document_before(before: str) -> str:
    """The last word for a document with what stands behind it: "resources to keep staff"; empty without one."""
    folded = fold(before)
    found = [match for pattern in load_cues()["documents"].values() for match in pattern.finditer(folded)]
    last = max(found, key=lambda match: match.start(), default=None)
    phrase = before[last.start() :].strip(" ,") if last else ""
    return phrase if phrase and len(phrase.split()) <= LONG_SUBJECT and not has_verb(phrase.partition(" ")[2]) else ""


def whole_noun(before: str) -> str:
    """A short noun phrase as it is, its last word taken for a noun even where it could be a verb."""
    text = strip_fronts(clean(before)).rstrip(" ,")
    is_noun = bool(re.match(r"(?:the|an?|its|their|this)\b", text, re.IGNORECASE)) and ", " not in text
    return text if is_noun and len(text.split()) <= LONG_SUBJECT else ""


def subject_of(before: str) -> str:
    """What stands before the first verb, or all of it where there is none; empty where that is no short noun phrase."""
    text = strip_fronts(clean(before)).rstrip(" ,")
    verbs = [match for match in verb_pattern().finditer(text) if not _is_noun(text, match)]
    subject = (text[: verbs[0].start()] if verbs else text).split(", ")[0].strip()
    subject = _RELATIVE_END.sub("", subject)
    words = subject.split()
    is_fit = 0 < len(words) <= LONG_SUBJECT and words[0].lower() not in load_words().bases
    return subject if is_fit and not HANGS.search(subject.lower()) else ""


def _is_noun(text: str, verb: re.Match[str]) -> bool:
    """Whether what looks like a verb is a noun in the plural: "the reforms", "its plans"."""
    return NOUNS_TOO.fullmatch(verb[0]) is not None and _DETERMINED.search(text, 0, verb.start()) is not None


def noun_before(text: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The noun phrase at the end of a text, with its owner named; empty where none can be told apart."""
    pieces = re.split(r"[,;:]\s|\s[–—]\s", text)
    piece = pieces[-2] if len(pieces) > 1 and _ASIDE.match(pieces[-1]) else pieces[-1]
    verbs = [
        match.end()
        for match in verb_pattern().finditer(piece)
        if not NOUNS_TOO.fullmatch(match[0]) and not piece.startswith(" by ", match.end())
    ]
    helped = _HELPED.match(piece, verbs[-1]) if verbs else None
    if helped and helped["verb"] in load_words().bases:
        verbs.append(helped.end())
    rest = piece[verbs[-1] :] if verbs else piece
    piece = (rest if len(rest.split()) > 1 else piece).strip().removeprefix("that ")
    piece = _AIM_OF.sub("", _COUNTED.sub("", piece))
    document = _IN_DOCUMENT.match(piece)
    if document:
        piece = piece[document.end() :]
    elif len(piece.split()) > LONGEST_NOUN // 2 or _PREPOSITION.match(piece):
        start = _NOUN_START.match(piece, 0, _end_of_document(piece))
        inner = _NAME_OF.search(start[0]) if start else None
        start = _NOUN_START.match(piece, 0, inner.start() + 1) if inner else start
        article = re.search(r"(\S+)\s+$", start[0]) if start else None
        piece = (article[1] + " " + piece[start.end() :]) if start and article else _PREPOSITION.sub("", piece)
    if OWNER.match(piece):
        actor = event.organisations[0] if len(event.organisations) == 1 else ""
        actor = actor if find_name(event.quote, (actor,)) else ""
        name = acronyms.get(actor, actor)
        owner = "" if not name else f"{name}’ " if name.endswith("s") else f"{name}’s "
        piece = OWNER.sub(owner, piece)
    is_fit = (
        "," not in piece
        and 0 < len(piece.split()) <= LONGEST_NOUN
        and re.search(r"[A-Za-z]{3}", piece)
        and not HANGS.search(piece)
        and not DOING_IT.match(piece)
        and not has_verb(_NO_VERB.sub(" ", NOUNS_TOO.sub(" ", piece)))
    )
    return piece if is_fit and fold_first(piece) not in load_words().pronouns else ""


def _end_of_document(piece: str) -> int:
    """Where the last word for a document begins, or the end: the noun phrase is that around it."""
    folded = fold(piece)
    places = [match.start() for pattern in load_cues()["documents"].values() for match in pattern.finditer(folded)]
    return max(places, default=len(piece))
