"""Events for Knight Lab's TimelineJS: the JSON that its ``new TL.Timeline`` takes."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.harmless import one_line, web_address

Row = Mapping[str, object]


def timeline_object(rows: Iterable[Row], title: str) -> dict[str, Any]:
    """The timeline's object. Events without date are left out; headline and text are HTML, so they are escaped."""
    return {
        "title": {"text": {"headline": _html(title)}},
        "scale": "human",
        "events": [_slide(row) for row in rows if row["date_earliest"] and row["date_latest"]],
    }


def _slide(row: Row) -> dict[str, Any]:
    first, last = (date.fromisoformat(str(row[name])) for name in ("date_earliest", "date_latest"))
    slide: dict[str, Any] = {
        "unique_id": str(row["event_id"]),
        "start_date": _date(first, str(row["precision"] or "day")),
        "display_date": one_line(row["date_label"] or row["date"]),
        "text": {"headline": _html(row["title"]), "text": _body(row)},
        "group": str(row["type"]),
        "autolink": False,
    }
    if last != first:
        slide["end_date"] = _date(last, str(row["precision"] or "day"))
    return slide


def _date(day: date, precision: str) -> dict[str, int]:
    """As exact as the event's date: a month has no day, a year neither."""
    parts = {"year": day.year, "month": day.month, "day": day.day}
    if precision == "year":
        return {"year": day.year}
    if precision == "month":
        del parts["day"]
    return parts


def _body(row: Row) -> str:
    address = web_address(row["url"])
    source = f'<p><a href="{html.escape(address)}">{html.escape(address)}</a></p>' if address else ""
    return f"<blockquote>{_html(row['quote'])}</blockquote>{source}"


def _html(text: object) -> str:
    return html.escape(one_line(text or ""))
