"""Every export read back by a program that people use: what comes out is what was there, and does no harm."""

from __future__ import annotations

import asyncio
import csv
import datetime
import html
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import COMMANDS, app, load_commands
from pipeline.errors import QueryError
from pipeline.harmless import UNSAFE
from pipeline.query.filters import Filter
from pipeline.query.opening import open_archive
from pipeline.query.rows import select
from pipeline.store.sheet import read_timeline_csv
from pipeline.tables import BY_NAME, TABLES, cell_text
from tests.export.hostile import TEXTS, hostile_archive

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose every title means harm."""
    return hostile_archive(tmp_path_factory.mktemp("hostile") / "outputs")


def export(folder: Path, format_: str, file: Path, *more: str) -> Path:
    """Run the command in this process; the file that it wrote."""
    assert set(COMMANDS)
    load_commands()
    app(["export", format_, "--out", str(folder), "--file", str(file), *more], standalone_mode=False)
    return file


def rows_of(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table as the archive has them."""
    with closing(open_archive(folder)) as connection:
        return list(select(connection, table, Filter()))


# ----------------------------------------------------------------------------- CSV and JSON Lines


def test_csv_comes_back_as_it_was(hostile: Path, tmp_path: Path) -> None:
    """Cell for cell, whatever stands in it: this is the format of the contract."""
    with export(hostile, "csv", tmp_path / "t.csv").open(newline="", encoding="utf-8") as handle:
        found = list(csv.DictReader(handle))
    expected = rows_of(hostile, "timeline")
    assert found == [{name: cell_text(value) for name, value in row.items()} for row in expected]


