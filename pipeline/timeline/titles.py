"""A line that says what happened: who does what to which policy, at most 90 characters.

    quote ─▶ own clause ─▶ without fronts and "X said" ─▶ names put in ─▶ present tense ─▶ hedged ─▶ cut

The words are those of the sentence, so a title claims nothing that the sentence doesn't. Where a thing has not
happened (``status``) and the cut sentence no longer shows it, a word is put before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from pipeline.lists import unique
from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import date_pattern, opens_subordinate, own_clause
from pipeline.timeline.cuewords import load_cues
from pipeline.timeline.cutting import shorten
from pipeline.timeline.drafts import absolute, name_speaker, other_drafts
from pipeline.timeline.faults import has_bad_fault, has_small_fault
from pipeline.timeline.headline import (
    drop_article,
    drop_brackets,
    drop_stale_dates,
    fold_first,
    gerund,
    has_verb,
    is_hedged,
    load_words,
    strip_fronts,
    tell_in_present,
    third_person,
    verb_pattern,
)
from pipeline.timeline.plain import plain_title
from pipeline.timeline.subjects import (
    find_kind,
    find_name,
    label_of,
    name_document,
    name_subject,
    short_names,
    strip_speaker,
    strip_speech,
)
from pipeline.timeline.wording import fold

LONGEST: Final = 90
_ITEM_LABEL: Final = re.compile(r"^[A-Z][\w’' -]{2,50}(?::| –)\s+(?=\S)")
_SPACE_BEFORE: Final = re.compile(r"\s+(?=[,.;:])")
_GERUND: Final = re.compile(r"^(?!funding|meeting|training|planning)(\w+)ing\b")
_FRONT_GERUND: Final = re.compile(
    r"^(?:While|By|After|Despite)\s+(?!funding|meeting|training|planning)(\w+ing)\s+(?!ended|is|was|has)"
)
_SUBORDINATOR: Final = re.compile(r"^(?:But |And )?(?:When|As|After|Since|Because|Though|Although|While)\s+")
_DASHED: Final = re.compile(
    r"\s[–—]\s[^–—]{3,90}\s[–—]\s(?=(?:that|which|who|has|have|is|are|was|were|will|would|said)\b)"
)
_COMES: Final = re.compile(
    r"^(?:the |this |that |these |those |it |they )?(?:\w+ ){0,4}?(?:comes?|came|follows|followed)\s+"
    r"(?:(?:just\s+)?(?:a|an|the|\w+)?\s*(?:days?|weeks?|months?|years?)?\s*(?:as|after|amid|with"
    r"|ahead of))\s+(?=\S)",
    re.IGNORECASE,
)
_STARTS: Final = re.compile(r"to\s+(?:be|replace|start|begin|run|take|come|cover|continue)\b")
_AUXILIARIES: Final = ("is", "are", "was", "were", "has", "have", "had", "will", "would")
_RELATIVES: Final = ("which", "who")
_PRONOUNS: Final = ("it", "they", "he", "she", "there", "we")
_CONJUNCTIONS: Final = ("but", "though", "although", "while", "whilst", "whereas", "with", "and", "so")
_BARE_VERB: Final = re.compile(rf"(?:then |also |recently |subsequently |later )?(?:{'|'.join(_AUXILIARIES)})\b")
#: "councils then required to submit data", behind "with".
_ABSOLUTE: Final = re.compile(r"(?:\S+\s){1,5}(?:then\s)?\w+(?:ed|ing)\b")
_SPEECH: Final = ("said", "says", "told", "added")
_ASIDE: Final = re.compile(
    r"^([^,–—]{3,90}),\s[^,]{3,90}(?:,\s[^,]{3,60})?,\s(?=(?:has|have|is|are|was|were|will|would|said|told"
    r"|spoke|announced)\b)"
)
#: ", in which some are based," behind the subject.
_RELATIVE_ASIDE: Final = re.compile(
    r",\s(?:(?:in|of|for|to|under|by|from|on|at|with|through)\s)?(?:which|who|whose|where)\b[^,]{3,110},\s"
)
_THAT_IT: Final = re.compile(r"\bthat (it|they) would\b")
_THE_KIND: Final = r"\b(?:the|these)\s(?:new\s|proposed\s|planned\s)?{}(?![\w’'])"
_IF: Final = re.compile(r"\b(?:if|unless|provided)\b", re.IGNORECASE)
_NEAR_WORDS: Final = 14
_SAID: Final = re.compile(r"^(?:he|she|it|they)\s+(?:said|says|added|hoped|expected|believed)\s+", re.IGNORECASE)
_VERB_SOON: Final = 12
#: Titles that begin alike for so many letters are one title, cut differently.
_SAME: Final = 40
#: What is said between two commas of when and under what something is done.
_CIRCUMSTANCE: Final = re.compile(
    r",\s(?:by|on(?! which)|from(?! which)|for the first time"
    r"|at the time|prior to|following|including|as part of|in line with|along with|alongside|after|before|if|where"
    r"|when)\s[^,]{3,70},(?=\s)"
)
_LONG_SUBJECT: Final = 10
_BOUND: Final = "\ue000"


def make_title(event: PolicyEvent, acronyms: Mapping[str, str] | None = None) -> str:
    """The event in a line; ``acronyms`` are those that the articles use, by the name that they stand for.

    Never empty for a quote that isn't.
    """
    acronyms = acronyms or {}
    named = name_document(event, acronyms)
    if named:
        return _finish(event, named, acronyms)
    draft = _draft(event, acronyms)
    title = _finish(event, draft, acronyms)
    is_bad = has_bad_fault(title)
    if not is_bad and not has_small_fault(title, event):
        return title
    others = [_finish(event, _settle(each, event, acronyms), acronyms) for each in other_drafts(event, draft, acronyms)]
    standing = [each for each in others if not has_bad_fault(each)]
    sound = next((each for each in standing if not has_small_fault(each, event)), "")
    if sound or not is_bad:
        return sound or title
    return next(iter(standing), "") or plain_title(event, acronyms, LONGEST) or title


def tell_apart(events: Iterable[PolicyEvent], acronyms: Mapping[str, str]) -> list[PolicyEvent]:
    """The events, of which no two that one sentence tells have one title; in the order given.

    The line stays with the event whose kind the words tell best; the others get the plain one.
    """
    events = list(events)
    alike: dict[tuple[str, str], list[PolicyEvent]] = defaultdict(list)
    for event in events:
        alike[event.quote, _bare(event.title)].append(event)
    plain: dict[str, str] = {}
    for (_, title), own in alike.items():
        if len(own) > 1:
            keeper = min(own, key=lambda event: _misfit(title, event))
            plain |= {each.event_id: plain_title(each, acronyms, LONGEST) for each in own if each is not keeper}
    return [replace(event, title=plain.get(event.event_id) or event.title) for event in events]


def _misfit(title: str, event: PolicyEvent) -> tuple[bool, bool, int, str]:
    """Sorts first the event that a title fits best: its kind is told, and its date is the nearest."""
    is_inferred = event.date_basis not in ("explicit", "relative")
    n_days = (date.fromisoformat(event.date_latest) - date.fromisoformat(event.date_earliest)).days
    return not _tells(title, event), is_inferred, n_days, event.event_id


def _bare(title: str) -> str:
    """A title without its label and without the word behind it."""
    return re.sub(r"\s\([a-z ]+\)$", "", title).rpartition(": ")[2][:_SAME]


def _tells(title: str, event: PolicyEvent) -> bool:
    """Whether a title has a word for the event's type, and its date if the sentence gives one."""
    folded = fold(title)
    is_dated = event.date_basis not in ("explicit", "relative") or date_pattern(event.date).search(folded) is not None
    return is_dated and load_cues()["types"][event.type].search(folded) is not None


