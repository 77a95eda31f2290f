"""Hold the scores of a run to the floors: ``python -m tests.floors SCORES.json FLOORS.json [GOLD] [--raise]``.

``SCORES.json`` is what ``score.py --json`` or ``carefeed evaluate --json`` prints. A floor is the lowest that a figure
may be. ``GOLD`` is the folder of annotated articles: the floors name its hash, since a figure means nothing without.
``--raise`` lifts every floor to the present figure (rounded down to three places) and notes the hash of ``GOLD``;
nothing here lowers one.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.evaluation.gold import fingerprint

Scores = dict[str, dict[str, float]]
#: Where the floors name their gold.
GOLD = "gold"
_PLACES = 1000


def parts(floors: Mapping[str, Any]) -> Scores:
    """The floors alone."""
    return {name: figures for name, figures in floors.items() if name != GOLD}


def falls(scores: Scores, floors: Mapping[str, Any]) -> list[str]:
    """One line for every figure that is under its floor, or missing."""
    lines = []
    for part, figures in parts(floors).items():
        for name, floor in figures.items():
            figure = scores.get(part, {}).get(name)
            if figure is None or figure < floor:
                lines.append(f"{part} {name}: {figure} is under the floor {floor}")
    return lines


def is_other_gold(floors: Mapping[str, Any], gold: Path) -> bool:
    """Whether the floors were taken on other annotations than these."""
    return floors.get(GOLD, {}).get("sha256") != fingerprint(gold)


def raised(scores: Scores, floors: Mapping[str, Any], gold: Path | None = None) -> dict[str, Any]:
    """The floors, each lifted to the present figure where that is higher, with the hash of the gold."""
    lifted: dict[str, Any] = {
        part: {name: max(floor, math.floor(scores[part][name] * _PLACES) / _PLACES) for name, floor in figures.items()}
        for part, figures in parts(floors).items()
    }
    if gold is not None:
        known = {"sha256": fingerprint(gold), "n_articles": len(list(gold.glob("*.json")))}
    else:
        known = floors.get(GOLD)
    return {GOLD: known, **lifted} if known else lifted


def main(arguments: list[str]) -> int:
    """Exit code 1 where a figure fell, or where the gold is another one and the floors weren't raised on it."""
    is_raising = "--raise" in arguments
    scores_path, floors_path, *rest = (Path(argument) for argument in arguments if argument != "--raise")
    gold = rest[0] if rest else None
    scores = json.loads(scores_path.read_text(encoding="utf-8"))
    floors = json.loads(floors_path.read_text(encoding="utf-8"))
    fallen = falls(scores, floors)
    if gold is not None and not is_raising and is_other_gold(floors, gold):
        fallen.append(f"{gold} is not the gold that the floors were taken on: look at the figures, then use --raise")
    print(*fallen or ["every figure is at its floor or above"], sep="\n")
    if is_raising and not fallen:
        text = json.dumps(raised(scores, floors, gold), indent=2) + "\n"
        floors_path.write_text(text, encoding="utf-8")
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
