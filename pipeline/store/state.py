"""What was read and what was found: all else in the archive is computed from it.

Records are kept as JSON (msgspec), never as pickles. An item is kept without its text, which is its kept blocks
joined; an extraction in three parts, so that what only needs the events doesn't read the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from pipeline.records import (
    ByteRange,
    CleanDump,
    CleanItem,
    EventMention,
    Extraction,
    Mention,
    Person,
    Quantity,
    Reference,
    Rejection,
    Timex,
)
from pipeline.store.archive import Archive

#: A statistical model's named entities in one text: ``(start_char, end_char, label)`` in the ``Doc``'s offsets.
Names = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class StoredDump:
    """A dump as the archive has it, without its items: the name that it goes by, and when its newest item came out."""

    name: str
    fingerprint: str
    newest: datetime | None
    clean: CleanDump


@dataclass(frozen=True, slots=True)
class ItemRanges:
    """Where the bytes of one item went."""

    position: int
    article_id: str
    ranges: tuple[ByteRange, ...]


class _Others(msgspec.Struct, frozen=True):
    timexes: tuple[Timex, ...]
    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """An extraction as it is stored: three pieces of JSON. ``failure`` says why there is nothing in it."""

    events: bytes
    quantities: bytes
    others: bytes
    failure: str | None = None


def pack(extraction: Extraction, failure: str | None = None) -> Packed:
    """An extraction ready to be stored; cheap to send from one process to another."""
    others = _Others(extraction.timexes, extraction.mentions, extraction.references, extraction.people)
    encode = msgspec.json.encode
    return Packed(encode(extraction.events), encode(extraction.quantities), encode(others), failure)


_EVENTS = msgspec.json.Decoder(tuple[EventMention, ...])
_QUANTITIES = msgspec.json.Decoder(tuple[Quantity, ...])
_OTHERS = msgspec.json.Decoder(_Others)
_ITEM = msgspec.json.Decoder(CleanItem)
_RANGES = msgspec.json.Decoder(ItemRanges)
_NAMES = msgspec.json.Decoder(Names)


class State:
    """Dumps, items and extractions of an archive. Each ``add_`` is one transaction."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.connection = archive.connection

    # ----------------------------------------------------------------------- dumps

    def dump_fingerprints(self) -> dict[str, str]:
        """For every dump, by its hash, the fingerprint of what cleaned it."""
        return dict(self.connection.execute("SELECT sha256, fingerprint FROM _dumps"))

    def dump_names(self) -> dict[str, str]:
        """The name of every dump, by its hash."""
        return dict(self.connection.execute("SELECT sha256, name FROM _dumps"))

    def add_dump(self, clean: CleanDump, fingerprint: str, parts: Mapping[str, str]) -> None:
        """Keep a cleaned dump with its items; what was kept of it, or was refused under its name, is replaced.

        ``parts`` are what ``fingerprint`` was made of, kept so that it can be said later what has changed.
        """
        newest = max((item.published for item in clean.items), default=None)
        header = msgspec.json.encode(replace(clean, items=()))
        items = [
            (clean.sha256, item.position, item.article_id, msgspec.json.encode(replace(item, text="")))
            for item in clean.items
        ]
        with self.archive.transaction():
            self._take_out(clean.sha256)
            self.connection.execute("DELETE FROM _refused WHERE name = ?", (clean.name,))
            self.connection.execute(
                "INSERT INTO _dumps VALUES (?, ?, ?, ?, NULL, ?)",
                (clean.sha256, clean.name, fingerprint, newest.isoformat() if newest else None, header),
            )
            self.connection.executemany("INSERT INTO _items VALUES (?, ?, ?, ?)", items)
            self.archive.set_fact(f"made {fingerprint}", json.dumps(parts))

    def rename_dump(self, sha256: str, name: str) -> None:
        """Give a dump another name."""
        with self.archive.transaction():
            self.connection.execute("UPDATE _dumps SET name = ? WHERE sha256 = ?", (name, sha256))
            self.connection.execute("DELETE FROM _refused WHERE name = ?", (name,))

    def forget_dump(self, sha256: str) -> None:
        """Take a dump out with its items."""
        with self.archive.transaction():
            self._take_out(sha256)

    def _take_out(self, sha256: str) -> None:
        self.connection.execute("DELETE FROM _dumps WHERE sha256 = ?", (sha256,))

    def refuse(self, rejection: Rejection) -> None:
        """Keep why an input couldn't be opened, until a dump of that name is read."""
        with self.archive.transaction():
            self.connection.execute(
                "INSERT OR REPLACE INTO _refused SELECT ?, ? WHERE ? NOT IN (SELECT name FROM _dumps)",
                (rejection.dump, msgspec.json.encode(rejection), rejection.dump),
            )

    def forget_refused(self, name: str) -> None:
        """Take out the rejection of an input that couldn't be opened."""
        with self.archive.transaction():
            self.connection.execute("DELETE FROM _refused WHERE name = ?", (name,))

    def refused(self) -> list[Rejection]:
        """Why inputs couldn't be opened, by their names."""
        rows = self.connection.execute("SELECT record FROM _refused ORDER BY name")
        return [msgspec.json.decode(record, type=Rejection) for (record,) in rows]

    def dumps(self) -> list[StoredDump]:
        """Every dump, sorted by name and hash."""
        rows = self.connection.execute("SELECT name, fingerprint, newest, record FROM _dumps ORDER BY name, sha256")
        return [
            StoredDump(
                name,
                fingerprint,
                datetime.fromisoformat(newest) if newest else None,
                replace(msgspec.json.decode(record, type=CleanDump), name=name),
            )
            for name, fingerprint, newest, record in rows
        ]

    # ----------------------------------------------------------------------- items

    def item_places(self) -> Iterator[tuple[str, str, int]]:
        """Article, dump and position of every item, in that order; lazily."""
        yield from self.connection.execute(
            "SELECT article_id, sha256, position FROM _items ORDER BY article_id, sha256, position"
        )

    def items_of(self, article_id: str) -> list[CleanItem]:
        """The items of one article, sorted by dump and position."""
        rows = self.connection.execute(
            "SELECT record FROM _items WHERE article_id = ? ORDER BY sha256, position", (article_id,)
        )
        items = [_ITEM.decode(record) for (record,) in rows]
        return [replace(item, text=kept_text(item)) for item in items]

    def ranges_of(self, sha256: str) -> list[ItemRanges]:
        """Where the bytes of a dump's items went, by position."""
        rows = self.connection.execute("SELECT record FROM _items WHERE sha256 = ? ORDER BY position", (sha256,))
        return [_RANGES.decode(record) for (record,) in rows]

    # ----------------------------------------------------------------------- extractions

    def missing_extractions(self, keys: Iterable[str], fingerprint: str) -> set[str]:
        """Those of the keys whose extraction was not made by what ``fingerprint`` stands for."""
        return self._missing("_extractions", keys, fingerprint)

    def missing_names(self, keys: Iterable[str], fingerprint: str) -> set[str]:
        """Those of the keys for which the model's names are not kept."""
        return self._missing("_names", keys, fingerprint)

    def _missing(self, table: str, keys: Iterable[str], fingerprint: str) -> set[str]:
        query = f"SELECT 1 FROM {table} WHERE key = ? AND fingerprint = ?"
        return {key for key in keys if self.connection.execute(query, (key, fingerprint)).fetchone() is None}

    def names(self, key: str) -> Names:
        """The model's names in a text; raises ``KeyError`` where there are none kept."""
        row = self.connection.execute("SELECT record FROM _names WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return _NAMES.decode(row[0])

    def add_extractions(
        self, found: Mapping[str, Packed], fingerprint: str, names: Mapping[str, Names], names_fingerprint: str
    ) -> None:
        """Keep extractions, and the model's names that they were made with, by the key of their text."""
        with self.archive.transaction():
            self.connection.executemany(
                "INSERT OR REPLACE INTO _extractions VALUES (?, ?, ?, ?, ?, ?)",
                [(key, fingerprint, p.failure, p.events, p.quantities, p.others) for key, p in found.items()],
            )
            self.connection.executemany(
                "INSERT OR REPLACE INTO _names VALUES (?, ?, ?)",
                [(key, names_fingerprint, msgspec.json.encode(each)) for key, each in names.items()],
            )

    def extraction(self, key: str) -> tuple[Extraction, str | None]:
        """The extraction kept under ``key``, and why there is nothing in it, if that is so; raises ``KeyError``."""
        row = self.connection.execute(
            "SELECT events, quantities, others, failure FROM _extractions WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            raise KeyError(key)
        events, quantities, others, failure = row
        rest = _OTHERS.decode(others)
        extraction = Extraction(
            timexes=rest.timexes,
            quantities=_QUANTITIES.decode(quantities),
            mentions=rest.mentions,
            references=rest.references,
            people=rest.people,
            events=_EVENTS.decode(events),
        )
        return extraction, failure

    def count_extractions(self) -> dict[str, int]:
        """Number of texts by the fingerprint of what analysed them."""
        return dict(self.connection.execute("SELECT fingerprint, count(*) FROM _extractions GROUP BY fingerprint"))

    def parts_of(self, fingerprint: str) -> dict[str, str]:
        """What a fingerprint was made of; empty where that isn't known."""
        fact = self.archive.fact(f"made {fingerprint}")
        return dict(json.loads(fact)) if fact else {}

    def drop_unused(self) -> None:
        """Forget what was found in texts that no article has any more. Works inside of a transaction."""
        for table in ("_extractions", "_names"):
            self.connection.execute(f"DELETE FROM {table} WHERE key NOT IN (SELECT key FROM _articles)")


def kept_text(item: CleanItem) -> str:
    """The text of an item: its kept blocks joined by one newline."""
    return "\n".join(block.text for block in item.blocks if block.start_char is not None)
