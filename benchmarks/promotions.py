"""Weights of the wording of promotions: ``python -m benchmarks.promotions fit`` or ``check``.

Learns from lines labelled by hand: the cases of the cleaning tests and the annotated articles of ``corpus/gold``.
Captions are left out: other rules tell them. ``fit`` writes ``models/promotions.csv``; ``check`` prints how lines are
judged by weights that were fitted without the article, or the twelfth of the cases, that they stand in.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.cleaning.wording import Wording, read_classes

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cleaning" / "cases"
CLASSES, WEIGHTS = ROOT / "models" / "promotions.toml", ROOT / "models" / "promotions.csv"
#: Words must stand in so many lines, and weights be so great, to be kept.
_LEAST_LINES, _LEAST_WEIGHT = 3, 0.05
#: The inverse strength of the penalty on great weights; tuned on sections left out.
_STRENGTH = 0.2
_FOLDS = 12
#: Words of made-up places and names in the cases.
_MADE_UP = frozenset({"example", "northshire", "southshire", "northtown", "sample", "ann", "test", "bob"})


class LabelledLine(NamedTuple):
    """A line, whether it is a promotion, and the group that it is left out with."""

    text: str
    is_promotion: bool
    group: str


def read_lines() -> list[LabelledLine]:
    """All labelled lines but captions."""
    found: list[LabelledLine] = []
    for name in ("blocks.tsv", "blocks_known_failures.tsv", "scenes.tsv"):
        for n, (kind, text) in enumerate(_read_cases(name)):
            if kind != "caption":
                found.append(LabelledLine(text, kind == "boilerplate", f"{name}{n * _FOLDS // 1500}"))
    for name in ("sections.tsv", "runs.tsv"):
        for n, (pile, lines) in enumerate(_read_cases(name)):
            is_promotion = pile in ("promotion", "unseen", "part")
            found += [LabelledLine(text, is_promotion, f"{name}{n}") for text in lines.split(" || ")]
    for path in sorted((ROOT / "corpus" / "gold").glob("*.json")):
        for block in json.loads(path.read_text(encoding="utf-8"))["blocks"]:
            if block["kind"] != "caption":
                found.append(LabelledLine(block["text"].lstrip("•* "), block["kind"] == "boilerplate", path.stem))
    return found


def _read_cases(name: str) -> list[tuple[str, str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [(a, b) for a, _, b in (line.partition("\t") for line in lines if line and line[0] != "#")]


def fit(lines: Sequence[LabelledLine]) -> dict[str, float]:
    """Weights by features, and their ``bias``."""
    plain = Wording(read_classes(CLASSES, CLASSES.read_text(encoding="utf-8")), {})
    rows = [plain.features(line.text) for line in lines]
    n_lines = Counter(feature for row in rows for feature in row)
    kept = {f for f, n in n_lines.items() if n >= _LEAST_LINES and f.partition(":")[2] not in _MADE_UP}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(sorted(row & kept), 1.0) for row in rows])
    model = LogisticRegression(C=_STRENGTH, max_iter=2_000).fit(matrix, [line.is_promotion for line in lines])
    weights = {f: round(float(w), 2) for f, w in zip(vectors.feature_names_, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 2)} | {
        f: w for f, w in sorted(weights.items()) if abs(w) >= _LEAST_WEIGHT
    }


def leave_out(lines: Sequence[LabelledLine]) -> list[float]:
    """What each line weighs by weights that were fitted without its fold."""
    classes = read_classes(CLASSES, CLASSES.read_text(encoding="utf-8"))
    groups = sorted({line.group for line in lines})
    fold_of = {group: n % _FOLDS for n, group in enumerate(groups)}
    found = [0.0] * len(lines)
    for fold in range(_FOLDS):
        wording = Wording(classes, fit([line for line in lines if fold_of[line.group] != fold]))
        for n, line in enumerate(lines):
            if fold_of[line.group] == fold:
                found[n] = wording.weigh(line.text)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit the weights, or print how they do on lines that they have not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=("fit", "check"))
    action = parser.parse_args(arguments).action
    lines = read_lines()
    if action == "fit":
        weights = fit(lines)
        with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("feature", "weight"))
            writer.writerows(weights.items())
        print(f"{len(lines)} lines, {len(weights)} weights: {WEIGHTS}")
        return 0
    found = np.array(leave_out(lines))
    is_promotion = np.array([line.is_promotion for line in lines])
    for least in (0.0, 1.0, 2.0, 3.0):
        n_found = int((found[is_promotion] >= least).sum())
        n_wrong = int((found[~is_promotion] >= least).sum())
        print(
            f"weight {least:.0f} or more: {n_found} of {is_promotion.sum()} promotions, "
            f"{n_wrong} of {(~is_promotion).sum()} lines of stories"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
