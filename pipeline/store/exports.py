"""The files beside the archive, written from its tables: CSV, ``articles.jsonl``, ``datapackage.json``."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Final

from pipeline.store.contents import Contents
from pipeline.tables import BY_NAME, LIST_SEPARATOR, TABLES, Table

_FRICTIONLESS: Final = {"list": "string", "edtf": "string", "url": "string"}


def write_csv(contents: Contents, table: Table, folder: Path) -> None:
    """``<table>.csv``: RFC 4180, UTF-8, ``\\n`` line ends, rows in the table's order.

    SQLite and the csv module do the work between them: a row costs no Python.
    """
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(table.header)
        writer.writerows(contents.cells(table))


def write_articles_jsonl(contents: Contents, folder: Path) -> None:
    """``articles.jsonl``: one article a line with its text and blocks, in the order of ``articles.csv``."""
    table = BY_NAME["articles"]
    lists = {column.name for column in table.columns if column.type == "list"}
    with (folder / "articles.jsonl").open("w", encoding="utf-8", newline="\n") as handle:
        for row, text, blocks in contents.articles_with_text():
            article: dict[str, object] = dict(zip(table.header, row, strict=True))
            for name in lists:
                article[name] = str(article[name]).split(LIST_SEPARATOR) if article[name] else []
            start = json.dumps(article | {"text": text}, ensure_ascii=False).removesuffix("}")
            handle.write(f'{start}, "blocks": {blocks}}}\n')  # blocks are JSON already


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


#: The files by the tables that they are made from.
FILES: Final = {
    **{f"{table.name}.csv": {table.name} for table in TABLES},
    "articles.jsonl": {"articles", "article_texts"},
    "datapackage.json": set[str](),
}


def write_file(contents: Contents, name: str, folder: Path) -> None:
    """One of ``FILES``."""
    if name == "articles.jsonl":
        write_articles_jsonl(contents, folder)
    elif name == "datapackage.json":
        write_datapackage(folder)
    else:
        write_csv(contents, BY_NAME[name.removesuffix(".csv")], folder)
