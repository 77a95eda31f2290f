"""Sections that are promotions as a whole: their lines are weighed together, since each alone says too little."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.cleaning.cues import Cues, Line, bare, looks_like_heading

#: A promotion's section has no more lines below its heading.
_MOST = 10
#: Longer lines are paragraphs of a story.
_LONGEST = 260
#: What only a story has: somebody's words, or a report of them.
_STORY = re.compile(
    r"[“”]|\b(?:said|says|told|added|warned|argued|according to|found|reported|announced|published)\b", re.IGNORECASE
)
_CONSULTS = re.compile(r"\b(?:consult\w*|call for evidence|calls? for views|inquiry)\b", re.IGNORECASE)
#: What holds by itself, and what only adds to it.
_SEEDS, _SIGNS = frozenset({"promotion", "alone", "list"}), frozenset({"promotion", "alone", "list", "caption"})
#: What heads a promotion.
_HEADS = frozenset({"heading", "promotion", "alone"})
#: Rules of lines that close a body, whatever stands before.
_CLOSERS = frozenset({"appeared_first"})


def mark_whole_sections(lines: list[Line], cues: Cues) -> None:
    """Sections go with all their lines when these bear each other out.

    Below a heading as promotions have it, one line that is a promotion or two that speak as one are enough. Below any
    other heading the first line and more than half must be signs, and one of them a promotion by itself. Never when
    a line left tells of somebody's words, asks for views on a consultation, or is long.
    """
    starts = [n for n, line in enumerate(lines) if _opens(lines, n) and line.kind in (None, "boilerplate")]
    for start in starts:
        end = _end_of(lines, cues, start)
        if end - start < 2 or all(line.kind is not None for line in lines[start:end]):
            continue
        if _is_promotion(lines, cues, start, end):
            rule = next((line.rule for line in lines[start:end] if line.kind == "boilerplate"), "promotion")
            for line in lines[start:end]:
                if line.kind is None:
                    line.kind, line.rule = "boilerplate", rule


def _opens(lines: Sequence[Line], n: int) -> bool:
    """A line that can head a section: short, no sentence, no list item; or said to be a heading."""
    line = lines[n]
    return line.marker is None and line.said in (None, "heading") and looks_like_heading(line.text)


def _end_of(lines: Sequence[Line], cues: Cues, start: int) -> int:
    """The line after a section: the next heading, what closes the body, or what stands below a
    poll. A question may follow a promotion's head."""
    end = start + 1
    if end < len(lines) and _heads(cues, start) and lines[end].text.endswith("?"):
        end += 1
    while end < len(lines) and end - start <= _MOST:
        line = lines[end]
        is_behind_poll = line.kind is None and lines[end - 1].rule == "poll_result"
        if line.rule in _CLOSERS or is_behind_poll or (line.kind is None and _opens(lines, end)):
            break
        end += 1
    return end


def _heads(cues: Cues, n: int) -> bool:
    cue = cues.found[n]
    return cue is not None and cue[0] in _HEADS


def _is_promotion(lines: Sequence[Line], cues: Cues, start: int, end: int) -> bool:
    below = range(start + 1, end)
    if end - start > _MOST or any(line.kind is None and _is_story(line) for line in lines[start:end]):
        return False
    seeds = [n for n in below if _has(lines[n], cues.found[n], _SEEDS)]
    if not seeds and not _heads(cues, start):
        return False
    signs = [n for n in below if _has(lines[n], cues.found[n], _SIGNS) or cues.hints(n)]
    if not _heads(cues, start):
        is_opened = start + 1 in seeds or _asks_reader(lines[start + 1])
        return bool(seeds) and is_opened and len({*signs, start + 1}) * 2 > len(below)
    is_sure = lines[start].kind == "boilerplate"
    n_speaking = sum(n in signs or cues.beside(n) is not None for n in below)
    return (bool(seeds) or len(signs) >= (1 if is_sure else 2)) and n_speaking * 2 > len(below)


def _asks_reader(line: Line) -> bool:
    return line.text.endswith("?") and re.search(r"\byour?\b", line.text, re.IGNORECASE) is not None


def _has(line: Line, cue: tuple[str, str] | None, strengths: frozenset[str]) -> bool:
    if line.kind == "caption":
        return "caption" in strengths
    return line.kind == "boilerplate" or (cue is not None and cue[0] in strengths)


def _is_story(line: Line) -> bool:
    text = bare(line)
    return len(text) > _LONGEST or _STORY.search(text) is not None or _CONSULTS.search(text) is not None
