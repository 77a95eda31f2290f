"""The score of events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pipeline import edtf
from pipeline.evaluation.compare import as_number, name_set, names_f1, same_days, share_of_words
from pipeline.evaluation.gold import Gold, Outputs
from pipeline.evaluation.verdicts import (
    MADE_UP,
    MISSED,
    RIGHT,
    WRONG,
    Counts,
    Row,
    Score,
    Verdict,
    precision_recall,
    ratio,
)  # fmt: skip

_SAME_SENTENCE: Final = 0.6
_SAME_DATE: Final = 0.5
_FACTS: Final = ("type", "status", "date_exact", "amount", "policy_f1", "organisation_f1")


def score_events(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Sentence and date together (``f1``), the sentence alone (``detection_f1``), and facts of those answered.

    A date is right where it shares half or more of the days that the two cover together. Events that are marked as
    optional are neither asked for nor held against.
    """
    verdicts = (
        verdict
        for article_id, wanted in gold.items()
        for verdict in _judge(article_id, wanted["events"], list(outputs.evidence.get(article_id, ())))
    )
    return Score(tuple(verdicts), _figures)


def _judge(article_id: str, events: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> Iterator[Verdict]:
    answers = _pair(events, rows)
    for index, event in enumerate(events):
        if event.get("optional"):
            continue
        quote = event["quote"][:100]
        if index not in answers:
            what = f"{event['date']} {event['type']}: {quote}"
            yield Verdict(article_id, MISSED, what, {"wanted": 1}, event)
            continue
        row = rows[answers[index]]
        counts = {"detected": 1, "predicted": 1, "wanted": 1}
        if edtf.overlap(event["date"], row.get("date")) >= _SAME_DATE:
            what = f"{event['date']} {event['type']}: {quote}"
            yield Verdict(article_id, RIGHT, what, {**counts, "right": 1, **_facts(event, row)}, event, row)
        else:
            what = f"want {event['date']}, got {row.get('date')}: {quote}"
            yield Verdict(article_id, WRONG, what, counts, event, row)
    answering = set(answers.values())
    for index, row in enumerate(rows):
        if index not in answering:
            what = f"{row.get('date')} {row.get('type')}: {(row.get('quote') or '')[:100]}"
            yield Verdict(article_id, MADE_UP, what, {"predicted": 1}, row=row)


def _pair(events: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> dict[int, int]:
    """The row that answers each gold event, best pairs first."""
    pairs = []
    for i, event in enumerate(events):
        for j, row in enumerate(rows):
            shared = share_of_words(event["quote"], row.get("quote") or "")
            if shared >= _SAME_SENTENCE:
                overlap = edtf.overlap(event["date"], row.get("date"))
                policies = names_f1(name_set(event["policies"]), name_set(row.get("policies")))
                fitness = (overlap >= _SAME_DATE, event["type"] == row.get("type"), overlap, policies, shared)
                pairs.append((fitness, i, j))
    pairs.sort(key=lambda pair: pair[0], reverse=True)
    answers: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in answers and j not in taken:
            answers[i] = j
            taken.add(j)
    return answers


def _facts(event: Mapping[str, Any], row: Row) -> Counts:
    return {
        "type": int(row.get("type") == event["type"]),
        "status": int(row.get("status") == event["status"]),
        "date_exact": int(same_days(row.get("date"), event["date"])),
        "amount": int(as_number(event.get("amount")) == as_number(row.get("amount"))),
        "policy_f1": names_f1(name_set(event["policies"]), name_set(row.get("policies"))),
        "organisation_f1": names_f1(name_set(event["organisations"]), name_set(row.get("organisations"))),
    }


def _figures(counts: Counts) -> dict[str, float]:
    right, predicted, wanted = counts["right"], counts["predicted"], counts["wanted"]
    detection = precision_recall(counts["detected"], predicted, counts["detected"], wanted)["f1"]
    shares = {name: ratio(counts[name], right) for name in _FACTS}
    return {**precision_recall(right, predicted, right, wanted), "detection_f1": detection, **shares}
