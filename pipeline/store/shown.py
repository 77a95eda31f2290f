"""Questions that the report asks: each is answered from an index, so that a page costs what it shows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.store.lookups import Lookups, listed
from pipeline.tables import Cell
from pipeline.vocabulary import LINK_KINDS

#: Behind every text that begins with a date.
_LAST = "~"
_OPEN = "('planned', 'proposed', 'conditional')"
_IN_TIME = "date_earliest, date_latest, event_id"


class Shown(Lookups):
    """What pages show of the export tables of an open archive."""

    # ----------------------------------------------------------------------- events

    def months(self) -> list[str]:
        """The months that events begin in, ``2025-03``."""
        rows = self.connection.execute("SELECT DISTINCT substr(date_earliest, 1, 7) FROM timeline ORDER BY 1")
        return [month for (month,) in rows]

    def event_ids_in(self, period: str) -> list[str]:
        """The events that begin in a month or a year, in order of time."""
        query = f"SELECT event_id FROM timeline WHERE date_earliest >= ? AND date_earliest < ? ORDER BY {_IN_TIME}"
        return [event_id for (event_id,) in self.connection.execute(query, (period, period + _LAST))]

    def event_ids_of(self, entity_id: str) -> list[tuple[str, str]]:
        """The events of a policy or an organisation in order of time, each with the day that it begins."""
        rows = self.connection.execute(
            "SELECT event_id, date_earliest FROM timeline_keys JOIN timeline ON timeline.rowid = row_number"
            f" WHERE key = ? ORDER BY {_IN_TIME}",
            (entity_id,),
        )
        return list(rows)

    def event_ids_of_topic(self, topic_id: str) -> list[tuple[str, str]]:
        """The events of a topic in order of time, each with the day that it begins."""
        query = f"SELECT event_id, date_earliest FROM timeline WHERE topic_id = ? ORDER BY {_IN_TIME}"
        return list(self.connection.execute(query, (topic_id,)))

    def answering(self, event_ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """Of every event the ones that refer to it, in order of time: kind of link and event."""
        query = (
            "SELECT date_earliest, date_latest, event_id FROM timeline_keys"
            " JOIN timeline ON timeline.rowid = row_number WHERE key = ?"
        )
        found: dict[str, list[tuple[str, str]]] = {}
        for target in event_ids:
            rows = sorted(
                (*row, kind) for kind in LINK_KINDS for row in self.connection.execute(query, (f"{kind}:{target}",))
            )
            if rows:
                found[target] = [(kind, event_id) for _, _, event_id, kind in rows]
        return found

    def latest_happened(self, topic_id: str) -> str | None:
        """The last event of a topic that has happened, of those that name a policy, if any does."""
        query = (
            "SELECT event_id FROM timeline WHERE topic_id = ? AND {named}(state = 'done' OR status = 'happened')"
            " AND (state IS NULL OR state NOT IN ('due', 'overdue', 'dropped', 'superseded'))"
            " ORDER BY date_earliest DESC, event_id DESC LIMIT 1"
        )
        for named in ("policies IS NOT NULL AND ", ""):
            row = self.connection.execute(query.format(named=named), (topic_id,)).fetchone()
            if row:
                return str(row[0])
        return None

    def pending(self) -> dict[str, list[dict[str, Cell]]]:
        """What is still to come, or overdue, by topic: what tells which is next, without the rest of the event."""
        columns = ("event_id", "state", "status", "date_latest", "date_basis", "policies")
        rows = self.connection.execute(
            f"SELECT topic_id, {', '.join(columns)} FROM timeline"
            f" WHERE state IN ('due', 'overdue') OR (state IS NULL AND status IN {_OPEN}) ORDER BY {_IN_TIME}"
        )
        found: dict[str, list[dict[str, Cell]]] = defaultdict(list)
        for topic_id, *cells in rows:
            found[topic_id or ""].append(dict(zip(columns, cells, strict=True)))
        return found

    def told_since(self, day: str) -> list[str]:
        """The events that articles tell which came out on the day or later, in order of time."""
        query = (
            "SELECT event_id FROM timeline WHERE event_id IN (SELECT event_id FROM evidence WHERE published >= ?)"
            f" ORDER BY {_IN_TIME}"
        )
        return [event_id for (event_id,) in self.connection.execute(query, (day,))]

    # ----------------------------------------------------------------------- articles

    def newest(self) -> str:
        """When the newest article came out; empty where there is none."""
        (newest,) = self.connection.execute("SELECT max(published) FROM articles").fetchone()
        return str(newest or "")

    def years_of_articles(self) -> list[tuple[str, int]]:
        """The years in which articles came out, the last one first, with their number."""
        query = "SELECT substr(published, 1, 4) AS year, count(*) FROM articles GROUP BY year ORDER BY year DESC"
        return list(self.connection.execute(query))

    def article_ids_in(self, year: str, most: int = -1) -> list[str]:
        """The articles of a year, newest first; all years' where it is empty."""
        rows = self.connection.execute(
            "SELECT article_id FROM articles WHERE published >= ? AND published < ?"
            " ORDER BY published DESC, article_id DESC LIMIT ?",
            (year, year + _LAST, most),
        )
        return [article_id for (article_id,) in rows]

    def article_ids_of_topic(self, topic_id: str | None, most: int = -1) -> list[str]:
        """The articles of a topic, newest first; those without one for None."""
        rows = self.connection.execute(
            "SELECT article_id FROM articles WHERE topic_id IS ? ORDER BY published DESC, article_id DESC LIMIT ?",
            (topic_id, most),
        )
        return [article_id for (article_id,) in rows]

    def count_unsorted(self) -> int:
        """The number of articles without a topic."""
        return int(self.connection.execute("SELECT count(*) FROM articles WHERE topic_id IS NULL").fetchone()[0])

    def n_told(self, article_ids: Sequence[str]) -> dict[str, int]:
        """How many events each of the articles tells; those that tell none are left out."""
        rows = self.connection.execute(
            "SELECT article_id, count(DISTINCT event_id) FROM evidence WHERE event_id IS NOT NULL"
            " AND article_id IN (SELECT value FROM json_each(?)) GROUP BY article_id",
            (json.dumps(article_ids),),
        )
        return dict(rows)

    def flags(self) -> list[str]:
        """The flags of all articles, one for each article that has it."""
        rows = self.connection.execute("SELECT flags FROM articles WHERE flags IS NOT NULL")
        return [flag for (flags,) in rows for flag in listed(flags)]

    # ----------------------------------------------------------------------- figures

    def measured(self, measure_id: str) -> list[dict[str, Cell]]:
        """Core figures of a measure: article, measure, unit, period, value, quote, number."""
        columns = ("number_id", "article_id", "measure_id", "unit", "period", "value", "quote")
        rows = self.connection.execute(
            f"SELECT {', '.join(columns)} FROM numbers WHERE measure_id = ? AND tier = 'core'"
            " ORDER BY published, article_id, field, start_char, number_id",
            (measure_id,),
        )
        return [dict(zip(columns, row, strict=True)) for row in rows]
