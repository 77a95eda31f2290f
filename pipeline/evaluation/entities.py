"""Scores of organisations, policies, and the places where they are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.evaluation.compare import as_number, fold
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

_SINGULAR: Final = {"organisations": "organisation", "policies": "policy"}


def score_entities(kind: str, gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """``organisations`` or ``policies`` of an article: a prediction answers an entry by its name or any of its forms.

    Entries that are marked as optional are neither asked for nor held against.
    """
    verdicts = (
        verdict
        for article_id, wanted in gold.items()
        for verdict in _judge(article_id, wanted[kind], _entities(kind, outputs.mentions.get(article_id, ())))
    )
    return Score(tuple(verdicts), _figures)


@dataclass(frozen=True, slots=True)
class _Entity:
    name: str
    type: str
    forms: set[str]

    @property
    def row(self) -> Row:
        return {"name": self.name, "type": self.type}


def _entities(kind: str, mentions: Sequence[Row]) -> dict[str, _Entity]:
    entities: dict[str, _Entity] = {}
    for row in mentions:
        if row["kind"] == _SINGULAR[kind]:
            entity = entities.setdefault(row["entity_id"], _Entity(row["name"], row["type"], set()))
            entity.forms.update((fold(row["name"]), fold(row["text"])))
    return entities


def _judge(article_id: str, entries: Sequence[Mapping[str, Any]], entities: Mapping[str, _Entity]) -> Iterator[Verdict]:
    used: set[str] = set()
    for entry in sorted(entries, key=lambda entry: bool(entry.get("optional"))):
        name = fold(entry["name"])
        forms = {name} | {fold(surface) for surface in entry["surfaces"]}
        options = [key for key, entity in entities.items() if key not in used and entity.forms & forms]
        if entry.get("optional"):
            used.update(options)
        elif not options:
            what = f"{entry['name']} ({', '.join(entry['surfaces'])})"
            yield Verdict(article_id, MISSED, what, {"wanted": 1}, entry)
        else:
            best = max(options, key=lambda key: fold(entities[key].name) == name)
            used.add(best)
            yield _answered(article_id, entry, entities[best])
    for key, entity in entities.items():
        if key not in used:
            what = f"{entity.name} [{entity.type}]"
            yield Verdict(article_id, MADE_UP, what, {"predicted": 1}, row=entity.row)


def _answered(article_id: str, entry: Mapping[str, Any], entity: _Entity) -> Verdict:
    is_canonical = fold(entity.name) == fold(entry["name"])
    what = entry["name"] if is_canonical else f"{entry['name']} named {entity.name}"
    typed = int(entity.type == entry["type"])
    counts = {"found": 1, "predicted": 1, "wanted": 1, "canonical": int(is_canonical), "type": typed}
    return Verdict(article_id, RIGHT if is_canonical else WRONG, what, counts, entry, entity.row)


def _figures(counts: Counts) -> dict[str, float]:
    found = counts["found"]
    figures = precision_recall(found, counts["predicted"], found, counts["wanted"])
    return {**figures, "canonical": ratio(counts["canonical"], found), "type": ratio(counts["type"], found)}


def score_mentions(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Recall of mentions: every place where a form that is asked for stands must be covered by a mention."""
    return Score(tuple(_judge_mentions(gold, outputs)), _mention_figures)


def _judge_mentions(gold: Mapping[str, Gold], outputs: Outputs) -> Iterator[Verdict]:
    for article_id, wanted in gold.items():
        text = outputs.articles.get(article_id, {}).get("text") or ""
        for kind, singular in _SINGULAR.items():
            spans = [
                (int(as_number(row["start_char"]) or 0), int(as_number(row["end_char"]) or 0))
                for row in outputs.mentions.get(article_id, ())
                if row["kind"] == singular and (row.get("field") or "text") == "text"
            ]
            for surface, entry, start, end in _places(wanted[kind], text):
                is_found = any(a < end and start < b for a, b in spans)
                counts = {"wanted": 1, "found": int(is_found)}
                what = f"{singular} at {start}: {surface}"
                yield Verdict(article_id, RIGHT if is_found else MISSED, what, counts, entry)


def _places(entries: Sequence[Mapping[str, Any]], text: str) -> Iterator[tuple[str, Mapping[str, Any], int, int]]:
    """Where the forms of the asked-for entries stand; of those that overlap, the longest."""
    taken: list[tuple[int, int]] = []
    forms = [(surface, entry) for entry in entries for surface in entry["surfaces"]]
    for surface, entry in sorted(forms, key=lambda form: -len(form[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                if not entry.get("optional"):
                    yield surface, entry, match.start(), match.end()


def _mention_figures(counts: Counts) -> dict[str, float]:
    return {"recall": ratio(counts["found"], counts["wanted"]), "gold": counts["wanted"]}
