"""The component ``carefeed_events``: sets ``doc._.events``, what was decided, when, by whom and how far it has got.

passages    sentences with what other components found in them
readings    triggers (verbs and nouns that tell events) and the dates that are theirs
story       what the sentences lend each other
clauses     a verb's own subject and object; types and objects tell by them what kind of event it is
lending     the verb of saying whose date an undated statement takes
cancelling  what was planned and is said not to come
candidates  what each sentence may tell: type, status, date
features    what speaks for and against a candidate; scoring weighs it
type_counts the type of what is kept, by the rules' answer and by type_traits
bodies      who acts; article_bodies has the bodies of the whole article
details     policies, people, money; scope has the policies of one statement
doubles     what one sentence tells twice
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.events.actors import NOBODY, actor_of, find_actors
from pipeline.extraction.events.article_bodies import ArticleBodies
from pipeline.extraction.events.bodies import find_organisations
from pipeline.extraction.events.candidates import Candidate, find_candidates
from pipeline.extraction.events.cues import Cues, load_cues
from pipeline.extraction.events.details import (
    ArticlePolicies,
    find_amount,
    find_nation,
    find_people,
    find_policies,
)
from pipeline.extraction.events.doubles import drop_doubles
from pipeline.extraction.events.features import describe
from pipeline.extraction.events.passages import Passage, make_passages
from pipeline.extraction.events.readings import read_passage
from pipeline.extraction.events.reasons import find_reasons
from pipeline.extraction.events.scoring import load_weights
from pipeline.extraction.events.story import read_story
from pipeline.extraction.events.tellings import lend_dates, relate
from pipeline.extraction.events.type_counts import decide_type
from pipeline.extraction.timex.component import london_day
from pipeline.records import EventMention


@Language.factory("carefeed_events", assigns=["doc._.events"], requires=["doc._.timexes", "doc._.mentions"])
def create_events(nlp: Language, name: str) -> EventFinder:
    """Make the component; it has no settings."""
    return EventFinder()


class EventFinder:
    """Find, then write: ``match`` is pure, ``set_annotations`` does the writing."""

    def __init__(self) -> None:
        self._cues = load_cues()
        self._weights = load_weights()

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[EventMention]:
        """The events of the ``Doc`` in its own offsets, in order."""
        passages = make_passages(doc)
        scored = [
            (self._weights.confidence(features), candidate) for candidate, features in weigh(doc, passages, self._cues)
        ]
        kept = [(sure, candidate) for sure, candidate in scored if sure >= self._weights.threshold]
        typed = [(sure, replace(candidate, type=decide_type(candidate))) for sure, candidate in kept]
        policies, bodies = ArticlePolicies(passages), ArticleBodies(passages)
        return drop_doubles([_mention(candidate, sure, passages, policies, bodies) for sure, candidate in typed])

    def set_annotations(self, doc: Doc, events: list[EventMention]) -> None:
        """Keep them on the ``Doc``."""
        doc._.events = tuple(events)


def weigh(doc: Doc, passages: list[Passage], cues: Cues) -> list[tuple[Candidate, dict[str, float]]]:
    """Every candidate of the article with its features, in order."""
    published = london_day(doc._.published)
    readings = [read_passage(passage, cues, published) for passage in passages]
    story = read_story(readings, published)
    found: list[Candidate] = []
    siblings: list[int] = []
    actors: list[str] = []
    leading = find_actors(readings)
    for n, reading in enumerate(readings):
        if reading.passage.kind in {"title", "heading"}:
            continue
        here = find_candidates(reading, n, story, published)
        n_dated = sum(bool(candidate.placed) for candidate in here)
        found += here
        siblings += [n_dated - bool(candidate.placed) for candidate in here]
        actors += [leading[n] if candidate.is_main else _actor(candidate, leading[:n]) for candidate in here]
    found, spent = lend_dates(found, published)
    related = relate(found, published)
    return [
        (each, describe(each, siblings[k], actors[k], published) | related[k])
        for k, each in enumerate(found)
        if k != spent
    ]


def _actor(candidate: Candidate, leading: list[str]) -> str:
    triggers = candidate.reading.triggers
    if candidate.trigger not in triggers:
        return NOBODY
    before = next((kind for kind in reversed(leading[-2:]) if kind != NOBODY), NOBODY)
    return actor_of(candidate.reading, triggers.index(candidate.trigger), before)


def _mention(
    candidate: Candidate, sure: float, passages: list[Passage], policies: ArticlePolicies, bodies: ArticleBodies
) -> EventMention:
    passage = candidate.reading.passage
    return EventMention(
        quote=passage.text,
        start_char=passage.start_char,
        end_char=passage.end_char,
        date=candidate.date,
        date_basis=candidate.date_basis,
        type=candidate.type,
        status=candidate.status,
        policies=find_policies(candidate, passages, policies),
        organisations=find_organisations(candidate, passages, bodies),
        people=find_people(candidate),
        amount=find_amount(candidate),
        nation=find_nation(passages, candidate),
        confidence=round(sure, 3),
        reasons=find_reasons(candidate),
    )
