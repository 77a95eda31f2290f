"""Other ways to tell an event, for where its own clause makes no line that can stand: each a line, or empty.

    "…, published in May"             the document is published
    "…, for which £5m was set aside"  £5m was set aside
    "…, with councils paying half"    councils pay half
    "It has pledged to act"           pledge to act
    "While it fell, it rose"          whoever the first clause is about
    "Creating a hub for carers"       plan to create a hub for carers

The words stay those of the sentence; what isn't certain gives no line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import opens_subordinate, own_clause
from pipeline.timeline.cuewords import load_cues
from pipeline.timeline.dated import dated_draft
from pipeline.timeline.headline import (
    drop_brackets,
    gerund,
    has_verb,
    load_words,
    strip_fronts,
    third_person,
    verb_pattern,
)
from pipeline.timeline.phrases import LONGEST_NOUN, OWNER, noun_before
from pipeline.timeline.subjects import find_name, strip_speech
from pipeline.timeline.wording import fold

_OPEN: Final = ("planned", "proposed", "conditional")
#: Of these the thing is named whole before it is said what became of it: "a right to leave rejected".
_DENIALS: Final = ("reject", "withdraw", "turn", "rule", "drop", "scrap", "abandon", "refuse", "axe", "ditch", "shelve")
_BEHIND: Final = 60
_WHICH: Final = re.compile(
    r"^(?:and\s+|but\s+)?(?:for|under|during|in|through|on|by|from|of|to|after|as part of|following)\s+(?:which"
    r"|whom)\s+",
    re.IGNORECASE,
)
_ABSOLUTE: Final = re.compile(
    r"^(?:with|and)\s+(?:then\s+)?(?P<who>(?:\S+\s){1,9}?)(?P<doing>[a-z]\w{2,}ing)\b(?P<rest>.*)$"
)
_BY_DOING: Final = re.compile(r",\s+(?:in|by)\s+(?P<doing>\w{3,}ing)\s+(?P<rest>.+)$")
_SAID_IN: Final = re.compile(
    rf"\s(?:also\s|has\s|have\s)?(?:{load_words().reporting}|concluded|called|urged|recommended)\sin\s"
    r"(?P<what>(?:its|an?|their)\s[^,]{0,60}?\b(?:report|review|survey|study|paper|briefing|analysis))"
    r"(?:,\s(?:also\s)?(?:(?:published|released|issued|out)\s)?(?P<when>in\s[A-Z][a-z]+(?:\s\d{4})?))?(?=[,\s])"
)
_PUT_OUT: Final = re.compile(
    r"(?:,\s+|\s+)(?:(?:which|that)\s+)?(?:(?:was|were|is|are|has been|have been)\s+)?(?:also\s+|first\s+"
    r"|recently\s+|newly\s+)?"
    r"(?P<done>published|released|launched|issued|unveiled|announced|allocated|awarded|provided|earmarked"
    r"|set aside|set up|"
    r"established|introduced|out)\b(?P<rest>[^,;–—]*)"
)
#: Who announced "that": nothing was announced.
_ANNOUNCES: Final = re.compile(r"(?:\s\w+){0,2}\sthat\b|\s(?:it|they|he|she)\s")
_RELEASED: Final = re.compile(
    r"(?:^|\b(?:recently|newly|just|brief|the|its)\s+)(?P<done>[Pp]ublished|[Rr]eleased"
    r"|[Ii]ssued)\s+(?P<what>\w+\s+(?:from|of|on|for)\s+.+)$"
)
_FRONT: Final = re.compile(
    r"^(?P<done>(?:Published|Released|Launched|Issued|Unveiled|Announced|Introduced|Set up"
    r"|Established)\b[^,]{0,60}),\s+(?P<rest>.+)$"
)
_WHO_DID: Final = re.compile(
    r"^(?:it|they|he|she|we)\s+(?:(?P<have>has|have|had|will|would)\s+)?(?:also\s+|since\s+|just\s+|then\s+"
    r"|now\s+|already\s+|since\s+)*"
    r"(?P<verb>[a-z]+)(?P<particle>\s+(?:out|down|up|aside|back|off))?\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_OBJECT: Final = re.compile(
    r"^(?P<what>(?:an?|the|its|their|his|her|one|two|three|four|five|more|new|all|£?\d[\d,.]*\w*|[a-z]+s"
    r"|[a-z]+ing)\b(?:\s+(?!(?:to|for|by|in|on|from|after|at|with|as|"
    r"into|until|over|which|who|that|and|saying|under|between|against|of it"
    r"|led|run|set|made|known|called|worth|based)\b)(?:[^\s,;.]|[,.](?=\d))+){0,9}?)"
    r"(?P<tail>(?:,?\s+(?:to|for|in|on|from|after|at|with|as|into|until|over|under|between|against|led|run|set|made|known|called|worth|based|which|who"
    r"|that|and|saying)\b.*)|[,;](?!\d).*|\.?)$"
)
_PARTICLE_BEHIND: Final = re.compile(r"(?P<what>\S.*)\s(?P<particle>out|up|down|aside|back|off|forward)$")
#: "A panel led by X": what belongs to the noun.
_TOLD_OF_IT: Final = re.compile(r"\s(?:led|run|made|known|called|worth|based|set)\b")
_FINITE: Final = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would)\s")
_ITEM: Final = re.compile(
    r"^(?!Funding|Training|Planning|Meeting|Spending|Housing)(?P<doing>[A-Z]\w{2,}ing)\s+(?!and\s)(?P<rest>\S.+)$"
)
ORDER: Final = re.compile(
    r"^(?P<verb>[A-Za-z][a-z]+),?\s+(?=(?:an?|the|its|their|all|up|more|new|further|by|how|on|talks|[a-z]+er\s|£|\d))"
)
#: "This will be introduced through the bill": a measure will.
_THROUGH: Final = re.compile(
    r"(?:it|this)\s(?P<rest>(?:will|would|is to)\sbe\s(?:introduced|brought in|enacted|implemented|included)"
    r"\s(?:through|in|under|as part of)\s.+)$",
    re.IGNORECASE,
)
#: "It was rejected by all three": a proposal was.
_TURNED_DOWN: Final = re.compile(r"(?:it|this|that)\s(?P<rest>(?:was|has been)\s.+)$", re.IGNORECASE)
_AFTER: Final = re.compile(
    r"\b(?:after|when|because)\s(?P<clause>(?:(?:the|an?|its|their|his|her)\s|[A-Z]|ministers\s|councils\s|MPs\s|peers\s|unions\s|(?:[a-z]+\s){1,3}(?=[A-Z]))[^;]+)$"
)
#: What is said between commas of when something is done.
_WHEN: Final = re.compile(r",?\s(?:prior to|following|before|by|after)\s[^,]{3,70},(?=\s)")
#: ", which was worth £5m," of a thing that something is done with "until May".
_TOLD_BESIDE: Final = re.compile(r",\swhich\s[^,]{3,70},\s(?=(?:until|to|from|for|by|in|on)\s)")
_SCALES: Final = ((r"bn|billion", 1e9), (r"m\b|million", 1e6), (r"k$", 1e3))
_ROUNDING: Final = 0.01
_SUM: Final = re.compile(r"£\s?[\d.,]*\d\s?(?:bn|m|k|billion|million|trillion)?\b")

Names = Mapping[str, str]


def other_drafts(event: PolicyEvent, text: str, acronyms: Names) -> Iterator[str]:
    """Lines that tell the event in another way than ``text``, the draft from its own clause; the surest first."""
    quote = drop_brackets(" ".join(event.quote.split())).strip('“”" •')
    start, end = own_clause(event)
    clause = drop_brackets(event.quote[start:end])
    before = drop_brackets(event.quote[:start])
    for make in _MAKERS:
        draft = make(event, quote, before, clause, acronyms)
        if draft:
            yield draft
    yield from _from_text(event, text, before, acronyms)


def _from_text(event: PolicyEvent, text: str, before: str, acronyms: Names) -> Iterator[str]:
    """What can be made of the draft itself: its pronoun named or done without, its speaker's role left out."""
    named = name_speaker(event, text, before)
    if named:
        yield named
    if enacted := _THROUGH.match(text):
        yield f"measure {enacted['rest']}"
    if event.type == "rejection" and (turned := _TURNED_DOWN.match(text)):
        yield f"proposal {turned['rest']}"
    for line in (_turn_round(text), _drop_role(event, text)):
        if line:
            yield line


