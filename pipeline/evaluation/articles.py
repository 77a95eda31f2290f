"""Scores of reading and cleaning: heads, lines, and offsets that give their text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from pipeline.evaluation.compare import as_number, fold, strip_marker
from pipeline.evaluation.gold import Gold, Outputs
from pipeline.evaluation.verdicts import (
    MADE_UP,
    MISSED,
    RIGHT,
    WRONG,
    Counts,
    Score,
    Verdict,
    precision_recall,
    ratio,
)  # fmt: skip
from pipeline.vocabulary import KEPT_KINDS

_HEADER: Final = ("title", "url", "published", "comment_count", "image_url", "image_credit", "summary")
_OFFSETS: Final = {"numbers": "text", "mentions": "text", "evidence": "quote"}


def score_items(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Articles found, and fields of the head that are exactly right."""
    return Score(tuple(_judge_items(gold, outputs)), _item_figures)


def _judge_items(gold: Mapping[str, Gold], outputs: Outputs) -> Iterator[Verdict]:
    for article_id, wanted in gold.items():
        article = outputs.articles.get(article_id)
        is_found = article is not None
        sign = RIGHT if is_found else MISSED
        yield Verdict(article_id, sign, "the article", {"articles": 1, "found": int(is_found)}, wanted)
        for name in _HEADER:
            want, got = wanted.get(name), (article or {}).get(name)
            is_right = article is not None and _same_field(name, want, got)
            what = f"{name}: want {want!r}, got {got!r}"
            counts = {"fields": 1, "exact": int(is_right)}
            yield Verdict(article_id, RIGHT if is_right else WRONG if is_found else MISSED, what, counts, wanted)


def _item_figures(counts: Counts) -> dict[str, float]:
    found, exact = ratio(counts["found"], counts["articles"]), ratio(counts["exact"], counts["fields"])
    return {"found": found, "fields_exact": exact}


def _same_field(name: str, wanted: Any, got: Any) -> bool:
    if name == "published" and wanted and got:
        return datetime.fromisoformat(wanted) == datetime.fromisoformat(got)
    return fold(wanted) == fold(got) if isinstance(wanted, str) else bool(wanted == got)


def score_blocks(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Dropped lines (captions, boilerplate) as precision and recall; share of kept lines with the right kind."""
    return Score(tuple(_judge_blocks(gold, outputs)), _block_figures)


def _judge_blocks(gold: Mapping[str, Gold], outputs: Outputs) -> Iterator[Verdict]:
    for article_id, wanted in gold.items():
        kinds: dict[str, list[str]] = defaultdict(list)
        for block in outputs.articles.get(article_id, {}).get("blocks", ()):
            if block["kind"] in KEPT_KINDS:
                kinds[fold(block["text"])].append(block["kind"])
        for block in wanted["blocks"]:
            stack = kinds.get(fold(strip_marker(block["text"]))) or kinds.get(fold(block["text"]))
            sign, said, counts = _judge_block(block["kind"], stack.pop(0) if stack else None)
            yield Verdict(article_id, sign, f"{said}: {block['text'][:90]}", counts, block)


def _judge_block(wanted: str, kind: str | None) -> tuple[str, str, Counts]:
    """The verdict on a line of a kind that was kept as another, or dropped (None)."""
    if wanted not in KEPT_KINDS:
        if kind is None:
            return RIGHT, f"dropped a {wanted}", {"dropped_right": 1}
        return MISSED, f"kept a {wanted}", {"kept_wrong": 1}
    if kind is None:
        return MADE_UP, f"dropped a {wanted}", {"kept": 1, "dropped_wrong": 1}
    if kind != wanted:
        return WRONG, f"{wanted} taken for {kind}", {"kept": 1}
    return RIGHT, f"kept a {wanted}", {"kept": 1, "right_kind": 1}


def _block_figures(counts: Counts) -> dict[str, float]:
    right, dropped, kept = counts["dropped_right"], counts["dropped_wrong"], counts["kept_wrong"]
    figures = precision_recall(right, right + dropped, right, right + kept)
    return {**figures, "kind_accuracy": ratio(counts["right_kind"], counts["kept"])}


def score_offsets(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Share of rows, over all articles that were read, whose offsets give their text."""
    return Score(tuple(_judge_offsets(outputs)), _offset_figures)


def _judge_offsets(outputs: Outputs) -> Iterator[Verdict]:
    tables = {"numbers": outputs.numbers, "mentions": outputs.mentions, "evidence": outputs.evidence}
    for name, by_article in tables.items():
        for article_id, rows in by_article.items():
            article = outputs.articles.get(article_id, {})
            for row in rows:
                text = row.get(_OFFSETS[name])
                where = article.get(row.get("field") or "text") or ""
                start, end = as_number(row.get("start_char")), as_number(row.get("end_char"))
                is_right = start is not None and end is not None and where[int(start) : int(end)] == text
                counts = {name: 1, f"{name}_right": int(is_right)}
                yield Verdict(article_id, RIGHT if is_right else WRONG, f"{name}: {text!r}", counts, row=row)


def _offset_figures(counts: Counts) -> dict[str, float]:
    return {name: ratio(counts[f"{name}_right"], counts[name]) for name in _OFFSETS}
