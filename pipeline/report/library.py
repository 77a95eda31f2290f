"""The tables with their cross-references: what belongs to a topic, a policy, an organisation, an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from pipeline.report.source import Source
from pipeline.report.wording import Row, headline, list_of, number_of, text_of

Rows = list[Row]

#: The tables that are held whole.
_HELD: Final = ("timeline", "articles", "topics", "policies", "organisations", "series", "conflicts", "rejections")
#: A page of a topic, policy or organisation lists so many events of a year: the explorer and the months have all.
_LISTED_A_YEAR: Final = 50
#: How long an article is new, counted back from the newest one: the same whatever the number of runs.
_NEW_FOR: Final = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Newest:
    """Events as a page lists them: of every year the newest; ``left`` says how many more there are of which years."""

    events: Rows
    left: dict[str, int]


def newest_of_each_year(events: Rows) -> Newest:
    """The events that a page lists, in their order."""
    n_of = Counter(text_of(event["date_earliest"])[:4] for event in events)
    left = {year: n - _LISTED_A_YEAR for year, n in n_of.items() if n > _LISTED_A_YEAR}
    to_leave, listed = dict(left), []
    for event in events:
        year = text_of(event["date_earliest"])[:4]
        if to_leave.get(year):
            to_leave[year] -= 1
        else:
            listed.append(event)
    return Newest(listed, left)


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


class Library:
    """The rows of an archive, and lookups between them. Rows keep the order of their tables.

    Events, articles, topics and names are held; tellings, numbers and mentions, of which there are many more, are asked
    for when a page needs them.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tables = {name: source.table_rows(name) for name in _HELD}
        self.events: Rows = [{**row, "title": headline(row)} for row in self.tables["timeline"]]
        self.articles: Rows = sorted(
            self.tables["articles"], key=lambda a: (text_of(a["published"]), text_of(a["article_id"])), reverse=True
        )
        self.topics: Rows = sorted(
            self.tables["topics"], key=lambda t: (-number_of(t["n_articles"]), text_of(t["label"]))
        )
        self.event = {text_of(row["event_id"]): row for row in self.events}
        self.article = {text_of(row["article_id"]): row for row in self.articles}
        self.topic = {text_of(row["topic_id"]): row for row in self.topics}
        self.policy = {text_of(row["policy_id"]): row for row in self.tables["policies"]}
        self.organisation = {text_of(row["organisation_id"]): row for row in self.tables["organisations"]}
        self.events_of_policy = _by(self.events, "policy_ids")
        self.events_of_organisation = _by(self.events, "organisation_ids")
        self.articles_of_topic = _by(self.articles, "topic_id")
        self.series_of_article = _by(self.tables["series"], "articles")
        self._names: dict[str, list[tuple[str, ...]]] = {}
        self._place = {event_id: place for place, event_id in enumerate(self.event)}

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
    def newest(self) -> str:
        """When the newest article came out; empty where there is none."""
        return text_of(self.articles[0]["published"]) if self.articles else ""

    @cached_property
    def new_since(self) -> str:
        """The day from which on an article is new: four weeks before the newest one; empty where there is none."""
        if not self.newest:
            return ""
        return (date.fromisoformat(self.newest[:10]) - _NEW_FOR).isoformat()

    def tellings(self, event_ids: Iterable[str]) -> dict[str, Rows]:
        """Where events are told, by event."""
        return _by(self.source.rows_of("evidence", "event_id", *event_ids), "event_id")

    def tellings_of_article(self, article_id: str) -> Rows:
        """What an article tells."""
        return self.source.rows_of("evidence", "article_id", article_id)

    def numbers_of_article(self, article_id: str) -> Rows:
        """An article's numbers."""
        return self.source.rows_of("numbers", "article_id", article_id)

    def named_in(self, article_ids: Sequence[str], kind: str) -> list[Named]:
        """The organisations or policies (``kind``) that the articles name, with the number of articles, most first."""
        unknown = [article_id for article_id in article_ids if article_id not in self._names]
        self._names |= {article_id: [] for article_id in unknown}
        for article_id, *name in self.source.named_in(unknown) if unknown else ():
            self._names[article_id].append(tuple(name))
        counts = Counter(name for article_id in article_ids for name in self._names[article_id] if name[0] == kind)
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0][2], pair[0][1]))
        return [Named(entity_id, name, n) for (_, entity_id, name), n in ordered]

    def mentions_in(self, article_id: str, kind: str) -> list[Named]:
        """The organisations or policies (``kind``) of an article, with the number of mentions, most first."""
        counts = Counter(
            (text_of(m["entity_id"]), text_of(m["name"]))
            for m in self.source.rows_of("mentions", "article_id", article_id)
            if m["kind"] == kind
        )
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0][1], pair[0][0]))
        return [Named(entity_id, name, n) for (entity_id, name), n in ordered]

    def events_in(self, article_ids: Iterable[str]) -> Rows:
        """The events that any of the articles tells, in order of time."""
        told = {event_id for article_id in article_ids for event_id in self._told.get(article_id, ())}
        return [self.event[event_id] for event_id in sorted(told & self.event.keys(), key=self._place.__getitem__)]

    @cached_property
    def _told(self) -> dict[str, list[str]]:
        """The events that each article tells."""
        found: dict[str, list[str]] = defaultdict(list)
        for article_id, event_id in self.source.told_in():
            found[article_id].append(event_id)
        return found

    def n_told(self, article_id: str) -> int:
        """How many events an article tells."""
        return len(self._told.get(article_id, ()))

    def figures_of(self, article_id: str, measure_id: str, unit: str) -> Rows:
        """An article's core figures of a measure."""
        return self._figures.get((article_id, measure_id, unit), [])

    @cached_property
    def _figures(self) -> dict[tuple[str, str, str], Rows]:
        found: dict[tuple[str, str, str], Rows] = defaultdict(list)
        for row in self.source.measured():
            found[text_of(row["article_id"]), text_of(row["measure_id"]), text_of(row["unit"])].append(row)
        return found

    def unsorted(self) -> list[tuple[Row, str]]:
        """The articles without a topic, newest first, with the label of the nearest one, where there is one."""
        found = []
        for article in self.articles_of_topic.get("", []):
            nearest = self.topic.get(text_of(article["nearest_topic_id"]))
            found.append((article, text_of(nearest["label"]) if nearest else ""))
        return found