# --------------------------------------------------------------------------- what stands in another clause


def _relative(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    """ "…, for which £5m was set aside": the clause without "for which"."""
    rest = _WHICH.sub("", clause)
    is_aside = re.search(r",\s+\w+\s+(?:until|from|to|in|on|at)\b", rest) is not None
    return rest if rest != clause and has_verb(rest) and not is_aside else ""


def _absolute(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    return absolute(clause, event.status)


def absolute(clause: str, status: str) -> str:
    """ "…, with councils paying half": a main clause."""
    match = _ABSOLUTE.match(clause)
    base = gerunds().get(match["doing"].lower()) if match else None
    if match is None or base is None or has_verb(match["who"]):
        return ""
    who = match["who"].strip()
    if status in _OPEN:
        return f"{who} will {base}{match['rest']}"
    is_many = who.endswith("s") and not who.endswith("ss")
    alone = "has" if base == "have" else third_person(base)
    return f"{who} {base if is_many else alone}{match['rest']}"


def _by_doing(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    """ "Ms A went further, in suggesting a ban": who suggests a ban."""
    match = _BY_DOING.search(quote)
    base = gerunds().get(match["doing"].lower()) if match else None
    if match is None or base is None or base not in load_words().deeds:
        return ""
    subject = verb_pattern().split(strip_fronts(quote[: match.start()]), maxsplit=1)[0]
    subject = subject.strip(" ,").rsplit(", ", maxsplit=1)[-1]
    return f"{subject} {third_person(base)} {match['rest']}" if 0 < len(subject.split()) <= LONGEST_NOUN else ""


def _sum(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    """ "… builds on £5m allocated from 2023-25 by the board": the sum of this event and what was done with it."""
    if event.amount is None:
        return ""
    for match in _SUM.finditer(quote):
        if not is_sum(match[0], event.amount):
            continue
        rest = quote[match.end() :]
        done = re.match(
            r"(?P<what>[^,;]{0,40}?)\s+(?:(?:that|which)\s+)?(?:was\s+|were\s+|is\s+|has been\s+)?"
            r"(?P<done>allocated|provided|awarded|earmarked|given|set aside|pledged|promised|announced"
            r"|put aside|paid|committed)\b"
            r"(?P<tail>.*?)(?=\s+and\s+£|[;,]|$)",
            rest,
        )
        if done and not has_verb(done["what"]):
            return f"{match[0]}{done['what']} {done['done']}{done['tail']}"
    return ""


def is_sum(text: str, amount: float) -> bool:
    """Whether a sum as it is written is that of an amount in pounds.

    >>> is_sum("£2.5m", 2_500_000.0), is_sum("£36m", 15_000_000.0)
    (True, False)
    """
    figures = re.search(r"\d[\d.,]*", text)
    value = float(figures[0].replace(",", "").rstrip(".")) if figures else 0.0
    scale = next((size for mark, size in _SCALES if re.search(mark, text)), 1.0)
    return abs(value * scale - amount) <= _ROUNDING * max(amount, 1.0)


def _put_out(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    """ "… in its report, published in May, that": the report is published in May."""
    if event.status not in ("happened", "ongoing") or event.type not in ("publication", "announcement"):
        return ""
    front = _FRONT.match(quote)
    if front:
        subject = verb_pattern().split(front["rest"], maxsplit=1)[0].strip(" ,")
        done = front["done"][:1].lower() + front["done"][1:]
        return f"{subject} {done}" if 0 < len(subject.split()) <= LONGEST_NOUN else ""
    match = _RELEASED.search(quote)
    if match and event.type == "publication":
        what = verb_pattern().split(match["what"], maxsplit=1)[0].strip()
        return f"{what} {match['done']}" if 1 < len(what.split()) <= LONGEST_NOUN else ""
    for match in _PUT_OUT.finditer(quote):
        if _ANNOUNCES.match(match["rest"]):
            continue
        thing = noun_before(quote[: match.start()], event, acronyms)
        if thing:
            rest = " ".join(match["rest"].split()[:9])
            return f"{thing} {match['done']} {rest}".strip() if not has_verb(rest) else f"{thing} {match['done']}"
    return ""


def _after(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    """ "Staff may walk out after the union rejected an offer": the union did, where that is the event's kind."""
    match = _AFTER.search(quote)
    cues = load_cues()["types"][event.type]
    if (
        match is None
        or event.type == "announcement"
        or not cues.search(fold(match["clause"]))
        or cues.search(fold(quote[: match.start()]))
    ):
        return ""
    return match["clause"] if has_verb(match["clause"]) else ""


def _item(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    """ "Creating a hub for carers", "Launch a hub": a plan or a proposal to do so."""
    noun = {"planned": "plan to", "proposed": "proposal to", "conditional": "plan to"}.get(event.status)
    text = _WHEN.sub("", re.sub(r"^[A-Z][\w’' -]{2,50}(?::|\s–)\s+(?=[A-Z])", "", quote), count=1)
    text = _TOLD_BESIDE.sub(" ", text, count=1)
    match = _ITEM.match(text)
    base = gerunds().get(match["doing"].lower()) if match else None
    if noun and match and base:
        return f"{noun} {base} {match['rest']}"
    order = ORDER.match(text)
    if noun and order and order["verb"].lower() in load_words().bases | {"let", "spend", "train", "recruit"}:
        return f"{noun} {order['verb'].lower()} {text[order.end() :]}"
    return ""


def _dated(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    return dated_draft(event, acronyms)


def _said_in(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    """ "The board warned in its annual report that": the board published its annual report."""
    if event.type != "publication" or event.status not in ("happened", "ongoing"):
        return ""
    match = _SAID_IN.search(quote)
    who = strip_fronts(quote[: match.start()]).split(" after ")[-1].strip() if match else ""
    if match is None or not 0 < len(who.split()) <= LONGEST_NOUN or has_verb(who) or "," in who:
        return ""
    when = f" {match['when']}" if match["when"] else ""
    return f"{who} published {match['what']}{when}"


def _told(event: PolicyEvent, quote: str, before: str, clause: str, acronyms: Names) -> str:
    """ "The board told peers in May that it would act": what it told them, where the telling is the event."""
    if event.type != "meeting":
        return ""
    said, is_said = strip_speech(dated_draft(event, acronyms) or quote, event)
    return said if is_said else ""


_MAKERS: Final[tuple[Callable[[PolicyEvent, str, str, str, Names], str], ...]] = (
    _said_in, _dated, _told, _relative, _absolute, _after, _sum, _put_out, _item, _by_doing,
)  # fmt: skip


# --------------------------------------------------------------------------- the draft without its pronoun


def name_speaker(event: PolicyEvent, text: str, before: str) -> str:
    """ "While the board fell silent, it has pledged": the board, where the words before name one body alone.

    Where the policy is itself the body that acts, "it" is the policy.
    """
    match = re.match(r"(?:it|they)\s+(?=\S)", text, re.IGNORECASE)
    if not match:
        return ""
    if opens_subordinate(before):
        found = {each[0].strip() for each in _body_pattern().finditer(before)}
        return f"{found.pop()} {text[match.end() :]}" if len(found) == 1 else ""
    own = [name for name in event.policies if name in event.organisations]
    return f"{own[0]} {text[match.end() :]}" if own and not find_name(text, own[:1]) else ""


@cache
def _body_pattern() -> re.Pattern[str]:
    """Finds bodies: words for one behind "the", and acronyms."""
    nouns = "|".join(sorted((re.escape(word) for word in load_words().singular), key=len, reverse=True))
    return re.compile(rf"\b(?:[Tt]he\s+(?:{nouns})\b(?![’'])|(?:[Tt]he\s+)?[A-Z][A-Za-z]*[A-Z]\w*\b(?![’']))")


def _turn_round(text: str) -> str:
    """ "It has pledged to act" as "pledge to act", "it published a plan" as "a plan published"; empty for all else."""
    words = load_words()
    text = re.sub(
        rf"^(?:it|they|he|she|we)\s+(?:{words.reporting})\s+(?:that\s+)?(?=(?:it|they|he|she|we)\s)",
        "",
        text,
        flags=re.IGNORECASE,
    )
    match = _WHO_DID.match(text)
    if not match:
        return ""
    verb, have = match["verb"].lower(), (match["have"] or "").lower()
    base = words.past.get(verb, verb if verb in words.bases or verb.removesuffix("s") in words.bases else "")
    base = base if base in words.bases else base.removesuffix("s")
    rest = match["rest"]
    if (
        base in words.nouns
        and not match["particle"]
        and re.match(r"(?:to|for|that|on|against)\s", rest)
        and have not in ("will", "would")
    ):
        return f"{words.nouns[base]} {rest}"
    thing = _OBJECT.match(rest)
    if not base or not thing or base in ("be", "have"):
        return ""
    if has_verb(thing["what"]) and thing["what"].removesuffix("s") not in words.nouns.values():
        return ""
    what = OWNER.sub("", thing["what"])
    done = words.participles.get(base, "") + (match["particle"] or "")
    if not match["particle"] and (split := _PARTICLE_BEHIND.match(what)):
        what, done = split["what"], f"{done} {split['particle']}"
    if not done or (not have and verb not in words.past):
        return ""
    done = f"will be {done}" if have in ("will", "would") else f"was {done}"
    tail = re.split(r"[,;](?!\d)", thing["tail"])[0].rstrip(".")
    if _TOLD_OF_IT.match(tail) and not _FINITE.search(tail):
        return f"{what}{tail} {done}"
    if base in _DENIALS and not _FINITE.search(tail) and len(f"{what}{tail} {done}") <= _BEHIND + _BEHIND // 2:
        return f"{what}{tail} {done}"
    return f"{what} {done}{thing['tail']}"


def _drop_role(event: PolicyEvent, text: str) -> str:
    """ "The party's spokesperson for schools Ann Lee tabled" as "Ann Lee tabled", where she is named as who did it."""
    for person in event.people:
        name = person.split(" (")[0]
        place = text.find(f"{name} ")
        if 0 < place <= _BEHIND * 2 and not has_verb(text[:place]):
            return text[place:]
    return ""


@cache
def gerunds() -> Mapping[str, str]:
    """The base of every form with -ing of the listed verbs, the last letter doubled or not."""
    found = {gerund(base): base for base in load_words().bases}
    doubled = {
        base + base[-1] + "ing": base for base in load_words().bases if re.search(r"[^aeiou][aeiou][bdgmnprt]$", base)
    }
    return {**found, **doubled, "having": "have"}
