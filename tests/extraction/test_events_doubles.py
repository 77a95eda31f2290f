"""Money that a sentence tells twice is one event, and money that is lacking is none."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.extraction.events.doubles import drop_doubles
from pipeline.records import EventMention


def make_mention(quote: str, type_: str, date: str, amount: float | None = None) -> EventMention:
    """An event of a sentence."""
    return EventMention(
        quote=quote, start_char=0, end_char=len(quote), date=date, date_basis="explicit", type=type_, status="happened",
        policies=(), organisations=(), people=(), amount=amount, nation=None, confidence=0.8, reasons=("verb",),
    )  # fmt: skip


SENTENCE = "In May 2025 ministers set aside £3m to train mentors in 2025-26."
GAP = "Councils face a £4m hole in 2025-26."
CASES: list[tuple[str, list[tuple[Any, ...]], list[str]]] = [
    # the decision counts, not the years besides
    (SENTENCE, [("funding", "2025-05", 3e6), ("funding", "2025-04/2026-03", 3e6)], ["2025-05"]),
    # who asks for it tells it too
    (SENTENCE, [("proposal", "2025-05", 3e6), ("funding", "2025-04/2026-03", 3e6)], ["2025-05"]),
    # another sum is another event
    (SENTENCE, [("funding", "2025-05", 2e6), ("funding", "2025-04/2026-03", 3e6)], ["2025-05", "2025-04/2026-03"]),
    # without a decision the years are its date
    (SENTENCE, [("funding", "2025-04/2026-03", 3e6)], ["2025-04/2026-03"]),
    # nobody gives what is lacking
    (GAP, [("funding", "2025-04/2026-03", 4e6)], []),
]


@pytest.mark.parametrize(("quote", "told", "kept"), CASES, ids=[str(i) for i in range(len(CASES))])
def test_what_is_kept(quote: str, told: list[tuple[Any, ...]], kept: list[str]) -> None:
    """In the order in which it is told."""
    mentions = [make_mention(quote, type_, date, amount) for type_, date, amount in told]
    assert [mention.date for mention in drop_doubles(mentions)] == kept
