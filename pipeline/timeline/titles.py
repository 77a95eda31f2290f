"""A line that says what happened: who does what to which policy, at most 90 characters.

    quote ─▶ own clause ─▶ without fronts and "X said" ─▶ names put in ─▶ present tense ─▶ hedged ─▶ cut

The words are those of the sentence, so a title claims nothing that the sentence doesn't. Where a thing has not
happened (``status``) and the cut sentence no longer shows it, a word is put before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import own_clause
from pipeline.timeline.cutting import has_any_verb
from pipeline.timeline.drafts import ORDER, gerunds, name_speaker, other_drafts
from pipeline.timeline.excerpts import excerpt, is_quoted
from pipeline.timeline.faults import has_bad_fault, has_small_fault, is_vague
from pipeline.timeline.fitting import LONGEST, fit, slim
from pipeline.timeline.governing import subject_of_main, tells_another
from pipeline.timeline.halves import name_pointed, own_half
from pipeline.timeline.headline import (
    DOING,
    fold_first,
    gerund,
    has_verb,
    load_words,
    strip_fronts,
    tell_in_present,
    third_person,
    verb_pattern,
)
from pipeline.timeline.hedging import NOUNS_TOO, is_hedged
from pipeline.timeline.labels import label_of, name_owner
from pipeline.timeline.mainclause import GERUND, as_main_clause, drop_aside
from pipeline.timeline.phrases import (
    DOING_IT,
    clean,
)
from pipeline.timeline.plain import plain_title
from pipeline.timeline.stale import drop_article, drop_stale_dates
from pipeline.timeline.subjects import (
    find_name,
    name_document,
    name_subject,
    short_names,
    strip_speaker,
    strip_speech,
    tell_reported,
)

_ITEM_LABEL: Final = re.compile(r"^[A-Z][\w’' -]{2,50}(?::| –)\s+(?=\S)")
_FRONT_GERUND: Final = re.compile(
    r"^(?:While|By|After|Despite)\s+(?!funding|meeting|training|planning)(\w+ing)\s+(?!ended|is|was|has)"
)
_COMES: Final = re.compile(
    r"^(?:the |this |that |these |those |it |they )?(?:\w+ ){0,4}?(?:comes?|came|follows|followed)\s+"
    r"(?:(?:just\s+)?(?:a|an|the|\w+)?\s*(?:days?|weeks?|months?|years?)?\s*(?:as|after|amid|with"
    r"|ahead of))\s+(?=\S)",
    re.IGNORECASE,
)
#: "Putting the rules, contained in guidance, into law".
_INSERTED: Final = re.compile(r"(?<=\w),\s(?:contained in|set out in|under(?! which))\s[^,]{3,70},(?=\s)")
#: "Plan to put the rules into law and extending their remit".
_JOINED: Final = re.compile(r"(?<=\band )([a-z]{3,}ing)(?=\s(?:the|an?|its|their|new|more)\b)")
#: Lines whose verb tells what hasn't happened as done.
_MARKED: Final = tuple(f"({marker})" for marker in ("planned", "proposed"))
_THIS: Final = re.compile(
    r"\b(?:this|these|that)\s(?:specific\s)?(?=(?:proposal|recommendation|plan|call|idea|change)s?\b)"
)
#: "Board planning to act", from "with the board planning to act".
_PLANNING: Final = re.compile(r"^((?:[\w’-]+\s){0,4}[\w’-]+)\splanning\s(?=to\b)")
#: "Board confirms that 85 councils were taking part": what is said holds now.
_THAT_WAS: Final = re.compile(r"(\b(?:confirm|say|reveal|find|show|warn)s? that [^,]{3,70}?\s)(was|were)(?=\s\w+ing\b)")
_OPEN: Final = ("planned", "proposed", "conditional")
_THAT_IT: Final = re.compile(r"\b(that|announces?|confirms?|says?|reveals?) (it|they) would\b")
#: "A body, sponsored by the board, to be in place by May".
_TO_BE: Final = re.compile(r"^(?:A|An|The)\s[^,;:]+(?:,[^,;:]+,)?\sto be\s")
#: A line that is cut, and a quotation that is cut or begins with a pronoun.
_CUT: Final = re.compile(r"…(?= \([a-z ]+\)$|$)")
_QUOTES_IN_PART: Final = re.compile(
    r"^“(?:It|They|He|She|In|At|On)\s|^“.*…”|^(?:Work (?:on|of)|Document on|Announcement on|Appointment for)\s"
)
_SAYS: Final = re.compile(r"\b[a-z]+s\s$")
_THE_KIND: Final = r"\b(?:the|these)\s(?:new\s|proposed\s|planned\s)?{}(?![\w’'])"
_IF: Final = re.compile(r"\b(?:if|unless|provided)\b", re.IGNORECASE)
#: "The council, which last paid in May", "The bill, introduced in June".
_TOLD_OF: Final = re.compile(r"(?P<subject>[^,:]{3,60}), (?P<which>(?:which|who) )?(?P<told>[a-z][^,]+)$")
_DUE: Final = re.compile(r"\s(?:is|are)\sdue$")
#: "The scheme opens in May".
_TIMED: Final = re.compile(
    r"(?P<who>(?:[\w’“”-]+\s){1,9}?)(?<!to\s)(?<!be\s)(?P<verb>begins?|starts?|opens?|ends?|closes?|runs?|meets?|expires?|lapses?|resumes?"
    r"|concludes?|launches|takes?|comes?|reports?)(?=\s(?:on|in|from|at|for|until|by|next|into|effect|this)\b)"
)
#: Words of a subject's end, by which it is found again.
_TAIL: Final = 3


def make_title(event: PolicyEvent, acronyms: Mapping[str, str] | None = None) -> str:
    """The event in a line; ``acronyms`` are those that the articles use, by the name that they stand for.

    Never empty for a quote that isn't.
    """
    acronyms = acronyms or {}
    quote = _unglued(event)
    if quote != event.quote:
        event = replace(event, quote=quote)
    return name_owner(_made_title(event, acronyms), event, acronyms)


def _made_title(event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The same for a sentence without slips."""
    named = name_document(event, acronyms)
    if named:
        return _finish(event, named, acronyms)
    draft = _draft(event, acronyms)
    title = _finish(event, draft, acronyms)
    is_bad = has_bad_fault(title)
    is_plain_better = is_vague(title, event) or title.endswith(_MARKED)
    if not is_bad and not is_plain_better and not has_small_fault(title, event):
        return title
    bare = replace(event, quote=DOING.sub("", _INSERTED.sub("", event.quote, count=1)) or event.quote)
    others = [_finish(event, _settle(each, event, acronyms), acronyms) for each in other_drafts(bare, draft, acronyms)]
    standing = [each for each in others if not has_bad_fault(each) and not each.endswith(_MARKED)]
    sound = next((each for each in standing if not has_small_fault(each, event)), "")
    if is_bad and not sound:
        slim = _finish(event, draft, acronyms, is_slim=True)
        standing += [slim] if not has_bad_fault(slim) and not tells_another(slim, event) else []
        sound = slim if slim in standing and not has_small_fault(slim, event) else ""
    if not sound and tells_another(title, event):
        told = (each for each in standing if not tells_another(each, event) and not is_vague(each, event))
        sound = next(told, "")
    if sound:
        return sound
    if not is_bad and not is_plain_better:
        return title
    plain = plain_title(event, acronyms, LONGEST)
    if not is_bad:
        is_sure = plain.endswith(_MARKED) or not title.endswith(_MARKED)
        is_no_better = is_sure and (is_quoted(plain) or plain == excerpt(event, acronyms, LONGEST))
        return ("" if is_no_better else plain) or _THIS.sub(r"the ", title)
    last = next(iter(standing), "") or plain
    is_cut = _CUT.search(title) is not None and not has_bad_fault(_CUT.sub("", title))
    return title if is_cut and (not last or (last is plain and _QUOTES_IN_PART.search(last))) else last or title


