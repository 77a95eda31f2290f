"""What one article teaches: names that no register has, acronyms and short names that it defines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.extraction.entities.actors import Surroundings, find_actors
from pipeline.extraction.entities.called import find_called
from pipeline.extraction.entities.cues import load_cues
from pipeline.extraction.entities.definitions import (
    Definition,
    acronym_letters,
    find_definitions,
    find_short_names,
    spells,
)
from pipeline.extraction.entities.described import defined_type, find_described, find_titled
from pipeline.extraction.entities.forms import Entity, Form, Found, make_forms
from pipeline.extraction.entities.heads import load_heads
from pipeline.extraction.entities.instruments import find_instruments
from pipeline.extraction.entities.names import Name, find_names, without_brackets
from pipeline.extraction.entities.paraphrases import Described, find_descriptions
from pipeline.extraction.entities.people import find_people
from pipeline.extraction.entities.places import PLACE
from pipeline.extraction.entities.shortening import by_year, fuller, shorter
from pipeline.extraction.entities.titles import find_titles
from pipeline.extraction.entities.tokens import Tokens, is_acronym, name_tokens, tokenise
from pipeline.vocabulary import ORGANISATION_TYPES

#: What these types hold is named in capitals; in lower case it is a class of things ("care homes", "court orders").
_TITLED_TYPES = frozenset({*ORGANISATION_TYPES, "act", "bill", "regulations"} - {"working_group"})

#: Words before a review's name that make it another review.
_WIDER = frozenset({"national", "second", "serious", "joint", "local", "thematic", "annual", "new"})
_SURE = "sure"  # a policy of the register, in whose place no wording comes
_LAWS = frozenset({"act", "bill", "regulations"})

#: What may stand between a description and a title.
_APPOSED = re.compile(r"(?:, |: | [–—-] )[“‘\"']?")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as far as the registers can read it; spans and sentence ``begins`` are of characters.

    ``found`` are all matches of the registers, ``strong`` those that count by themselves. ``named`` and ``likely`` are
    what a statistical model takes for people and for organisations.
    """

    tokens: Tokens
    begins: frozenset[int]
    found: Sequence[Found]
    strong: Sequence[Found]
    named: Sequence[Span] = ()
    likely: Sequence[Span] = ()


_SHORT_WORD: Final = 3


@dataclass(slots=True)
class Lessons:
    """The forms that hold in one article alone, and the acronyms that it gives a meaning of its own.

    ``meanings`` has the acronym's tokens and the entities that it stands for here; none where it stands for a
    condition, a method, or another thing that is neither a body nor a policy.
    """

    forms: list[Form] = field(default_factory=list)
    meanings: dict[tuple[str, ...], set[Entity]] = field(default_factory=lambda: defaultdict(set))

    def contradicts(self, found: Found) -> bool:
        """Whether a match reads an acronym otherwise than the article does."""
        meant = self.meanings.get(found.form.words)
        if meant is None:
            return False
        same_kind = {entity for entity in meant if entity.kind == found.form.entity.kind}
        if same_kind or not meant:
            return found.form.entity not in same_kind
        own = _telling_words(found.form.entity.name)
        return all(own.isdisjoint(_telling_words(entity.name)) for entity in meant)


def _telling_words(name: str) -> frozenset[str]:
    """The words of a name, in lower case, that others don't have by chance."""
    return frozenset(word for word in name.lower().split() if len(word) > _SHORT_WORD)


