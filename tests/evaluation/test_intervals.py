"""Bootstrap intervals: seeded, over articles, around their figure."""

from __future__ import annotations

from pipeline.evaluation.intervals import find_intervals
from pipeline.evaluation.verdicts import MISSED, RIGHT, Counts, Score, Verdict, precision_recall


def score(*shares: float) -> Score:
    """Ten entries an article, of which a share was found."""

    def figures(counts: Counts) -> dict[str, float]:
        return precision_recall(counts["found"], counts["found"], counts["found"], counts["wanted"])

    verdicts = [
        Verdict(str(i), RIGHT if j < share * 10 else MISSED, "", {"wanted": 1, "found": int(j < share * 10)})
        for i, share in enumerate(shares)
        for j in range(10)
    ]
    return Score(tuple(verdicts), figures)


def test_a_figure_lies_within_its_bounds() -> None:
    """And the bounds within 0 and 1."""
    some = score(0.2, 0.9, 0.5, 0.7, 1.0)
    low, high = find_intervals(some)["recall"]
    assert 0 <= low < some.figures["recall"] < high <= 1


def test_articles_that_are_alike_leave_no_doubt() -> None:
    """Articles are drawn, not rows: the same share everywhere is the same share in every draw."""
    assert find_intervals(score(0.5, 0.5, 0.5))["recall"] == (0.5, 0.5)


def test_the_same_seed_gives_the_same_bounds() -> None:
    """Figures with their bounds can be compared from run to run."""
    some = score(0.2, 0.9, 0.5, 0.7, 1.0, 0.1)
    assert find_intervals(some, seed=1) == find_intervals(some, seed=1)


def test_what_has_no_bounds() -> None:
    """Counts, and a single article."""
    assert not {"predicted", "gold"} & set(find_intervals(score(0.5, 1)))
    assert find_intervals(score(0.5)) == {}