def other_titles(event: PolicyEvent, acronyms: Mapping[str, str]) -> list[str]:
    """Lines without a fault that tell the event in another way than its own clause does; the surest first."""
    drafts = other_drafts(event, _draft(event, acronyms), acronyms)
    lines = [_finish(event, _settle(each, event, acronyms), acronyms) for each in drafts]
    return [line for line in lines if not has_bad_fault(line) and not has_small_fault(line, event)]


def _unglued(event: PolicyEvent) -> str:
    """The sentence with a comma where a name runs into the next word: a dump that lost its tags glues them."""
    quote = name_pointed(event.quote)
    for slip, meant in _SLIPS:
        quote = slip.sub(meant, quote)
    for name in (*event.policies, *event.organisations):
        last = name.rpartition(" ")[2][:1]
        if name in quote and (last.isupper() or last.isdigit()):
            quote = _glued(name).sub(lambda match: f"{match[1]}{'' if _glues_verb(match) else ','} ", quote)
    return quote


#: "It said wanted", "it said it Ofsted would": a word too few, and one too many.
_SLIPS: Final = (
    (re.compile(r"\b([Ii]t said) (?=(?:wanted|planned|hoped|intended|expected|would)\b)"), r"\1 it "),
    (re.compile(r"\b([Ii]t said) it (?=[A-Z])"), r"\1 "),
    (re.compile(r"(?<=\w[\w’”)]) - (?=\S)|(?<=\w)—(?=\w)"), " – "),
    (re.compile(r"^(Of the [^,]{1,30}), (?:the|an?|[A-Z])[^,]{1,40}\s(?:said|says|added), "), r"\1, "),
    (re.compile(r"(?<=[a-z]{2}),(?=[a-z]{1,}\s)"), ", "),
    (re.compile(r"\b(due|set|meant) (?=come\b|take\b|begin\b|start\b)"), r"\1 to "),
)