def learn(reading: Reading) -> Lessons:
    """All that the article teaches, in five steps, each resting on those before it.

    Names by their head nouns; policies by title or description; acronyms and short names defined in passing; bodies
    by what stands around them; names that are short for another.
    """
    tokens = reading.tokens
    plain = without_brackets(tokens)
    known: dict[Span, list[Entity]] = defaultdict(list)
    for each in reading.strong:
        known[tokens.starts[each.first], each.end_char].append(each.form.entity)
    learnt: dict[Span, Entity] = {}
    lessons = Lessons()

    bodies = [span for span, entities in known.items() if entities[0].kind == "organisation"]
    inquiries = {span for span in bodies if known[span][-1].kind == "organisation"}
    weak = [each for each in reading.found if each.form.is_weak and each.form.entity.type != PLACE]
    maybe = {(tokens.starts[each.first], each.end_char): each.form.entity for each in weak}
    for name in find_names(plain, load_heads(), reading.begins, bodies, list(maybe)):
        if (name.start, name.end) in inquiries and name.type == "review":
            lessons.forms += make_forms(_entity(name), name.words)
        elif not any(start <= name.start and name.end <= end for start, end in known):
            span = name.start, name.end
            learnt[span] = maybe[span] if span in maybe and maybe[span].kind == name.kind else _known_by(name, known)
    matched = [(tokens.starts[each.first], each.end_char) for each in reading.found]
    _learn_titles(plain, reading, known, learnt)
    _learn_instruments(plain, known, learnt, lessons)
    for name in _policies(plain, reading, matched, learnt):
        if not any(start < name.end and name.start < end for start, end in [*known, *learnt]):
            learnt[name.start, name.end] = _entity(name)
    _learn_appositions(tokens.text, known, learnt)
    _learn_descriptions(plain, reading, known, learnt)
    inside = {
        (tokens.starts[each.first], each.end_char): each.form.entity
        for each in reading.found
        if not each.form.is_weak and any(a <= tokens.starts[each.first] and each.end_char < b for a, b in known)
    }
    _learn_definitions(tokens, known, inside, learnt, lessons)
    full = [entity for entities in known.values() for entity in entities] + list(learnt.values())
    for name in find_actors(plain, load_heads(), load_cues(), _surroundings(reading, matched, bodies, learnt)):
        words = tuple(name_tokens(name.words).words)
        if words not in lessons.meanings:
            learnt[name.start, name.end] = _spelt_out(words, full) or _entity(name)
    full += learnt.values()
    for (start, end), entity in list(learnt.items()):
        learnt[start, end] = _branch_of(entity, full, lessons.forms) or fuller(entity, full) or entity
        for surface in (learnt[start, end].name, tokens.text[start:end]):
            lessons.forms += make_forms(learnt[start, end], surface)
        lessons.forms += shorter(learnt[start, end])
    lessons.forms += by_year([*full, *learnt.values()])
    return lessons


def _known_by(name: Name, known: dict[Span, list[Entity]]) -> Entity:
    """The register's review that a name has with its author's before it ("Marlow Lane Safety Review"), else a new
    entity."""
    if name.type == "review":
        before, _, _ = name.words.removeprefix("Independent ").partition(" ")
        is_author = before.lower() not in load_heads().no_titles | _WIDER
        rest = [
            entity
            for (start, end), entities in known.items()
            for entity in entities
            if end == name.end and start > name.start and entity.type == "review"
        ]
        if is_author and rest and name.words.endswith(f"{before} {rest[0].name}"):
            return rest[0]
    return _entity(name)


def _entity(name: Name) -> Entity:
    return Entity(name.kind, name.words, name.type, None, "text")


def _learn_appositions(text: str, known: dict[Span, list[Entity]], learnt: dict[Span, Entity]) -> None:
    """What a title follows is that title's policy: "its homes strategy, Bringing Care Home, …".

    A name with a head noun of its own is the next in a list: "the Homes Fund, Roads Fund and …".
    """
    at = {span[0]: entity for span, entities in known.items() for entity in entities if entity.kind == "policy"}
    at |= {span[0]: entity for span, entity in learnt.items() if entity.kind == "policy"}
    for (start, end), entity in list(learnt.items()):
        gap = _APPOSED.match(text, end)
        titled = at.get(gap.end()) if gap else None
        if titled and entity.kind == "policy" and titled.type == entity.type:
            head = load_heads().type_of(name_tokens(titled.name).lows)
            if head is None or head[0] != "policy":
                learnt[start, end] = titled