def test_csv_for_a_spreadsheet_runs_nothing(hostile: Path, tmp_path: Path) -> None:
    """No cell begins like a formula, with or without blanks before it; a byte order mark tells the encoding."""
    file = export(hostile, "csv", tmp_path / "t.csv", "--excel")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(newline="", encoding="utf-8-sig") as handle:
        cells = [cell for row in csv.reader(handle) for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝")]


def test_a_csv_for_a_spreadsheet_can_be_asked(hostile: Path, tmp_path: Path) -> None:
    """Read back by ``--csv`` its titles are what they were."""
    file = export(hostile, "csv", tmp_path / "t.csv", "--excel")
    with closing(read_timeline_csv(file)) as connection:
        titles = {str(row["title"]) for row in select(connection, "timeline", Filter())}
    assert titles == set(TEXTS)


def test_json_lines_come_back_as_they_were(hostile: Path, tmp_path: Path) -> None:
    """And hold no sign that could steer a terminal."""
    text = export(hostile, "jsonl", tmp_path / "t.jsonl").read_text(encoding="utf-8")
    assert not UNSAFE.search(text)
    found = [json.loads(line) for line in text.splitlines()]
    expected = rows_of(hostile, "timeline")
    assert [row["title"] for row in found] == [row["title"] for row in expected]
    assert [row["policies"] for row in found] == [[row["policies"]] for row in expected]


def test_the_text_of_articles_goes_out_only_when_asked_for(example_folder: Path, tmp_path: Path) -> None:
    """Quotes with their source are enough for most."""
    plain = export(example_folder, "jsonl", tmp_path / "a.jsonl", "--table", "articles").read_text()
    full = export(example_folder, "jsonl", tmp_path / "b.jsonl", "--table", "articles", "--full-text").read_text()
    assert "stood vacant" not in plain
    assert json.loads(full.splitlines()[1])["text"] == "The framework was delayed. About 16% of posts stood vacant."


# ----------------------------------------------------------------------------- spreadsheet, notebook


def test_a_workbook_comes_back_typed(example_folder: Path, tmp_path: Path) -> None:
    """Dates as dates, amounts as numbers, addresses as links; a sheet that explains the columns."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(export(example_folder, "xlsx", tmp_path / "t.xlsx"))
    assert book.sheetnames[:2] == ["about", "timeline"]
    sheet = book["timeline"]
    header = [cell.value for cell in sheet[1]]
    assert tuple(header) == BY_NAME["timeline"].header
    first = dict(zip(header, sheet[2], strict=True))
    assert first["date_earliest"].value == datetime.datetime(2023, 2, 2)
    assert first["first_published"].value == datetime.datetime(2023, 2, 2, 10)
    assert first["url"].hyperlink.target == "https://www.example.org/2023/02/02/framework/"
    assert [row[header.index("amount")].value for row in sheet.iter_rows(min_row=2)] == [None, 2500000, None]
    assert book["numbers"]["J2"].value is False


def test_a_workbook_runs_nothing(hostile: Path, tmp_path: Path) -> None:
    """Every text is a text, and only addresses of the web are links."""
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(export(hostile, "xlsx", tmp_path / "t.xlsx"))["timeline"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert all(cell.hyperlink.target.startswith("https://") for cell in cells if cell.hyperlink)
    titles = [row[BY_NAME["timeline"].header.index("title")].value for row in sheet.iter_rows(min_row=2)]
    ordered = [str(row["title"]) for row in rows_of(hostile, "timeline")]
    assert titles == [UNSAFE.sub("�", text) for text in ordered]


def test_parquet_comes_back_typed(hostile: Path, example_folder: Path, tmp_path: Path) -> None:
    """Read by DuckDB: days, moments, numbers, lists, and every text as it was."""
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    export(example_folder, "parquet", tmp_path / "p")
    assert {path.stem for path in (tmp_path / "p").iterdir()} == {table.name for table in TABLES}
    kinds = dict(
        duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE '{tmp_path}/p/timeline.parquet')").fetchall()
    )
    assert (kinds["date_earliest"], kinds["amount"], kinds["policies"], kinds["n_articles"]) == (
        "DATE", "DOUBLE", "VARCHAR[]", "BIGINT",
    )  # fmt: skip
    assert kinds["first_published"] == "TIMESTAMP WITH TIME ZONE"
    export(hostile, "parquet", tmp_path / "h.parquet", "--table", "timeline")
    found = duckdb.sql(f"SELECT title, quote FROM '{tmp_path}/h.parquet'").fetchall()
    assert found == [(row["title"], row["quote"]) for row in rows_of(hostile, "timeline")]


# ----------------------------------------------------------------------------- calendar, timeline, references


def test_a_calendar_opens(hostile: Path, example_folder: Path, tmp_path: Path) -> None:
    """Read by icalendar: all-day entries, texts as they were, no line that a text brought in."""
    icalendar = pytest.importorskip("icalendar")
    data = export(example_folder, "ics", tmp_path / "t.ics").read_bytes()
    (entry,) = icalendar.Calendar.from_ical(data).walk("VEVENT")  # the one that is planned
    assert entry["DTSTART"].dt == datetime.date(2024, 1, 1)
    assert entry["DTEND"].dt == datetime.date(2025, 1, 1)  # the day after the last
    assert entry["SUMMARY"] == "Kinship fund to get £2.5m"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    everything = export(hostile, "ics", tmp_path / "h.ics", "--type", "proposal").read_bytes()
    entries = icalendar.Calendar.from_ical(everything).walk("VEVENT")
    titles = [str(row["title"]) for row in rows_of(hostile, "timeline")]
    assert [str(e["SUMMARY"]) for e in entries] == [
        " ".join(UNSAFE.sub("�", t.replace("\t", " ").replace("\r", " ")).split()) for t in titles
    ]
    assert {"ATTACH", "ATTENDEE"}.isdisjoint(name for e in entries for name in e)
    assert all(str(e.get("URL", "https://")).startswith("https://") for e in entries)


def test_a_timeline_is_valid(hostile: Path, example_folder: Path, tmp_path: Path) -> None:
    """By the schema of TimelineJS; its HTML holds no tag but ours, and only links to the web."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((HERE / "timelinejs.schema.json").read_text())
    for folder in (hostile, example_folder):
        found = json.loads(export(folder, "timelinejs", tmp_path / "t.json").read_text(encoding="utf-8"))
        jsonschema.validate(found, schema)
        for event, row in zip(found["events"], rows_of(folder, "timeline"), strict=True):
            assert "<" not in event["text"]["headline"]
            body = event["text"]["text"].replace("<blockquote>", "").replace("</blockquote>", "")
            assert body.count("<") == (4 if "<a href=" in body else 0)
            assert "javascript:" not in event["text"]["text"].partition("</blockquote>")[2]
            assert html.unescape(event["text"]["headline"]) == " ".join(
                UNSAFE.sub("�", str(row["title"]).replace("\t", " ").replace("\r", " ")).split()
            )
    assert found["events"][1]["start_date"] == {"year": 2024}  # as exact as the event's date


def test_references_are_valid(hostile: Path, example_folder: Path, tmp_path: Path) -> None:
    """CSL-JSON by its schema: title, publisher, date, link, hash of the row."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((HERE / "csl.schema.json").read_text())
    for folder, more in ((hostile, ()), (example_folder, ("--table", "articles"))):
        found = json.loads(export(folder, "csl-json", tmp_path / "t.json", *more).read_text(encoding="utf-8"))
        jsonschema.validate(found, schema)
    assert found[0]["title"] == "A framework for new social workers"
    assert found[0]["publisher"] == "example.org"
    assert found[0]["issued"] == {"date-parts": [[2023, 2, 2]]}
    assert "row SHA-256" in found[0]["note"]


def test_bibtex_is_balanced(hostile: Path, tmp_path: Path) -> None:
    """Every brace of ours is closed, and every sign of LaTeX's in a text is escaped."""
    text = export(hostile, "bibtex", tmp_path / "t.bib").read_text(encoding="utf-8")
    bare = text.replace("\\{", "").replace("\\}", "")
    depth = 0
    for char in bare:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert bare.count("@online{event-") == len(TEXTS)
    assert r"\{braces\} \$math\$ \%comment \#hash \_under" in text


# ----------------------------------------------------------------------------- databases


def test_a_data_package_is_valid(example_folder: Path, tmp_path: Path) -> None:
    """``frictionless validate`` finds nothing to complain of."""
    frictionless = pytest.importorskip("frictionless")
    folder = export(example_folder, "datapackage", tmp_path / "package")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "message"])
    assert {path.stem for path in folder.glob("*.csv")} == {table.name for table in TABLES}


