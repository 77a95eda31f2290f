"""Commands that ask the archive for rows: query, numbers, evidence, articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Out, app
from pipeline.cli.options import ROWS_OR_COUNTS, Shape, asks
from pipeline.cli.screen import complain_softly
from pipeline.errors import QueryError

#: What is said on stderr when nothing meets a question.
_NOTHING = {
    "timeline": "No event meets all of this.",
    "evidence": "No telling meets all of this.",
    "numbers": "No figure meets all of this.",
    "series": "No series meets all of this.",
    "articles": "No article meets all of this.",
}


@contextmanager
def opened(out_folder: Path, sheet: Path | None = None) -> Iterator[sqlite3.Connection]:
    """The archive of an output folder, or a ``timeline.csv`` alone, to be asked."""
    if sheet is not None:
        from pipeline.store.sheet import read_timeline_csv  # noqa: PLC0415

        connection = read_timeline_csv(sheet)
    else:
        from pipeline.query.opening import open_archive  # noqa: PLC0415

        connection = open_archive(out_folder)
    try:
        yield connection
    finally:
        connection.close()


@app.command(epilog='Example: **carefeed query --policy "early career framework" --from 2023**')
@asks("timeline", shown=ROWS_OR_COUNTS)
def query(
    asked: dict[str, object],
    shape: Shape,
    out_folder: Out = Path("outputs"),
    sheet: Annotated[
        Path | None, typer.Option("--csv", help="Ask a timeline.csv alone.", metavar="FILE", dir_okay=False)
    ] = None,
    sql: Annotated[str | None, typer.Option("--sql", help="Ask in SQL instead: reads only.", metavar="SELECT…")] = None,
    seconds: Annotated[float, typer.Option(help="How long the SQL may take.", min=0)] = 10.0,
) -> None:
    """Ask the timeline: what happened, what is planned, who said so."""
    with opened(out_folder, sheet) as connection:
        if sql is not None:
            _answer_sql(connection, sql, seconds, asked, shape.format_)
        else:
            answer(connection, "timeline", asked, shape)


@app.command(epilog='Example: **carefeed numbers --measure "agency" --from 2020**')
@asks("numbers", shown=ROWS_OR_COUNTS)
def numbers(
    asked: dict[str, object],
    shape: Shape,
    out_folder: Out = Path("outputs"),
    each: Annotated[bool, typer.Option("--each", help="With --measure: every figure, not the series.")] = False,
) -> None:
    """Ask for figures: how many, how much, since when, who says so. With --measure, the series over time."""
    table = "series" if asked["measure"] and not each and not shape.verbose else "numbers"
    with opened(out_folder) as connection:
        try:
            answer(connection, table, asked, shape)
        except QueryError as error:
            if table == "series" and "can't be asked by" in str(error):
                raise QueryError(str(error), "add --each to ask for the single figures") from error
            raise


@app.command(epilog="Example: **carefeed evidence --event event-1f0c --verbose**")
@asks("evidence", shown=ROWS_OR_COUNTS)
def evidence(
    asked: dict[str, object],
    shape: Shape,
    out_folder: Out = Path("outputs"),
) -> None:
    """Ask for tellings: which articles tell of an event, in which words."""
    with opened(out_folder) as connection:
        answer(connection, "evidence", asked, shape)


@app.command(epilog='Example: **carefeed articles --text "foster carers" --from 2024**')
@asks("articles", shown=ROWS_OR_COUNTS)
def articles(
    asked: dict[str, object],
    shape: Shape,
    out_folder: Out = Path("outputs"),
) -> None:
    """Ask for articles: by words of their text, by what they name, by date."""
    with opened(out_folder) as connection:
        answer(connection, "articles", asked, shape)


def answer(connection: sqlite3.Connection, table: str, asked: dict[str, object], shape: Shape) -> None:
    """Print the rows that meet what was asked, or how many they are; a word on stderr where there is none."""
    from pipeline.cli.formats import check_format, print_columns, print_rows  # noqa: PLC0415
    from pipeline.query import rows  # noqa: PLC0415
    from pipeline.query.filters import make_filter  # noqa: PLC0415
    from pipeline.tables import Column  # noqa: PLC0415

    check_format(shape.format_, table)
    wanted = make_filter(table, asked)
    if shape.count_by:
        names = [name.strip() for name in shape.count_by.split(",") if name.strip()]
        groups = rows.count_by(connection, table, wanted, names)
        n = len(groups)
        print_columns(
            groups, shape.format_, [*(Column(name, "string", "") for name in names), Column("n", "integer", "")]
        )
    elif shape.count:
        n = rows.count(connection, table, wanted)
        print(n)
    else:
        found = rows.select(connection, table, wanted)
        n = print_rows(found, shape.format_, table, shape.columns, verbose=shape.verbose)
    if not n:
        complain_softly(_NOTHING[table])


def _answer_sql(
    connection: sqlite3.Connection, sql: str, seconds: float, asked: dict[str, object], format_: str
) -> None:
    from pipeline.cli.formats import print_columns  # noqa: PLC0415
    from pipeline.query.sql import DEFAULT_ROWS, run_sql  # noqa: PLC0415
    from pipeline.tables import Column  # noqa: PLC0415

    others = [name for name, value in asked.items() if value not in (None, [], ()) and name != "limit"]
    if others:
        raise QueryError(f"--sql and a filter by {others[0]} don't go together", "put the condition into the SQL")
    limit = asked["limit"]
    found = run_sql(connection, sql, seconds, limit if isinstance(limit, int) else DEFAULT_ROWS)
    # Two columns of one name would be one in a row by name: the later is told apart by its number.
    names = [name if name not in found.columns[:i] else f"{name}_{i + 1}" for i, name in enumerate(found.columns)]
    columns = [Column(name, "string", "") for name in names]
    print_columns((dict(zip(names, row, strict=True)) for row in found.rows), format_, columns)
    if found.has_more:
        complain_softly(f"There are more rows than the {len(found.rows):,} shown: ask for more with --limit.")
    elif not found.rows:
        complain_softly("No row meets the SQL.")
