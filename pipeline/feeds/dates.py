"""Moments as feeds write them: one dialect a function, tried in turn."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_moment(text: str | None) -> datetime | None:
    """An aware moment from an RFC 822 or ISO 8601 date, ``None`` where it is neither. No zone is taken for UTC.

    >>> read_moment("Fri, 21 Mar 2025 11:57:53 +0000").isoformat()
    '2025-03-21T11:57:53+00:00'
    >>> read_moment("2025-03-21T11:57:53+01:00").isoformat()
    '2025-03-21T11:57:53+01:00'
    """
    text = (text or "").strip()
    if not text:
        return None
    return _read_rfc822(text) or _read_iso(text)


def _read_rfc822(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read_iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
