"""Which levels are set against each other: "from A to B", "up from A", "A, compared with B"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extraction.quantities import clues
from pipeline.extraction.quantities.datasets import Setting
from pipeline.records import Quantity


def partner(text: str, setting: Setting, quantities: Sequence[Quantity], i: int) -> int | None:
    """The new level that follows an old one of the same unit: B of "from A to B"."""
    for other in setting.numbers:
        if other > i and quantities[other].unit == quantities[i].unit:
            between = text[quantities[i].end_char : quantities[other].start_char]
            return other if len(between) < 90 and clues.NEW_TO.search(between) else None
    return None


def is_compared(text: str, setting: Setting, quantity: Quantity) -> bool:
    """Whether the number stands behind "compared with"."""
    return clues.is_set_against(_before(text, setting, quantity))


def is_old(text: str, setting: Setting, quantities: Sequence[Quantity], i: int) -> bool:
    """Whether the number is an earlier level: behind "from" or "compared with", in a sentence about a change."""
    quantity = quantities[i]
    if quantity.role == "change":
        return False
    before = _before(text, setting, quantity)
    if clues.is_set_against(before):
        is_told = clues.CHANGE.search(text, setting.start_char, quantity.start_char) or clues.EARLIER.match(
            text, quantity.end_char, setting.end_char
        )
        return is_told is not None and clues.SAME_TIME.match(text, quantity.end_char) is None
    if "from" not in before.lower() or not clues.FROM.search(before):
        return False
    has_partner = partner(text, setting, quantities, i) is not None
    return bool(
        clues.CHANGE.search(before)
        or clues.FROM_LAST_YEAR.match(text, quantity.end_char)
        or (has_partner and clues.CHANGE.search(text, setting.start_char, setting.end_char))
    )


def find_links(text: str, settings: Sequence[Setting], quantities: Sequence[Quantity]) -> list[int | None]:
    """For each number the position of the one that it is set against, or ``None``.

    An earlier level is set against the new one of its sentence and measure; a change against the earlier level where
    one is told, else against the new one.
    """
    links: list[int | None] = [None] * len(quantities)
    for setting in settings:
        numbers = setting.numbers
        olds = [i for i in numbers if is_old(text, setting, quantities, i)]
        for i in olds:
            new = partner(text, setting, quantities, i)
            if new is None:
                new = next((j for j in reversed(numbers) if j < i and j not in olds and _alike(quantities, i, j)), None)
            if new is None and clues.FROM.search(_before(text, setting, quantities[i])):
                new = next((j for j in numbers if j > i and j not in olds and _alike(quantities, i, j)), None)
            links[i] = new
        for i in numbers:
            if quantities[i].role == "change":
                links[i] = _of_change(text, quantities, numbers, olds, links, i)
    return links


def _of_change(
    text: str,
    quantities: Sequence[Quantity],
    numbers: Sequence[int],
    olds: Sequence[int],
    links: Sequence[int | None],
    i: int,
) -> int | None:
    """What a change is set against: the nearest old level of its measure, else the nearest new one."""
    following = next((j for j in numbers if j > i and quantities[j].role == "level"), None)
    if following is not None:
        between = text[quantities[i].end_char : quantities[following].start_char]
        if re.fullmatch(r"\s+(?:below|above|higher|lower)\b[^.;,]{0,40}", between):
            return following
    near = sorted((j for j in numbers if j != i and _fits(quantities, i, j)), key=lambda j: abs(j - i))
    paired = [j for j in near if j in olds and links[j] is not None]
    if paired:
        return paired[0]
    return next((j for j in near if j not in olds), None)


def _alike(quantities: Sequence[Quantity], i: int, j: int) -> bool:
    """Whether two levels are of one unit and measure."""
    one, other = quantities[i], quantities[j]
    return one.role == other.role == "level" and one.unit == other.unit and one.measure == other.measure


def _fits(quantities: Sequence[Quantity], i: int, j: int) -> bool:
    """Whether a change can be of a level: the same measure, and a unit that it can change."""
    change, level = quantities[i], quantities[j]
    if level.role != "level" or level.tier == "minor" or not change.measure or change.measure != level.measure:
        return False
    if change.unit == "percentage_point":
        return level.unit == "percent"
    return (change.unit in ("percent", "multiplier") and level.unit != "percent") or change.unit == level.unit


def _before(text: str, setting: Setting, quantity: Quantity) -> str:
    return text[max(setting.start_char, quantity.start_char - 120) : quantity.start_char]
