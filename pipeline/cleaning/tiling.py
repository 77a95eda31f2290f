"""Stretches of bytes laid over each other until they cover an item without gap or overlap."""

from __future__ import annotations

from collections.abc import Sequence

#: First byte, byte after the last, bin and rule.
Stretch = tuple[int, int, str, str]


def tile(stretches: Sequence[Stretch], start: int, end: int, fill: tuple[str, str]) -> list[Stretch]:
    """Stretches that cover ``start`` to ``end`` exactly: later ones win over earlier ones, gaps go to the one before.

    What stands before the first takes ``fill``'s bin and rule. Neighbours of one bin and rule are joined.

    >>> tile([(2, 4, "article", "title")], 0, 9, ("frame", "gap"))
    [(0, 2, 'frame', 'gap'), (2, 9, 'article', 'title')]
    """
    flat: list[Stretch] = []
    for each in stretches:
        low, high = max(each[0], start), min(each[1], end)
        if low >= high:
            continue
        new = (low, high, each[2], each[3])
        if flat and low < flat[-1][1]:
            flat = _overlay(flat, new)
        else:
            flat.append(new)
    flat.sort(key=lambda s: s[0])
    out: list[Stretch] = []
    at = start
    if flat and flat[0][0] > start:
        at = flat[0][0]
        out.append((start, at, *fill))
    stops = [s[0] for s in flat[1:]] + [end]
    for (_, _, place, rule), stop in zip(flat, stops, strict=False):
        if out and out[-1][2] == place and out[-1][3] == rule:
            out[-1] = (out[-1][0], stop, place, rule)
        else:
            out.append((at, stop, place, rule))
        at = stop
    if at < end:
        out.append((at, end, *fill))
    return out


def _overlay(flat: list[Stretch], new: Stretch) -> list[Stretch]:
    """The stretches with a new one laid over them."""
    out: list[Stretch] = []
    for old in flat:
        if old[1] <= new[0] or old[0] >= new[1]:
            out.append(old)
            continue
        if old[0] < new[0]:
            out.append((old[0], new[0], old[2], old[3]))
        if old[1] > new[1]:
            out.append((new[1], old[1], old[2], old[3]))
    out.append(new)
    return out
