"""A line that says what happened: who does what to which policy, at most 90 characters.

    quote ─▶ own clause ─▶ without fronts and "X said" ─▶ names put in ─▶ present tense ─▶ hedged ─▶ cut

The words are those of the sentence, so a title claims nothing that the sentence doesn't. Where a thing has not
happened (``status``) and the cut sentence no longer shows it, a word is put before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import own_clause
from pipeline.timeline.headline import (
    drop_article,
    drop_brackets,
    drop_stale_dates,
    has_verb,
    load_words,
    shorten,
    strip_fronts,
    tell_in_present,
    verb_pattern,
)
from pipeline.timeline.subjects import find_name, label_of, name_document, name_subject, short_names, strip_speech

LONGEST: Final = 90
_LABEL_ROOM: Final = 40
_ITEM_LABEL: Final = re.compile(r"^[A-Z][\w’' -]{2,50}(?::| –)\s+(?=\S)")
_SPACE_BEFORE: Final = re.compile(r"\s+(?=[,.;:])")
_GERUND: Final = re.compile(r"^(\w+)ing\b")


def make_title(event: PolicyEvent, acronyms: Mapping[str, str] | None = None) -> str:
    """The event in a line; ``acronyms`` are those that the articles use, by the name that they stand for.

    Never empty for a quote that isn't.
    """
    acronyms = acronyms or {}
    draft = name_document(event, acronyms) or _draft(event, acronyms)
    return _finish(event, draft, acronyms)


def _draft(event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The event's clause as a main clause, with its subject named."""
    text = _ITEM_LABEL.sub("", clean(as_main_clause(event)))
    text = strip_fronts(text)
    text, is_reported = strip_speech(text, event)
    text = strip_fronts(text)
    if is_reported:
        text = re.sub(r"\bwould\b(?!\s+(?:not|only|like)\b)", "will", text, count=1)
    text = short_names(text, event, acronyms)
    if not has_verb(text):
        text = _give_verb(text, event, acronyms)
    return name_subject(text, event, acronyms)


def clean(text: str) -> str:
    """One line without brackets, the list marker and the quotation marks around it."""
    text = _SPACE_BEFORE.sub("", drop_brackets(" ".join(text.split())))
    return text.lstrip("•–—- ").strip("“”\" ")


def as_main_clause(event: PolicyEvent) -> str:
    """The event's own clause so that it can stand alone; with the main clause before it where it can't."""
    quote = event.quote
    start, end = own_clause(event)
    clause, before = quote[start:end], quote[:start]
    if start == 0:
        return clause
    first, _, rest = clause.partition(" ")
    first = first.lower().strip(",")
    if first in ("which", "who"):
        name = find_name(before[-80:], (*event.policies, *event.organisations))
        return f"{name} {rest}" if name and has_verb(rest) else quote[:end]
    if first in ("but", "though", "although", "while", "whilst", "whereas", "with", "and", "so"):
        rest = re.sub(r"^(?:then|that)\s+", "", rest)
        if re.match(r"(?:then |also |recently |subsequently |later )?(?:will|would|is|are|was|were|has|have|had)\b", rest):
            subject = verb_pattern().split(strip_fronts(clean(before)), maxsplit=1)[0].strip()
            return f"{subject} {rest}" if 0 < len(subject.split()) <= 8 else quote[:end]
        if first == "with":
            return rest if re.match(r"(?:\S+\s){1,5}(?:then\s)?\w+(?:ed|ing)\b", rest) else quote[:end]
        return rest if has_verb(rest) else quote[:end]
    if first == "to" and event.policies and find_name(clause, event.policies[:1]) is None:
        return f"{event.policies[0]} {clause}"
    if first in ("it", "they", "he", "she", "there", "we"):
        return clause
    return quote[:end]


def _give_verb(text: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """An item of a list, which has no verb, with its actor and what it does: "DfE plans support for councils"."""
    verb = load_words().verbs.get(event.type)
    if verb is None or not event.organisations or event.status not in ("planned", "proposed", "conditional"):
        return text
    actor = acronyms.get(event.organisations[0], event.organisations[0])
    if _GERUND.match(text):
        verb = "proposes" if event.status == "proposed" else "plans"
    thing = text[:1].lower() + text[1:] if not text[:2].isupper() else text
    return f"{actor} {verb} {thing}"


def _finish(event: PolicyEvent, draft: str, acronyms: Mapping[str, str]) -> str:
    """The draft in the tense of headlines, hedged and cut."""
    actors = (*event.organisations, *acronyms.values())
    text = drop_article(drop_stale_dates(tell_in_present(draft, actors)))
    words = load_words()
    label = label_of(text, event, acronyms)
    room = LONGEST - (len(label) + 2 if label else 0)
    short = shorten(text, room)
    hedge = words.hedges.get(event.status)
    if hedge is not None and not hedge.search(short):
        marker = words.markers[event.status]
        short = f"{marker}: {shorten(text, room - len(marker) - 2)}"
    return f"{label}: {short}" if label else short
