"""Why an event is believed, in a few fixed words."""

from __future__ import annotations

from typing import Final

from pipeline.extraction.events.candidates import Candidate

#: Every word that can stand in ``reasons``.
REASONS: Final = (
    "explicit date", "relative date", "context date", "publication date", "lead sentence", "strong cue", "weak cue",
    "listed", "quoted", "policy named", "body named",
)  # fmt: skip
_LEAD: Final = 3


def find_reasons(candidate: Candidate) -> tuple[str, ...]:
    """The words that hold, in the order of ``REASONS``."""
    passage = candidate.reading.passage
    holds = {
        f"{candidate.date_basis} date",
        "strong cue" if candidate.trigger.is_strong else "weak cue",
        "lead sentence" if passage.kind == "body" and passage.rank < _LEAD else "",
        "listed" if candidate.is_listed else "",
        "quoted" if passage.opens_quoted else "",
        "policy named" if passage.policies else "",
        "body named" if passage.organisations else "",
    }
    return tuple(word for word in REASONS if word in holds)
