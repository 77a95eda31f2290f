"""An event's type as its traits tell it: by how often they stood with each type, the rules' answer beside them.

Naive Bayes over ``type_counts.csv``: for every type the logarithms of how common its events and, among them, the
candidate's traits are. The type that the rules gave counts as much as ``_TRUST`` says: more where they saw something
in the verb's subject or object that changes the verb's own type.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.type_traits import find_traits
from pipeline.vocabulary import EVENT_TYPES

FILE: Final = Path(__file__).with_name("type_counts.csv")
#: The trait of every example: its row counts the examples of each type.
ANY: Final = "*"
#: What is added to every count, so that a trait not seen with a type doesn't rule it out.
_SMOOTHING: Final = 0.3
#: How much the rules' answer weighs: as it is the verb's own type, and as they changed that.
_TRUST: Final = 9.0
_TRUST_CHANGED: Final = 14.0

Logs = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TypeCounts:
    """Logarithms in the order of ``EVENT_TYPES``: how common a type is, and each trait among the events of a type."""

    priors: Logs
    traits: Mapping[str, Logs]

    def best(self, traits: Iterable[str], rule: str, trust: float) -> str:
        """The likeliest type, where ``rule`` is given ``trust`` beforehand; the first of equals.

        >>> few = {"*": (9.0,) * 12, "verb=sit": (*(0.0,) * 11, 6.0), "passive": (6.0,) * 12}
        >>> make_counts(few).best(["verb=sit", "unheard of"], "announcement", 1.0)
        'meeting'
        """
        known = [logs for logs in map(self.traits.get, traits) if logs is not None]
        total = [math.fsum(logs) for logs in zip(self.priors, *known, strict=True)]
        total[EVENT_TYPES.index(rule)] += trust
        return EVENT_TYPES[total.index(max(total))]


def decide_type(candidate: Candidate) -> str:
    """The candidate's type by its traits and by the rules."""
    is_changed = candidate.type != candidate.trigger.type
    trust = _TRUST_CHANGED if is_changed and candidate.trigger.type in EVENT_TYPES else _TRUST
    return load_type_counts().best(find_traits(candidate), candidate.type, trust)


def make_counts(rows: Mapping[str, tuple[float, ...]]) -> TypeCounts:
    """The logarithms of counts by trait, in the order of ``EVENT_TYPES``."""
    examples = rows[ANY]
    kept = {trait: counts for trait, counts in rows.items() if trait != ANY}
    totals = [sum(column) + _SMOOTHING * len(kept) for column in zip(*kept.values(), strict=True)]
    return TypeCounts(
        tuple(math.log(count) for count in examples),
        {
            trait: tuple(math.log((count + _SMOOTHING) / total) for count, total in zip(counts, totals, strict=True))
            for trait, counts in kept.items()
        },
    )


@cache
def load_type_counts(path: Path = FILE) -> TypeCounts:
    """The counts as fitted; raises ``RegisterError`` where the file is not what ``type_fitting`` writes."""
    rows: dict[str, tuple[float, ...]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(line for line in file if not line.startswith("# "))
        try:
            if next(lines) != ["trait", *EVENT_TYPES]:
                raise ValueError("the columns are not the event types in their order")
            for trait, *counts in lines:
                rows[trait] = tuple(float(count or 0) for count in counts)
            if {len(counts) for counts in rows.values()} != {len(EVENT_TYPES)}:
                raise ValueError("a line is too short or too long")
            return make_counts(rows)
        except (KeyError, StopIteration, ValueError) as error:
            raise RegisterError(f"{path}: {error}", "fit the types again") from error
