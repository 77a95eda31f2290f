"""How sure an event is, and why."""

from __future__ import annotations

from pipeline.timeline.confidence import DATES_DIFFER, ONE, SEVERAL, STATUSES_DIFFER, TYPES_DIFFER, rate
from tests.timeline.tellings import make_telling

BASE = {
    "told": "2024-01-01",
    "quote": "The scheme will start.",
    "date": "2024-05",
    "type": "implementation",
    "status": "planned",
}


def test_further_articles_take_doubt_away() -> None:
    """Two articles that agree are surer than one, three than two, none is certain."""
    group = [make_telling(i, {**BASE, "told": f"2024-0{i + 1}-01"}) for i in range(3)]
    sure = [rate(group[:n], group[0])[0] for n in (1, 2, 3)]
    assert sure == sorted(set(sure))
    assert sure[0] == group[0].mention.confidence
    assert sure[-1] < 1
    assert ONE in rate(group[:1], group[0])[1]
    assert SEVERAL in rate(group, group[0])[1]


def test_disagreement_takes_sureness_away() -> None:
    """Other dates, types, or a done thing told as a plan again: each lowers it and is named."""
    group = [make_telling(0, BASE)]
    for change, reason in (
        ({"date": "2025-05"}, DATES_DIFFER),
        ({"type": "announcement"}, TYPES_DIFFER),
        ({"status": "cancelled"}, None),
        ({"status": "happened"}, None),
    ):
        pair = [*group, make_telling(1, {**BASE, "told": "2024-02-01", **change})]
        confidence, reasons = rate(pair, pair[0])
        agreed = rate([*group, make_telling(1, {**BASE, "told": "2024-02-01"})], pair[0])[0]
        assert (confidence < agreed) == (reason is not None)
        assert reason is None or reason in reasons
    undone = [make_telling(0, {**BASE, "status": "happened"}), make_telling(1, {**BASE, "told": "2024-02-01"})]
    assert STATUSES_DIFFER in rate(undone, undone[0])[1]