@pytest.mark.filterwarnings("ignore")  # Datasette's own
def test_datasette_opens_the_copy(hostile: Path, tmp_path: Path) -> None:
    """Tables with descriptions, facets and search; texts as they were; nothing that only a run needs."""
    datasette_app = pytest.importorskip("datasette.app")
    file = export(hostile, "sqlite", tmp_path / "copy.sqlite")
    metadata = json.loads((tmp_path / "copy.metadata.json").read_text())
    datasette = datasette_app.Datasette([str(file)], metadata=metadata)

    async def ask(path: str) -> Any:
        response = await datasette.client.get(path)
        assert response.status_code == 200, response.text
        return response

    found = asyncio.run(ask("/copy/timeline.json?_shape=array&_size=100")).json()
    assert {row["title"] for row in found} == set(TEXTS)
    searched = asyncio.run(ask("/copy/timeline.json?_search=owned&_shape=array")).json()
    assert len(searched) == 1
    page = asyncio.run(ask("/copy/timeline")).text
    assert "<script>alert(1)</script>" not in page
    assert "one event in the world" in page
    with closing(sqlite3.connect(file)) as copy:
        names = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
        assert not [name for name in names if name.startswith("_")]
        assert copy.execute("SELECT count(*) FROM article_texts").fetchone() == (0,)


def test_a_copy_can_be_asked_like_the_archive(example_folder: Path, tmp_path: Path) -> None:
    """Search and names work in it: what points to rows was made anew."""
    file = export(example_folder, "sqlite", tmp_path / "copy.sqlite", "--full-text")
    with closing(open_archive(file)) as copy:
        for wanted in (Filter(policy=("ECF",)), Filter(text="framework"), Filter(event=("event-0",))):
            assert next(row["event_id"] for row in select(copy, "timeline", wanted)) == "event-1"
        assert len(list(select(copy, "articles", Filter(text="vacant")))) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pdf"], "no format to export to"),
        (["xlsx", "--excel"], "--excel goes with csv"),
        (["ics", "--table", "articles"], "ics is for events"),
        (["sqlite", "--table", "timeline"], "takes the whole archive"),
        (["csv", "--table", "tables"], "there is no table"),
        (["csv", "--full-text"], "only articles have a text"),
        (["csl-json", "--table", "numbers"], "for events and articles"),
    ],
)
def test_what_can_not_be_exported(arguments: list[str], message: str, example_folder: Path) -> None:
    """It is said why."""
    load_commands()
    with pytest.raises(QueryError, match=message):
        app(["export", *arguments, "--out", str(example_folder)], standalone_mode=False)


def test_lines_go_to_stdout(example_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without ``--file``, so that they can be piped."""
    load_commands()
    app(["export", "csv", "--out", str(example_folder), "--policy", "ECF"], standalone_mode=False)
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["event_id"] for row in found] == ["event-1", "event-2"]
