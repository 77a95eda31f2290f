"""The score of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pipeline import edtf
from pipeline.evaluation.compare import fold, is_true, same_days, same_value, word_f1
from pipeline.evaluation.gold import Gold, Outputs
from pipeline.evaluation.verdicts import MADE_UP, MISSED, RIGHT, Counts, Row, Score, Verdict, precision_recall, ratio

_FACTS: Final = ("role", "direction", "period", "approximate", "measure")


def score_numbers(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Recall over core numbers, precision over all; of the core numbers found, the share with each fact right.

    A number is found where unit and value agree. ``minor`` numbers are neither asked for nor held against.
    """
    return Score(tuple(_judge(gold, outputs)), _figures)


def _judge(gold: Mapping[str, Gold], outputs: Outputs) -> Iterator[Verdict]:
    for article_id, wanted in gold.items():
        free = list(outputs.numbers.get(article_id, ()))
        for tier in ("core", "minor"):
            for number in (n for n in wanted["numbers"] if n["tier"] == tier):
                options = [row for row in free if same_value(number, row)]
                what = f"[{number['block']}] {number['text']} = {number['value']} {number['unit']}"
                if options:
                    best = max(options, key=_fitness(number))
                    free.remove(best)
                    counts = _counts(number, best) if tier == "core" else {"right": 1, "predicted": 1}
                    yield Verdict(article_id, RIGHT, what, counts, number, best)
                elif tier == "core":
                    yield Verdict(article_id, MISSED, what, {"wanted": 1}, number)
        for row in free:
            what = f"{row.get('text')} = {row.get('value')} {row.get('unit')}"
            yield Verdict(article_id, MADE_UP, what, {"predicted": 1}, row=row)


def _fitness(number: Mapping[str, Any]) -> Callable[[Row], tuple[bool, float, float]]:
    """How well a row of the same value answers a gold number."""
    return lambda row: (
        fold(row.get("text")) == fold(number["text"]),
        edtf.overlap(number.get("period"), row.get("period")),
        word_f1(number.get("measure") or "", row.get("measure") or ""),
    )


def _counts(number: Mapping[str, Any], row: Row) -> Counts:
    is_change = number["role"] == "change"
    return {
        "right": 1,
        "predicted": 1,
        "found": 1,
        "wanted": 1,
        "changes": int(is_change),
        "role": int(row.get("role") == number["role"]),
        "direction": int(is_change and (row.get("direction") or None) == number["direction"]),
        "period": int(same_days(row.get("period"), number["period"])),
        "approximate": int(is_true(row.get("approximate")) == bool(number["approximate"])),
        "measure": word_f1(number.get("measure") or "", row.get("measure") or ""),
    }


def _figures(counts: Counts) -> dict[str, float]:
    whole = {name: counts["changes" if name == "direction" else "found"] for name in _FACTS}
    shares = {name: ratio(counts[name], whole[name]) for name in _FACTS}
    return {**precision_recall(counts["right"], counts["predicted"], counts["found"], counts["wanted"]), **shares}
