"""The rows that pages show, with their cross-references: what belongs to a topic, a policy, a month, an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from pipeline.report.source import Source
from pipeline.report.wording import Row, headline, number_of, text_of

Rows = list[Row]

#: The tables that are held whole.
_HELD: Final = ("topics", "policies", "organisations", "series", "conflicts", "rejections")
#: A page of a topic, policy or organisation lists so many events, the newest: the explorer and the months have all.
EVENTS_LISTED: Final = 100
#: It is made from so many articles, the newest.
ARTICLES_LISTED: Final = 100
#: How long an article is new, counted back from the newest one: the same whatever the number of runs.
_NEW_FOR: Final = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Newest:
    """Events as a page lists them: the newest; ``left`` says how many older ones there are of which years."""

    events: Rows
    left: dict[str, int]


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation or a policy with a count of something."""

    entity_id: str
    name: str
    n: int


class Shelf:
    """Rows of a table by their key: asked for when they are wanted, and held from then on."""

    def __init__(self, ask: Callable[[Sequence[str]], Rows], key: str) -> None:
        self._ask = ask
        self._key = key
        self._held: dict[str, Row | None] = {}

    def bring(self, keys: Iterable[str]) -> None:
        """Ask for the rows of all keys at once."""
        unknown = [key for key in dict.fromkeys(keys) if key not in self._held]
        if unknown:
            self._held |= dict.fromkeys(unknown)
            self._held |= {text_of(row[self._key]): row for row in self._ask(unknown)}

    def rows(self, keys: Sequence[str]) -> Rows:
        """The rows of keys, in their order; keys without a row are left out."""
        self.bring(keys)
        return [row for row in map(self._held.__getitem__, keys) if row is not None]

    def __contains__(self, key: object) -> bool:
        name = "" if key is None else str(key)
        self.bring((name,))
        return self._held[name] is not None

    def __getitem__(self, key: str) -> Row:
        self.bring((key,))
        row = self._held[key]
        if row is None:
            raise KeyError(key)
        return row


