"""From a ``Doc`` to its mentions: register, definitions in passing, head nouns, then one reading of each place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from pipeline.extraction.entities.actors import Surroundings, find_actors
from pipeline.extraction.entities.definitions import acronym_letters, find_definitions, spells
from pipeline.extraction.entities.described import defined_type, find_described, find_titled
from pipeline.extraction.entities.forms import Entity, Form, FormIndex, Found, make_forms
from pipeline.extraction.entities.heads import load_heads
from pipeline.extraction.entities.names import find_names, without_brackets
from pipeline.extraction.entities.tokens import Tokens, is_acronym, tokenise
from pipeline.extraction.entities.people import find_people
from pipeline.extraction.entities.references import find_references
from pipeline.extraction.entities.support import load_cues, supported
from pipeline.extraction.sentences import sentence_spans
from pipeline.records import Mention, Reference
from pipeline.registers import RegisterEntry, Registers, entity_id

_SMALL = frozenset("and of for the in on to with into a an or 's '".split())


class Linker:
    """The registers made ready for matching."""

    def __init__(self, registers: Registers) -> None:
        self._heads = load_heads()
        self._index = FormIndex(form for entry in registers.entries for form in entry_forms(entry))

    def link(self, doc: Doc) -> tuple[list[Mention], list[Reference]]:
        """The mentions and references of one article."""
        tokens = tokenise(doc.text)
        begins = frozenset(begin for begin, _ in sentence_spans(doc))
        starts = frozenset(bisect_left(tokens.starts, begin) for begin in begins)
        found = self._index.match(tokens)
        strong = settle(tokens, [each for each in found if not each.form.is_weak])
        local = FormIndex(self._learn(doc, tokens, begins, strong, found)).match(tokens)
        kept = [*strong, *local]
        kept += supported(tokens, [each for each in found if each.form.is_weak], kept, starts)
        mentions = [make_mention(tokens, each) for each in settle(tokens, kept)]
        return mentions, find_references(tokens, mentions)

    def _learn(
        self, doc: Doc, tokens: Tokens, begins: frozenset[int], strong: list[Found], found: list[Found]
    ) -> Iterable[Form]:
        """The forms that hold in this article alone."""
        known = {(tokens.starts[each.first], each.end_char): each.form.entity for each in strong}
        bodies = [span for span, entity in known.items() if entity.kind == "organisation"]
        plain = without_brackets(tokens)
        learnt: dict[tuple[int, int], Entity] = {}
        for name in find_names(plain, self._heads, begins, bodies):
            if not any(start <= name.start and name.end <= end for start, end in known):
                learnt[name.start, name.end] = Entity(name.kind, name.words, name.type, None, "text")
        spans = [(tokens.starts[each.first], each.end_char) for each in found]
        titled = find_titled(plain, self._heads, frozenset(start for start, _ in [*spans, *learnt]), begins)
        described = find_described(plain, begins, frozenset(end for _, end in spans))
        for name in [*titled, *described]:
            if not any(start < name.end and name.start < end for start, end in [*known, *learnt]):
                learnt[name.start, name.end] = Entity(name.kind, name.words, name.type, None, "text")
        forms = list(self._defined(tokens, known, learnt))
        acronyms = frozenset(form.words for form in forms)
        named = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PERSON"]
        people = find_people(tokens, [*spans, *learnt], named)
        around = Surroundings(
            begins=begins,
            bodies=[*bodies, *(span for span, entity in learnt.items() if entity.kind == "organisation")],
            taken=[*spans, *learnt],
            likely=frozenset((ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "ORG"),
            not_bodies=frozenset(
                word for start, end in [*named, *((one.start_char, one.end_char) for one in people)]
                for word in tokenise(doc.text[start:end]).words
            ),
        )
        full = [*known.values(), *learnt.values()]
        for name in find_actors(plain, self._heads, load_cues(), around):
            words = tuple(tokenise(name.words).words)
            if words not in acronyms:
                learnt[name.start, name.end] = _spelt_out(words, full) or Entity(
                    name.kind, name.words, name.type, None, "text"
                )
        for (start, end), entity in list(learnt.items()):
            base = self._branch_of(doc.text[start:end], full, forms)
            if base is not None:
                learnt[start, end] = base
        yield from forms
        for (start, end), entity in learnt.items():
            yield from make_forms(entity, entity.name)
            yield from make_forms(entity, doc.text[start:end])

    def _branch_of(self, surface: str, full: Iterable[Entity], forms: Iterable[Form]) -> Entity | None:
        """The body whose branch in one nation a name is: "BASW Cymru" is BASW's."""
        *base, last = tokenise(surface).words
        if last.lower() not in self._heads.places:
            return None
        by_words = {tuple(tokenise(each.name).words): each for each in full if each.kind == "organisation"}
        by_words |= {form.words: form.entity for form in forms if form.entity.kind == "organisation"}
        return by_words.get(tuple(base))

    def _defined(
        self, tokens: Tokens, known: dict[tuple[int, int], Entity], learnt: dict[tuple[int, int], Entity]
    ) -> Iterable[Form]:
        """The acronyms that the article defines; what they stand for joins ``learnt`` where it is new."""
        ends = {end for _, end in known}
        for definition in find_definitions(tokens):
            span = tokens.starts[definition.first], tokens.ends[definition.last - 1]
            surface = tokens.surface(definition.acronym_first, definition.acronym_last)
            entity = known.get(span) or learnt.get(span)
            if entity is None:
                lows = tokens.lows[definition.first : definition.last]
                is_class = tokens.words[definition.first].islower()
                type_ = (is_class and defined_type(lows)) or self._heads.type_of(lows)
                if type_ is None or span[1] in ends:
                    continue
                entity = Entity(type_[0], tokens.surface(definition.first, definition.last), type_[1], surface, "text")
                learnt[span] = entity
            yield from make_forms(entity, surface)


