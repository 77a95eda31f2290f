"""Where every byte of a dump went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.records import ByteRange, CleanDump


class LedgerError(AssertionError):
    """The ranges of a dump do not add up to its bytes: a fault of this program, not of the input."""


def ledger_rows(clean: CleanDump, outcome: Mapping[int, str]) -> tuple[ByteRange, ...]:
    """The ranges of one dump with their final bins, in order, from byte 0 to its end.

    ``outcome`` says of each item (by its position) whether it is an ``article``, a ``duplicate`` or a ``revision``.
    Inside a duplicate everything is ``duplicate``; spam, boilerplate and frame stand apart only in the other two.
    """
    rows: list[ByteRange] = list(clean.ranges)
    for item in clean.items:
        end = outcome[item.position]
        if not item.ranges:
            continue
        if end == "duplicate":
            rows.append(
                ByteRange(item.ranges[0].start_byte, item.ranges[-1].end_byte, end, "same_text", item.article_id)
            )
        else:
            rows.extend(replace(r, bin=end) if r.bin == "article" != end else r for r in item.ranges)
    rows.sort(key=lambda r: r.start_byte)
    return tuple(r for r in rows if r.start_byte < r.end_byte)


def check_ledger(ranges: Iterable[ByteRange], n_bytes: int) -> None:
    """Raises ``LedgerError`` unless the ranges cover bytes 0 to ``n_bytes`` in order, without gap or overlap."""
    at = 0
    for each in ranges:
        if each.start_byte != at or each.end_byte <= each.start_byte:
            raise LedgerError(f"byte {at}: the next range is {each.start_byte} to {each.end_byte} ({each.bin})")
        at = each.end_byte
    if at != n_bytes:
        raise LedgerError(f"the ranges end at byte {at} of {n_bytes}")