class Library:
    """The rows of an archive, and lookups between them. Rows keep the order of their tables.

    Topics, names and series are held; events and articles, tellings, numbers and mentions, of which there are many
    more, are asked for when a page needs them.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tables = {name: source.table_rows(name) for name in _HELD}
        self.n_articles = source.count("articles")
        self.event = Shelf(self._ask_events, "event_id")
        self.article = Shelf(lambda ids: source.rows_of("articles", "article_id", *ids), "article_id")
        self.topics: Rows = sorted(
            self.tables["topics"], key=lambda t: (-number_of(t["n_articles"]), text_of(t["label"]))
        )
        self.topic = {text_of(row["topic_id"]): row for row in self.topics}
        self.policy = {text_of(row["policy_id"]): row for row in self.tables["policies"]}
        self.organisation = {text_of(row["organisation_id"]): row for row in self.tables["organisations"]}
        self._names: dict[str, list[tuple[str, ...]]] = {}
        self._figures: dict[str, dict[tuple[str, str], Rows]] = {}

    def _ask_events(self, event_ids: Sequence[str]) -> Rows:
        return [{**row, "title": headline(row)} for row in self.source.rows_of("timeline", "event_id", *event_ids)]

    @cached_property
    def newest(self) -> str:
        """When the newest article came out; empty where there is none."""
        return self.source.newest()

    @cached_property
    def new_since(self) -> str:
        """The day from which on an article is new: four weeks before the newest one; empty where there is none."""
        if not self.newest:
            return ""
        return (date.fromisoformat(self.newest[:10]) - _NEW_FOR).isoformat()

    # ----------------------------------------------------------------------- events

    @cached_property
    def months(self) -> list[str]:
        """The months that events begin in, ``2025-03``."""
        return self.source.months()

    def events_with_links(self, event_ids: Sequence[str]) -> tuple[Rows, dict[str, list[tuple[str, str]]]]:
        """Events, and of each the later ones that refer to it: kind of link and event. Whoever is linked is at hand."""
        events = self.event.rows(event_ids)
        answers = self.source.answering(event_ids)
        self.event.bring(each for pairs in answers.values() for _, each in pairs)
        self.bring_targets(events)
        return events, answers

    def bring_targets(self, events: Rows) -> None:
        """Have at hand what events refer to."""
        self.event.bring(pair.partition(":")[2] for event in events for pair in event["related"] or ())  # type: ignore[union-attr]

    def newest_of(self, placed: Sequence[tuple[str, str]]) -> Newest:
        """The newest of events, each given with the day that it begins, in order of time."""
        listed = self.event.rows([event_id for event_id, _ in placed[-EVENTS_LISTED:]])
        self.bring_targets(listed)
        return Newest(listed, dict(Counter(day[:4] for _, day in placed[:-EVENTS_LISTED])))

    def tellings(self, event_ids: Iterable[str]) -> dict[str, Rows]:
        """Where events are told, by event."""
        found: dict[str, Rows] = defaultdict(list)
        for row in self.source.rows_of("evidence", "event_id", *event_ids):
            found[text_of(row["event_id"])].append(row)
        self.article.bring(text_of(row["article_id"]) for rows in found.values() for row in rows)
        return dict(found)

    def tellings_of_article(self, article_id: str) -> Rows:
        """What an article tells."""
        return self.source.rows_of("evidence", "article_id", article_id)

    def events_of(self, tellings: Rows) -> Rows:
        """The events that are told, in order of time."""
        events = self.event.rows(sorted({text_of(each["event_id"]) for each in tellings if each["event_id"]}))
        return sorted(events, key=_in_time)

    # ----------------------------------------------------------------------- numbers

    def numbers_of_article(self, article_id: str) -> Rows:
        """An article's numbers."""
        return self.source.rows_of("numbers", "article_id", article_id)

    def figures_of(self, article_id: str, measure_id: str, unit: str) -> Rows:
        """An article's core figures of a measure."""
        if measure_id not in self._figures:
            own: dict[tuple[str, str], Rows] = defaultdict(list)
            for row in self.source.measured(measure_id):
                own[text_of(row["article_id"]), text_of(row["unit"])].append(row)
            self._figures[measure_id] = own
            self.article.bring(each for each, _ in own)
        return self._figures[measure_id].get((article_id, unit), [])

    @cached_property
    def conflicts_of(self) -> dict[tuple[object, object], Rows]:
        """The conflicts of a measure at a time: by the two."""
        found: dict[tuple[object, object], Rows] = defaultdict(list)
        for conflict in self.tables["conflicts"]:
            found[conflict["measure"], conflict["period"]].append(conflict)
        return found

    @cached_property
    def series_of_article(self) -> dict[str, Rows]:
        """The series that each article has a figure of, in their order."""
        found: dict[str, Rows] = defaultdict(list)
        for row in self.tables["series"]:
            for article_id in dict.fromkeys(row["articles"] or ()):  # type: ignore[arg-type]
                found[article_id].append(row)
        return found

    # ----------------------------------------------------------------------- names

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

    # ----------------------------------------------------------------------- articles

    @cached_property
    def unsorted(self) -> list[tuple[Row, str]]:
        """The newest articles without a topic, with the label of the nearest one, where there is one."""
        found = []
        for article in self.article.rows(self.source.article_ids_of_topic(None, ARTICLES_LISTED)):
            nearest = self.topic.get(text_of(article["nearest_topic_id"]))
            found.append((article, text_of(nearest["label"]) if nearest else ""))
        return found

    @cached_property
    def n_unsorted(self) -> int:
        """The number of articles without a topic."""
        return self.source.count_unsorted()


def _in_time(event: Row) -> tuple[str, ...]:
    return tuple(text_of(event[name]) for name in ("date_earliest", "date_latest", "event_id"))
