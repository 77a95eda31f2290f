"""The tables with their cross-references: what belongs to a topic, a policy, an organisation, an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.report.wording import Row, headline, list_of, number_of, standing, text_of
from pipeline.tables import Cell

Rows = list[Row]


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation or a policy with a count of something."""

    entity_id: str
    name: str
    n: int


def _by(rows: Iterable[Row], column: str) -> dict[str, Rows]:
    """Rows by the value of a column; by every value, where it is a list."""
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        cell = row[column]
        for value in dict.fromkeys(cell if isinstance(cell, tuple) else (text_of(cell),)):
            found[value].append(row)
    return dict(found)


def _ranked(counts: Counter[tuple[str, str]]) -> list[Named]:
    """Entities (identifier and name) with their counts, most first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0][1], pair[0][0]))
    return [Named(entity_id, name, n) for (entity_id, name), n in ordered]


class Library:
    """The rows of every table, and lookups between them. Rows keep the order of their tables.

    ``texts`` are the articles' texts by identifier; no page shows them, figures of quality are worked out on them.
    """

    def __init__(self, tables: Mapping[str, list[dict[str, Cell]]], texts: Mapping[str, str]) -> None:
        self.tables = tables
        self.texts = texts
        self.events: Rows = [{**row, "title": headline(row)} for row in tables["timeline"]]
        self.articles: Rows = sorted(
            tables["articles"], key=lambda a: (text_of(a["published"]), text_of(a["article_id"])), reverse=True
        )
        self.topics: Rows = sorted(tables["topics"], key=lambda t: (-number_of(t["n_articles"]), text_of(t["label"])))
        self.event = {text_of(row["event_id"]): row for row in self.events}
        self.article = {text_of(row["article_id"]): row for row in self.articles}
        self.topic = {text_of(row["topic_id"]): row for row in self.topics}
        self.policy = {text_of(row["policy_id"]): row for row in tables["policies"]}
        self.organisation = {text_of(row["organisation_id"]): row for row in tables["organisations"]}
        self.tellings = _by(tables["evidence"], "event_id")
        self.tellings_of_article = _by(tables["evidence"], "article_id")
        self.events_of_policy = _by(self.events, "policy_ids")
        self.events_of_organisation = _by(self.events, "organisation_ids")
        self.numbers_of_article = _by(tables["numbers"], "article_id")
        self.articles_of_topic = _by(self.articles, "topic_id")
        self.mentions_of_article = _by(tables["mentions"], "article_id")
        self._named: dict[tuple[str, str], set[tuple[str, str]]] = {}

    @cached_property
    def articles_of_entity(self) -> dict[str, tuple[str, ...]]:
        """The articles that name each organisation and policy, newest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for article in self.articles:
            article_id = text_of(article["article_id"])
            for entity_id in dict.fromkeys(
                text_of(m["entity_id"]) for m in self.mentions_of_article.get(article_id, ())
            ):
                found[entity_id].append(article_id)
        return {entity_id: tuple(ids) for entity_id, ids in found.items()}

    @cached_property
    def events_of_article(self) -> dict[str, Rows]:
        """The events that each article tells, in order of time."""
        articles_of = {e: {text_of(t["article_id"]) for t in rows} for e, rows in self.tellings.items()}
        found: dict[str, Rows] = defaultdict(list)
        for event in self.events:
            for article_id in sorted(articles_of.get(text_of(event["event_id"]), ())):
                found[article_id].append(event)
        return dict(found)

    @cached_property
    def answers(self) -> dict[str, list[tuple[str, str]]]:
        """For every event the later ones that refer to it: kind of link and event."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for event in self.events:
            for pair in list_of(event["related"]):
                kind, _, target = pair.partition(":")
                found[target].append((kind, text_of(event["event_id"])))
        return dict(found)

    @cached_property
    def low_texts(self) -> list[str]:
        """The articles' texts in small letters."""
        return [text.lower() for text in self.texts.values()]

    @cached_property
    def newest(self) -> str:
        """When the newest article came out; empty where there is none."""
        return text_of(self.articles[0]["published"]) if self.articles else ""

    def entities_in(self, article_ids: Iterable[str], kind: str) -> list[Named]:
        """The organisations or policies (``kind``) that the articles name, with the number of articles, most first."""
        counts: Counter[tuple[str, str]] = Counter()
        for article_id in article_ids:
            counts.update(self._named_in(article_id, kind))
        return _ranked(counts)

    def _named_in(self, article_id: str, kind: str) -> set[tuple[str, str]]:
        """Identifier and name of what an article names; kept, since every page of what it names asks for it."""
        if (article_id, kind) not in self._named:
            self._named[article_id, kind] = {
                (text_of(m["entity_id"]), text_of(m["name"]))
                for m in self.mentions_of_article.get(article_id, ())
                if m["kind"] == kind
            }
        return self._named[article_id, kind]

    def mentions_in(self, article_id: str, kind: str) -> list[Named]:
        """The organisations or policies (``kind``) of an article, with the number of mentions, most first."""
        counts = Counter(
            (text_of(m["entity_id"]), text_of(m["name"]))
            for m in self.mentions_of_article.get(article_id, ())
            if m["kind"] == kind
        )
        return _ranked(counts)

    def events_in(self, article_ids: Iterable[str]) -> Rows:
        """The events that any of the articles tells, in order of time."""
        wanted = {text_of(e["event_id"]) for a in article_ids for e in self.events_of_article.get(a, ())}
        return [event for event in self.events if text_of(event["event_id"]) in wanted]

    def unsorted(self) -> Rows:
        """The articles without a topic, newest first."""
        return self.articles_of_topic.get("", [])

    def events_standing(self, events: Iterable[Row], key: str) -> Rows:
        """Those of the events whose standing is ``key``."""
        return [event for event in events if standing(event) == key]
