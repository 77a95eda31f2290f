"""A file of one row a line made from the one that stands: lines whose rows have changed are replaced, others copied.

What comes out is what writing all rows gives; a row that hasn't changed costs nothing in the archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from pathlib import Path

from pipeline.store.lookups import Lookups, Stored, quoted
from pipeline.tables import Table


def splice(
    old: Path, new: Path, gone: Set[bytes], added: dict[bytes, list[bytes]], n_rows: int, opening: bytes
) -> bool:
    """Write ``new`` from ``old`` without the lines of some keys, and with others behind the lines of their anchors.

    A line's key stands behind ``opening``, up to a quote, or without one at its beginning, up to a comma; a first line
    without key is the header. ``b""`` is the anchor of what comes first. False where the lines of the old file aren't
    those expected (a cell with a line break): then ``new`` is of no use.
    """
    start, end = len(opening), b'"' if opening else b","
    n_lines, n_placed = 0, 0
    with old.open("rb") as source, new.open("wb") as target:
        if not opening:
            target.write(source.readline())
        for line in added.get(b"", ()):
            target.write(line)
            n_lines += 1
        n_placed += b"" in added
        for line in source:
            key = line[start : line.find(end, start)]
            if key not in gone:
                target.write(line)
                n_lines += 1
                if key in added:
                    target.writelines(added[key])
                    n_lines += len(added[key])
                    n_placed += 1
    return n_lines == n_rows and n_placed == len(added)


def anchors(lookups: Lookups, table: Table, keys: Iterable[str]) -> dict[str, list[str]] | None:
    """The rows of keys, in the table's order, by the unchanged row that they come behind; empty for the first ones.

    None where the order of rows can't be asked for: a cell that they are sorted by is empty.
    """
    (key,), order = table.key, quoted(table.order)
    filled = ", ".join(f'count("{column}")' for column in table.order)
    index = f"{table.name}_in_order"  # holds all that is counted, in much less space than the rows
    query = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?"
    by = f"INDEXED BY {index}" if lookups.connection.execute(query, (index,)).fetchone() else ""
    n_rows, *counts = lookups.connection.execute(f'SELECT count(*), {filled} FROM "{table.name}" {by}').fetchone()
    if any(n < n_rows for n in counts):
        return None
    mine = f'SELECT {order}, "{key}" FROM "{table.name}" WHERE "{key}" = ?'
    falling = ", ".join(f'"{column}" DESC' for column in table.order)
    marks = ", ".join("?" * len(table.order))
    behind = f'SELECT "{key}" FROM "{table.name}" WHERE ({order}) < ({marks}) ORDER BY {falling} LIMIT 1'
    rows: list[tuple[Stored, ...]] = sorted(row for each in keys for row in lookups.connection.execute(mine, (each,)))
    anchor_of: dict[str, str] = {}
    found: dict[str, list[str]] = defaultdict(list)
    for *place, name in rows:
        before = lookups.connection.execute(behind, place).fetchone()
        anchor = before[0] if before else ""
        anchor_of[str(name)] = anchor = anchor_of.get(anchor, anchor)
        found[anchor].append(str(name))
    return found