def _glues_verb(match: re.Match[str]) -> bool:
    """Whether a name runs into its verb: "the Care Actbegan"."""
    return verb_pattern().match(match.string, match.end()) is not None


@lru_cache(maxsize=4096)
def _glued(name: str) -> re.Pattern[str]:
    return re.compile(rf"({re.escape(name)})(?=[a-z]{{2}})")


def _settle(text: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """A draft in short names, without what stands before and behind the news."""
    text = strip_fronts(clean(text))
    if text.startswith(("plan to ", "proposal to ")):
        text = _JOINED.sub(lambda match: gerunds().get(match[1], match[1]), text)
    return short_names(strip_speaker(text), event, acronyms)


def _draft(event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The event's clause as a main clause, with its subject named."""
    text = _drop_item_label(clean(own_half(event) or as_main_clause(event)))
    text = _COMES.sub("", strip_fronts(_turn_gerund(text, event, acronyms)))
    text = drop_aside(strip_speaker(re.sub(r"^where\s+", "", text)))
    text = name_speaker(event, text, event.quote[: own_clause(event)[0]]) or name_subject(text, event, acronyms)
    is_reported = False
    if event.type not in ("publication", "meeting") or (event.type == "publication" and event.status in _OPEN):
        text, is_reported = strip_speech(text, event)
        text = name_subject(strip_fronts(text), event, acronyms)
    verb = verb_pattern().search(text)
    if is_reported:
        text = tell_reported(text)
    text = short_names(text, event, acronyms)
    return text if verb or has_any_verb(clean(event.quote)) else _give_verb(text, event, acronyms)


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


def _give_verb(text: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """An item of a list, which has no verb, with its actor and what it does: "DfE plans support for councils"."""
    if _TO_BE.search(text):
        return text
    verb = load_words().verbs.get(event.type)
    text = re.sub(r"^(?:A|An|The)\s+(?=[a-z])", "", text)
    named = event.organisations[:1]
    if named and find_name(text, (*named, acronyms.get(named[0], named[0]))):
        return text
    if (
        re.match(r"I\b|[“‘]", text)
        or verb is None
        or not event.organisations
        or event.status not in ("planned", "proposed", "conditional")
    ):
        return text
    actor = acronyms.get(event.organisations[0], event.organisations[0])
    if GERUND.match(text):
        verb = "proposes" if event.status == "proposed" else "plans"
    if (order := ORDER.match(text)) and order["verb"].lower() in load_words().bases:
        verb = "proposes to" if event.status == "proposed" else "plans to"
    thing = text if text[1:2].isupper() else text[:1].lower() + text[1:]
    return f"{actor} {verb} {thing}"


def _finish(event: PolicyEvent, draft: str, acronyms: Mapping[str, str], is_slim: bool = False) -> str:
    """The draft in the tense of headlines, hedged and cut."""
    actors = (*event.organisations, *acronyms.values(), *(person.split(" (")[0] for person in event.people))
    planned = _as_plan(draft, event)
    text = drop_article(drop_stale_dates(tell_in_present(planned, actors)))
    text = _PLANNING.sub(lambda match: f"{match[1]} {'plan' if match[1].endswith('s') else 'plans'} ", text)
    text = _THAT_WAS.sub(lambda match: f"{match[1]}{'is' if match[2] == 'was' else 'are'}", text)
    text = text if event.status == "conditional" else _THAT_IT.sub(_tell_will, text)
    text = _name_kind(text.replace(" to have to ", " must "), event)
    least = _end_of_subject(text, planned)
    if is_slim:
        text, least = slim(text, event, acronyms, LONGEST, least)
    short = _told_of(strip_speaker(fit(text, event, LONGEST, least)), event)
    label = label_of(text, short, event, acronyms)
    short = _DUE.sub(f" due, {event.date_label}", short) if event.date_label else short
    room = LONGEST - (len(label) + 2 if label else 0)
    short = _told_of(fit(short, event, room), event)
    if not is_hedged(short, event.status):
        marker = f" ({load_words().markers[event.status]})"
        short = fit(text, event, room - len(marker)) + marker
        may_go = event.status in ("planned", "cancelled") and fold_first(text) not in load_words().pronouns
        if label and "…" in short and may_go:
            label, short = "", fit(text, event, LONGEST - len(marker)) + marker  # the event says more than the policy
    return f"{label}: {short}" if label else short


def _tell_will(match: re.Match[str]) -> str:
    """ "Confirms that it would" as "confirms it will"; "that" stays where something stands before it."""
    is_close = _SAYS.search(match.string, 0, match.start()) is not None
    return f"{match[2]} will" if match[1] == "that" and is_close else f"{match[1]} {match[2]} will"


def _end_of_subject(text: str, draft: str) -> int:
    """Where a long subject of the draft ends in the line made of it; 0 where its verb can't be lost."""
    words = subject_of_main(draft).split()[-_TAIL:]
    tail = " ".join(words)
    return text.find(tail) + len(tail) if words and tail in text else 0


def _told_of(text: str, event: PolicyEvent) -> str:
    """A line that is a subject and what the own clause tells of it, without "which": "The council last paid in May"."""
    match = _TOLD_OF.match(text)
    if match is None or has_verb(match["subject"]) or DOING_IT.match(text):
        return text
    start, end = own_clause(event)
    is_own = " ".join(match["told"].split()[:2]) in event.quote[start:end]
    is_told = match["which"] or fold_first(match["told"]) in load_words().past
    return f"{match['subject']} {match['told']}" if is_told and is_own else text


def _as_plan(text: str, event: PolicyEvent) -> str:
    """ "The board would report", or "the board meets in May", of what is planned, as "the board will"."""
    timed = _TIMED.match(text) if event.status == "planned" else None
    if timed and not has_verb(NOUNS_TOO.sub(" ", timed["who"])):
        verb_of = timed["verb"].removesuffix("s")
        return f"{timed['who']}will {verb_of}{text[timed.end() :]}"
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
