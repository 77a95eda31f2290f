"""Bodies of a dump whose blanks and line ends were all folded into single blanks, parted as far as there is evidence.

Where a paragraph ended can't be known any more. But bullets and numbers begin list items, and a sentence that comes
back from item to item (a footer, a note, an appeal) was a line of its own. Where the joining left traces, as two blanks
for an empty line, the lines are told by these later, when the text is cleaned: such bodies stay as they are here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from pipeline.records import FeedEntry, SourceText

_STOP = re.compile(r"[.!?…。！？][.!?…。！？\"”’»)\]」』）]*")
_WIDE_STOPS = "。！？"
_BULLETS = "•◦▪"
_BULLET = re.compile(rf"[{_BULLETS}] ")
_NUMBER = re.compile(r"(?<=\s)(\d{1,2})\.(?=\s)")
_ENDS_IN_NUMBER = re.compile(r"\s\d{1,2}\.$")
#: A body on one line is longer than this; a shorter one may be one paragraph.
_LONG = 400
#: Stands for an item's own title when its sentences are compared with those of other items.
_TITLE = "\ufffc"
_MIN_WORDS = 3
#: What comes back shows in so many items: a large file's sentences are never all held.
_SAMPLE = 200
#: A sentence's text, with its title masked, and its start and end in the line.
_Sentence = tuple[str, int, int]


def part_joined(entries: list[FeedEntry]) -> None:
    """Parts the bodies, in place, where most of them stand on one line; else leaves the entries as they are.

    In place, since a large dump's text must not be held twice.
    """
    joined = [i for i, e in enumerate(entries) if _is_joined(e)]
    n_bodies = sum(bool(e.lines) for e in entries)
    if not joined or len(joined) < 0.5 * n_bodies or any(len(e.lines) > 2 for e in entries):
        return
    refrains = _find_refrains([_sentences(entries[i]) for i in joined[:_SAMPLE]])
    for i in joined:
        entries[i] = _part(entries[i], refrains)


def _is_joined(entry: FeedEntry) -> bool:
    if len(entry.lines) != 1 or len(entry.lines[0].text) <= _LONG:
        return False
    line = entry.lines[0]
    is_folded = "  " not in line.text.strip()
    return is_folded and line.end_byte - line.start_byte == len(line.text.encode("utf-8"))


def _find_refrains(items: list[list[_Sentence]]) -> frozenset[str]:
    """Sentences that stand in more than one item and in a fifth of them at least, the items' titles apart."""
    counts = Counter(text for item in items for text in {text for text, _, _ in item})
    least = max(2, len(items) // 5)
    often = (s for s, n in counts.items() if n >= least and not (s[-2:-1].isdigit() and _ENDS_IN_NUMBER.search(s)))
    return frozenset(s for s in often if _TITLE in s or len(s.split()) >= _MIN_WORDS)


def _sentences(entry: FeedEntry) -> list[_Sentence]:
    """An item's sentences with their places, its own title counting as one letter."""
    text, title = entry.lines[0].text, entry.title.text.strip()
    masked = text.replace(title, _TITLE) if len(title) > 3 else text
    grown = len(title) - 1
    found: list[_Sentence] = []
    at = shift = 0
    for end in [*_stops(masked), len(masked)]:
        raw = masked[at:end]
        sentence = raw.strip()
        if sentence:
            start = at + raw.index(sentence) + shift
            shift += sentence.count(_TITLE) * grown if masked is not text else 0
            found.append((sentence, start, end + shift))
        at = end
    return found


def _stops(text: str) -> list[int]:
    """Where sentences end: before a blank, or anywhere behind a full stop of East Asian scripts."""
    size = len(text)
    return [
        m.end()
        for m in _STOP.finditer(text)
        if m.end() == size or text[m.end()] == " " or text[m.start()] in _WIDE_STOPS
    ]


def _part(entry: FeedEntry, refrains: frozenset[str]) -> FeedEntry:
    line = entry.lines[0]
    text = line.text
    cuts = _numbers(text) if " 1. " in text else set()
    if any(bullet in text for bullet in _BULLETS):
        cuts |= {m.start() for m in _BULLET.finditer(text)}
    if refrains:
        cuts |= {place for said, start, end in _sentences(entry) if said in refrains for place in (start, end)}
    edges = [0, *sorted(c for c in cuts if 0 < c < len(text)), len(text)]
    lines: list[SourceText] = []
    at = line.start_byte
    for low, high in pairwise(edges):
        piece = text[low:high]
        bare = piece.strip()
        if bare:
            start = at + len(piece[: piece.index(bare)].encode("utf-8"))
            lines.append(SourceText(bare, start, start + len(bare.encode("utf-8"))))
        at += len(piece.encode("utf-8"))
    return replace(entry, lines=tuple(lines), line_kinds=(None,) * len(lines), line_levels=(0,) * len(lines))


def _numbers(text: str) -> set[int]:
    """Where ``1.``, ``2.``, ``3.`` … follow one another: no sentence ends in just these."""
    found: list[int] = []
    for m in _NUMBER.finditer(text):
        if int(m[1]) == len(found) + 1:
            found.append(m.start())
    return set(found) if len(found) >= 2 else set()