def _settle(text: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """A draft in short names, without what stands before and behind the news."""
    return short_names(strip_speaker(strip_fronts(clean(text))), event, acronyms)


def _draft(event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The event's clause as a main clause, with its subject named."""
    text = _drop_item_label(clean(as_main_clause(event)))
    text = _COMES.sub("", strip_fronts(_turn_gerund(text, event, acronyms)))
    text = _drop_aside(strip_speaker(re.sub(r"^where\s+", "", text)))
    text = name_speaker(event, text, event.quote[: own_clause(event)[0]]) or name_subject(text, event, acronyms)
    is_reported = False
    if event.type not in ("publication", "meeting"):
        text, is_reported = strip_speech(text, event)
        text = name_subject(strip_fronts(text), event, acronyms)
    verb = verb_pattern().search(text)
    if is_reported and verb and verb[0] == "would":
        text = text[: verb.start()] + "will" + text[verb.end() :]
    text = short_names(text, event, acronyms)
    return text if verb or has_verb(clean(event.quote)) else _give_verb(text, event, acronyms)


def _drop_item_label(text: str) -> str:
    """The text of an item of a list without what it is headed with: "Pay: …"; a clause before a dash stays."""
    label = _ITEM_LABEL.match(text)
    is_aside = label is not None and label[0].endswith("– ") and " – " in text[label.end() :]
    return text[label.end() :] if label and not is_aside and not has_verb(label[0]) else text


def _turn_gerund(text: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """ "While rejecting the call, …" as "DfE rejects the call", where one body acts and the sentence names it."""
    match = _FRONT_GERUND.match(text)
    if not match or event.status not in ("happened", "ongoing") or len(event.organisations) != 1:
        return text
    base = next((base for base in load_words().bases if gerund(base) == match[1].lower()), None)
    if base is None or find_name(event.quote, event.organisations) is None:
        return text
    actor = acronyms.get(event.organisations[0], event.organisations[0])
    return f"{actor} {third_person(base)} {text[match.end() :].split(', ', maxsplit=1)[0]}"


def _drop_aside(text: str) -> str:
    """The subject without what is said of it between commas: "The panel, led by X, has" becomes "The panel has"."""
    text = _ASIDE.sub(r"\1 ", _DASHED.sub(" ", text, count=1), count=1)
    relative = _RELATIVE_ASIDE.search(text)
    if relative and not has_verb(text[: relative.start()]) and verb_pattern().match(text, relative.end()):
        text = f"{text[: relative.start()]} {text[relative.end() :]}"
    return _CIRCUMSTANCE.sub("", text, count=1)


def clean(text: str) -> str:
    """One line without brackets, the list marker and the quotation marks around it."""
    text = _SPACE_BEFORE.sub("", drop_brackets(" ".join(text.split())))
    return text.lstrip("•–—- ").strip('“”" ')


def as_main_clause(event: PolicyEvent) -> str:
    """The event's own clause so that it can stand alone; with the main clause before it where it can't."""
    quote = event.quote
    start, end = own_clause(event)
    clause, before = quote[start:end], quote[:start]
    if start == 0:
        rest = _SUBORDINATOR.sub("", clause)
        return rest if rest != clause and end < len(quote) and has_verb(rest) and not _GERUND.match(rest) else clause
    first = fold_first(clause)
    if first in _SPEECH:
        return before
    if first in _PRONOUNS:
        return quote if len(clean(strip_fronts(quote))) <= LONGEST else clause
    if fold_first(before) in load_words().bases:
        return quote[:end]  # an item of a list that begins with a verb: "Extend the fund, which …"
    leans = first in (*_RELATIVES, *_AUXILIARIES, *_CONJUNCTIONS, "to")
    return _with_subject(event, clause, before) or (
        clause if opens_subordinate(before) and has_verb(clause) and not leans else quote[:end]
    )


def _with_subject(event: PolicyEvent, clause: str, before: str) -> str:
    """A clause that leans on the one before it, with its subject; empty where that isn't certain."""
    first, _, rest = clause.partition(" ")
    first, subject = first.lower().strip(","), _subject(before)
    if first in _RELATIVES:
        near = " ".join(before.split()[-_NEAR_WORDS:])
        named = find_name(near, event.policies) or find_kind(near, event.policies)
        name = named or ("" if has_verb(before.rpartition(" ")[0]) else _whole(before) or subject)
        rest = _SAID.sub("", rest)
        verb = verb_pattern().search(rest)
        return f"{name} {rest}" if name and verb and verb.start() <= _VERB_SOON else ""
    if first in _AUXILIARIES:
        return f"{subject} {clause}" if subject else ""
    if first in _CONJUNCTIONS:
        if made := absolute(clause, event.status):
            return made
        rest = re.sub(r"^(?:then|that)\s+", "", rest)
        if _BARE_VERB.match(rest):
            return f"{subject} {rest}" if subject else ""
        is_whole = _ABSOLUTE.match(rest) if first == "with" else has_verb(rest)
        return rest if is_whole else ""
    if first == "to" and _STARTS.match(clause):
        is_named = not event.policies or find_name(clause, event.policies[:1])
        name = subject if not has_verb(before) else "" if is_named else event.policies[0]
        return f"{name} {clause}" if name else ""
    return ""


def _whole(before: str) -> str:
    """A short noun phrase as it is, its last word taken for a noun even where it could be a verb."""
    text = strip_fronts(clean(before)).rstrip(" ,")
    is_noun = bool(re.match(r"(?:the|an?|its|their|this)\b", text, re.IGNORECASE)) and ", " not in text
    return text if is_noun and len(text.split()) <= _LONG_SUBJECT else ""


def _subject(before: str) -> str:
    """What stands before the first verb, or all of it where there is none; empty where that is no short noun phrase."""
    text = strip_fronts(clean(before)).rstrip(" ,")
    subject = verb_pattern().split(text, maxsplit=1)[0].split(", ")[0].strip()
    words = subject.split()
    return subject if 0 < len(words) <= _LONG_SUBJECT and words[0].lower() not in load_words().bases else ""


def _give_verb(text: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """An item of a list, which has no verb, with its actor and what it does: "DfE plans support for councils"."""
    verb = load_words().verbs.get(event.type)
    text = re.sub(r"^(?:A|An|The)\s+(?=[a-z])", "", text)
    if event.organisations and find_name(text, (event.organisations[0], acronyms.get(event.organisations[0], ""))):
        return text
    if (
        re.match(r"I\b|[“‘]", text)
        or verb is None
        or not event.organisations
        or event.status not in ("planned", "proposed", "conditional")
    ):
        return text
    actor = acronyms.get(event.organisations[0], event.organisations[0])
    if _GERUND.match(text):
        verb = "proposes" if event.status == "proposed" else "plans"
    thing = text if text[1:2].isupper() else text[:1].lower() + text[1:]
    return f"{actor} {verb} {thing}"


def _finish(event: PolicyEvent, draft: str, acronyms: Mapping[str, str]) -> str:
    """The draft in the tense of headlines, hedged and cut."""
    actors = (*event.organisations, *acronyms.values())
    text = drop_article(drop_stale_dates(tell_in_present(_as_plan(draft, event), actors)))
    text = _name_kind(_THAT_IT.sub(r"\1 will", text), event)
    short = strip_speaker(_cut(text, event, LONGEST))
    label = label_of(text, short, event, acronyms)
    room = LONGEST - (len(label) + 2 if label else 0)
    short = _cut(short, event, room)
    if not is_hedged(short, event.status):
        marker = f" ({load_words().markers[event.status]})"
        short = _cut(text, event, room - len(marker)) + marker
    return f"{label}: {short}" if label else short


def _as_plan(text: str, event: PolicyEvent) -> str:
    """ "The board would report", a report of what is planned, as "the board will report"."""
    verb = verb_pattern().search(text)
    if event.status != "planned" or verb is None or verb[0] != "would" or _IF.search(text):
        return text
    return f"{text[: verb.start()]}will{text[verb.end() :]}"


def _name_kind(text: str, event: PolicyEvent) -> str:
    """The text with "the rules" given the name of the policy that is the rules, where there is room."""
    for name in event.policies[:1]:
        kind = name.split()[-1]
        if kind not in load_words().kinds or find_name(text, [name]):
            continue
        named = re.sub(_THE_KIND.format(re.escape(kind)), f"the {name}", text, count=1)
        return named if len(named) <= LONGEST else text
    return text


def _cut(text: str, event: PolicyEvent, room: int) -> str:
    """The text cut to the room, if possible not inside of a name."""
    bound = shorten(_bind(text, event), room).replace(_BOUND, " ")
    if not bound.endswith("…"):
        return bound
    plain = shorten(text, room)
    is_split = any(_ends_inside(plain, name) for name in (*event.policies, *event.organisations))
    return bound if (plain.endswith("…") or is_split) and len(bound) > room // 3 else plain


def _ends_inside(line: str, name: str) -> bool:
    """Whether a line ends with two words or more of a name, but not with all of it."""
    words = name.split()
    return any(line.endswith(" ".join(words[:n]).rstrip(",")) for n in range(2, len(words)))


def _bind(text: str, event: PolicyEvent) -> str:
    """The text with names made one word each, so that none is cut in two."""
    names = (*event.policies, *event.organisations)
    for name in unique((*names, *map(drop_brackets, names))):
        text = re.sub(re.escape(name), lambda match: match[0].replace(" ", _BOUND), text, flags=re.IGNORECASE)
    return text
