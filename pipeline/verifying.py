"""Whether what a run wrote holds: the files by their hashes, every row by the dump that it came from. Reads only.

The dumps are read and cleaned again, so that nothing is taken from the archive but the rows that are checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pipeline.cleaning.cleaner import clean_dump
from pipeline.cleaning.ledger import LedgerError, check_ledger
from pipeline.cleaning.marks import Marks
from pipeline.errors import StoreError
from pipeline.exporting import read_run_json
from pipeline.feeds.reader import read_dump
from pipeline.feeds.sources import find_sources
from pipeline.records import ByteRange, CleanItem, Rejection
from pipeline.settings import Limits
from pipeline.store import placing
from pipeline.store.archive import ARCHIVE_NAME, Archive

#: For each table with offsets: what stands at them, and the whole sentence (its own offsets are not in the table).
_ROWS = {
    "numbers": ("number_id", "text", "quote"),
    "mentions": ("mention_id", "text", "text"),
    "evidence": ("evidence_id", "quote", "quote"),
}


@dataclass
class Verification:
    """What was checked, what is wrong (a line each), and the archive's dumps that were not given."""

    n_files: int = 0
    n_dumps: int = 0
    n_articles: int = 0
    n_rows: int = 0
    problems: list[str] = field(default_factory=list)
    not_given: list[str] = field(default_factory=list)


def verify(
    inputs: Sequence[str | Path], out: Path, marks: Marks, limits: Limits, stdin: BinaryIO | None = None
) -> Verification:
    """Check an output folder against the dumps that it was made from.

    Every file of ``run.json`` has its hash; the archive is sound; the ledger of every dump covers its bytes; each
    article's title and text are what its dump says; every number, mention and quote stands where its row says.
    Raises ``StoreError`` where there is no archive, ``DumpError`` for an input that isn't there.
    """
    path = out / ARCHIVE_NAME
    if not path.is_file():
        raise StoreError(f"there is no archive at {path}", "give the output folder of a run with --out")
    found = Verification()
    _check_files(out, found)
    with Archive(path, read_only=True) as archive:
        found.problems += [f"{ARCHIVE_NAME}: {problem}" for problem in archive.check()]
        remaining = dict(archive.connection.execute("SELECT sha256, name FROM _dumps"))
        for source in find_sources(inputs, limits, stdin):
            if isinstance(source, Rejection):
                continue
            data = source.read()
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 not in remaining:
                known = archive.connection.execute("SELECT 1 FROM _dumps WHERE sha256 = ?", (sha256,)).fetchone()
                if known is None:
                    found.problems.append(f"{source.name}: the archive has no dump with these bytes")
                continue
            del remaining[sha256]
            found.n_dumps += 1
            _check_ledger(archive, source.name, sha256, len(data), found)
            for item in clean_dump(read_dump(data, source.name, limits), marks, limits).items:
                _check_item(archive, source.name, item, found)
        found.not_given = sorted(remaining.values())
        _check_timeline(archive, found)
    return found


def _check_files(out: Path, found: Verification) -> None:
    for name, digest in read_run_json(out).get("files", {}).items():
        found.n_files += 1
        if not (out / name).is_file():
            found.problems.append(f"{name}: the file is gone")
        elif placing.describe(out / name).sha256 != digest:
            found.problems.append(f"{name}: the file is not the one that was written")
    if not found.n_files:
        found.problems.append("run.json is missing or lists no file")


def _check_ledger(archive: Archive, name: str, sha256: str, n_bytes: int, found: Verification) -> None:
    rows = archive.connection.execute(
        "SELECT start_byte, end_byte, bin, rule, article_id FROM ledger WHERE sha256 = ? ORDER BY start_byte", (sha256,)
    )
    try:
        check_ledger((ByteRange(*row) for row in rows), n_bytes)
    except LedgerError as error:
        found.problems.append(f"{name}: the ledger doesn't cover the file: {error}")


def _check_item(archive: Archive, name: str, item: CleanItem, found: Verification) -> None:
    """An item that gives its article's current text, against the rows of the article."""
    row = archive.connection.execute(
        "SELECT outcome FROM _outcomes WHERE sha256 = ? AND position = ?", (item.dump_sha256, item.position)
    ).fetchone()
    if row is None:
        found.problems.append(f"{name}: {item.article_id} is in the dump, not in the archive")
    if row != ("article",):
        return
    found.n_articles += 1
    written = archive.connection.execute(
        "SELECT title, text FROM article_texts WHERE article_id = ?", (item.article_id,)
    ).fetchone()
    if written != (item.title, item.text):
        found.problems.append(f"{name}: the text of {item.article_id} is not that of the archive")
    fields = {"title": item.title, "text": item.text}
    for table, row_id, what, start, end, text, quote, where in _rows_of(archive, item.article_id):
        found.n_rows += 1
        if fields.get(where, "")[start:end] != text:
            found.problems.append(f"{table}: {row_id}: {what} doesn't stand at its offsets")
        elif quote not in fields[where]:
            found.problems.append(f"{table}: {row_id}: the quote isn't in the article")


def _rows_of(archive: Archive, article_id: str) -> Iterator[tuple[str, str, str, int, int, str, str, str]]:
    for table, (key, what, quote) in _ROWS.items():
        query = f"SELECT {key}, start_char, end_char, {what}, {quote}, field FROM {table} WHERE article_id = ?"
        for row_id, start, end, text, sentence, where in archive.connection.execute(query, (article_id,)):
            yield table, row_id, what, start, end, text, sentence, where


def _check_timeline(archive: Archive, found: Verification) -> None:
    """Every event has its quote from a telling of its own; no telling is without its event."""
    found.n_rows += archive.connection.execute("SELECT count(*) FROM timeline").fetchone()[0]
    orphans = archive.connection.execute(
        "SELECT event_id FROM timeline t WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.event_id = t.event_id"
        " AND e.article_id = t.article_id AND e.quote = t.quote) ORDER BY event_id"
    )
    found.problems += [f"timeline: {event_id}: no telling has its quote" for (event_id,) in orphans]
    strays = archive.connection.execute(
        "SELECT evidence_id FROM evidence WHERE event_id IS NULL OR event_id NOT IN (SELECT event_id FROM timeline)"
        " ORDER BY evidence_id"
    )
    found.problems += [f"evidence: {evidence_id}: its event isn't in the timeline" for (evidence_id,) in strays]
