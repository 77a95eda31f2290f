"""Tables as Parquet files, with types: days, moments in UTC, lists of strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from pipeline.errors import StoreError
from pipeline.export.lines import typed
from pipeline.lists import batched
from pipeline.tables import LIST_SEPARATOR, Column, Table

Row = Mapping[str, object]

_ROWS_AT_ONCE: Final = 50_000


def write_parquet(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """One file; every column carries its description. Raises ``StoreError`` where pyarrow isn't installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415  (an extra: only this export needs it)
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise StoreError("Parquet needs pyarrow", "pip install 'carefeed[parquet]'") from error
    types = {
        "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(),
        "datetime": pa.timestamp("us", tz="UTC"), "list": pa.list_(pa.string()),
    }  # fmt: skip
    schema = pa.schema(
        [
            pa.field(column.name, types.get(column.type, pa.string()), metadata={"description": column.description})
            for column in table.columns
        ],
        metadata={"description": f"One row is {table.one_row_is}."},
    )
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batched(rows, _ROWS_AT_ONCE):
            arrays = [
                pa.array([_value(row[column.name], column) for row in batch], type=schema.field(column.name).type)
                for column in table.columns
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _value(value: object, column: Column) -> Any:
    if column.type == "list":
        return str(value).split(LIST_SEPARATOR) if value else []
    if value is None:
        return None
    if column.type == "date":
        return date.fromisoformat(str(value))
    if column.type == "datetime":
        return datetime.fromisoformat(str(value))
    return typed(value, column)
