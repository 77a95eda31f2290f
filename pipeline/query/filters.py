"""What can be asked of a table: one set of filters for the commands, the library and the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Final

from pipeline import vocabulary
from pipeline.errors import QueryError

Names = str | Sequence[str] | None

_EVENT_FIELDS: Final = (
    "policy", "organisation", "topic", "person", "type", "status", "state", "nation", "start", "end", "published",
    "min_amount", "max_amount", "min_confidence", "text", "event", "article",
)  # fmt: skip

#: The fields of ``Filter`` that each table answers to; ``sort``, ``limit`` and ``offset`` every table does.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "timeline": _EVENT_FIELDS,
    "evidence": _EVENT_FIELDS,
    "numbers": (
        "measure", "policy", "organisation", "topic", "unit", "role", "direction", "tier", "source_kind", "nation",
        "start", "end", "published", "min_value", "max_value", "text", "article",
    ),
    "series": ("measure", "unit", "start", "end", "min_value", "max_value"),
    "articles": (
        "policy", "organisation", "topic", "type", "status", "nation", "start", "end", "text", "article",
    ),
}  # fmt: skip

#: Fields whose words are a closed list.
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "type": vocabulary.EVENT_TYPES,
    "status": vocabulary.STATUSES,
    "state": vocabulary.STATES,
    "nation": vocabulary.NATIONS,
    "unit": vocabulary.UNITS,
    "role": vocabulary.ROLES,
    "direction": vocabulary.DIRECTIONS,
    "tier": vocabulary.TIERS,
    "source_kind": vocabulary.SOURCE_KINDS,
}

_SCALES: Final = {"": 1, "k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_AMOUNT: Final = re.compile(r"^£?\s*(-?\d+(?:\.\d+)?)\s*(k|m|bn|b|tn)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a row must meet; an empty field asks for nothing. Fields are joined by *and*, values of one by *or*.

    ``policy`` and ``organisation`` are names, acronyms, aliases or identifiers, ``topic`` identifiers or labels.
    ``start`` and ``end`` are EDTF: a row meets them when its own date shares a day with the time from the first day of
    ``start`` to the last day of ``end``, so an event of ``2024`` meets a query for May 2024. The own date is that of
    the event, the period of a figure, the publication of an article. ``published`` is a time in which an article that
    tells it came out. ``text`` is words that must all stand there, in any form of theirs (``fostered`` finds
    ``fostering``); ``"a phrase"`` in inverted commas stands as it is, ``child*`` is a beginning. Money is in pounds.
    ``event`` also takes identifiers that an event had in earlier runs. ``sort`` are columns, ``-column`` for falling
    order, or ``relevance``; ``limit`` None means every row.
    """

    policy: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    person: str | None = None
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    nation: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    published: str | None = None
    min_amount: float | None = None
    max_amount: float | None = None
    min_confidence: float | None = None
    measure: str | None = None
    unit: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    source_kind: tuple[str, ...] = ()
    min_value: float | None = None
    max_value: float | None = None
    text: str | None = None
    event: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0

    @property
    def asked(self) -> tuple[str, ...]:
        """Names of the fields that ask for something, without sort, limit and offset."""
        names = (each.name for each in fields(self) if each.name not in ("sort", "limit", "offset"))
        return tuple(name for name in names if getattr(self, name) not in ((), None))


_MANY: Final = frozenset(each.name for each in fields(Filter) if "tuple" in str(each.type))
_MONEY: Final = frozenset({"min_amount", "max_amount", "min_value", "max_value"})


def make_filter(table: str, options: Mapping[str, object]) -> Filter:
    """A filter from options as people give them: one name or several, amounts such as ``£1.5bn``; None is no wish.

    >>> make_filter("timeline", {"policy": "ECF", "min_amount": "10m"}).min_amount
    10000000.0

    Raises ``QueryError`` for an option that the table doesn't answer to, for a word that isn't on its list, and for an
    amount that is none.
    """
    given: dict[str, object] = {}
    for name, value in options.items():
        if value is None or value in ((), [], ""):
            continue
        if name in _MANY:
            given[name] = (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]
        elif name in _MONEY:
            given[name] = parse_amount(value)
        else:
            given[name] = value
    unknown = [name for name in given if name not in Filter.__dataclass_fields__]
    if unknown:
        raise QueryError(f"there is no filter {unknown[0]!r}", f"{table} takes {', '.join(FIELDS.get(table, ()))}")
    wanted = Filter(**given)  # type: ignore[arg-type]
    check_filter(table, wanted)
    return wanted


def check_filter(table: str, wanted: Filter) -> None:
    """Raises ``QueryError`` where the filter asks what the table can't answer, or by a word that isn't on its list."""
    allowed = FIELDS.get(table, ())
    for name in wanted.asked:
        if name not in allowed:
            raise QueryError(f"{table} can't be asked by {name}", f"it takes {', '.join(allowed) or 'no filter'}")
        for word in getattr(wanted, name) if name in WORDS else ():
            _check_word(name, word)
    if wanted.limit is not None and wanted.limit < 0:
        raise QueryError(f"limit must be 0 or more, not {wanted.limit}", "leave it out to get every row")


def _check_word(name: str, word: str) -> None:
    if word not in WORDS[name]:
        near = get_close_matches(word.casefold(), {w.casefold(): w for w in WORDS[name]}, n=1)
        meant = next((w for w in WORDS[name] if near and w.casefold() == near[0]), None)
        hint = f"did you mean {meant}? " if meant else ""
        raise QueryError(f"{word!r} is no {name}", f"{hint}It can be {', '.join(WORDS[name])}")


def parse_amount(value: object) -> float:
    """Pounds, or any number, from ``10m``, ``£1.5bn``, ``250,000`` or a number.

    >>> [parse_amount(v) for v in ("10m", "£1.5bn", "250,000", 7)]
    [10000000.0, 1500000000.0, 250000.0, 7.0]
    """
    match = _AMOUNT.match(str(value).strip().lower().replace(",", ""))
    if not match:
        raise QueryError(f"{value!r} is no amount", "write 250000, 250k, 10m or £1.5bn")
    return float(match[1]) * _SCALES[match[2] or ""]