def _policies(plain: Tokens, reading: Reading, matched: Sequence[Span], learnt: dict[Span, Entity]) -> Iterator[Name]:
    taken = frozenset(start for start, _ in [*matched, *learnt])
    yield from find_titled(plain, load_heads(), taken, reading.begins)
    yield from find_called(plain)
    yield from find_described(plain, reading.begins, frozenset(end for _, end in matched))


def _learn_titles(plain: Tokens, reading: Reading, known: dict[Span, list[Entity]], learnt: dict[Span, Entity]) -> None:
    """Titles join ``learnt``, in the place of a policy that has been read in a part of one."""
    kinds = _kinds(known, learnt)
    bodies = frozenset(start for (start, _), kind in kinds.items() if kind == "organisation")
    for name in find_titles(plain, reading.begins, bodies):
        _put(name, kinds, learnt)


def _learn_instruments(
    plain: Tokens, known: dict[Span, list[Entity]], learnt: dict[Span, Entity], lessons: Lessons
) -> None:
    """Policies by their wording join ``learnt``; a body that is to be is both a body and a policy."""
    kinds = _kinds(known, learnt)
    bodies = [span for span, kind in kinds.items() if kind == "organisation"]
    laws = [span for span, entities in known.items() if entities[0].type in _LAWS]
    laws += [span for span, entity in learnt.items() if entity.type in _LAWS]
    kinds |= {span: _SURE for span, entities in known.items() if span not in laws and entities[0].kind == "policy"}
    for name in find_instruments(plain, bodies, laws):
        if kinds.get((name.start, name.end)) == "organisation":
            lessons.forms += make_forms(_entity(name), name.words)
        else:
            _put(name, kinds, learnt)


def _kinds(known: dict[Span, list[Entity]], learnt: dict[Span, Entity]) -> dict[Span, str]:
    kinds = {span: entities[0].kind for span, entities in known.items()}
    return kinds | {span: entity.kind for span, entity in learnt.items()}


def _put(name: Name, kinds: dict[Span, str], learnt: dict[Span, Entity]) -> None:
    """A name joins ``learnt`` in the place of the policies that it holds, unless something else stands in its way."""
    touched = [span for span in kinds if span[0] < name.end and name.start < span[1]]
    if (name.start, name.end) not in touched and all(_may_hold(name, span, kinds[span]) for span in touched):
        for span in touched:
            learnt.pop(span, None)
        learnt[name.start, name.end] = _entity(name)


def _may_hold(name: Name, span: Span, kind: str) -> bool:
    """Whether a title may hold what stands at ``span``: a policy anywhere, a body at its beginning."""
    return name.start <= span[0] and span[1] <= name.end and (kind == "policy" or span[0] == name.start)


def _learn_descriptions(
    plain: Tokens, reading: Reading, known: dict[Span, list[Entity]], learnt: dict[Span, Entity]
) -> None:
    """Descriptions of a policy join ``learnt``, in the place of a name that is no more than part of one."""
    sure = {span: entity for span, entities in known.items() for entity in entities if entity.kind == "policy"}
    new = {span: entity for span, entity in learnt.items() if entity.kind == "policy"}
    policies = sure | new
    named = [
        Described((entity, entity.name) for entity in dict.fromkeys(those.values())) for those in (sure, new) if those
    ]
    for each in find_descriptions(plain, reading.begins, named):
        start, end = plain.starts[each.first], plain.ends[each.last - 1]
        touched = {span for span in policies if span[0] < end and start < span[1]}
        is_whole = all(span in learnt and start <= span[0] and span[1] <= end for span in touched)
        if is_whole and all(learnt[span] != each.entity for span in touched):
            for span in touched:
                del learnt[span]
            learnt[start, end] = each.entity


