"""All about one policy or organisation, gathered for a page or a card."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from pipeline.query.filters import Filter
from pipeline.query.names import PLURALS, resolve
from pipeline.query.rows import count, count_by, select
from pipeline.tables import LIST_SEPARATOR

Row = dict[str, object]
_LATEST: Final = 8
_OTHERS: Final = 8


@dataclass(frozen=True, slots=True)
class Card:
    """``row`` is the row of ``policies`` or ``organisations``; events are the latest, the newest first.

    ``ahead`` are those that are due or overdue, the next first; ``others`` are organisations (of a policy) or policies
    (of an organisation) that stand in the same events, with how many; ``figures`` the newest core ones.
    """

    kind: str
    row: Row
    n_events: int
    types: tuple[tuple[str, int], ...]
    events: tuple[Row, ...]
    ahead: tuple[Row, ...]
    others: tuple[tuple[str, int], ...]
    figures: tuple[Row, ...]


def make_cards(connection: sqlite3.Connection, kind: str, name: str) -> list[Card]:
    """A card for each policy or organisation that goes by the name. Raises ``QueryError`` where none does."""
    return [_card(connection, kind, entity.entity_id) for entity in resolve(connection, kind, name)]


def _card(connection: sqlite3.Connection, kind: str, entity_id: str) -> Card:
    cursor = connection.execute(f"SELECT * FROM {PLURALS[kind]} WHERE {kind}_id = ?", (entity_id,))
    row = dict(zip((each[0] for each in cursor.description), cursor.fetchone(), strict=True))
    other = "organisation" if kind == "policy" else "policy"
    ours = Filter(policy=(entity_id,)) if kind == "policy" else Filter(organisation=(entity_id,))
    by_type = count_by(connection, "timeline", ours, ["type"])
    by_other = count_by(connection, "timeline", replace(ours, limit=_OTHERS + 1), [other])
    ahead = replace(ours, state=("due", "overdue"), sort=("date_latest",), limit=_LATEST)
    figures = replace(ours, tier=("core",), sort=("-published",), limit=_LATEST)
    return Card(
        kind=kind,
        row=row,
        n_events=count(connection, "timeline", ours),
        types=_pairs(by_type, "type"),
        events=tuple(select(connection, "timeline", replace(ours, sort=("-date",), limit=_LATEST))),
        ahead=tuple(select(connection, "timeline", ahead)),
        others=_pairs(by_other, other)[:_OTHERS],
        figures=tuple(select(connection, "numbers", figures)),
    )


def _pairs(groups: Iterable[Row], name: str) -> tuple[tuple[str, int], ...]:
    return tuple((str(group[name]), int(str(group["n"]))) for group in groups if group[name])


def aliases(row: Row) -> list[str]:
    """The forms of a policy or organisation that were met, without its name."""
    return [form for form in str(row["aliases"] or "").split(LIST_SEPARATOR) if form]
