"""The plain line, where no clause of the sentence makes one: what is done to which policy, by whom, and when.

    verb       "Scottish Mental Health Law Review launched, March 2019"     a verb of the event's type in its own clause
    act        "DfE rejects proposal on national pay scales"                the type's words, with the actor named
    excerpt    "Care Act 2014: “ministers put it off in July 2015”"         the sentence's words
    type       "Consultation on family mentor scheme to be held, autumn 2025"  the type's words alone

The words for each type stand in ``plain.toml``. A line claims what the event's own fields say, and no more: the verb
must be one for the event's type, the actor must be what does it in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import date_pattern, own_clause
from pipeline.timeline.cuewords import load_cues
from pipeline.timeline.excerpts import excerpt
from pipeline.timeline.headline import load_words, third_person, verb_pattern
from pipeline.timeline.plainwords import FORMS, load_plain
from pipeline.timeline.policyverbs import PLURAL, found_verbs
from pipeline.timeline.replacing import find_replacement
from pipeline.timeline.subjects import find_kind, find_name, is_law_aside
from pipeline.timeline.wording import fold, without_names

#: What may stand between a body and its verb: "the DfE also", not "the DfE’s plan".
_NEAR: Final = re.compile(r"[,\s]*(?:(?:which|who|also|then|now|just|has|have|is|repeatedly|\w+ly)\s+)*")
#: Words of a deed in which the type must show.
_DEED: Final = 6
#: Whoever asks for money doesn't give it.
_ONLY_ASKS: Final = re.compile(r"\b(?:ask|call|urg|request|demand|want|bid|seek|said|says|told|warn|estimat|need)\w*")
#: Reviews make recommendations; they are not themselves proposed or rejected.
_ASKS: Final = re.compile(r"\b(?:[Rr]eview|[Ii]nquiry|[Cc]ommission)\b")
_LONGEST_STRETCH: Final = timedelta(days=7)
#: Laws are implemented; of all else it is safer to say that work goes ahead.
_LAW: Final = re.compile(r"\b(?:Act|Bill|Regulations|Order|Measure|rules|regulations|duty)\b(?: \d{4})?$")
_TO_REPORT: Final = re.compile(r"\b(?:will|would|must|should|to|has|have|had)\s(?:\w+ly\s)?report(?:ed)?\b(?!\son\b)")
#: Such documents are of something.
_OF: Final = ("evaluation", "review", "analysis", "study", "audit", "assessment", "inspection")
#: What decides on money rather than costing it.
_SETS_MONEY: Final = re.compile(r"\b(?:[Ss]pending [Rr]eview|[Bb]udget|[Ss]tatement)\b")
#: "Ahead of the government’s plan": its owner isn't who acts.
_OWNER: Final = re.compile(
    r"\b(?:ahead of|before|after|following|alongside|under|in response to)\s(?:the\s)?[^,]{0,30}?[’']s?\s"
)
_THE_BODY: Final = re.compile(
    r"\b[Tt]he\s(?:department|regulator|inspectorate|watchdog|board|union|charity|agency|body|council|ministry|association"
    r"|trust|committee|commission|service|court|institute|network)\b|\b[Ii]ts?\b"
)
_LOOK_BEHIND: Final = 60


def plain_title(event: PolicyEvent, acronyms: Mapping[str, str], longest: int) -> str:
    """What is done to the event's policy, by whom, and when; empty where the sentence gives no line."""
    actor = _actor(event, acronyms)
    when = "" if event.date_basis == "publication" or _is_stretch(event) else event.date_label
    own = _policy(event)
    replaced = _replaced(event)
    others = [name for name in event.policies if name not in (own, replaced) and not is_law_aside(name, event)]
    names = (own, *others)
    sure = (line for name in names for line in _lines(event, name, acronyms, actor))
    if line := _fitting(sure, when, longest):
        return line
    if (_says_little(event, own) or not _is_named(event, own, acronyms)) and (
        line := excerpt(event, acronyms, longest)
    ):
        return line
    by_type = (line for name in names for line in _type_lines(event, name, acronyms))
    return _fitting(by_type, when, longest) or excerpt(event, acronyms, longest)


def _fitting(lines: Iterable[str], when: str, longest: int) -> str:
    """The first line that fits, with the date where there is room; empty where none does."""
    for line in lines:
        for each in (f"{line}, {when}" if when else line, line):
            if len(each) <= longest:
                return each[:1].upper() + each[1:]
    return ""


def _says_little(event: PolicyEvent, policy: str) -> bool:
    """Whether a line made of the event's type would say little: neither the sentence nor the policy's kind words it."""
    plain = load_plain()
    return (
        event.type in plain.weak
        and not _is_review(event, policy)
        and _line(event, policy) in (plain.lines[event.type], plain.laws)
    )


