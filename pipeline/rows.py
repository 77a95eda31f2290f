"""Records as rows of the tables: the one place that knows both.

Identifiers are made from content. A number, a mention and a telling are named by their article and offset
(``communitycare-216528.n120``; ``nt`` and so on in the title), an event by a hash of its earliest telling.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.records import Article, Block, Extraction, Mention, PolicyEvent, Quantity, Telling, Topic, TopicAssignment
from pipeline.registers import Registers, entity_id
from pipeline.tables import Cell, Row


def record_id(article_id: str, kind: str, field: str, start_char: int) -> str:
    """Identifier of what stands at an offset of an article.

    >>> record_id("communitycare-1", "n", "text", 120), record_id("communitycare-1", "n", "title", 0)
    ('communitycare-1.n120', 'communitycare-1.nt0')
    """
    return f"{article_id}.{kind}{'t' if field == 'title' else ''}{start_char}"


def moment(value: datetime) -> str:
    """A moment in ISO 8601."""
    return value.isoformat()


def make_tellings(articles: Iterable[tuple[Article, Extraction]]) -> Iterator[Telling]:
    """Every event mention with its article; several in one sentence are told apart by a letter."""
    for article, extraction in articles:
        seen: dict[str, int] = defaultdict(int)
        for mention in extraction.events:
            base = record_id(article.article_id, "e", mention.field, mention.start_char)
            letter = chr(ord("a") + seen[base])
            seen[base] += 1
            yield Telling(base + letter, article.article_id, article.published, article.title, article.url, mention)


def evidence_rows(tellings: Iterable[Telling], event_ids: Mapping[str, str]) -> Iterator[Row]:
    """Rows of ``evidence``; ``event_ids`` gives the event of each telling."""
    for telling in tellings:
        mention = telling.mention
        yield {
            "evidence_id": telling.evidence_id,
            "event_id": event_ids[telling.evidence_id],
            "article_id": telling.article_id,
            "date": mention.date,
            "date_basis": mention.date_basis,
            "type": mention.type,
            "status": mention.status,
            "policies": mention.policies,
            "policy_ids": tuple(entity_id("policy", name) for name in mention.policies),
            "organisations": mention.organisations,
            "organisation_ids": tuple(entity_id("organisation", name) for name in mention.organisations),
            "people": mention.people,
            "nation": mention.nation,
            "amount": mention.amount,
            "confidence": round(mention.confidence, 3),
            "quote": mention.quote,
            "start_char": mention.start_char,
            "end_char": mention.end_char,
            "field": mention.field,
            "published": moment(telling.published),
            "title": telling.title,
            "url": telling.url,
        }


def timeline_rows(events: Iterable[PolicyEvent], topics: Mapping[str, str | None]) -> Iterator[Row]:
    """Rows of ``timeline``; ``topics`` gives the topic of each article."""
    for event in events:
        yield {
            "event_id": event.event_id,
            "date": event.date,
            "date_label": event.date_label,
            "date_earliest": event.date_earliest,
            "date_latest": event.date_latest,
            "precision": event.precision,
            "date_basis": event.date_basis,
            "type": event.type,
            "status": event.status,
            "title": event.title,
            "policies": event.policies,
            "policy_ids": tuple(entity_id("policy", name) for name in event.policies),
            "organisations": event.organisations,
            "organisation_ids": tuple(entity_id("organisation", name) for name in event.organisations),
            "people": event.people,
            "nation": event.nation,
            "amount": event.amount,
            "topic_id": topics.get(event.article_id),
            "n_articles": event.n_articles,
            "first_published": moment(event.first_published),
            "last_published": moment(event.last_published),
            "state": event.state,
            "related": event.related,
            "confidence": round(event.confidence, 3),
            "reasons": event.reasons,
            "quote": event.quote,
            "article_id": event.article_id,
            "url": event.url,
            "superseded_ids": event.superseded_ids,
        }


def number_rows(articles: Iterable[tuple[Article, Extraction]], measure_ids: Mapping[str, str]) -> Iterator[Row]:
    """Rows of ``numbers``; ``measure_ids`` gives the measure's identifier of each number that has one."""
    for article, extraction in articles:
        ids = [number_id(article.article_id, quantity) for quantity in extraction.quantities]
        for this, quantity in zip(ids, extraction.quantities, strict=True):
            field = article.title if quantity.field == "title" else article.text
            yield {
                "number_id": this,
                "article_id": article.article_id,
                "text": quantity.text,
                "value": quantity.value,
                "value_high": quantity.value_high,
                "unit": quantity.unit,
                "tier": quantity.tier,
                "role": quantity.role,
                "direction": quantity.direction,
                "approximate": quantity.is_approximate,
                "measure": quantity.measure,
                "measure_id": measure_ids.get(this),
                "period": quantity.period,
                "nation": quantity.nation,
                "source": quantity.source,
                "source_kind": quantity.source_kind,
                "compared_with": None if quantity.compared_with is None else ids[quantity.compared_with],
                "quote": field[quantity.quote_start : quantity.quote_end],
                "start_char": quantity.start_char,
                "end_char": quantity.end_char,
                "field": quantity.field,
                "published": moment(article.published),
                "url": article.url,
            }


