"""The plain line, where no clause of the sentence makes one: what is done to which policy, by whom, and when.

    verb       "Scottish Mental Health Law Review launched, March 2019"     a verb of the event's type in its own clause
    act        "DfE rejects proposal on national pay scales"                the type's words, with the actor named
    no actor   "Consultation on family mentor scheme to be held, autumn 2025"  the type's words alone

The words for each type stand in ``plain.toml``. A line claims what the event's own fields say, and no more: the verb
must be one for the event's type, the actor must be what does it in the sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import date_pattern, own_clause
from pipeline.timeline.cuewords import load_cues
from pipeline.timeline.headline import gerund, load_words, third_person, verb_pattern
from pipeline.timeline.subjects import find_name
from pipeline.timeline.wording import fold, name_pattern, without_names
from pipeline.vocabulary import EVENT_TYPES

_FILE: Final = Path(__file__).parent / "plain.toml"
_TABLES: Final = ("done_to", "does", "phrases", "acts", "lines")
#: What may stand between a body and its verb: "the DfE also", not "the DfE’s plan".
_NEAR: Final = re.compile(r"[,\s]*(?:(?:which|who|also|then|now|just|has|have|is|repeatedly|\w+ly)\s+)*")
#: Words of a deed in which the type must show.
_DEED: Final = 6
#: Whoever asks for money doesn't give it.
_ONLY_ASKS: Final = re.compile(r"\b(?:ask|call|urg|request|demand|want|bid|seek|said|says|told|warn|estimat|need)\w*")
#: Reviews make recommendations; they are not themselves proposed or rejected.
_ASKS: Final = re.compile(r"\b(?:[Rr]eview|[Ii]nquiry|[Cc]ommission)\b")
_LOOK_BEHIND: Final = 60
#: What may stand between a policy and what is done to it, in folded text; no "not".
_BETWEEN: Final = (
    r"(?:\s*\([^)]*\))?,?\s+(?:(?:which|that|was|were|is|are|has|have|had|been|be|first|also|then|now|to|will|would"
    r"|due|set|recently|since|later|subsequently|finally|originally|formally)\s+)*"
)
_DETERMINERS: Final = r"(?:(?:the|a|an|its|their|this|new|planned|draft|replacement of the)\s)*"
_PLURAL: Final = re.compile(r"\b(?:rules|safeguards|standards|regulations|hubs|cooperatives|arrangements|services)$")


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The tables of ``plain.toml``, each by event type.

    ``done_to`` are verbs that are done to a policy, ``does`` verbs that a policy does itself, both as bases with their
    particle ("set up"); ``phrases`` give a fixed phrase its forms, done and to come. ``acts`` are lines with an
    actor (base and object), ``lines`` those without one (what stands for the event, {} being the policy, and what is
    done).
    """

    done_to: Mapping[str, tuple[str, ...]]
    does: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]]
    acts: Mapping[str, tuple[str, ...]]
    lines: Mapping[str, tuple[str, ...]]


@cache
def load_plain() -> PlainWords:
    """The words of plain lines; raises ``RegisterError`` where a table or an event type is missing or unknown."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    if set(data) != set(_TABLES):
        raise RegisterError(f"{_FILE.name} must have {', '.join(_TABLES)} and nothing else")
    for table in _TABLES:
        if unknown := set(data[table]) - set(EVENT_TYPES):
            raise RegisterError(f"{_FILE.name}: [{table}] has {', '.join(sorted(unknown))}, which is no type of event")
    if missing := set(EVENT_TYPES) - set(data["lines"]):
        raise RegisterError(f"{_FILE.name}: [lines] lacks {', '.join(sorted(missing))}")
    for type_, verbs in [*data["done_to"].items(), *data["does"].items()]:
        if unlisted := {verb.split()[0] for verb in verbs} - load_words().bases:
            raise RegisterError(f"{_FILE.name}: {type_}: {', '.join(sorted(unlisted))} is not in verbs.txt")
    return PlainWords(
        done_to={type_: tuple(verbs) for type_, verbs in data["done_to"].items()},
        does={type_: tuple(verbs) for type_, verbs in data["does"].items()},
        phrases={type_: {key: tuple(forms) for key, forms in own.items()} for type_, own in data["phrases"].items()},
        acts={type_: tuple(act) for type_, act in data["acts"].items()},
        lines={type_: tuple(line) for type_, line in data["lines"].items()},
    )


def plain_title(event: PolicyEvent, acronyms: Mapping[str, str], longest: int) -> str:
    """What is done to the event's policy, by whom, and when; empty where there is neither policy, body nor sum."""
    actor = _actor(event, acronyms)
    when = event.date_label if event.date_basis != "publication" else ""
    own = _policy(event)
    others = [name for name in event.policies if name != own]
    for line in (line for name in (own, *others) for line in _lines(event, name, acronyms.get(name, name), actor)):
        for each in (f"{line}, {when}" if when else line, line):
            if len(each) <= longest:
                return each[:1].upper() + each[1:]
    return ""


def _policy(event: PolicyEvent) -> str:
    """The policy that the event's own clause names, else its first; empty without one."""
    start, end = own_clause(event)
    named = (name for name in event.policies if find_name(event.quote[start:end], [name]))
    return next(named, event.policies[0] if event.policies else "")


