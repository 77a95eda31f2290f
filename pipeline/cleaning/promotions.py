"""Promotions: runs of lines that speak to the reader for the publisher, wherever they begin and end."""

from __future__ import annotations

import re

from pipeline.cleaning.cues import CONSULTS, Cues, Line, bare, ends_sentence, looks_like_heading


def mark_promotions(lines: list[Line], cues: Cues) -> None:
    """Runs of lines that one strong cue holds together: their headings, credits and supporting lines go with them."""
    i = 0
    while i < len(lines):
        cue = cues.found[i]
        if lines[i].kind is not None or not cue or cue[0] != "promotion":
            i += 1
            continue
        low, high = _grow(lines, cues, i)
        for k in range(low, high):
            if lines[k].kind is None:
                here = cues.found[k]
                lines[k].kind = "boilerplate"
                lines[k].rule = here[1] if here and here[0] == "promotion" else cue[1]
        i = high


def spare_opening(lines: list[Line], cues: Cues, title: str) -> None:
    """A first sentence that has half of the title's longer words opens the story, whatever it is about."""
    n = next((n for n, line in enumerate(lines) if line.kind is None), None)
    if n is None or not cues.found[n] or lines[n].marker or not ends_sentence(lines[n].text):
        return
    words = set(re.findall(r"\w{4,}", title.casefold()))
    text = lines[n].text.casefold()
    if words and sum(word in text for word in words) * 2 >= len(words):
        cues.found[n] = None


def _grow(lines: list[Line], cues: Cues, seed: int) -> tuple[int, int]:
    """The stretch of a promotion around one of its lines."""

    def joins(k: int) -> bool:
        cue = cues.beside(k)
        return lines[k].kind == "boilerplate" or (cue is not None and cue[0] in ("promotion", "support", "caption"))

    def goes_on(k: int) -> bool:
        is_same_list = lines[k].marker is not None and lines[k - 1].marker is not None and _is_bridge(lines[k])
        return (joins(k) and not _resumes(lines[k], cues.beside(k))) or is_same_list or _spans(lines, cues, k)

    high = seed + 1
    while high < len(lines):
        line = lines[high]
        if line.marker and lines[high - 1].text.rstrip().endswith(":"):
            while high < len(lines) and lines[high].marker:
                high += 1
        elif goes_on(high):
            high += 1
        else:
            break
    low = seed
    while low > 0:
        before, cue = lines[low - 1], cues.beside(low - 1)
        if before.kind is not None:
            break
        if (cue is not None and cue[0] in ("caption", "promotion")) or (
            cue is not None and cue[0] == "support" and (_leads_in(before) or _is_headed(lines, low - 1))
        ):
            low -= 1
        elif _is_heading_of_promotion(lines, low - 1, high):
            low -= 1
            break
        else:
            break
    return low, high


def _leads_in(line: Line) -> bool:
    """A question or a heading that speaks to the reader."""
    text = bare(line)
    return len(text) <= 220 and (text.rstrip().endswith("?") or looks_like_heading(text)) and not CONSULTS.search(text)


def _is_headed(lines: list[Line], at: int) -> bool:
    """A short line right below a heading."""
    return at > 0 and len(lines[at].text) <= 140 and looks_like_heading(bare(lines[at - 1])) and not lines[at].marker


def _resumes(line: Line, cue: tuple[str, str] | None) -> bool:
    """A line that only addresses the reader, but is a long paragraph with somebody's words in it, is story again."""
    if cue is None or cue[0] != "support":
        return False
    if line.marker is None and looks_like_heading(line.text) and not line.text.rstrip().endswith("?"):
        return True  # a heading that only tells to do something heads what follows
    return len(line.text) > 300 or re.search(r"[“”]", line.text) is not None or CONSULTS.search(line.text) is not None


def _spans(lines: list[Line], cues: Cues, at: int) -> bool:
    """From here it is a line or two, of which none is somebody's words, to the promotion's next strong line."""
    for n in range(at, min(at + 2, len(lines) - 1)):
        if not _is_bridge(lines[n]) or lines[n].kind not in (None, "boilerplate"):
            return False
        if _is_promotion(cues.found[n + 1]):
            return True
    return False


def _is_bridge(line: Line) -> bool:
    return len(line.text) < 260 and not re.search(r"[“”]|\bsaid\b", line.text)


def _is_promotion(cue: tuple[str, str] | None) -> bool:
    return cue is not None and cue[0] == "promotion"


def _is_heading_of_promotion(lines: list[Line], at: int, high: int) -> bool:
    """The heading above a promotion is its own when the promotion fills its whole section."""
    if not looks_like_heading(bare(lines[at])) or lines[at].marker:
        return False
    return high >= len(lines) or looks_like_heading(bare(lines[high])) or lines[high].kind is not None


def keep_story(lines: list[Line], title: str) -> bool:
    """When a promotion is the story, the story stays: hardly anything else is there, and the title speaks of it."""
    promoted = [line for line in lines if line.rule in PROMOTIONS]
    if not promoted:
        return False
    kept = sum(len(line.text.split()) for line in lines if line.kind is None)
    gone = sum(len(line.text.split()) for line in promoted)
    if kept > 60 and kept * 2 > gone:
        return False
    words = set(re.findall(r"\w{4,}", title.casefold()))
    text = " ".join(line.text for line in promoted).casefold()
    shared = {w for w in words if w in text}
    if kept and len(shared) * 2 < len(words):
        return False
    for line in promoted:
        line.kind = line.rule = None
    return True


PROMOTIONS = frozenset(
    {"promotion", "promotion_terms", "call_for_experiences", "job_advertisement", "own_product", "contact"}
)
