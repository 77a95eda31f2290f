"""Commands that write for other programs: export, serve."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Out, app
from pipeline.cli.asking import opened
from pipeline.cli.options import asks
from pipeline.cli.screen import complain_softly
from pipeline.errors import QueryError, StoreError
from pipeline.query.filters import FIELDS, Filter, make_filter
from pipeline.query.rows import select
from pipeline.tables import BY_NAME, TABLES, Column, Table

#: Formats of rows, written to stdout unless ``--file`` names a file, and formats of the whole archive.
LINES = ("csv", "jsonl", "ics", "timelinejs", "csl-json", "bibtex")
FILES = {
    "xlsx": "carefeed.xlsx", "parquet": "carefeed-parquet", "sqlite": "carefeed.sqlite",
    "datapackage": "carefeed-datapackage",
}  # fmt: skip
#: What a workbook leaves out unless asked for: lists for machines.
_NOT_IN_A_WORKBOOK = ("mentions", "ledger", "rejections")
_TEXT = Column("text", "string", "the article's text")

Row = dict[str, object]


@app.command(epilog="Example: **carefeed export xlsx --file timeline.xlsx**")
@asks("timeline", "numbers", "series", "articles")
def export(
    format_: Annotated[str, typer.Argument(help=f"{', '.join([*LINES, *FILES])}.", metavar="FORMAT")],
    asked: dict[str, object],
    out_folder: Out = Path("outputs"),
    file: Annotated[Path | None, typer.Option("--file", help="The file or folder to write.", metavar="PATH")] = None,
    table: Annotated[
        str, typer.Option("--table", help="Only this table. [default: timeline, or all of them]", metavar="TABLE")
    ] = "",
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV for a spreadsheet: byte order mark, formulas disarmed.")
    ] = False,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="With the articles' texts, which are their publisher's.")
    ] = False,
) -> None:
    """Write the archive, or the rows that meet the filters, for a spreadsheet, a calendar, a notebook, a web page."""
    if format_ not in (*LINES, *FILES):
        raise QueryError(f"{format_!r} is no format to export to", f"it can be {', '.join([*LINES, *FILES])}")
    if table and table not in BY_NAME:
        raise QueryError(f"there is no table {table!r}", f"it can be {', '.join(BY_NAME)}")
    if excel and format_ != "csv":
        raise QueryError("--excel goes with csv", "for a workbook: carefeed export xlsx")
    if file == Path("-"):
        if format_ in FILES:
            raise QueryError(f"{format_} can't go to standard output", "name a file with --file")
        file = None
    with opened(out_folder) as connection:
        if format_ in LINES:
            wanted = make_filter(table or "timeline", asked)
            _write_lines(_lines(connection, format_, table or "timeline", wanted, excel, full_text), file)
            return
        path = file or Path(FILES[format_])
        tables = [BY_NAME[table]] if table else list(TABLES)
        wanted = make_filter(table or ("timeline" if any(asked.values()) else ""), asked)
        if wanted != Filter() and not table:
            tables = [BY_NAME["timeline"]]
        if format_ in ("sqlite", "datapackage") and (table or wanted != Filter()):
            raise QueryError(f"{format_} takes the whole archive", "leave --table and filters out, or use csv or jsonl")
        _write_files(connection, format_, path, tables, wanted, full_text)
    complain_softly(f"Wrote {path}")


# ----------------------------------------------------------------------------- rows as text


def _lines(
    connection: sqlite3.Connection, format_: str, table: str, wanted: Filter, excel: bool, full_text: bool
) -> Iterator[str]:
    from pipeline.export import calendar, lines, timelinejs  # noqa: PLC0415

    if format_ in ("ics", "timelinejs") and table != "timeline":
        raise QueryError(f"{format_} is for events", "leave --table out")
    rows: Iterable[Row] = select(connection, table, wanted)
    columns = list(BY_NAME[table].columns)
    if full_text:
        if table != "articles":
            raise QueryError("only articles have a text", "add --table articles")
        columns.append(_TEXT)
        rows = ({**row, "text": _text_of(connection, row)} for row in rows)
    if format_ == "csv":
        return lines.csv_lines(rows, columns, excel=excel)
    if format_ == "jsonl":
        return lines.json_lines(rows, columns)
    if format_ == "ics":
        everything = bool(wanted.type or wanted.status or wanted.state or wanted.event)
        return calendar.calendar_lines(row for row in rows if everything or calendar.is_for_a_calendar(row))
    if format_ == "timelinejs":
        title = ", ".join(wanted.policy or wanted.organisation or wanted.topic) or "Policy events"
        return iter([lines.json_text(timelinejs.timeline_object(rows, title), indent=1) + "\n"])
    return _citations(connection, format_, table, rows)


def _citations(connection: sqlite3.Connection, format_: str, table: str, rows: Iterable[Row]) -> Iterator[str]:
    from pipeline.cli.cards import citation_lines, make_citation  # noqa: PLC0415

    if table not in ("timeline", "articles"):
        raise QueryError(f"{format_} is for events and articles", "use --table articles, or leave it out")
    key = BY_NAME[table].key[0]
    return citation_lines([make_citation(connection, str(row[key])) for row in rows], format_)


def _text_of(connection: sqlite3.Connection, row: Row) -> str:
    found = connection.execute("SELECT text FROM article_texts WHERE article_id = ?", (row["article_id"],)).fetchone()
    return str(found[0]) if found else ""


def _write_lines(pieces: Iterable[str], file: Path | None) -> None:
    if file is None:
        from pipeline.harmless import safe  # noqa: PLC0415

        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(newline="")  # a calendar's line ends are its own
        sys.stdout.writelines(safe(piece.replace("\r", "")) if sys.stdout.isatty() else piece for piece in pieces)
        return
    with _writing(file).open("w", encoding="utf-8", newline="") as handle:
        handle.writelines(pieces)
    complain_softly(f"Wrote {file}")


# ----------------------------------------------------------------------------- files


def _write_files(
    connection: sqlite3.Connection, format_: str, path: Path, tables: list[Table], wanted: Filter, full_text: bool
) -> None:
    def rows_of(table: Table) -> Iterator[Row]:
        rows = select(connection, table.name, wanted if table.name in FIELDS else Filter())
        return (
            ({**row, "text": _text_of(connection, row)} for row in rows)
            if full_text and table.name == "articles"
            else rows
        )

    tables_described = [
        replace(table, columns=(*table.columns, _TEXT)) if full_text and table.name == "articles" else table
        for table in tables
    ]
    if format_ == "xlsx":
        from pipeline.export.workbook import write_workbook  # noqa: PLC0415

        shown = [
            table for table in tables_described if len(tables_described) == 1 or table.name not in _NOT_IN_A_WORKBOOK
        ]
        write_workbook(_writing(path), ((table, rows_of(table)) for table in shown))
    elif format_ == "parquet":
        from pipeline.export.parquet import write_parquet  # noqa: PLC0415

        is_one = path.suffix == ".parquet" and len(tables_described) == 1
        for table in tables_described:
            file = path if is_one else _folder(path) / f"{table.name}.parquet"
            write_parquet(_writing(file), table, rows_of(table))
    elif format_ == "sqlite":
        from pipeline.export.database import datasette_metadata, write_database  # noqa: PLC0415
        from pipeline.store.schema import REBUILD  # noqa: PLC0415

        write_database(connection, _writing(path), REBUILD, full_text=full_text)
        metadata = json.dumps(datasette_metadata(path.stem), indent=2, ensure_ascii=False) + "\n"
        described = _writing(path.with_name(f"{path.stem}.metadata.json"))
        described.write_text(metadata, encoding="utf-8")
        complain_softly(f"Wrote {described}: datasette {path} --metadata {described}")
    else:
        from pipeline.export.lines import csv_lines  # noqa: PLC0415
        from pipeline.store.exports import write_datapackage  # noqa: PLC0415

        for table in tables:
            with _writing(_folder(path) / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as handle:
                handle.writelines(csv_lines(rows_of(table), table.columns))
        write_datapackage(path)


def _writing(path: Path) -> Path:
    """The path of a file that can be written. Raises ``StoreError`` where it can't, or its folder isn't there."""
    try:
        with path.open("ab"):
            pass
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}", "choose another place with --file") from error
    return path


def _folder(path: Path) -> Path:
    """The folder, made where its parent is there. Raises ``StoreError`` where that can't be."""
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path} can't be made: {error.strerror}", "choose another place with --file") from error
    return path


@app.command(epilog="Example: **carefeed serve --port 8001**")
def serve(
    out_folder: Out = Path("outputs"),
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8001,
) -> None:
    """Open the archive in Datasette, for this machine alone. Needs `pip install 'carefeed[serve]'`."""
    import subprocess  # noqa: PLC0415
    import tempfile  # noqa: PLC0415
    from importlib.util import find_spec  # noqa: PLC0415

    from pipeline.export.database import datasette_metadata  # noqa: PLC0415

    if find_spec("datasette") is None:
        raise StoreError("serving needs Datasette", "pip install 'carefeed[serve]'")
    with opened(out_folder):
        pass
    archive = out_folder / "archive.sqlite" if out_folder.is_dir() else out_folder
    with tempfile.TemporaryDirectory() as folder:
        metadata = Path(folder) / "metadata.json"
        metadata.write_text(json.dumps(datasette_metadata(archive.stem)), encoding="utf-8")
        command = [sys.executable, "-m", "datasette", "serve", str(archive), "--metadata", str(metadata)]
        raise typer.Exit(subprocess.call([*command, "--host", "127.0.0.1", "--port", str(port)]))