def _is_named(event: PolicyEvent, policy: str, acronyms: Mapping[str, str]) -> bool:
    """Whether the sentence names the policy, in full, in short or by its kind: else the line may not be about it."""
    plain = load_plain()
    is_body = event.type in plain.bodies and plain.body_end.search(fold(policy)) is not None
    if not policy or event.type in ("consultation", "funding") or is_body or _is_review(event, policy):
        return True
    if _thing(event, policy):
        return True  # it is the document that is put out, whatever it is on
    return bool(find_name(event.quote, (policy, acronyms.get(policy, policy))) or find_kind(event.quote, [policy]))


def _is_stretch(event: PolicyEvent) -> bool:
    """Whether the date is a stretch of days made from words like "recently" or "later this year"."""
    if event.date_basis == "explicit" or not re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", event.date):
        return False
    return date.fromisoformat(event.date_latest) - date.fromisoformat(event.date_earliest) > _LONGEST_STRETCH


def _policy(event: PolicyEvent) -> str:
    """The policy that the event's own clause names, else its first; empty without one."""
    start, end = own_clause(event)
    names = [name for name in event.policies if name != _replaced(event) and not is_law_aside(name, event)]
    named = (name for name in names if find_name(event.quote[start:end], [name]))
    return next(named, names[0] if names else "")


def _replaced(event: PolicyEvent) -> str:
    """The policy whose place another takes, unless the event is its end; empty without one."""
    found = find_replacement(event.quote, event.policies)
    is_end = event.type in ("ending", "rejection") or found is None or len(event.policies) == 1
    return "" if is_end or found is None else found[1]


def _lines(event: PolicyEvent, policy: str, acronyms: Mapping[str, str], actor: str) -> Iterator[str]:
    """The lines that the sentence's own verbs and names bear out, the one that says most first."""
    names = tuple(dict.fromkeys((policy, acronyms.get(policy, policy))))
    if event.type in ("implementation", "announcement", "proposal") and (old := _replaced(event)):
        yield from _replacing_lines(event, names, acronyms.get(old, old))
    if policy and not _is_review(event, policy) and (verb := _verb_of(event, policy)):
        yield from (f"{name} {verb}" for name in names)
    document = _document(event, policy) if event.type == "publication" else ""
    yield from _owned_lines(event, names, document, _line(event, policy)[1:], acronyms)
    if actor and actor not in names:
        yield from _actor_lines(
            event, names, actor, "recommendation" if _is_review(event, policy) else _thing(event, policy)
        )


def _type_lines(event: PolicyEvent, policy: str, acronyms: Mapping[str, str]) -> Iterator[str]:
    """The lines that are made of the event's type alone."""
    names = tuple(dict.fromkeys((policy, acronyms.get(policy, policy))))
    subject, *forms = _line(event, policy)
    told, thing, is_money = _told(event, forms), _thing(event, policy), event.type == "funding"
    if _is_review(event, policy):
        subject = re.sub(r"^\w+ on", "Recommendation of", subject)
    elif _reports(event, policy):
        subject, told = "{}", _told(event, ("reports", "to report", "reports"))
    elif thing:
        is_of = thing in _OF or (thing == "report" and _ASKS.search(policy) is not None)
        subject = f"{thing} {'for' if is_money else 'of' if is_of else 'on'} {{}}"
    elif event.type == "publication" and _is_document(policy):
        subject = "{}"
    if policy and is_money and _SETS_MONEY.search(policy):
        yield from (f"{thing or 'Funding'} {_told(event, ['set'])} by {name}" for name in names)
    if policy:
        yield from (f"{subject.format(name)} {told}" for name in names)
    else:
        yield from _nameless_lines(event, subject, thing, told, acronyms)


def _reports(event: PolicyEvent, policy: str) -> bool:
    """Whether the policy is a body or a review that reports by the own clause: "the panel will report in May"."""
    if event.type != "publication" or not (load_plain().body_end.search(fold(policy)) or _ASKS.search(policy)):
        return False
    start, end = own_clause(event)
    return _TO_REPORT.search(fold(event.quote[start:end])) is not None


def _is_review(event: PolicyEvent, policy: str) -> bool:
    """Whether the policy is a review whose recommendation it is about."""
    return event.type in ("proposal", "rejection") and _ASKS.search(policy) is not None


def _thing(event: PolicyEvent, policy: str) -> str:
    """The sum of money or the document that the sentence gives; empty without one.

    Where the policy is a document itself, another one counts that the own clause puts before it.
    """
    if event.type == "funding" and event.amount:
        return f"{write_sum(event.amount)} of funding"
    if event.type != "publication":
        return ""
    if not _is_document(policy):
        return _document(event, policy)
    start, end = own_clause(event)
    clause = without_names(event.quote[start:end], (*event.policies, *event.organisations))
    found = [match for pattern in load_cues()["documents"].values() for match in _puts_out(pattern).finditer(clause)]
    return min(found, key=lambda match: match.start())["document"] if found else ""


