"""The files beside the archive, written from its tables: CSV, ``articles.jsonl``, ``datapackage.json``."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence, Set
from io import StringIO
from pathlib import Path
from typing import Final

from pipeline.store.contents import Contents
from pipeline.store.splicing import anchors, splice
from pipeline.tables import BY_NAME, LIST_SEPARATOR, TABLES, Cell, Table

_LISTS: Final = tuple(column.name for column in BY_NAME["articles"].columns if column.type == "list")
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
    with (folder / "articles.jsonl").open("w", encoding="utf-8", newline="\n") as handle:
        handle.writelines(_json_line(*each) for each in contents.articles_with_text())


def _json_line(row: Sequence[Cell], text: str, blocks: str) -> str:
    article: dict[str, object] = dict(zip(BY_NAME["articles"].header, row, strict=True))
    for name in _LISTS:
        article[name] = str(article[name]).split(LIST_SEPARATOR) if article[name] else []
    start = json.dumps(article | {"text": text}, ensure_ascii=False).removesuffix("}")
    return f'{start}, "blocks": {blocks}}}\n'  # blocks are JSON already


def rewrite_file(contents: Contents, name: str, folder: Path, old: Path, keys: Set[str]) -> bool:
    """One of ``SPLICED`` from the one that stands; ``keys`` are those of the rows that came, went or changed.

    The same bytes as those of ``write_file``; False where that can't be done, and nothing is written.
    """
    table, n_rows = BY_NAME[SPLICED[name]], contents.count(SPLICED[name])
    places = anchors(contents, table, keys)
    if places is None or any({",", '"', "\\"} & set(key) for key in keys):
        return False
    is_json = name.endswith(".jsonl")
    added = {}
    for anchor, own in places.items():
        if is_json:
            lines = [_json_line(*each) for key in own for each in contents.articles_with_text(key)]
        else:
            lines = [_csv_line(cells) for key in own for cells in contents.cells(table, key)]
        added[anchor.encode()] = [line.encode() for line in lines]
    gone = {key.encode() for key in keys}
    is_done = splice(old, folder / name, gone, added, n_rows, b'{"article_id": "' if is_json else b"")
    if not is_done:
        (folder / name).unlink()
    return is_done


def _csv_line(cells: Iterable[object]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


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


#: Files that can be made from those that stand, by the table whose rows their lines are.
SPLICED: Final = {
    **{f"{table.name}.csv": table.name for table in TABLES if table.key == table.header[:1]},
    "articles.jsonl": "articles",
}

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