def number_id(article_id: str, quantity: Quantity) -> str:
    """The identifier of a number."""
    return record_id(article_id, "n", quantity.field, quantity.start_char)


def mention_rows(articles: Iterable[tuple[Article, Extraction]]) -> Iterator[Row]:
    """Rows of ``mentions``."""
    for article, extraction in articles:
        for mention in extraction.mentions:
            yield {
                "mention_id": record_id(article.article_id, mention.kind[0], mention.field, mention.start_char),
                "article_id": article.article_id,
                "kind": mention.kind,
                "entity_id": mention.entity_id,
                "name": mention.name,
                "type": mention.type,
                "text": mention.text,
                "start_char": mention.start_char,
                "end_char": mention.end_char,
                "field": mention.field,
            }


@dataclass(frozen=True, slots=True)
class ArticleUse:
    """How one article uses an organisation or a policy: its first mention, all forms, and how many mentions."""

    mention: Mention
    forms: tuple[str, ...]
    n_mentions: int
    is_registered: bool


@dataclass(frozen=True, slots=True)
class EntityUse:
    """How one organisation or policy is used over all articles; ``mention`` is the first of the first article."""

    mention: Mention
    forms: tuple[str, ...]
    n_articles: int
    n_mentions: int
    first_published: str
    last_published: str
    origin: str


def article_uses(extraction: Extraction) -> dict[str, ArticleUse]:
    """Use of every organisation and policy in one article, by its identifier."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        found[mention.entity_id].append(mention)
    return {
        key: ArticleUse(
            mention=mentions[0],
            forms=tuple(sorted({mention.text for mention in mentions})),
            n_mentions=len(mentions),
            is_registered=any(mention.origin == "register" for mention in mentions),
        )
        for key, mentions in found.items()
    }


def join_uses(uses: Sequence[tuple[ArticleUse, str]]) -> EntityUse:
    """Use of one organisation or policy over all articles, from that in each with its publication, in that order."""
    first = uses[0][0].mention
    return EntityUse(
        mention=first,
        forms=tuple(sorted({form for use, _ in uses for form in use.forms} - {first.name})),
        n_articles=len(uses),
        n_mentions=sum(use.n_mentions for use, _ in uses),
        first_published=uses[0][1],
        last_published=uses[-1][1],
        origin="register" if any(use.is_registered for use, _ in uses) else "text",
    )


def add_uses(known: EntityUse, uses: Sequence[tuple[ArticleUse, str]]) -> EntityUse:
    """Use of one organisation or policy with that in more articles, none of which came out before all the others."""
    return replace(
        known,
        forms=tuple(sorted({*known.forms, *(form for use, _ in uses for form in use.forms)} - {known.mention.name})),
        n_articles=known.n_articles + len(uses),
        n_mentions=known.n_mentions + sum(use.n_mentions for use, _ in uses),
        last_published=max(known.last_published, *(published for _, published in uses)),
        origin="register" if any(use.is_registered for use, _ in uses) else known.origin,
    )


def use_of_row(mention: Mention, row: Mapping[str, Cell]) -> EntityUse:
    """The use that a row of ``organisations`` or ``policies`` was made from; ``mention`` is the first of all."""
    return EntityUse(
        mention=mention,
        forms=row["aliases"] or (),  # type: ignore[arg-type]
        n_articles=int(row["n_articles"]),  # type: ignore[arg-type]
        n_mentions=int(row["n_mentions"]),  # type: ignore[arg-type]
        first_published=str(row["first_published"]),
        last_published=str(row["last_published"]),
        origin=str(row["origin"]),
    )


def _entity_columns(key: str, use: EntityUse, registers: Registers) -> dict[str, object]:
    entry = next(iter(registers.find(use.mention.kind, use.mention.name)), None)
    acronyms = (entry.acronym if entry else None, use.mention.acronym)
    return {
        f"{use.mention.kind}_id": key,
        "name": use.mention.name,
        "acronym": next((acronym for acronym in acronyms if acronym), None),
        "type": use.mention.type,
        "aliases": use.forms,
        "n_articles": use.n_articles,
        "n_mentions": use.n_mentions,
        "first_published": use.first_published,
        "last_published": use.last_published,
        "origin": use.origin,
    }


def organisation_rows(uses: Mapping[str, EntityUse], registers: Registers) -> Iterator[Row]:
    """Rows of ``organisations``."""
    for key, use in uses.items():
        if use.mention.kind == "organisation":
            entry = next(iter(registers.find("organisation", use.mention.name)), None)
            external = entry.external_ids if entry else ()
            yield {**_entity_columns(key, use, registers), "external_ids": external}  # type: ignore[dict-item]


def policy_rows(
    uses: Mapping[str, EntityUse], registers: Registers, n_events: Mapping[str, int], states: Mapping[str, str]
) -> Iterator[Row]:
    """Rows of ``policies``; ``n_events`` and ``states`` are by the policy's name."""
    for key, use in uses.items():
        if use.mention.kind == "policy":
            name = use.mention.name
            more = {"n_events": n_events.get(name, 0), "state": states.get(name)}
            yield {**_entity_columns(key, use, registers), **more}  # type: ignore[dict-item]


