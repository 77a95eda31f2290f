"""Runs of lines whose wording, taken together, is a promotion's: what no cue by itself could tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.cleaning.cues import CONSULTS, Line, bare, looks_like_heading
from pipeline.cleaning.promotions import PROMOTIONS
from pipeline.cleaning.wording import Wording

#: A run weighs no less, in log-odds.
_ENOUGH = 2.5
#: A line that stands by itself weighs no less.
_ENOUGH_ALONE = 3.0
#: Lines of the same section that weigh no less go with a run that has more than half of them; a run has no lighter one.
_UNDECIDED = -1.2
#: The first line of a run, right below a line of the story, weighs no less.
_FIRST = 2.0
#: What the wording of a whole article may weigh, line by line: above it, the article itself speaks so.
_PLAIN = -4.0
#: A line that a run can't have.
_STORY_WEIGHT = -6.0
#: Longer lines are paragraphs of a story.
_LONGEST = 420
#: Lines longer than this speak to the reader, for a publisher or of a name with an address: else they aren't weighed.
_LONG = 160
_SPEAKING = ("you", "You", " our ", "Our ", " we ", "We ", "We’", " us", "@", "www.", "ubscri")
#: A heading says little by itself, unless it says much.
_HEADING_LEAST, _HEADING_MOST, _HEADING_SURE = -1.0, 1.0, 4.0
#: What a line that is known for a promotion adds, and what the others of its run then weigh at least.
_KNOWN, _BESIDE_KNOWN = 1.0, 2.0
#: A run has no greater share of an article's letters.
_MOST = 0.4
#: What only a story has: somebody's words, shares (of the price of a ticket aside), somebody else's website.
_TELLS = re.compile(
    r"[“”]|\b(?:said|told|warned|argued|according to|respond(?:ing)? to|responses? (?:must|should|can|to))\b"
    r"|\d%(?! (?:off|discount)\b)|[’']s? (?:own )?(?:website|site|portal)\b"
)
#: Advice speaks to the reader too; a promotion speaks of what its publisher makes, or for the publisher.
_OF_PUBLISHER = frozenset(
    {"we", "address", "handle", "link", "tag", "class:product", "class:event", "class:terms", "class:newsroom"}
)


def mark_runs(lines: list[Line], wording: Wording) -> None:
    """Mark runs that weigh enough as promotions. Nobody's words, no consultation and no long line is ever in one.

    Lines are weighed against the article that they stand in: where advice or letters speak to the reader throughout,
    speaking to the reader is no sign.
    """
    values = [_value_of(line, wording) for line in lines]
    sizes = [len(line.text) if line.kind is None else 0 for line in lines]
    total = sum(sizes)
    shift = max(0.0, _middle(values, sizes) - _PLAIN)
    values = [v - shift if line.kind is None else v for v, line in zip(values, lines, strict=True)]
    for run in _runs_of(values):
        start, end = _widen(lines, values, *run)
        free = [line for line in lines[start:end] if line.kind is None]
        if all(_OF_PUBLISHER.isdisjoint(wording.features(line.text)) for line in lines[start:end]):
            continue
        enough = _ENOUGH_ALONE if len(free) == 1 else _ENOUGH
        own = sum(v for v, line in zip(values[start:end], lines[start:end], strict=True) if line.kind is None)
        if sum(values[start:end]) < enough or own < _BESIDE_KNOWN or sum(sizes[start:end]) > _MOST * total:
            continue
        for line in free:
            line.kind, line.rule = "boilerplate", "promotion"


def _follows(lines: Sequence[Line], n: int) -> bool:
    """A line of the story that is no heading stands right above."""
    return n > 0 and lines[n - 1].kind is None and not _is_heading(lines[n - 1])


def _value_of(line: Line, wording: Wording) -> float:
    if line.kind is not None:
        return _KNOWN if line.rule in PROMOTIONS else 0.0
    text = line.text
    if len(text) > _LONG and (len(text) > _LONGEST or not any(sign in text for sign in _SPEAKING)):
        return _STORY_WEIGHT
    if "“" in text or " said " in text or _TELLS.search(text) or CONSULTS.search(text):
        return _STORY_WEIGHT
    weight = wording.weigh(bare(line))
    if _is_heading(line) and weight < _HEADING_SURE:
        return min(max(weight, _HEADING_LEAST), _HEADING_MOST)
    return weight


def _is_heading(line: Line) -> bool:
    return line.marker is None and line.said in (None, "heading") and looks_like_heading(line.text)


def _middle(values: Sequence[float], sizes: Sequence[int]) -> float:
    """The weight that half of the letters don't reach."""
    left = sum(sizes) / 2
    for value, size in sorted(zip(values, sizes, strict=True)):
        left -= size
        if left <= 0:
            return value
    return _STORY_WEIGHT


def _runs_of(values: Sequence[float]) -> list[tuple[int, int]]:
    """The heaviest stretches: each begins and ends with a value above 0, and has none that speaks for a story."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(values):
        if values[at] <= 0:
            at += 1
            continue
        total = best = values[at]
        end = at + 1
        for n in range(end, len(values)):
            total += values[n]
            if total <= 0 or values[n] < _UNDECIDED:
                break
            if total > best:
                best, end = total, n + 1
        found.append((at, end))
        at = end
    return found


def _widen(lines: Sequence[Line], values: Sequence[float], start: int, end: int) -> tuple[int, int]:
    """The run with the rest of its section, where that is undecided and the run has more than half of it."""
    while start + 1 < end < len(lines) and _is_heading(lines[end - 1]) and lines[end].kind is None:
        end -= 1  # a heading belongs to what stands below
    while start + 1 < end and not _is_heading(lines[start]) and values[start] < _FIRST and _follows(lines, start):
        start += 1  # what stands right below the story is story until a line says otherwise
    low, high = start, end
    while low > 0 and not _is_heading(lines[low]) and values[low - 1] >= _UNDECIDED:
        low -= 1
    while high < len(lines) and not _is_heading(lines[high]) and values[high] >= _UNDECIDED:
        high += 1
    low = low if _is_heading(lines[low]) else start
    high = high if high == len(lines) or _is_heading(lines[high]) else end
    return (low, high) if (end - start) * 2 > high - low else (start, end)
