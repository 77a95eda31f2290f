"""How things are said on the pages and in the Markdown reports: dates, numbers, states, names of files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from pipeline.tables import Cell

Row = dict[str, Cell]

#: What became of an event, in the order in which filters show it: key, label, and what it means.
STANDINGS: Final = {
    "overdue": ("Overdue", "was to happen by now, in the last two years, and no article says that it did"),
    "due": ("Planned", "is still to happen"),
    "ongoing": ("Ongoing", "was under way when last told"),
    "happened": ("Happened", "has happened"),
    "superseded": ("Superseded", "another plan has taken its place"),
    "dropped": ("Dropped", "was cancelled or turned down"),
    "open": ("Open", "was proposed, or promised for a time that is long past, and no article says what came of it"),
}
LINK_WORDS: Final = {
    "confirms": ("Confirms", "Confirmed by"),
    "delays": ("Delays", "Delayed by"),
    "supersedes": ("Takes the place of", "Replaced by"),
    "cancels": ("Cancels", "Cancelled by"),
    "fulfils": ("Carries out", "Carried out by"),
    "follows": ("Follows", "Followed by"),
}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: What is over once its day is past, whether or not an article says that it was held.
_PASSES: Final = ("deadline", "consultation", "meeting", "legislation")
_LONGEST_NAME: Final = 80
_SCALES: Final = ((1e9, "bn"), (1e6, "m"))
_UNIT_SIGNS: Final = {"percent": "%", "percentage_point": " percentage points", "multiplier": " times"}


def text_of(cell: Cell) -> str:
    """A cell as text; empty for None."""
    return "" if cell is None else str(cell)


def list_of(cell: Cell) -> tuple[str, ...]:
    """A list cell's values; empty for None."""
    return cell if isinstance(cell, tuple) else ()


def number_of(cell: Cell) -> float:
    """A number cell; 0 for None."""
    return float(cell) if isinstance(cell, int | float) else 0.0


def standing(event: Row) -> str:
    """One of ``STANDINGS``: what became of the event, from its state and its status.

    >>> standing({"state": "due", "status": "planned"}), standing({"state": None, "status": "ongoing"})
    ('due', 'ongoing')
    >>> standing({"state": None, "status": "proposed"})
    'open'
    """
    state, status = text_of(event["state"]), text_of(event["status"])
    if state in STANDINGS:
        return state
    if state == "done" or status == "happened":
        return "happened"
    if status == "cancelled":
        return "dropped"
    return "ongoing" if status == "ongoing" else "open"


def standing_label(event: Row) -> str:
    """The state in a word or two: a proposal is a proposal, no plan; a pledge may have no date.

    >>> standing_label({"state": "due", "status": "proposed"}), standing_label({"state": "done", "status": "planned"})
    ('Proposed', 'Happened as planned')
    >>> standing_label({"state": None, "status": "conditional"}), standing_label({"state": None, "status": "planned"})
    ('Conditional', 'Open')
    >>> standing_label({"state": "done", "status": "planned", "type": "deadline"})
    'Date passed'
    """
    key, status = standing(event), text_of(event["status"])
    if key in ("due", "open") and status in ("proposed", "conditional"):
        return status.capitalize()
    if key == "due" and not is_dated(event):
        return "Planned, no date"
    if key == "happened" and status == "planned":
        return "Date passed" if event.get("type") in _PASSES else "Happened as planned"
    return STANDINGS[key][0]


def is_dated(event: Row) -> bool:
    """Whether an event has a date of its own, and not just that of the article that tells it."""
    return event.get("date_basis") != "publication"


def is_reviewed(event: Row) -> bool:
    """Whether a reviewer accepted or corrected an event.

    >>> is_reviewed({"reasons": ("corrected by a reviewer", "explicit date")})
    True
    """
    return any(reason.endswith("by a reviewer") for reason in list_of(event["reasons"]))


def is_corrected(event: Row) -> bool:
    """Whether a reviewer corrected an event: then its sentence may not say what it says."""
    return "corrected by a reviewer" in list_of(event["reasons"])


def headline(event: Row) -> str:
    """An event's title without the status in brackets, which its badge says.

    >>> headline({"title": "Fund to end (planned)", "status": "planned"})
    'Fund to end'
    """
    return text_of(event["title"]).removesuffix(f" ({text_of(event['status'])})")


@lru_cache(maxsize=1 << 12)
def day(moment: Cell) -> str:
    """A moment's day in words.

    >>> day("2025-03-21T11:57:53+00:00")
    '21 March 2025'
    """
    if not moment:
        return ""
    when = datetime.fromisoformat(str(moment))
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(moment: Cell) -> str:
    """A moment's month in words.

    >>> month("2025-03-21T11:57:53+00:00")
    'March 2025'
    """
    return " ".join(day(moment).split()[1:])


def count(n: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> count(1, "article"), count(12_345, "article"), count(2, "policy", "policies")
    ('1 article', '12,345 articles', '2 policies')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def join(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    >>> join(["a", "b", "c"]), join(["a"]), join([])
    ('a, b and c', 'a', '')
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def figure(value: Cell, unit: Cell) -> str:
    """A value with its unit, as a newspaper writes it.

    >>> figure(1320000000.0, "GBP"), figure(3.9, "percent"), figure(30560, "count"), figure(2, "multiplier")
    ('£1.32bn', '3.9%', '30,560', '2 times')
    >>> figure(6, "hour"), figure(1, "year"), figure(0.005, "count")
    ('6 hours', '1 year', '0.005')
    """
    if not isinstance(value, int | float):
        return ""
    name = text_of(unit)
    if name == "GBP":
        for scale, letter in _SCALES:
            if abs(value) >= scale:
                return f"£{_plain(value / scale)}{letter}"
        return f"£{_plain(value)}"
    if name in _UNIT_SIGNS:
        return _plain(value) + _UNIT_SIGNS[name]
    if name in ("year", "month", "week", "day", "hour", "minute"):
        return f"{_plain(value)} {name}{'' if value == 1 else 's'}"
    return _plain(value)


def _plain(value: float) -> str:
    """A number without needless zeros, with commas."""
    if float(value).is_integer():
        return f"{int(value):,}"
    digits = 2 if abs(value) >= 0.1 else 4
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".")


def web_address(cell: Cell) -> str:
    """The address, if it is one of the web's; else nothing, so that no page links to a script or a file.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address(None)
    ('https://example.org/a', '', '')
    """
    address = text_of(cell).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


@lru_cache(maxsize=1 << 16)
def file_name(identifier: str) -> str:
    """An identifier as the name of a file: plain letters, not too long, different for different identifiers.

    >>> file_name("policy-care-act-2014"), len(file_name("x" * 500))
    ('policy-care-act-2014', 89)
    """
    plain = re.sub(r"[^a-z0-9_-]+", "-", identifier.lower()).strip("-")
    if plain == identifier and len(plain) <= _LONGEST_NAME:
        return plain
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return f"{plain[:_LONGEST_NAME].strip('-')}-{digest}".lstrip("-")


def place(identifier: object) -> str:
    """Where on its article's page something stands: the part of its identifier behind the article's.

    >>> place("communitycare-216528.n120")
    'n120'
    """
    return str(identifier).rpartition(".")[2]


def slug(label: str) -> str:
    """A label as a part of a file's name; empty where it has no plain letters.

    >>> slug("Early career support – for “social workers”")
    'early-career-support-for-social-workers'
    """
    plain = re.sub(r"[’'‘]", "", label.lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
