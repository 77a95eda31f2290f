"""Commands that follow events through time: timeline, upcoming, overdue, changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.app import Out, app
from pipeline.cli.asking import answer, opened
from pipeline.cli.options import ROWS, Shape, asks
from pipeline.cli.screen import complain_softly
from pipeline.errors import QueryError

if TYPE_CHECKING:
    from pipeline.query.filters import Filter

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="As of a day; else as of the newest article that was read.", metavar="DATE"),
]

#: What a link says from the later event's side, and from the earlier one's.
_LINKS = {
    "confirms": ("confirms", "confirmed by"),
    "delays": ("delays", "delayed by"),
    "supersedes": ("replaces", "replaced by"),
    "cancels": ("cancels", "cancelled by"),
    "fulfils": ("fulfils", "fulfilled by"),
    "follows": ("follows", "followed by"),
}


@app.command(epilog='Example: **carefeed timeline --policy "early career framework"**')
@asks("timeline", shown=ROWS)
def timeline(
    asked: dict[str, object],
    shape: Shape,
    out_folder: Out = Path("outputs"),
) -> None:
    """Tell a policy's story: its events in order, and what became of each."""
    from pipeline.cli.formats import print_rows  # noqa: PLC0415
    from pipeline.query.filters import make_filter  # noqa: PLC0415
    from pipeline.query.rows import select  # noqa: PLC0415

    if not asked["policy"]:
        raise QueryError("which policy?", 'name one: carefeed timeline --policy "early career framework"')
    columns = shape.columns or ("date_label,type,status,state,title" if shape.format_ == "table" else "")
    with opened(out_folder) as connection:
        rows = select(connection, "timeline", make_filter("timeline", asked))
        links = partial(_links, connection)
        n = print_rows(rows, shape.format_, "timeline", columns, verbose=shape.verbose, notes=links)
    if not n:
        complain_softly("No event meets all of this.")


def _links(connection: sqlite3.Connection, row: dict[str, object]) -> Iterator[str]:
    """What the event makes of earlier ones, and later ones of it."""
    for pair in filter(None, str(row["related"] or "").split("; ")):
        kind, _, target = pair.partition(":")
        found = connection.execute("SELECT date_label, title FROM timeline WHERE event_id = ?", (target,)).fetchone()
        if found and kind in _LINKS:
            yield f"→ {_LINKS[kind][0]} {found[0]}: {found[1]}"
    for kind, (_, passive) in _LINKS.items():
        answers = connection.execute(
            "SELECT t.date_label, t.title FROM timeline_keys k JOIN timeline t ON t.rowid = k.row_number"
            " WHERE k.key = ? ORDER BY t.date_earliest, t.event_id",
            (f"{kind}:{row['event_id']}",),
        )
        yield from (f"← {passive} {when}: {title}" for when, title in answers)


@app.command(epilog="Example: **carefeed upcoming --policy ECF --as-of 2024-01-01**")
@asks("timeline", shown=ROWS)
def upcoming(
    asked: dict[str, object],
    shape: Shape,
    out_folder: Out = Path("outputs"),
    as_of: AsOf = None,
) -> None:
    """Show what is to come: what was planned, proposed or promised and isn't past, the next first.

    What has no date of its own comes last, with the day on which it was told.
    """
    _by_state("due", asked, shape, out_folder, as_of)


@app.command(epilog="Example: **carefeed overdue --verbose**")
@asks("timeline", shown=ROWS)
def overdue(
    asked: dict[str, object],
    shape: Shape,
    out_folder: Out = Path("outputs"),
    as_of: AsOf = None,
) -> None:
    """Show what should have come and of which nothing was heard, the longest overdue first."""
    _by_state("overdue", asked, shape, out_folder, as_of)


