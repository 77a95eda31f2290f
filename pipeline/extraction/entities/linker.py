"""From a ``Doc`` to its mentions: register, definitions in passing, head nouns, then one reading of each place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from spacy.tokens import Doc

from pipeline.extraction.entities.definitions import Definition, find_definitions
from pipeline.extraction.entities.forms import Entity, Form, FormIndex, Found, make_forms
from pipeline.extraction.entities.heads import load_heads
from pipeline.extraction.entities.names import Name, find_names
from pipeline.extraction.entities.tokens import Tokens, tokenise
from pipeline.extraction.entities.support import supported
from pipeline.extraction.sentences import sentence_spans
from pipeline.records import Mention, Reference
from pipeline.registers import RegisterEntry, Registers, entity_id


class Linker:
    """The registers made ready for matching."""

    def __init__(self, registers: Registers) -> None:
        self._heads = load_heads()
        self._index = FormIndex(form for entry in registers.entries for form in entry_forms(entry))

    def link(self, doc: Doc) -> tuple[list[Mention], list[Reference]]:
        """The mentions and references of one article."""
        tokens = tokenise(doc.text)
        starts = frozenset(bisect_left(tokens.starts, begin) for begin, _ in sentence_spans(doc))
        found = self._index.match(tokens)
        definitions = find_definitions(tokens)
        strong = settle([each for each in found if not each.form.is_weak])
        known = [(each.first, each.last) for each in strong if each.form.entity.kind == "organisation"]
        names = find_names(tokens, self._heads, starts, known)
        local = FormIndex(self._learn(tokens, names, definitions, strong)).match(tokens)
        kept = [*strong, *local]
        kept += supported(tokens, [each for each in found if each.form.is_weak], kept)
        return [make_mention(tokens, each) for each in settle(kept)], []

    def _learn(
        self, tokens: Tokens, names: list[Name], definitions: list[Definition], strong: list[Found]
    ) -> Iterable[Form]:
        """The forms that hold in this article alone."""
        by_span = {(each.first, each.last): each.form.entity for each in strong}
        by_end = {each.last: each.form.entity for each in strong}
        learnt: dict[tuple[int, int], Entity] = {}
        for name in names:
            if not any(each.first <= name.first and name.last <= each.last for each in strong):
                surface = tokens.surface(name.first, name.last)
                learnt[name.first, name.last] = Entity(name.kind, surface, name.type, None, "text")
        for definition in definitions:
            span = definition.first, definition.last
            surface = tokens.surface(definition.acronym_first, definition.acronym_last)
            entity = by_span.get(span) or learnt.get(span)
            if entity is None:
                found = self._heads.type_of(tokens.lows[definition.first : definition.last])
                if found is None or (by_end.get(definition.last)):
                    continue
                entity = Entity(found[0], tokens.surface(*span), found[1], surface, "text")
            learnt[span] = entity
            yield from make_forms(entity, surface)
        for span, entity in learnt.items():
            yield from make_forms(entity, tokens.surface(*span))


def entry_forms(entry: RegisterEntry) -> Iterable[Form]:
    """All forms of an entry, plurals with them."""
    entity = Entity(entry.kind, entry.name, entry.type, entry.acronym)
    weak = set(entry.weak)
    for surface in entry.forms:
        yield from make_forms(entity, surface, surface in weak)


def settle(found: Iterable[Found]) -> list[Found]:
    """One reading of each place: per kind, longer forms win, then those of the register; in order."""
    taken: dict[str, list[Found]] = {"organisation": [], "policy": []}
    for each in sorted(found, key=lambda one: (one.first - one.last, one.form.entity.origin, one.first, one.form.entity.name)):
        others = taken[each.form.entity.kind]
        if all(each.last <= other.first or other.last <= each.first for other in others):
            others.append(each)
    return sorted(
        (each for group in taken.values() for each in group), key=lambda one: (one.first, one.last, one.form.entity.kind)
    )


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