def _learn_definitions(
    tokens: Tokens,
    known: dict[Span, list[Entity]],
    inside: dict[Span, Entity],
    learnt: dict[Span, Entity],
    lessons: Lessons,
) -> None:
    """Acronyms and quoted short names; what an acronym stands for joins ``learnt`` where it is new. ``inside`` are the
    register's matches within longer names: "Merrivale Lamp Service (MLS) Bill" defines the service's acronym."""
    ends = {end: entities for (_, end), entities in known.items()}
    for definition in find_definitions(tokens):
        span = tokens.starts[definition.first], tokens.ends[definition.last - 1]
        acronym = tokens.surface(definition.acronym_first, definition.acronym_last)
        if span in learnt and learnt[span].origin == "text":
            learnt[span] = replace(learnt[span], acronym=acronym)
        entities = known.get(span) or [where[span] for where in (learnt, inside) if span in where][:1]
        entities = entities or _longer(tokens.text, span, acronym, known)
        if not entities and span[1] not in ends:
            new = _defined(tokens, definition, acronym)
            if new:
                learnt[span] = new
                entities = [new]
        if entities or span[1] not in ends:
            words = tuple(tokens.words[definition.acronym_first : definition.acronym_last])
            lessons.meanings[words].update(entities)
        for entity in entities:
            lessons.forms += make_forms(entity, acronym)
    for bracket, first, last in find_short_names(tokens):
        for entity in ends.get(tokens.ends[bracket - 1], ()):
            lessons.forms += make_forms(entity, tokens.surface(first, last))


def _longer(text: str, span: Span, acronym: str, known: dict[Span, list[Entity]]) -> list[Entity]:
    """The bodies whose name ends with the long form of an acronym and begins with the same letter: "Department for
    Diving, Climbing and Sport (DCS)"."""
    for (start, end), entities in known.items():
        if end == span[1] and start < span[0] and text[start] == acronym[0] and entities[0].kind == "organisation":
            return entities
    return []


def _defined(tokens: Tokens, definition: Definition, acronym: str) -> Entity | None:
    """The new entity that an acronym is defined for, by the long form's head noun; ``None`` for other things."""
    lows = tokens.lows[definition.first : definition.last]
    is_class = tokens.words[definition.first].islower()
    type_ = (is_class and defined_type(lows)) or load_heads().type_of(lows)
    if type_ is None or (is_class and type_[1] in _TITLED_TYPES):
        return None
    return Entity(type_[0], tokens.surface(definition.first, definition.last), type_[1], acronym, "text")


def _surroundings(
    reading: Reading, matched: Sequence[Span], bodies: Sequence[Span], learnt: dict[Span, Entity]
) -> Surroundings:
    text = reading.tokens.text
    people = find_people(reading.tokens, [*matched, *learnt], reading.named)
    names = [*reading.named, *((person.start_char, person.end_char) for person in people)]
    return Surroundings(
        begins=reading.begins,
        bodies=[*bodies, *(span for span, entity in learnt.items() if entity.kind == "organisation")],
        taken=[*matched, *learnt],
        likely=frozenset(reading.likely),
        not_bodies=frozenset(word for start, end in names for word in tokenise(text[start:end]).words),
    )


def _spelt_out(words: tuple[str, ...], full: Iterable[Entity]) -> Entity | None:
    """The one organisation of the article whose name the acronym spells, though nothing says so."""
    if not is_acronym("".join(words)):
        return None
    letters = acronym_letters(words)
    spelt = {each for each in full if each.kind == "organisation" and spells(letters, name_tokens(each.name).lows)}
    return spelt.pop() if len(spelt) == 1 else None


def _branch_of(entity: Entity, full: Iterable[Entity], forms: Iterable[Form]) -> Entity | None:
    """The body whose branch in one nation an entity is: "BASW Cymru" is BASW's."""
    *base, last = name_tokens(entity.name).words
    if entity.kind != "organisation" or last.lower() not in load_heads().places:
        return None
    by_words = {tuple(name_tokens(each.name).words): each for each in full if each.kind == "organisation"}
    by_words |= {form.words: form.entity for form in forms if form.entity.kind == "organisation"}
    return by_words.get(tuple(base))
