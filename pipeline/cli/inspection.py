"""``carefeed inspect``: what a run would read of a dump, item by item. Writes nothing."""

from __future__ import annotations

from collections import Counter

from pipeline.cli.screen import out, safe
from pipeline.records import CleanDump, CleanItem, Rejection

_SHOWN = 100


def print_inspection(clean: CleanDump, texts: dict[tuple[int, int], str]) -> None:
    """One dump: its facts, its items with what was taken out of each, its rejections.

    ``texts`` gives the text of byte ranges, for those that are shown.
    """
    built = f", built {clean.built:%d %B %Y}" if clean.built else ""
    out.print(f"{safe(clean.name)}: {clean.kind}, {clean.n_bytes:,} bytes{built}", markup=False)
    out.print(f"  {safe(clean.title)}", markup=False)
    spam = Counter(
        texts.get((each.start_byte, each.end_byte), "").strip()
        for part in (clean.ranges, *(item.ranges for item in clean.items))
        for each in part
        if each.bin == "spam"
    )
    for text, times in spam.most_common():
        out.print(f"  spam, {times} time(s): {safe(text[:_SHOWN])}", markup=False)
    for item in clean.items:
        _print_item(item, texts)
    for rejection in clean.rejections:
        print_rejection(rejection)


def _print_item(item: CleanItem, texts: dict[tuple[int, int], str]) -> None:
    kinds = Counter(block.kind for block in item.blocks)
    counts = ", ".join(f"{n} {kind}" for kind, n in kinds.items())
    flags = f"  [{', '.join(item.flags)}]" if item.flags else ""
    out.print(f"\n  {item.article_id}  {item.published:%Y-%m-%d}  {safe(item.title)}{flags}", markup=False)
    out.print(f"    {safe(item.url)}", markup=False)
    out.print(f"    {counts or 'no body'}", markup=False)
    for block in item.blocks:
        if block.start_char is None:
            out.print(f"    − {block.kind}: {safe(block.text[:_SHOWN])}", markup=False)


def print_rejection(rejection: Rejection) -> None:
    """One line on what could not be used."""
    place = f"bytes {rejection.start_byte} to {rejection.end_byte}"
    out.print(
        f"  rejected ({rejection.reason}), {safe(rejection.dump)}, {place}: {safe(rejection.detail)}", markup=False
    )