def _by_state(state: str, asked: dict[str, object], shape: Shape, out_folder: Path, as_of: str | None) -> None:
    from pipeline.cli.formats import print_rows  # noqa: PLC0415
    from pipeline.query.filters import make_filter  # noqa: PLC0415

    asked["sort"] = asked["sort"] or ["undated", "date_latest", "date_earliest"]
    with opened(out_folder) as connection:
        if as_of is None:
            answer(connection, "timeline", {**asked, "state": [state]}, shape)
            return
        from pipeline.query.clauses import days  # noqa: PLC0415

        limit = asked.pop("limit")
        rows = _as_of(connection, make_filter("timeline", asked), days(as_of)[1])
        chosen = [row for row in rows if row["state"] == state]
        shown = chosen[: limit if isinstance(limit, int) else None]
        n = print_rows(shown, shape.format_, "timeline", shape.columns, verbose=shape.verbose)
    if not n:
        complain_softly("No event meets all of this.")


def _as_of(connection: sqlite3.Connection, wanted: Filter, day: date) -> Iterator[dict[str, object]]:
    """Events that had been told by a day, with the states that they had on it."""
    from types import SimpleNamespace  # noqa: PLC0415

    from pipeline.query.rows import select  # noqa: PLC0415
    from pipeline.tables import LIST_SEPARATOR  # noqa: PLC0415
    from pipeline.timeline.states import answers_by_target, event_state  # noqa: PLC0415

    told = day.isoformat() + "~"  # behind every moment of the day
    links = connection.execute(
        "SELECT related, status FROM timeline WHERE related IS NOT NULL AND first_published <= ?", (told,)
    )
    # The rule looks at columns that a row of the table has like the record that it was made from.
    later: Any = [
        SimpleNamespace(related=tuple(related.split(LIST_SEPARATOR)), status=status) for related, status in links
    ]
    answers = answers_by_target(later)
    for row in select(connection, "timeline", wanted):
        if str(row["first_published"]) <= told:
            names = {key: tuple(str(row[key] or "").split(LIST_SEPARATOR)) for key in ("policies", "organisations")}
            last_told = datetime.fromisoformat(str(row["last_published"]))
            event: Any = SimpleNamespace(**{**row, **names, "last_published": last_told})
            yield {**row, "state": event_state(event, answers.get(str(row["event_id"]), ()), day)}


@app.command(epilog="Example: **carefeed changes --since 2025-03-01 --format markdown**")
def changes(
    out_folder: Out = Path("outputs"),
    since: Annotated[
        str | None, typer.Option("--since", help="A run's number, or a date. [default: the run before]", metavar="RUN")
    ] = None,
    list_runs: Annotated[bool, typer.Option("--list", help="List the runs that are kept.")] = False,
    format_: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, json, jsonl or markdown.", metavar="FORMAT")
    ] = "table",
) -> None:
    """Say what is new since an earlier run: events, figures, states, topics, corrected articles."""
    from dataclasses import asdict  # noqa: PLC0415

    from pipeline.cli.formats import print_columns  # noqa: PLC0415
    from pipeline.query import changes as query  # noqa: PLC0415
    from pipeline.tables import Column  # noqa: PLC0415

    with opened(out_folder) as connection:
        runs = query.list_runs(connection)
        if list_runs:
            columns = [Column("run", "integer", ""), Column("made", "string", "")]
            print_columns((dict(zip(("run", "made"), run, strict=True)) for run in runs), format_, columns)
            return
        if len(runs) < 2 and since is None:
            complain_softly("There is no earlier run: changes can be told from the second run with something new on.")
            return
        earlier = query.resolve_run(connection, since)
        found = query.find_changes(query.snapshot(connection, earlier), query.snapshot(connection, runs[-1][0]))
    shown = ("change", "table", "what", "column", "before", "after")
    wide = format_ in ("csv", "json", "jsonl")
    columns = [column for column in query.COLUMNS if wide or column.name in shown]
    print_columns((asdict(change) for change in found), format_, columns)
    if not found:
        complain_softly(f"Nothing has changed since run {earlier}.")
