"""The rows that pages show, with their cross-references: what belongs to a topic, a policy, a month, an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Final, Generic, TypeVar

from pipeline.report.source import Source
from pipeline.report.wording import Row, headline, number_of, text_of

Rows = list[Row]
Kept = TypeVar("Kept")

#: The tables that are held whole.
_HELD: Final = ("topics", "policies", "organisations", "series", "conflicts", "rejections")
#: A page of a topic, policy or organisation lists so many events, the newest: the explorer and the months have all.
EVENTS_LISTED: Final = 100
#: It is made from so many articles, the newest.
ARTICLES_LISTED: Final = 100
#: How long an article is new, counted back from the newest one: the same whatever the number of runs.
_NEW_FOR: Final = timedelta(weeks=4)
#: So many rows of events and articles, and so many lists of what an article names or is measured, are held at a time:
#: several pages' worth, and no more for a large archive than for a small one.
_ROWS_HELD: Final = 20_000
_LISTS_HELD: Final = 4_000
#: Rows of so many articles are asked for together.
ARTICLES_TOGETHER: Final = 64


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


class Shelf(Generic[Kept]):
    """What belongs to a key: asked for when it is wanted, and kept until so many others are.

    ``ask`` gives what there is of keys, by key.
    """

    def __init__(self, ask: Callable[[Sequence[str]], Mapping[str, Kept]], most: int) -> None:
        self._ask = ask
        self._most = most
        self._kept: dict[str, Kept | None] = {}

    def bring(self, keys: Iterable[str]) -> None:
        """Ask for what belongs to all keys at once. What was brought before may go, to make room."""
        wanted = dict.fromkeys(keys)
        unknown = [key for key in wanted if key not in self._kept]
        if not unknown:
            return
        if len(self._kept) + len(unknown) > self._most:
            self._kept = {key: self._kept[key] for key in wanted if key in self._kept}
        self._kept |= dict.fromkeys(unknown)
        self._kept |= self._ask(unknown)

    def of(self, keys: Sequence[str]) -> list[Kept]:
        """What belongs to the keys, in their order; keys of which there is nothing are left out."""
        self.bring(keys)
        return [each for each in map(self._kept.__getitem__, keys) if each is not None]

    def get(self, key: str) -> Kept | None:
        """What belongs to a key; None where there is nothing."""
        self.bring((key,))
        return self._kept[key]

    def __contains__(self, key: object) -> bool:
        return self.get("" if key is None else str(key)) is not None

    def __getitem__(self, key: str) -> Kept:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found


class Library:
    """The rows of an archive, and lookups between them. Rows keep the order of their tables.

    Topics, names and series are held; events and articles, tellings, numbers and mentions, of which there are many
    more, are asked for when a page needs them.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tables = {name: source.table_rows(name) for name in _HELD}
        self.n_articles = source.count("articles")
        self.event = Shelf(self._ask_events, _ROWS_HELD)
        self.article = Shelf(self._ask_articles, _ROWS_HELD)
        self.topics: Rows = sorted(
            self.tables["topics"], key=lambda t: (-number_of(t["n_articles"]), text_of(t["label"]))
        )
        self.topic = {text_of(row["topic_id"]): row for row in self.topics}
        self.policy = {text_of(row["policy_id"]): row for row in self.tables["policies"]}
        self.organisation = {text_of(row["organisation_id"]): row for row in self.tables["organisations"]}
        self._names = Shelf(self._ask_names, _LISTS_HELD)
        self._figures = Shelf(self._ask_figures, _LISTS_HELD)
        self._told, self._counted, self._mentioned = (
            Shelf(partial(self._ask_found, name), ARTICLES_TOGETHER) for name in ("evidence", "numbers", "mentions")
        )

    def _ask_events(self, event_ids: Sequence[str]) -> dict[str, Row]:
        rows = self.source.rows_of("timeline", "event_id", *event_ids)
        return {text_of(row["event_id"]): {**row, "title": headline(row)} for row in rows}

    def _ask_articles(self, article_ids: Sequence[str]) -> dict[str, Row]:
        return {text_of(row["article_id"]): row for row in self.source.rows_of("articles", "article_id", *article_ids)}

    def _ask_names(self, article_ids: Sequence[str]) -> dict[str, list[tuple[str, str, str]]]:
        """Kind, identifier and name of whatever each of the articles names."""
        found: dict[str, list[tuple[str, str, str]]] = {article_id: [] for article_id in article_ids}
        for article_id, kind, entity_id, name in self.source.named_in(article_ids):
            found[article_id].append((kind, entity_id, name))
        return found

    def _ask_found(self, name: str, article_ids: Sequence[str]) -> dict[str, Rows]:
        """The rows of a table about what was found in articles, by article."""
        found: dict[str, Rows] = {article_id: [] for article_id in article_ids}
        for row in self.source.rows_of(name, "article_id", *article_ids):
            found[text_of(row["article_id"])].append(row)
        return found

    def bring_found(self, article_ids: Sequence[str]) -> None:
        """Have at hand what was found in articles."""
        for shelf in (self._told, self._counted, self._mentioned):
            shelf.bring(article_ids)

    def _ask_figures(self, measure_ids: Sequence[str]) -> dict[str, dict[tuple[str, str], Rows]]:
        """The core figures of each of the measures, by article and unit."""
        found: dict[str, dict[tuple[str, str], Rows]] = {}
        for measure_id in measure_ids:
            own = found[measure_id] = defaultdict(list)
            for row in self.source.measured(measure_id):
                own[text_of(row["article_id"]), text_of(row["unit"])].append(row)
            self.article.bring(each for each, _ in own)
        return found

    @cached_property
    def shows_full_text(self) -> bool:
        """Whether pages may show whole texts."""
        return self.source.shows_full_text()

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
        events = self.event.of(event_ids)
        answers = self.source.answering(event_ids)
        self.event.bring(each for pairs in answers.values() for _, each in pairs)
        self.bring_targets(events)
        return events, answers

    def bring_targets(self, events: Rows) -> None:
        """Have at hand what events refer to."""
        self.event.bring(pair.partition(":")[2] for event in events for pair in event["related"] or ())  # type: ignore[union-attr]

    def newest_of(self, placed: Sequence[tuple[str, str]]) -> Newest:
        """The newest of events, each given with the day that it begins, in order of time."""
        listed = self.event.of([event_id for event_id, _ in placed[-EVENTS_LISTED:]])
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
        return self._told[article_id]

    def events_of(self, tellings: Rows) -> Rows:
        """The events that are told, in order of time."""
        events = self.event.of(sorted({text_of(each["event_id"]) for each in tellings if each["event_id"]}))
        return sorted(events, key=_in_time)

    # ----------------------------------------------------------------------- numbers

    def numbers_of_article(self, article_id: str) -> Rows:
        """An article's numbers."""
        return self._counted[article_id]

    def figures_of(self, article_id: str, measure_id: str, unit: str) -> Rows:
        """An article's core figures of a measure."""
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
        counts = Counter(name for names in self._names.of(article_ids) for name in names if name[0] == kind)
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0][2], pair[0][1]))
        return [Named(entity_id, name, n) for (_, entity_id, name), n in ordered]

    def mentions_of(self, article_id: str) -> Rows:
        """The mentions in an article."""
        return self._mentioned[article_id]

    def mentions_in(self, article_id: str, kind: str) -> list[Named]:
        """The organisations or policies (``kind``) of an article, with the number of mentions, most first."""
        counts = Counter(
            (text_of(m["entity_id"]), text_of(m["name"])) for m in self._mentioned[article_id] if m["kind"] == kind
        )
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0][1], pair[0][0]))
        return [Named(entity_id, name, n) for (entity_id, name), n in ordered]

    # ----------------------------------------------------------------------- articles

    @cached_property
    def unsorted(self) -> list[tuple[Row, str]]:
        """The newest articles without a topic, with the label of the nearest one, where there is one."""
        found = []
        for article in self.article.of(self.source.article_ids_of_topic(None, ARTICLES_LISTED)):
            nearest = self.topic.get(text_of(article["nearest_topic_id"]))
            found.append((article, text_of(nearest["label"]) if nearest else ""))
        return found

    @cached_property
    def n_unsorted(self) -> int:
        """The number of articles without a topic."""
        return self.source.count_unsorted()


def _in_time(event: Row) -> tuple[str, ...]:
    return tuple(text_of(event[name]) for name in ("date_earliest", "date_latest", "event_id"))
