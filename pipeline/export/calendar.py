"""Events as a calendar: iCalendar after RFC 5545, all-day entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from pipeline.harmless import one_line, safe, web_address

Row = Mapping[str, object]

_LINE_BYTES: Final = 75
_STATUSES: Final = {"cancelled": "CANCELLED", "proposed": "TENTATIVE", "conditional": "TENTATIVE"}
_DATED_TYPES: Final = ("deadline", "consultation")
_AHEAD: Final = ("planned", "conditional")


def is_for_a_calendar(row: Row) -> bool:
    """Whether people would put the event in their diary: a deadline, a consultation, or something planned."""
    return row["type"] in _DATED_TYPES or row["status"] in _AHEAD


def calendar_lines(rows: Iterable[Row]) -> Iterator[str]:
    """A calendar of rows of the timeline; events without date are left out."""
    yield from _fold("BEGIN:VCALENDAR")
    yield from _fold("VERSION:2.0")
    yield from _fold("PRODID:-//carefeed//timeline//EN")
    yield from _fold("CALSCALE:GREGORIAN")
    yield from _fold("X-WR-CALNAME:Policy events")
    for row in rows:
        if row["date_earliest"] and row["date_latest"]:
            for line in _entry(row):
                yield from _fold(line)
    yield from _fold("END:VCALENDAR")


def _entry(row: Row) -> Iterator[str]:
    first = date.fromisoformat(str(row["date_earliest"]))
    end = date.fromisoformat(str(row["date_latest"])) + timedelta(days=1)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(row['event_id'])}@carefeed"
    yield f"DTSTAMP:{_moment(row)}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{end:%Y%m%d}"
    yield f"SUMMARY:{_text(one_line(row['title'] or ''))}"
    yield f"DESCRIPTION:{_text(_description(row))}"
    yield f"CATEGORIES:{_text(row['type'])}"
    yield f"STATUS:{_STATUSES.get(str(row['status']), 'CONFIRMED')}"
    yield "TRANSP:TRANSPARENT"
    address = web_address(row["url"])
    if address:
        yield f"URL:{address}"
    yield "END:VEVENT"


def _description(row: Row) -> str:
    parts = [str(row["date_label"] or ""), str(row["quote"] or ""), str(row["policies"] or "")]
    return "\n".join(part for part in (safe(part) for part in parts) if part)


def _moment(row: Row) -> str:
    """When the entry was last changed: the newest article that tells it, so that the same rows give the same bytes."""
    text = str(row["last_published"] or f"{row['date_earliest']}T00:00:00+00:00")
    moment = datetime.fromisoformat(text)
    return f"{moment if moment.tzinfo is None else moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: object) -> str:
    """TEXT of RFC 5545, 3.3.11."""
    text = safe(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 octets, no character cut (3.1)."""
    piece, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _LINE_BYTES:
            yield piece + "\r\n"
            piece, size = " ", 1
        piece += char
        size += width
    yield piece + "\r\n"