def _spelt_out(words: tuple[str, ...], full: Iterable[Entity]) -> Entity | None:
    """The one organisation of the article whose name the acronym spells, though nothing says so."""
    if not is_acronym("".join(words)):
        return None
    letters = acronym_letters(words)
    spelt = {each for each in full if each.kind == "organisation" and spells(letters, tokenise(each.name).lows)}
    return spelt.pop() if len(spelt) == 1 else None


def entry_forms(entry: RegisterEntry) -> Iterable[Form]:
    """All forms of an entry, plurals with them."""
    entity = Entity(entry.kind, entry.name, entry.type, entry.acronym)
    weak = set(entry.weak)
    for surface in entry.forms:
        yield from make_forms(entity, surface, surface in weak)


def settle(tokens: Tokens, found: Sequence[Found]) -> list[Found]:
    """One reading of each place: per kind, longer forms win, then those of the register; in order.

    A body's possessive ends its name ("the House of Commons’ education committee" names two), and what is part of a
    body's name ("Safeguarding Practice Review Panel") is no policy.
    """
    owners = {
        each.first
        for each in found
        if each.form.entity.kind == "organisation" and tokens.lows[each.last : each.last + 1] in (["'s"], ["'"])
    }
    parts = {each.first for each in found if each.form.entity.kind == "organisation"}
    taken: dict[str, list[Found]] = {"organisation": [], "policy": []}
    for each in sorted(found, key=_rank):
        kind = each.form.entity.kind
        if kind == "organisation" and each.first in owners and _is_possessive(each) and parts & set(range(each.first + 1, each.last)):
            continue
        if all(each.last <= other.first or other.last <= each.first for other in taken[kind]):
            taken[kind].append(each)
    organisations = taken["organisation"]
    policies = [
        each
        for each in taken["policy"]
        if not any(
            body.first <= each.first and each.last <= body.last and body.last - body.first > each.last - each.first
            for body in organisations
        )
    ]
    titles = [each for each in policies if each.last - each.first > 2 and _is_title(tokens, each)]
    organisations = [
        body
        for body in organisations
        if not any(
            each.first <= body.first and body.last <= each.last and each.last - each.first > body.last - body.first
            for each in titles
        )
    ]
    return sorted([*organisations, *policies], key=lambda one: (one.first, one.last, one.form.entity.kind))


def _rank(found: Found) -> tuple[int, str, int, str]:
    entity = found.form.entity
    return found.first - found.last, entity.origin, found.first, entity.name


def _is_possessive(found: Found) -> bool:
    return bool({"'s", "'"} & set(found.form.words[1:-1]))


def _is_title(tokens: Tokens, found: Found) -> bool:
    """Whether a policy is written as a title, so that a body's name in it is part of it."""
    words = tokens.words[found.first : found.last]
    return all(word[0].isupper() or word in _SMALL or not word[0].isalpha() for word in words)


def make_mention(tokens: Tokens, found: Found) -> Mention:
    """The record of a found form."""
    entity, start = found.form.entity, tokens.starts[found.first]
    return Mention(
        kind=entity.kind,
        entity_id=entity_id(entity.kind, entity.name),
        name=entity.name,
        type=entity.type,
        text=tokens.text[start : found.end_char],
        start_char=start,
        end_char=found.end_char,
        origin=entity.origin,
        acronym=entity.acronym,
    )