def _lines(event: PolicyEvent, policy: str, short: str, actor: str) -> Iterator[str]:
    """The lines that can be made, the one that says most first, in full before shortened."""
    names = tuple(dict.fromkeys((policy, short)))
    is_review = event.type in ("proposal", "rejection") and _ASKS.search(policy) is not None
    if policy and not is_review and (verb := _verb_of(event, policy)):
        yield from (f"{name} {verb}" for name in names)
    money = f"{write_sum(event.amount)} of funding" if event.type == "funding" and event.amount else ""
    thing = money or (_document(event, policy) if event.type == "publication" else "")
    act = load_plain().acts.get(event.type)
    subject, done = load_plain().lines[event.type]
    on = "for" if "for {}" in subject or money else "on"
    if is_review:
        on, subject = "of", subject.replace("Proposal on", "Recommendation of")
    if actor and act and actor not in names:
        base, what = act
        verb = _in_time(event.status, base, actor)
        what = thing or ("recommendation" if is_review else what)
        if policy:
            yield from (f"{actor} {verb} {what} {on} {name}" for name in names)
        elif what:
            yield f"{actor} {verb} {what}"
    if thing:
        subject = f"{thing} {on} {{}}"
    told = _told(event, done)
    if policy:
        yield from (f"{subject.format(name)} {told}" for name in names)
    elif money:
        yield f"{money} {told}"
    elif event.organisations and event.type in ("publication", "meeting"):
        yield f"{event.organisations[0]}: {thing or subject.split()[0].lower()} {told}"


def _told(event: PolicyEvent, done: str) -> str:
    """A participle as the event's status has it; a proposal is made, and a deadline set, whatever comes of it."""
    if event.type in ("proposal", "deadline"):
        return done
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
    return base if _PLURAL.search(actor) or (actor.endswith("s") and " " in actor) else third_person(base)


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
            if verb is None or not _NEAR.fullmatch(behind[: verb.start()]):
                continue
            deed = " ".join(behind[verb.start() :].split()[:_DEED])
            if cues.search(fold(deed)) and not _ONLY_ASKS.search(deed):
                return acronyms.get(name, name)
    return ""


def _verb_of(event: PolicyEvent, policy: str) -> str:
    """What the own clause says is done to the policy, as the event's status has it; empty without a verb for its type.

    Of several verbs the one nearest to the event's date counts.
    """
    start, end = own_clause(event)
    clause, before = fold(event.quote[start:end]), event.quote[:start]
    if find_name(before[-_LOOK_BEHIND:], [policy]):
        clause = re.sub(r"^(?:and\s+|but\s+)?(?:which|that|it|they)\b", fold(policy), clause)
    date = date_pattern(event.date).search(clause) if event.date_basis in ("explicit", "relative") else None
    place = date.start() if date else 0
    found = [(abs(at - place), done, due) for at, done, due in _found_verbs(event.type, clause, policy)]
    if not found:
        return ""
    _, done, due = min(found)
    if event.status == "cancelled":
        return f"was {due}" if not _PLURAL.search(fold(policy)) else f"were {due}"
    if event.status in ("proposed", "conditional") and event.type != "proposal":
        return f"would {due.removeprefix('to ')}"
    return due if event.status == "planned" else done


def _found_verbs(type_: str, clause: str, policy: str) -> Iterator[tuple[int, str, str]]:
    """Where verbs of a type stand beside the policy in a folded clause, each with its forms: done, and to come."""
    plain = load_plain()
    is_many = _PLURAL.search(fold(policy)) is not None
    name = _policy_pattern(policy)
    places = list(name.finditer(clause))
    if not places:
        return
    for phrase, (done, many, due) in plain.phrases.get(type_, {}).items():
        for at in _behind(places, clause, phrase):
            yield at, many if is_many else done, due
    for verb in plain.done_to.get(type_, ()):
        done = _participle(verb)
        if done in fold(policy) or verb == fold(policy).split()[-1]:
            continue
        places_of_verb = [*_behind(places, clause, done), *_before(name, clause, verb)]
        yield from ((at, done, f"to be {done}") for at in places_of_verb)
    for verb in plain.does.get(type_, ()):
        head, _, particle = verb.partition(" ")
        done = f"{head if is_many else third_person(head)} {particle}".strip()
        for at in _behind(places, clause, _forms(verb)):
            yield at, done, f"to {verb}"


@lru_cache(maxsize=1024)
def _policy_pattern(policy: str) -> re.Pattern[str]:
    """A policy in a folded clause: by its name, by its kind ("the fund"), by a pronoun that opens the clause."""
    kind = re.escape(fold(policy).split()[-1])
    return re.compile(
        rf"{name_pattern(policy).pattern}|\b(?:the|this|these|draft)\s(?:\w+\s)?{kind}s?\b|^(?:it|they)\b"
    )


def _behind(places: Iterable[re.Match[str]], clause: str, verb: str) -> Iterator[int]:
    """Where a verb stands behind a name, with nothing but small words between them."""
    pattern = _behind_pattern(verb)
    for place in places:
        match = pattern.match(clause, place.end())
        if match:
            yield match.start("verb")


def _before(name: re.Pattern[str], clause: str, verb: str) -> Iterator[int]:
    """Where a verb stands before the name as its object."""
    for match in _before_pattern(verb).finditer(clause):
        object_ = name.match(clause, match.end())
        if object_ and not clause.startswith("'", object_.end()):
            yield match.start("verb")


@cache
def _behind_pattern(verb: str) -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN}(?P<verb>{verb})\b")


@cache
def _before_pattern(verb: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<verb>{_forms(verb)})\s{_DETERMINERS}")


def _participle(verb: str) -> str:
    head, _, particle = verb.partition(" ")
    return f"{load_words().participles[head]} {particle}".strip()


@cache
def _forms(verb: str) -> str:
    """A pattern for all forms of a verb with its particle."""
    words = load_words()
    head, _, particle = verb.partition(" ")
    forms = {head, third_person(head), gerund(head), *(form for form, base in words.past.items() if base == head)}
    behind = rf"\s{particle}" if particle else ""
    return rf"(?:{'|'.join(sorted(forms))}){behind}"


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
