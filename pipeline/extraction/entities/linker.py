"""From a ``Doc`` to its mentions: what the registers know, what the article teaches, one reading of each place."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.extraction.entities.forms import Entity, Form, FormIndex, Found, make_forms
from pipeline.extraction.entities.learning import Reading, learn
from pipeline.extraction.entities.nations import local_names, nation_of
from pipeline.extraction.entities.paraphrases import Described, find_descriptions
from pipeline.extraction.entities.references import find_references
from pipeline.extraction.entities.settling import settle
from pipeline.extraction.entities.support import supported
from pipeline.extraction.entities.tokens import Tokens, text_tokens
from pipeline.records import Mention, Reference
from pipeline.registers import RegisterEntry, Registers, entity_id


class Linker:
    """The registers made ready for matching."""

    def __init__(self, registers: Registers) -> None:
        self._index = FormIndex(form for entry in registers.entries for form in entry_forms(entry))
        local: dict[str, list[Form]] = defaultdict(list)
        for nation, entry, name in local_names(registers.entries):
            local[nation] += make_forms(entry_entity(entry), name)
        self._local = {nation: FormIndex(forms) for nation, forms in local.items()}
        self._described = Described((entry_entity(entry), entry.name) for entry in registers.policies)

    def link(self, doc: Doc) -> tuple[list[Mention], list[Reference]]:
        """The mentions and references of one article, both in order and in the ``Doc``'s offsets."""
        tokens = text_tokens(doc._.text)
        begins = sentence_begins(doc)
        found = self._match(tokens)
        strong = settle(tokens, [each for each in found if not each.form.is_weak])
        lessons = learn(
            Reading(
                tokens,
                begins,
                found,
                strong,
                named=entity_spans(doc, "PERSON"),
                likely=entity_spans(doc, "ORG"),
            )
        )
        strong = [each for each in strong if not lessons.contradicts(each)]
        weak = [each for each in found if each.form.is_weak and not lessons.contradicts(each)]
        sure = [*strong, *FormIndex(lessons.forms).match(tokens)]
        starts = frozenset(bisect_left(tokens.starts, begin) for begin in begins)
        kept = settle(tokens, [*sure, *supported(tokens, weak, sure, starts)])
        mentions = [make_mention(tokens, each) for each in kept]
        references = [*find_references(tokens, mentions), *self._descriptions(tokens, begins, mentions)]
        return mentions, sorted(references, key=lambda each: each.start_char)

    def _descriptions(self, tokens: Tokens, begins: frozenset[int], mentions: list[Mention]) -> list[Reference]:
        """Descriptions of policies that the article never names: what an event is about, but no name of anything."""
        taken = [(each.start_char, each.end_char) for each in mentions]
        found = []
        for each in find_descriptions(tokens, begins, [self._described], is_whole=True):
            start, end = tokens.starts[each.first], tokens.ends[each.last - 1]
            if not any(first < end and start < last for first, last in taken):
                found.append(Reference("policy", each.entity.name, tokens.text[start:end], start, end))
        return found

    def _match(self, tokens: Tokens) -> list[Found]:
        """What the registers find; a name that is another body's or law's in the article's nation is that one's."""
        found = self._index.match(tokens)
        nation = nation_of(tokens)
        local = self._local[nation].match(tokens) if nation in self._local else []
        places = {(each.first, each.last, each.form.entity.kind) for each in local}
        return local + [each for each in found if (each.first, each.last, each.form.entity.kind) not in places]


def sentence_begins(doc: Doc) -> frozenset[int]:
    """The characters at which a sentence begins, or the blanks before one. As arrays: ten times faster than tokens."""
    places, marks = doc.to_array("IDX"), doc.to_array("SENT_START")
    return frozenset(places[marks == 1].tolist())


def entity_spans(doc: Doc, label: str) -> list[tuple[int, int]]:
    """The spans, in characters, that a statistical model gives a label; none without a model."""
    return [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == label]


def entry_entity(entry: RegisterEntry) -> Entity:
    """What a mention of the entry is linked to."""
    return Entity(entry.kind, entry.name, entry.type, entry.acronym)


def entry_forms(entry: RegisterEntry) -> Iterator[Form]:
    """All forms of an entry, plurals with them."""
    entity = entry_entity(entry)
    for surface in entry.forms:
        yield from make_forms(entity, surface, surface in entry.weak)


def make_mention(tokens: Tokens, found: Found) -> Mention:
    """The record of a match."""
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