def article_rows(articles: Iterable[Article], assignments: Mapping[str, TopicAssignment]) -> Iterator[Row]:
    """Rows of ``articles``."""
    for article in articles:
        assignment = assignments.get(article.article_id)
        yield {
            "article_id": article.article_id,
            "url": article.url,
            "title": article.title,
            "author": article.author,
            "published": moment(article.published),
            "tags": article.tags,
            "comment_count": article.comment_count,
            "image_url": article.image_url,
            "image_credit": article.image_credit,
            "summary": article.summary,
            "n_words": article.n_words,
            "topic_id": assignment.topic_id if assignment else None,
            "topic_similarity": round(assignment.similarity, 4) if assignment else None,
            "n_revisions": article.n_revisions,
            "dumps": article.dumps,
            "flags": article.flags,
            "nearest_topic_id": assignment.nearest_id if assignment and assignment.topic_id is None else None,
        }


def text_rows(articles: Iterable[Article]) -> Iterator[Row]:
    """Rows of ``article_texts``."""
    for article in articles:
        yield {
            "article_id": article.article_id,
            "title": article.title,
            "text": article.text,
            "blocks": json.dumps([block_object(block) for block in article.blocks], ensure_ascii=False),
        }


def block_object(block: Block) -> dict[str, str | int | None]:
    """A block as ``articles.jsonl`` writes it."""
    return {"kind": block.kind, "text": block.text, "start_char": block.start_char, "end_char": block.end_char}


def topic_rows(
    topics: Iterable[Topic], assignments: Iterable[TopicAssignment], moments: Mapping[str, str]
) -> Iterator[Row]:
    """Rows of ``topics`` with the assignments of their articles; ``moments`` says when each article came out."""
    members: dict[str | None, list[TopicAssignment]] = {}
    for each in assignments:
        members.setdefault(each.topic_id, []).append(each)
    for topic in topics:
        own = members[topic.topic_id]
        cohesion = sum(each.similarity for each in own) / len(own)
        others = sum(each.similarity - each.other_similarity for each in own) / len(own)
        published = sorted(moments[article_id] for article_id in topic.article_ids)
        yield {
            "topic_id": topic.topic_id,
            "label": topic.label,
            "terms": topic.terms,
            "n_articles": len(topic.article_ids),
            "first_published": published[0] if published else None,
            "last_published": published[-1] if published else None,
            "representative_articles": topic.representative,
            "cohesion": round(cohesion, 4),
            "separation": round(others, 4),
        }
