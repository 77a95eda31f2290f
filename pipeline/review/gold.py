"""Articles that a reviewer read through, as annotated articles: what ``carefeed evaluate`` scores against.

Only articles that were marked as complete and right are written. Their numbers, organisations, policies and events are
those found, with the decisions on them; what was found is the archive's, so it needs no new run.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline import rows
from pipeline.errors import StoreError
from pipeline.records import Article, EventMention, Extraction, Mention, Quantity
from pipeline.registers import Registers, load_registers
from pipeline.reviewing import load_decisions, open_for_reading
from pipeline.store.contents import Contents
from pipeline.timeline.decisions import Decision, apply_decisions, standing_decisions
from pipeline.timeline.mending import mend_extraction

#: The number of the title, where blocks are numbered.
TITLE = -1
Blocks = Sequence[Mapping[str, Any]]


def write_gold(out: Path, models: Path, project: Path, folder: Path) -> list[Path]:
    """One JSON file for every article that was read through, in the form of ``corpus/gold``: the files.

    Raises ``StoreError`` where there is no archive or a file can't be written.
    """
    decisions = load_decisions(project)
    registers = load_registers(models, project if project.is_dir() else None)
    wanted = {each.article_id for each in standing_decisions(decisions, "article").values()}
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for record in _read_through(out, wanted, decisions, registers):
            path = folder / f"{record['article_id']}.json"
            path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            written.append(path)
    except OSError as error:
        raise StoreError(f"{folder} can't be written: {error.strerror}", "check the folder or the disk") from error
    return written


def _read_through(
    out: Path, wanted: set[str], decisions: Sequence[Decision], registers: Registers
) -> Iterable[dict[str, Any]]:
    with open_for_reading(out) as archive:
        contents = Contents(archive)
        events = {article.article_id: found.events for article, found in contents.events_found()}
        mentions = {a.article_id: found.mentions for a, found in contents.mentions_found(sorted(wanted))}
        articles = {a.article_id: (a, found) for a, found in contents.figures_found() if a.article_id in wanted}
        texts = {row[0][0]: row for row in contents.articles_with_text() if row[0][0] in wanted}
        heads = {str(row["article_id"]): row for row in contents.table_rows("articles")}
        for article_id in sorted(wanted & texts.keys()):
            _, text, blocks = texts[article_id]
            article, found = articles.get(article_id, (None, Extraction()))
            if article is None:
                article = next(a for a, _ in contents.mentions_found([article_id]))
            article = replace(article, text=text)
            whole = replace(found, events=events.get(article_id, ()), mentions=mentions.get(article_id, ()))
            own = [each for each in decisions if each.article_id == article_id]
            mended = mend_extraction(article, whole, own, registers)
            tellings = apply_decisions(rows.make_tellings([(article, mended)]), own).tellings
            kept = [telling.mention for telling in tellings]
            yield make_gold(heads[article_id], article, json.loads(blocks), replace(mended, events=tuple(kept)))


def make_gold(head: Mapping[str, Any], article: Article, blocks: Blocks, found: Extraction) -> dict[str, Any]:
    """An annotated article from its row of ``articles``, its blocks and what was found in it."""
    return {
        **{name: head[name] for name in ("article_id", "title", "url", "published", "comment_count")},
        **{name: head[name] for name in ("image_url", "image_credit", "summary")},
        "blocks": [{"i": i, "kind": block["kind"], "text": block["text"]} for i, block in enumerate(blocks)],
        "numbers": [_number(each, blocks) for each in found.quantities],
        "organisations": _entities(found.mentions, "organisation"),
        "policies": _entities(found.mentions, "policy"),
        "events": [_event(each, blocks) for each in found.events],
    }


def _block_of(field: str, start_char: int, blocks: Blocks) -> int:
    """The number of the block in which an offset lies; that of the title for its own."""
    if field == "title":
        return TITLE
    kept = [(i, block["start_char"]) for i, block in enumerate(blocks) if block["start_char"] is not None]
    return max((i for i, start in kept if start <= start_char), default=TITLE)


def _number(quantity: Quantity, blocks: Blocks) -> dict[str, Any]:
    return {
        "block": _block_of(quantity.field, quantity.start_char, blocks),
        "text": quantity.text,
        "value": quantity.value,
        "value_high": quantity.value_high,
        "unit": quantity.unit,
        "tier": quantity.tier,
        "role": quantity.role,
        "direction": quantity.direction,
        "approximate": quantity.is_approximate,
        "measure": quantity.measure,
        "period": quantity.period,
    }


def _entities(mentions: Iterable[Mention], kind: str) -> list[dict[str, Any]]:
    surfaces: dict[str, dict[str, None]] = defaultdict(dict)
    types: dict[str, str] = {}
    for mention in mentions:
        if mention.kind == kind:
            surfaces[mention.name][mention.text] = None
            types[mention.name] = mention.type
    return [
        {"name": name, "surfaces": list(own), "type": types[name], "optional": False} for name, own in surfaces.items()
    ]


def _event(mention: EventMention, blocks: Blocks) -> dict[str, Any]:
    return {
        "block": _block_of(mention.field, mention.start_char, blocks),
        "quote": mention.quote,
        "date": mention.date,
        "date_basis": mention.date_basis,
        "type": mention.type,
        "status": mention.status,
        "policies": list(mention.policies),
        "organisations": list(mention.organisations),
        "amount": mention.amount,
        "optional": False,
        "summary": mention.title or mention.quote,
    }