@lru_cache(maxsize=64)
def _puts_out(document: re.Pattern[str]) -> re.Pattern[str]:
    """Finds a document as the object of the verb that puts it out: "to produce guidance"."""
    return re.compile(
        rf"\b(?:publish|produc|releas|issu|launch|unveil|draft)\w*\s(?:an?\s|the\s|its\s|new\s|further\s)*(?P<document>{document.pattern})"
    )


def _is_document(policy: str) -> bool:
    """Whether a policy is a document by its name: a survey, a strategy."""
    last = fold(policy).rsplit(" ", 1)[-1]
    return any(pattern.search(last) for pattern in load_cues()["documents"].values())


def _replacing_lines(event: PolicyEvent, names: Iterable[str], old: str) -> Iterator[str]:
    """ "The fund would replace the grant"."""
    verb = {"planned": "to replace", "happened": "replaces", "ongoing": "replaces"}.get(event.status, "would replace")
    yield from (f"{name} {verb} {old}" for name in names)


def _owned_lines(
    event: PolicyEvent, names: Iterable[str], document: str, forms: Sequence[str], acronyms: Mapping[str, str]
) -> Iterator[str]:
    """ "Ofsted publishes annual report", "Ofsted report published": whose document it is by the sentence."""
    owner = _owner(event, document, acronyms)
    if owner and _is_document(next(iter(names))):
        yield from (f"{owner} {_in_time(event.status, 'publish', owner)} {name}" for name in names)
    elif owner:
        yield f"{owner} {document} {_told(event, forms)}"


def _actor_lines(event: PolicyEvent, names: Sequence[str], actor: str, thing: str) -> Iterator[str]:
    """What the actor does: "Ofsted publishes report on hubs"."""
    act = load_plain().acts.get(event.type)
    if act is None:
        return
    base, what = act
    verb = _in_time(event.status, base, actor)
    if event.type == "publication" and _is_document(names[0]):
        if not _shares_clause(event, names[0]):
            return
        yield from (f"{actor} {verb} {name}" for name in names)
    what = thing or what
    on = "of" if what in (*_OF, "recommendation") else "for" if what.endswith("funding") else "on"
    if names[0]:
        yield from (f"{actor} {verb} {what} {on} {name}" for name in names)
    elif what:
        yield f"{actor} {verb} {what}"


def _shares_clause(event: PolicyEvent, policy: str) -> bool:
    """Whether a document stands in the own clause before its date: another body's, told beside, may stand behind."""
    start, end = own_clause(event)
    clause = event.quote[start:end]
    return bool(find_name(clause, [policy]) or find_kind(clause, [policy])) and _OWNER.search(clause) is None


def _nameless_lines(
    event: PolicyEvent, subject: str, thing: str, told: str, acronyms: Mapping[str, str]
) -> Iterator[str]:
    """Lines for an event without a policy: by its sum or its body."""
    bodies = [acronyms.get(name, name) for name in event.organisations]
    if event.type == "funding" and thing:
        yield f"{thing} {told}"
    elif bodies and event.type in ("publication", "meeting") and _is_said(event, event.organisations[0], acronyms):
        yield f"{bodies[0]} {thing or subject.split(maxsplit=1)[0].lower()} {told}"
    elif event.type == "consultation":
        yield f"{bodies[0]} consultation {told}" if len(bodies) == 1 else f"Consultation {told}"


def _is_said(event: PolicyEvent, name: str, acronyms: Mapping[str, str]) -> bool:
    """Whether the sentence names a body, or a word for one that may be it: else the line may not be about it."""
    return (
        find_name(event.quote, (name, acronyms.get(name, name))) is not None
        or _THE_BODY.search(event.quote) is not None
    )


def _line(event: PolicyEvent, policy: str) -> tuple[str, ...]:
    """The subject and the forms of what is said of it: those for a body, else those that the sentence has words for."""
    plain = load_plain()
    if event.type == "implementation" and _LAW.search(policy):
        return plain.laws
    if event.type in plain.bodies and plain.body_end.search(fold(policy)):
        return plain.bodies[event.type]
    start, end = own_clause(event)
    own, whole = fold(event.quote[start:end]), fold(event.quote)
    for text in (own, whole) if event.type in ("meeting", "consultation") else (own,):
        for pattern, line in plain.variants.get(event.type, ()):
            if pattern.search(text):
                return line
    return plain.lines[event.type]


