"""Hold the scores of a run to the floors: ``python -m tests.floors SCORES.json FLOORS.json [--raise]``.

``SCORES.json`` is what ``score.py --json`` prints. A floor is the lowest that a figure may be. ``--raise`` lifts every
floor to the present figure (rounded down to three places); nothing here lowers one.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

Scores = dict[str, dict[str, float]]
_PLACES = 1000


def falls(scores: Scores, floors: Scores) -> list[str]:
    """One line for every figure that is under its floor, or missing."""
    lines = []
    for part, figures in floors.items():
        for name, floor in figures.items():
            figure = scores.get(part, {}).get(name)
            if figure is None or figure < floor:
                lines.append(f"{part} {name}: {figure} is under the floor {floor}")
    return lines


def raised(scores: Scores, floors: Scores) -> Scores:
    """The floors, each lifted to the present figure where that is higher."""
    return {
        part: {name: max(floor, math.floor(scores[part][name] * _PLACES) / _PLACES) for name, floor in figures.items()}
        for part, figures in floors.items()
    }


def main(arguments: list[str]) -> int:
    """Exit code 1 where a figure fell."""
    scores = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    path = Path(arguments[1])
    floors = json.loads(path.read_text(encoding="utf-8"))
    fallen = falls(scores, floors)
    print(*fallen or ["every figure is at its floor or above"], sep="\n")
    if "--raise" in arguments and not fallen:
        path.write_text(json.dumps(raised(scores, floors), indent=2) + "\n", encoding="utf-8")
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
