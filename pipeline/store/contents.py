"""The export tables of an archive: what has changed in them is written, the rest left alone.

Rows of one article are replaced with the article; tables made from all articles are compared with what is there.
Indexes and full-text search follow by triggers. ``changed`` names the tables whose rows are not what they were, which
is what decides which files are written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import msgspec

from pipeline.lists import batched
from pipeline.records import Article, TopicAssignment
from pipeline.store.archive import Archive
from pipeline.store.findings import Findings
from pipeline.store.lookups import Stored, listed, quoted
from pipeline.store.touched import Touched
from pipeline.tables import BY_NAME, LIST_SEPARATOR, Cell, Row

#: Tables whose rows belong to one article each.
BY_ARTICLE: Final = ("evidence", "numbers", "mentions", "articles", "article_texts", "revisions")
_PLAIN_HEADERS: Final = {
    "article_texts": ("article_id", "title", "text", "blocks"),
    "revisions": ("article_id", "dump", "sha256", "position", "title", "text", "changes"),
}
_PLAIN_KEYS: Final = {"article_texts": ("article_id",), "revisions": ("article_id", "sha256", "position")}

#: How an article uses an organisation or a policy: by whom, record and publication; or without whom, with the article.
Use = tuple[str, bytes, str]
Placed = tuple[str, str, bytes]

#: Rows that are compared with what is there, and put in, at once.
_ROWS_AT_ONCE: Final = 2_000
#: Uses of one organisation or policy that have come and are added to what its row says.
_USES_HELD: Final = 30
#: The fact under which a run's notes for its user are kept.
NOTES: Final = "notes"
#: The fact under which a run counts the reviewers' decisions that stand.
DECIDED: Final = "decided"


class Contents(Findings):
    """The export tables of an open archive. Every method that writes works inside of a transaction."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self.changed: set[str] = set()
        self.touched = Touched()
        #: Uses that have come by whom they are of (publication, article, record); None where one has changed or gone.
        self.used: dict[str, list[Placed] | None] = {}

    # ----------------------------------------------------------------------- one article

    def articles_made(self) -> dict[str, str]:
        """For every article what its rows were made from."""
        return dict(self.connection.execute("SELECT article_id, made FROM _articles"))

    def text_key(self, article_id: str) -> str | None:
        """The key of an article's text, None for an article that isn't there."""
        row = self.connection.execute("SELECT key FROM _articles WHERE article_id = ?", (article_id,)).fetchone()
        return row[0] if row else None

    def put_article(self, article: Article, made: str, key: str, rows: Mapping[str, Iterable[Row]]) -> None:
        """Replace an article and its rows. ``near`` stays as it is."""
        record = msgspec.json.encode(replace(article, text="", blocks=()))
        self.connection.execute(
            "INSERT INTO _articles VALUES (?, ?, ?, NULL, ?) ON CONFLICT (article_id) DO UPDATE"
            " SET made = excluded.made, key = excluded.key, record = excluded.record",
            (article.article_id, made, key, record),
        )
        for name in BY_ARTICLE:
            self._replace_of_article(name, article.article_id, rows.get(name, ()))

    def _replace_of_article(self, name: str, article_id: str, rows: Iterable[Row]) -> None:
        """Replace an article's rows in one table; those that are the same stay."""
        header = _header(name)
        columns = quoted(header)
        before = set(self.connection.execute(f'SELECT {columns} FROM "{name}" WHERE article_id = ?', (article_id,)))
        after = {_stored_row(row, header) for row in rows}
        if before != after:
            self.changed.add(name)
            self._delete(name, before - after)
            self._insert(name, after - before)

    def remove_article(self, article_id: str) -> None:
        """Take an article out with its rows."""
        for name in BY_ARTICLE:
            self._replace_of_article(name, article_id, ())
        self.put_uses(article_id, "", {})
        for table in ("_articles", "_bands"):
            self.connection.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))

    def put_uses(self, article_id: str, published: str, uses: Mapping[str, bytes]) -> None:
        """Replace how an article uses organisations and policies: a record for each by its identifier."""
        query = "SELECT entity_id, published, record FROM _uses WHERE article_id = ?"
        before = {entity_id: use for entity_id, *use in self.connection.execute(query, (article_id,))}
        for entity_id in before.keys() | uses.keys():
            if entity_id in before:
                if before[entity_id] != [published, uses.get(entity_id)]:
                    self.used[entity_id] = None
            elif (added := self.used.setdefault(entity_id, [])) is not None:
                added.append((published, article_id, uses[entity_id]))
                if len(added) > _USES_HELD:
                    self.used[entity_id] = None  # its row is made from all uses
        self.connection.execute("DELETE FROM _uses WHERE article_id = ?", (article_id,))
        self.connection.executemany(
            "INSERT INTO _uses VALUES (?, ?, ?, ?)",
            [(entity_id, published, article_id, record) for entity_id, record in uses.items()],
        )

    def uses(self, entity_id: str | None = None) -> Iterator[Use]:
        """Uses of all organisations and policies, or of one: identifier, record, publication; by the first and last."""
        some = "" if entity_id is None else "WHERE entity_id = ?"
        yield from self.connection.execute(
            f"SELECT entity_id, record, published FROM _uses {some} ORDER BY entity_id, published, article_id",
            () if entity_id is None else (entity_id,),
        )

    def first_use(self, entity_id: str) -> bytes | None:
        """The record of the first use of an organisation or a policy; None where there is none."""
        query = "SELECT record FROM _uses WHERE entity_id = ? ORDER BY published, article_id LIMIT 1"
        row = self.connection.execute(query, (entity_id,)).fetchone()
        return row[0] if row else None

    # ----------------------------------------------------------------------- near-duplicates

    def put_bands(self, article_id: str, bands: Iterable[int]) -> None:
        """Replace the hashes under which an article's near-duplicates are found."""
        self.connection.execute("DELETE FROM _bands WHERE article_id = ?", (article_id,))
        self.connection.executemany("INSERT OR IGNORE INTO _bands VALUES (?, ?)", [(b, article_id) for b in bands])

    def band_mates(self, article_id: str) -> list[str]:
        """Articles that share a band with this one, sorted."""
        rows = self.connection.execute(
            "SELECT DISTINCT b.article_id FROM _bands a JOIN _bands b USING (band)"
            " WHERE a.article_id = ? AND b.article_id <> a.article_id ORDER BY b.article_id",
            (article_id,),
        )
        return [other for (other,) in rows]

    def bands(self) -> Iterator[tuple[int, str]]:
        """All bands, in order, with the articles that are found under each."""
        yield from self.connection.execute("SELECT band, article_id FROM _bands ORDER BY band")

    def near_ones(self) -> set[str]:
        """The articles that are known to have a near-duplicate."""
        return {each for (each,) in self.connection.execute("SELECT article_id FROM _articles WHERE near IS NOT NULL")}

    def part_neighbours(self, article_ids: Iterable[str]) -> set[str]:
        """Forget the links of these articles: those, and the others that were linked through them."""
        parted = set()
        for article_id in article_ids:
            linked = self.connection.execute("SELECT article_id FROM _articles WHERE near = ?", (article_id,))
            parted |= {article_id, *(other for (other,) in linked)}
        self.connection.executemany("UPDATE _articles SET near = NULL WHERE article_id = ?", [(p,) for p in parted])
        return parted

    def set_near(self, article_id: str, other: str) -> None:
        """Remember that one article is nearly the same as another."""
        self.connection.execute("UPDATE _articles SET near = ? WHERE article_id = ?", (other, article_id))

    def flag_neighbours(self) -> None:
        """Bring the flag ``near_duplicate`` of ``articles`` in line with the links."""
        rows = self.connection.execute(
            "SELECT article_id, flags FROM articles JOIN _articles USING (article_id)"
            " WHERE (near IS NOT NULL) <> (instr('; ' || coalesce(flags, '') || '; ', '; near_duplicate; ') > 0)"
        ).fetchall()
        for article_id, flags in rows:
            toggled = set(listed(flags)) ^ {"near_duplicate"}
            self._update(
                "articles", "article_id", "flags", [(LIST_SEPARATOR.join(sorted(toggled)) or None, article_id)]
            )

    # ----------------------------------------------------------------------- all articles

    def replace_rows(self, name: str, rows: Iterable[Row]) -> None:
        """Bring a whole table to the given rows: what is there already stays."""
        header, keys = _header(name), _key(name)
        places = [header.index(column) for column in keys]
        columns = quoted(header)
        after = {}
        for row in rows:
            cells = _stored_row(row, header)
            after[tuple(cells[i] for i in places)] = cells
        gone = set()
        for cells in self.connection.execute(f'SELECT {columns} FROM "{name}"'):
            key = tuple(cells[i] for i in places)
            if after.get(key) == cells:
                del after[key]
            else:
                gone.add(cells)
        if gone or after:
            self.changed.add(name)
            self._delete(name, gone)
            self._insert(name, after.values())

    def put_rows(self, name: str, gone: Iterable[str], rows: Iterable[Row]) -> None:
        """Bring some rows of a table with a key of one column to what is given; ``gone`` are the keys of rows to go."""
        header, (key,) = _header(name), _key(name)
        place, columns = header.index(key), quoted(header)
        query = f'SELECT {columns} FROM "{name}" WHERE "{key}" = ?'
        for keys in batched(gone, _ROWS_AT_ONCE):
            self._replace(name, [before for each in keys for before in self.connection.execute(query, (each,))], [])
        for some in batched((_stored_row(row, header) for row in rows), _ROWS_AT_ONCE):
            before = [self.connection.execute(query, (row[place],)).fetchone() for row in some]
            changed = [(old, new) for old, new in zip(before, some, strict=True) if old != new]
            self._replace(name, [old for old, _ in changed if old], [new for _, new in changed])

    def _replace(self, name: str, old: Sequence[tuple[Stored, ...]], new: Sequence[tuple[Stored, ...]]) -> None:
        if old or new:
            self.changed.add(name)
            self._delete(name, old)
            self._insert(name, new)

    def replace_some(self, name: str, column: str, values: Iterable[str], rows: Iterable[Row]) -> None:
        """Bring the rows of a table that have one of the values in a column to what is given."""
        header = _header(name)
        query = f'SELECT {quoted(header)} FROM "{name}" WHERE "{column}" = ?'
        before = {row for value in values for row in self.connection.execute(query, (value,))}
        after = {_stored_row(row, header) for row in rows}
        if before != after:
            self.changed.add(name)
            self._delete(name, before - after)
            self._insert(name, after - before)

    def put_conflicts(self, owned: Mapping[str, Sequence[Row]]) -> None:
        """Replace the conflicts of articles with themselves, and those of measures: rows by article or measure."""
        before = {
            conflict_id
            for owner in owned
            for (conflict_id,) in self.connection.execute(
                "SELECT conflict_id FROM _conflicts WHERE owner = ?", (owner,)
            )
        }
        self.connection.executemany("DELETE FROM _conflicts WHERE owner = ?", [(owner,) for owner in owned])
        pairs = sorted({(owner, str(row["conflict_id"])) for owner, rows in owned.items() for row in rows})
        self.connection.executemany("INSERT INTO _conflicts VALUES (?, ?)", pairs)
        after = {str(row["conflict_id"]): row for rows in owned.values() for row in rows}
        self.put_rows("conflicts", before - after.keys(), after.values())

    def clear_figures(self) -> None:
        """Take every series and conflict out."""
        self.connection.execute("DELETE FROM _conflicts")
        self.replace_rows("conflicts", ())
        self.replace_rows("series", ())

    def points(self, measure_ids: Iterable[str]) -> Iterator[tuple[Stored, ...]]:
        """The numbers of measures; the columns are those that a figure of a series has, in their order."""
        columns = (
            "number_id, measure_id, measure, unit, period, value, article_id, published, text, source, nation,"
            " approximate, quote"
        )
        for measure_id in measure_ids:
            yield from self.connection.execute(f"SELECT {columns} FROM numbers WHERE measure_id = ?", (measure_id,))

    def set_some(self, name: str, column: str, wanted: Mapping[str, Stored]) -> None:
        """Bring one column of a table to the values wanted, by its key; other rows stay."""
        (key,) = BY_NAME[name].key
        query = f'SELECT "{column}" FROM "{name}" WHERE "{key}" = ?'
        values = []
        for each, value in wanted.items():
            row = self.connection.execute(query, (each,)).fetchone()
            if row is not None and row[0] != value:
                values.append((value, each))
                if name == "evidence":
                    self.touched.events |= {str(event_id) for event_id in (row[0], value) if event_id}
        self._update(name, key, column, values)

    def set_topics_of_events(self, topic_of: Mapping[str, str | None]) -> None:
        """Bring the topics of events in line with those of their articles, of articles that were touched."""
        query = (
            "SELECT event_id, article_id, topic_id FROM timeline"
            " WHERE event_id IN (SELECT event_id FROM evidence WHERE article_id = ?)"
        )
        rows = {row for each in sorted(self.touched.articles) for row in self.connection.execute(query, (each,))}
        values = [(topic_of.get(a), e) for e, a, topic_id in sorted(rows, key=repr) if topic_of.get(a) != topic_id]
        self._update("timeline", "event_id", "topic_id", values)

    def set_column(self, name: str, column: str, wanted: Mapping[str, Stored]) -> None:
        """Bring one column of a table to the values wanted by its key; no value where there is none."""
        (key,) = BY_NAME[name].key
        rows = self.connection.execute(f'SELECT "{key}", "{column}" FROM "{name}"')
        self._update(name, key, column, [(wanted.get(k), k) for k, value in rows if wanted.get(k) != value])

    def put_ledger(self, sha256: str, shown: str, rows: Iterable[Row]) -> None:
        """Replace the ledger of one dump; ``shown`` stands for what it was made from."""
        header = _header("ledger")
        columns = quoted(header)
        before = set(self.connection.execute(f"SELECT {columns} FROM ledger WHERE sha256 = ?", (sha256,)))
        after = {_stored_row(row, header) for row in rows}
        if before != after:
            self.changed.add("ledger")
            self._delete("ledger", before - after)
            self._insert("ledger", after - before)
        self.connection.execute("UPDATE _dumps SET shown = ? WHERE sha256 = ?", (shown, sha256))

    def ledgers_shown(self) -> dict[str, str | None]:
        """For every dump what its ledger was made from."""
        return dict(self.connection.execute("SELECT sha256, shown FROM _dumps"))

    def drop_ledgers(self) -> None:
        """Take out the ledgers and outcomes of dumps that are gone."""
        if self.connection.execute("DELETE FROM ledger WHERE sha256 NOT IN (SELECT sha256 FROM _dumps)").rowcount:
            self.changed.add("ledger")
        self.connection.execute("DELETE FROM _outcomes WHERE sha256 NOT IN (SELECT sha256 FROM _dumps)")

    def put_outcomes(self, article_id: str, outcomes: Mapping[tuple[str, int], str]) -> set[str]:
        """Replace what became of an article's items: the dumps in which something is not what it was."""
        rows = self.connection.execute(
            "SELECT sha256, position, outcome FROM _outcomes WHERE article_id = ?", (article_id,)
        )
        before = {(sha256, position): outcome for sha256, position, outcome in rows}
        changed = {place for place in before.keys() | outcomes.keys() if before.get(place) != outcomes.get(place)}
        if changed:
            self.connection.execute("DELETE FROM _outcomes WHERE article_id = ?", (article_id,))
            self.connection.executemany(
                "INSERT OR REPLACE INTO _outcomes VALUES (?, ?, ?, ?)",
                [(sha256, position, article_id, outcome) for (sha256, position), outcome in outcomes.items()],
            )
        return {sha256 for sha256, _ in changed}

    def outcomes_of(self, sha256: str) -> dict[int, str]:
        """What became of the items of a dump, by position."""
        return dict(self.connection.execute("SELECT position, outcome FROM _outcomes WHERE sha256 = ?", (sha256,)))

    def count_outcomes(self) -> dict[str, int]:
        """Number of items by what became of them."""
        return dict(
            self.connection.execute("SELECT outcome, count(*) FROM _outcomes GROUP BY outcome ORDER BY outcome")
        )

    def failures(self) -> list[tuple[str, str, int, str]]:
        """Articles that could not be analysed: article, dump and position of its current text, and why."""
        rows = self.connection.execute(
            "SELECT a.article_id, o.sha256, o.position, e.failure FROM _extractions e JOIN _articles a USING (key)"
            " JOIN _outcomes o ON o.article_id = a.article_id AND o.outcome = 'article'"
            " WHERE e.failure IS NOT NULL ORDER BY a.article_id"
        )
        return list(rows)

    def put_places(self, model: str, assignments: Iterable[TopicAssignment]) -> None:
        """Remember where a topic model puts articles."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO _places SELECT article_id, key || fingerprint, ?, ? FROM _articles"
            " JOIN _extractions USING (key) WHERE article_id = ?",
            [(model, msgspec.json.encode(each), each.article_id) for each in assignments],
        )

    def drop_places(self) -> None:
        """Forget the places of articles that are gone."""
        self.connection.execute("DELETE FROM _places WHERE article_id NOT IN (SELECT article_id FROM _articles)")

    # ----------------------------------------------------------------------- writing

    def _insert(self, name: str, rows: Iterable[tuple[Stored, ...]]) -> None:
        rows = list(rows)
        self.touched.note(name, _header(name), rows)
        marks = ", ".join("?" * len(_header(name)))
        self.connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', sorted(rows, key=repr))

    def _delete(self, name: str, rows: Iterable[tuple[Stored, ...]]) -> None:
        header, keys = _header(name), _key(name)
        rows = list(rows)
        self.touched.note(name, header, rows)
        places = [header.index(column) for column in keys]
        where = " AND ".join(f'"{column}" IS ?' for column in keys)
        self.connection.executemany(
            f'DELETE FROM "{name}" WHERE {where}', [tuple(row[i] for i in places) for row in rows]
        )

    def _update(self, name: str, key: str, column: str, values: Sequence[tuple[Stored, Stored]]) -> None:
        if values:
            self.changed.add(name)
            self.touched.note_column(name, [str(each) for _, each in values])
            self.connection.executemany(f'UPDATE "{name}" SET "{column}" = ? WHERE "{key}" = ?', values)


def _header(name: str) -> tuple[str, ...]:
    return BY_NAME[name].header if name in BY_NAME else _PLAIN_HEADERS[name]


def _key(name: str) -> tuple[str, ...]:
    return BY_NAME[name].key if name in BY_NAME else _PLAIN_KEYS[name]


def _stored_row(row: Row, header: tuple[str, ...]) -> tuple[Stored, ...]:
    return tuple(_stored(row[column]) for column in header)


def _stored(value: Cell) -> Stored:
    """A cell as SQLite keeps it: an empty list or string is NULL, as it is empty in the CSV."""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value) or None
    return None if value == "" else value
