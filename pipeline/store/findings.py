"""What was found in the articles of an archive, as records: what is made of all articles is made from this."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from typing import Any

import msgspec

from pipeline.records import Article, EventMention, Extraction, Mention, Quantity, Timex, TopicAssignment
from pipeline.store.lookups import listed
from pipeline.store.shown import Shown

_ARTICLE = msgspec.json.Decoder(Article)
_EVENTS = msgspec.json.Decoder(tuple[EventMention, ...])
_QUANTITIES = msgspec.json.Decoder(tuple[Quantity, ...])


#: What of an event's row says how its policies stand.
_POLICY_FACTS = (
    "t.event_id, t.type, t.status, t.date, t.date_basis, t.date_latest, t.amount, t.quote, t.last_published, t.policies"
)


class _Mentions(msgspec.Struct):
    mentions: tuple[Mention, ...]


class _Times(msgspec.Struct):
    """The time expressions among what else was found in an article."""

    timexes: tuple[Timex, ...] = ()


_TIMES = msgspec.json.Decoder(_Times)
_MENTIONS = msgspec.json.Decoder(_Mentions)
_PLACE = msgspec.json.Decoder(TopicAssignment)


class Findings(Shown):
    """What was found in the articles of an open archive. Writes nothing."""

    def events_found(
        self, article_ids: Iterable[str] | None = None, also: Iterable[str] = ()
    ) -> Iterator[tuple[Article, Extraction]]:
        """Every article in which events were found, without its text, with the events alone; by identifier, lazily.

        ``article_ids`` None means all articles; those of ``also`` come even where no events were found in them.
        """
        some = "AND a.article_id IN (SELECT value FROM json_each(?))"
        rows = self.connection.execute(
            "SELECT a.record, e.events FROM _articles a JOIN _extractions e USING (key)"
            " WHERE (length(e.events) > 2 OR a.article_id IN (SELECT value FROM json_each(?)))"
            f" {'' if article_ids is None else some} ORDER BY a.article_id",
            (json.dumps(sorted(also)), *([] if article_ids is None else [json.dumps(sorted(article_ids))])),
        )
        for record, events in rows:
            yield _ARTICLE.decode(record), Extraction(events=_EVENTS.decode(events))

    def figures_found(self) -> Iterator[tuple[Article, Extraction]]:
        """Every article with numbers, with its text but no blocks, and the numbers alone; by identifier, lazily."""
        rows = self.connection.execute(
            "SELECT a.record, t.text, e.quantities FROM _articles a JOIN article_texts t USING (article_id)"
            " JOIN _extractions e USING (key) WHERE length(e.quantities) > 2 ORDER BY a.article_id"
        )
        for record, text, quantities in rows:
            article = replace(_ARTICLE.decode(record), text=text)
            yield article, Extraction(quantities=_QUANTITIES.decode(quantities))

    def events_of(self, article_id: str) -> dict[str, str]:
        """The event of each telling of an article that has one."""
        rows = self.connection.execute(
            "SELECT evidence_id, event_id FROM evidence WHERE article_id = ? AND event_id IS NOT NULL", (article_id,)
        )
        return dict(rows)

    def newest_telling(self) -> str:
        """The day of the newest article that tells anything; empty where there is none."""
        (newest,) = self.connection.execute("SELECT max(published) FROM evidence").fetchone()
        return str(newest or "")[:10]

    def events_of_policy(self, name: str) -> Iterator[tuple[Any, ...]]:
        """Of every event of a policy: what says how it stands (``_POLICY_FACTS``)."""
        rows = self.connection.execute(
            f"SELECT {_POLICY_FACTS} FROM _event_policies p JOIN timeline t USING (event_id) WHERE p.policy = ?",
            (name,),
        )
        for *facts, policies in rows:
            yield (*facts, listed(policies))

    def policies_called(self, names: Set[str]) -> set[str]:
        """The identifiers of the policies with these names."""
        rows = self.connection.execute("SELECT policy_id, name FROM policies")
        return {policy_id for policy_id, name in rows if name in names}

    def mentions_found(self, article_ids: Iterable[str]) -> Iterator[tuple[Article, Extraction]]:
        """Articles with their text but no blocks, and their mentions alone; lazily."""
        query = (
            "SELECT a.record, t.text, e.others FROM _articles a JOIN article_texts t USING (article_id)"
            " JOIN _extractions e USING (key) WHERE a.article_id = ?"
        )
        for article_id in article_ids:
            for record, text, others in self.connection.execute(query, (article_id,)):
                article = replace(_ARTICLE.decode(record), text=text)
                yield article, Extraction(mentions=_MENTIONS.decode(others).mentions)

    def unplaced_by(self, model: str) -> list[str]:
        """The articles whose text a topic model, which goes by its fingerprint, has not assigned yet."""
        rows = self.connection.execute(
            "SELECT a.article_id FROM _articles a JOIN _extractions e USING (key) WHERE NOT EXISTS"
            " (SELECT 1 FROM _places p WHERE p.article_id = a.article_id AND p.model = ?"
            " AND p.key = a.key || e.fingerprint) ORDER BY a.article_id",
            (model,),
        )
        return [article_id for (article_id,) in rows]

    def timexes_of(self, article_id: str) -> tuple[Timex, ...]:
        """The time expressions of an article; none for one that isn't there."""
        rows = self.connection.execute(
            "SELECT e.others FROM _articles JOIN _extractions e USING (key) WHERE article_id = ?", (article_id,)
        )
        return next((_TIMES.decode(others).timexes for (others,) in rows), ())

    def places(self) -> list[TopicAssignment]:
        """Where every article was put, by identifier."""
        rows = self.connection.execute("SELECT record FROM _places ORDER BY article_id")
        return [_PLACE.decode(record) for (record,) in rows]
