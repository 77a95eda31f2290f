"""How far two people agree who annotated the same articles apart: the second's annotations, scored as if a run gave them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pipeline.evaluation.gold import Gold, Outputs, load_gold
from pipeline.evaluation.scorers import score_all
from pipeline.evaluation.verdicts import Score
from tests.documents.marks import ROOT

SECOND_GOLD = ROOT / "corpus" / "heldout" / "second"
_MARKER = re.compile(r"^\s*(?:•|\d+\.)\s+")
_COUNTED = ("body", "heading", "list_item")
_KINDS = {"organisations": "organisation", "policies": "policy"}


def agreement(first: Path, second: Path = SECOND_GOLD) -> tuple[int, dict[str, Score]]:
    """On how many articles, and the scores of the second annotations against the first."""
    others = load_gold(second)
    firsts = {article_id: each for article_id, each in load_gold(first).items() if article_id in others}
    return len(firsts), score_all(firsts, as_outputs(others))


def as_outputs(annotated: dict[str, Gold]) -> Outputs:
    """Annotations as the rows that a run would write; optional entries are among them."""
    return Outputs(
        articles={article_id: _article(each) for article_id, each in annotated.items()},
        numbers={article_id: _numbers(each) for article_id, each in annotated.items()},
        mentions={article_id: _mentions(each) for article_id, each in annotated.items()},
        evidence={article_id: [_row(event) for event in each["events"]] for article_id, each in annotated.items()},
    )


def _article(annotated: Gold) -> dict[str, Any]:
    return annotated | {"text": _text(annotated)}


def _text(annotated: Gold) -> str:
    return "\n".join(_line(block["text"]) for block in annotated["blocks"] if block["kind"] in _COUNTED)


def _line(text: str) -> str:
    return _MARKER.sub("", text)


def _row(entry: dict[str, Any]) -> dict[str, str]:
    """Cells as a CSV has them."""
    return {name: _cell(value) for name, value in entry.items()}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(value)
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _numbers(annotated: Gold) -> list[dict[str, str]]:
    """Numbers with the line that holds each as its quote."""
    lines = {block["i"]: _line(block["text"]) for block in annotated["blocks"]} | {-1: annotated["title"]}
    return [_row(number | {"quote": lines[number["block"]]}) for number in annotated["numbers"]]


def _mentions(annotated: Gold) -> list[dict[str, str]]:
    """Every form of every name, wherever it stands in the title or the text."""
    found = []
    for kind, single in _KINDS.items():
        for entry in annotated[kind]:
            for form in entry["surfaces"]:
                for field, text in (("title", annotated["title"]), ("text", _text(annotated))):
                    for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
                        place = {"field": field, "start_char": str(match.start()), "end_char": str(match.end())}
                        name = {"kind": single, "name": entry["name"], "type": entry["type"], "text": form}
                        found.append({**name, **place, "entity_id": f"{single}-{entry['name']}"})
    return found
