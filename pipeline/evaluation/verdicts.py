"""What is said of one gold entry or of one row of the output, and the figures that many of them add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

#: What something counts for, by name: whole numbers, or shares of one.
Counts = Mapping[str, float]
Row = Mapping[str, str]

RIGHT: Final = "="
MISSED: Final = "-"
MADE_UP: Final = "+"
WRONG: Final = "~"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One gold entry that is asked for, or one row of the output, with what it counts for.

    ``sign``: ``=`` right, ``-`` missed, ``+`` made up, ``~`` found but not right. ``wanted`` is the gold entry and
    ``row`` the row, where there is one.
    """

    article_id: str
    sign: str
    what: str
    counts: Counts
    wanted: Mapping[str, Any] | None = None
    row: Row | None = None

    @property
    def is_error(self) -> bool:
        """Whether something is wrong."""
        return self.sign != RIGHT


@dataclass(frozen=True, slots=True)
class Score:
    """The verdicts on one kind of output in the order of the articles, and how their counts make its figures."""

    verdicts: tuple[Verdict, ...]
    make_figures: Callable[[Counts], dict[str, float]]

    @property
    def figures(self) -> dict[str, float]:
        """Shares from 0 to 1; ``predicted`` and ``gold`` are counts."""
        return self.make_figures(add_up(self.verdicts))

    @property
    def errors(self) -> list[Verdict]:
        """What was missed, made up or not right."""
        return [verdict for verdict in self.verdicts if verdict.is_error]

    def part(self, verdicts: Iterable[Verdict]) -> Score:
        """The same of some of the verdicts."""
        return Score(tuple(verdicts), self.make_figures)


def add_up(verdicts: Iterable[Verdict]) -> Counts:
    """The sums of what verdicts count for; 0 for a name that none has."""
    total: defaultdict[str, float] = defaultdict(int)
    for verdict in verdicts:
        for name, count in verdict.counts.items():
            total[name] += count
    return total


def precision_recall(right: float, predicted: float, found: float, wanted: float) -> dict[str, float]:
    """Precision, recall and F1 with the counts that they come from.

    >>> precision_recall(3, 4, 3, 6)
    {'precision': 0.75, 'recall': 0.5, 'f1': 0.6, 'predicted': 4, 'gold': 6}
    """
    precision, recall = ratio(right, predicted), ratio(found, wanted)
    f1 = ratio(2 * precision * recall, precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1, "predicted": predicted, "gold": wanted}


def ratio(part: float, whole: float) -> float:
    """A share, 0 where there is nothing to have a share of."""
    return part / whole if whole else 0.0
