"""Questions to the timeline: one module serves the command, the library and the page. Reads only."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pipeline import edtf
from pipeline.errors import QueryError, StoreError
from pipeline.records import EVENT_TYPES, STATUSES
from pipeline.tables import BY_NAME, LIST_SEPARATOR

_FOLD = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " "})
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """What a row must meet; an empty field asks for nothing.

    ``policies`` and ``organisations`` are names, acronyms or aliases: a row meets them with any one of each.
    ``start`` and ``end`` are EDTF: a row meets them when its date overlaps the days from the first day of ``start`` to
    the last day of ``end``, so an event of ``2024`` meets a query for May 2024. ``text`` is words that must all stand
    in the title or quote. ``limit`` None means every row.
    """

    policies: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    text: str | None = None
    limit: int | None = None


def open_archive(out: Path) -> sqlite3.Connection:
    """The archive of an output folder, for reading only. Raises ``StoreError`` where there is none."""
    path = out / "archive.sqlite" if out.is_dir() or not out.suffix else out
    if not path.is_file():
        raise StoreError(f"there is no archive at {path}", "make one with: carefeed run DUMPS --out " + str(out))
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("SELECT 1 FROM timeline LIMIT 1")
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path} is no archive of carefeed: {error}", "give the output folder of a run") from error
    return connection


def query_timeline(connection: sqlite3.Connection, wanted: TimelineFilter) -> list[dict[str, object]]:
    """Rows of the timeline, in its order, with the columns of ``timeline.csv``.

    Raises ``QueryError`` for a name that nothing in the archive goes by (with what was perhaps meant), for a word that
    is no type or status, and for a date that is no date.
    """
    clauses: list[str] = []
    values: list[object] = []
    for kind, names in (("policy", wanted.policies), ("organisation", wanted.organisations)):
        if names:
            canonical = sorted({found for name in names for found in resolve_name(connection, kind, name)})
            column = BY_NAME["timeline"].header[BY_NAME["timeline"].header.index(_PLURALS[kind])]
            ours = " OR ".join(f"instr('; ' || {column} || '; ', ?)" for _ in canonical)
            clauses.append(f"({ours})")
            values += [f"; {name}; " for name in canonical]
    for column, words, allowed in (("type", wanted.types, EVENT_TYPES), ("status", wanted.statuses, STATUSES)):
        if words:
            _check_words(column, words, allowed)
            clauses.append(f"{column} IN ({', '.join('?' * len(words))})")
            values += words
    if wanted.start:
        clauses.append("date_latest >= ?")
        values.append(_days(wanted.start)[0])
    if wanted.end:
        clauses.append("date_earliest <= ?")
        values.append(_days(wanted.end)[1])
    if wanted.text:
        clauses.append("rowid IN (SELECT rowid FROM timeline_search WHERE timeline_search MATCH ?)")
        values.append(match_expression(wanted.text))
    columns = ", ".join(BY_NAME["timeline"].header)
    where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
    order = ", ".join(BY_NAME["timeline"].order)
    limit = ""
    if wanted.limit is not None:
        limit = " LIMIT ?"
        values.append(wanted.limit)
    return [
        dict(row)
        for row in connection.execute(f"SELECT {columns} FROM timeline{where} ORDER BY {order}{limit}", values)
    ]


_PLURALS = {"policy": "policies", "organisation": "organisations"}


def resolve_name(connection: sqlite3.Connection, kind: str, name: str) -> tuple[str, ...]:
    """Canonical names that go by ``name``: as name, acronym or alias, in whatever capitals.

    Raises ``QueryError`` where there is none, with the nearest names.
    """
    wanted = _fold(name)
    forms: dict[str, list[str]] = {}
    for row in connection.execute(f"SELECT name, acronym, aliases FROM {_PLURALS[kind]} ORDER BY name"):
        for form in (row["name"], row["acronym"], *(row["aliases"] or "").split(LIST_SEPARATOR)):
            if form:
                forms.setdefault(_fold(form), []).append(row["name"])
    if wanted in forms:
        return tuple(dict.fromkeys(forms[wanted]))
    near = [forms[form][0] for form in get_close_matches(wanted, forms, n=_SUGGESTIONS)]
    near += [names[0] for form, names in forms.items() if wanted in form]
    nearest = list(dict.fromkeys(near))[:_SUGGESTIONS]
    hint = f"did you mean {' or '.join(nearest)}?" if nearest else f"the names are in {_PLURALS[kind]}.csv"
    raise QueryError(f"no {kind} here goes by {name!r}", hint)


def match_expression(text: str) -> str:
    """Words as an FTS5 expression that asks for all of them, whatever signs they hold; the last may be unfinished.

    >>> match_expression('early career "framework"')
    '"early" "career" "framework"*'
    """
    words = [word.replace('"', "") for word in text.split()]
    words = [word for word in words if word]
    if not words:
        raise QueryError("there is no word to look for", 'give some: --text "early career"')
    return " ".join(f'"{word}"' for word in words) + "*"


def _check_words(what: str, words: Sequence[str], allowed: Sequence[str]) -> None:
    for word in words:
        if word not in allowed:
            raise QueryError(f"{word!r} is no {what}", f"it can be {', '.join(allowed)}")


def _days(value: str) -> tuple[str, str]:
    span = edtf.parse(value)
    if span is None:
        raise QueryError(f"{value!r} is no date", "write 2024, 2024-05, 2024-05-28 or an EDTF interval")
    return span[0].isoformat(), span[1].isoformat()


def _fold(text: str) -> str:
    return " ".join(text.translate(_FOLD).casefold().split())