def _owner(event: PolicyEvent, document: str, acronyms: Mapping[str, str]) -> str:
    """The body whose document it is by the sentence: "the board's recent report", "a survey by the board"."""
    if not document:
        return ""
    for name in event.organisations:
        if name in event.policies:
            continue
        for form in {name, acronyms.get(name, name)}:
            each, thing = re.escape(fold(form)), re.escape(document)
            if re.search(
                rf"{each}(?:\s\([^)]*\))?(?:'s?)?\s(?:[\w'-]+\s){{0,4}}?{thing}\b"
                rf"|\b{thing}\s(?:(?:last|this)\s\w+\s)?(?:by|from)\s(?:the\s)?{each}",
                fold(event.quote),
            ):
                return acronyms.get(name, name)
    return ""


def _told(event: PolicyEvent, said: Sequence[str]) -> str:
    """What is said of the event as its status has it: one of the forms given, else made from the participle."""
    done = said[0]
    if len(said) == FORMS - 1 and event.status != "cancelled":
        to_come = said[1] if event.status == "planned" else said[1].replace("to ", "would ", 1)
        return {"happened": done, "ongoing": said[2]}.get(event.status, to_come)
    if len(said) == FORMS - 1:
        return "called off"
    forms = {"ongoing": "being {}", "planned": "to be {}", "proposed": "would be {}", "conditional": "would be {}",
             "cancelled": "no longer to be {}"}  # fmt: skip
    return forms.get(event.status, "{}").format(done)


def _in_time(status: str, base: str, actor: str) -> str:
    """The verb as the event's status has it: "proposes", "to propose", "would propose"."""
    if status == "planned":
        return f"to {base}"
    if status in ("proposed", "conditional"):
        return f"would {base}" if base not in ("propose", "make") else third_person(base)
    if status == "cancelled":
        return f"was to {base}"
    return base if PLURAL.search(actor) or (actor.endswith("s") and " " in actor) else third_person(base)


def _actor(event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The event's body that its sentence says does such a thing, in short; empty where none does.

    It must stand right before a verb, and a word for the event's type must follow within a few words.
    """
    start, end = own_clause(event)
    cues = load_cues()["types"][event.type]
    for text in (event.quote[start:end], event.quote):
        for name in event.organisations:
            surface = find_name(text, (name, acronyms.get(name, name)))
            if surface is None or name in event.policies:
                continue
            behind = re.sub(r"^\s*\([^)]*\)", "", text[text.rfind(surface) + len(surface) :])
            verb = verb_pattern().search(behind)
            if verb is None or not _NEAR.fullmatch(behind[: verb.start()]) or _is_done_before(verb[0], event):
                continue
            deed = " ".join(behind[verb.start() :].split()[:_DEED])
            if cues.search(fold(deed)) and not _ONLY_ASKS.search(deed):
                return acronyms.get(name, name)
    return ""


def _is_done_before(verb: str, event: PolicyEvent) -> bool:
    """Whether a verb tells what its subject has done, while the event is still to come."""
    words = load_words()
    base = words.past.get(verb)
    return event.status in ("planned", "conditional") and base is not None and base not in words.nouns


def _verb_of(event: PolicyEvent, policy: str) -> str:
    """What the own clause says is done to the policy, as the event's status has it; empty without a verb for its type.

    Of several verbs the one nearest to the event's date counts.
    """
    start, end = own_clause(event)
    clause, before = fold(event.quote[start:end]), event.quote[:start]
    if find_name(before[-_LOOK_BEHIND:], [policy]):
        clause = re.sub(r"^(?:and\s+|but\s+)?(?:which|that|it|they)\b", fold(policy), clause)
    dated = date_pattern(event.date).search(clause) if event.date_basis in ("explicit", "relative") else None
    place = dated.start() if dated else 0
    found = [(abs(at - place), done, due) for at, done, due in found_verbs(event.type, clause, policy)]
    if not found:
        return ""
    _, done, due = min(found)
    if event.status == "cancelled":
        return f"was {due}" if not PLURAL.search(fold(policy)) else f"were {due}"
    if event.status in ("proposed", "conditional") and event.type != "proposal":
        return f"would {due.removeprefix('to ')}"
    return due if event.status == "planned" else done


def _document(event: PolicyEvent, name: str) -> str:
    """The word for the document that the sentence uses first: "report", "figures"; empty where the policy is one."""
    folded = without_names(event.quote, (*event.policies, *event.organisations))
    found = [match for pattern in load_cues()["documents"].values() for match in pattern.finditer(folded)]
    plain = [match for match in found if match[0] not in fold(name)]
    return min(plain, key=lambda match: match.start())[0] if plain else ""


def write_sum(amount: float) -> str:
    """A sum in pounds as headlines write it.

    >>> write_sum(2_500_000.0), write_sum(75_000.0)
    ('£2.5m', '£75,000')
    """
    for scale, mark in ((1e9, "bn"), (1e6, "m")):
        if amount >= scale:
            return f"£{amount / scale:g}{mark}"
    return f"£{amount:,.0f}"
