"""The files beside the archive, written from its tables: CSV, ``articles.jsonl``, ``datapackage.json``."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Final

from pipeline.store.archive import Archive
from pipeline.tables import BY_NAME, LIST_SEPARATOR, TABLES, Table, cell_text

_FRICTIONLESS: Final = {"list": "string", "edtf": "string", "url": "string"}


def write_csv(archive: Archive, table: Table, folder: Path) -> None:
    """``<table>.csv``: RFC 4180, UTF-8, ``\\n`` line ends, rows in the table's order."""
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(table.header)
        writer.writerows([cell_text(cell) for cell in row] for row in archive.rows(table))


def write_articles_jsonl(archive: Archive, folder: Path) -> None:
    """``articles.jsonl``: one article a line with its text and blocks, in the order of ``articles.csv``."""
    table = BY_NAME["articles"]
    lists = {column.name for column in table.columns if column.type == "list"}
    texts = archive.texts()
    with (folder / "articles.jsonl").open("w", encoding="utf-8", newline="\n") as handle:
        for row in archive.rows(table):
            article: dict[str, object] = dict(zip(table.header, row, strict=True))
            for name in lists:
                article[name] = str(article[name]).split(LIST_SEPARATOR) if article[name] else []
            text, blocks = texts[str(article["article_id"])]
            article |= {"text": text, "blocks": json.loads(blocks)}
            handle.write(json.dumps(article, ensure_ascii=False) + "\n")


def write_datapackage(folder: Path) -> None:
    """``datapackage.json``: every table and column for Frictionless."""
    resources = [
        {
            "name": table.name,
            "path": f"{table.name}.csv",
            "description": f"One row is {table.one_row_is}.",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"lineTerminator": "\n"},
            "schema": {
                "fields": [
                    {
                        "name": column.name,
                        "type": _FRICTIONLESS.get(column.type, column.type),
                        **({"format": "any"} if column.type == "datetime" else {}),
                        "description": column.description,
                    }
                    for column in table.columns
                ],
                "primaryKey": list(table.key),
                "missingValues": [""],
            },
        }
        for table in TABLES
    ]
    package = {
        "profile": "tabular-data-package",
        "name": "carefeed",
        "title": "Timeline of policy events from a social care news feed",
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")


def write_tables(archive: Archive, folder: Path) -> None:
    """All of the above."""
    for table in TABLES:
        write_csv(archive, table, folder)
    write_articles_jsonl(archive, folder)
    write_datapackage(folder)
