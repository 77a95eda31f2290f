"""Titles without what was put around them: injected spam, left-overs of the item before.

The address is the referee: its last part was made from the title that the editors typed. What stands before the first
or after the last word that the address answers is only suspicious; it goes when there is evidence besides:

* it is a mark that we know;
* the address answers the rest letter by letter, and it holds a spam word or a script that is not at home;
* it is in a script that is not at home in the feed, and holds a spam word, or stands in several items at the same
  place, or the address answers all of the rest;
* it holds spam words, and not one of its words is in the item's own text;
* it is three or more longer words of which none is in the item's text, and the address answers the rest;
* it stands in most of the items at the same place, and is no honest series name (short, and parted by a colon or dash).

Only edges are ever cut, never the middle, and never a word that the address or the text of the item answers. So honest
prefixes, titles that begin in other scripts and stories about gambling stay whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cleaning.answers import cut_outside
from pipeline.cleaning.evidence import (
    ZERO_WIDTH,
    Cut,
    Reading,
    TitleSource,
    count_grams,
    edge_of,
    family_of,
    gram_of,
    judge,
)
from pipeline.cleaning.marks import SpamWords
from pipeline.cleaning.scripts import script_of
from pipeline.slugs import Word, align, coverage, find_words, fold_word, slug_words

_AFTER_SPAM = " \t\n\xa0|-–—:;,.!?·•»>›~*_/\\】」』)]}…。！？，、：；♛★☆✓✅🎰🔥⭐️" + ZERO_WIDTH


_BEFORE_SPAM = " \t\n\xa0|-–—:;,·•«<‹~*_/\\【「『([{：，、♛★☆✓✅🎰🔥⭐️" + ZERO_WIDTH


@dataclass(frozen=True, slots=True)
class CleanTitle:
    """The title that is left, where it stands in the raw one, and what was taken away."""

    text: str
    start_char: int
    end_char: int
    cuts: tuple[Cut, ...]


def clean_titles(
    sources: Sequence[TitleSource], home: frozenset[str], spam: SpamWords, language: str | None = None
) -> list[CleanTitle]:
    """The titles of all items of one feed, judged together.

    Pure and order-independent. A title of which nothing is left has an empty ``text``.
    """
    readings = [_read(s, spam, home) for s in sources]
    grams = {True: count_grams(readings, True), False: count_grams(readings, False)}
    verdicts = [
        {edge: judge(r, edge, grams[edge], len(readings), home, spam) for edge in (True, False)} for r in readings
    ]
    verdicts = _convict_alike(readings, verdicts)
    return [_clean(r, v) for r, v in zip(readings, verdicts, strict=True)]


def _read(source: TitleSource, spam: SpamWords, home: frozenset[str]) -> Reading:
    raw = source.raw
    low, high, known = _strip_known(raw, spam.known)
    low, high, outside = cut_outside(source, low, high, home, spam)
    known = (*known, *outside)
    while outside and low < high and raw[high - 1] in _BEFORE_SPAM:
        high -= 1
    slug = slug_words(source.url)
    words = _split(raw, low, high, slug, spam)
    found = align(words, slug)
    hits = [i for i, f in enumerate(found) if f is not None]
    cover = coverage(found, slug)
    if len(hits) == 1 and len(slug) > 2:
        cover = 0.0
    first, last = (hits[0], hits[-1]) if hits and cover >= 0.5 else (len(words), -1)
    return Reading(
        source, tuple(words), tuple(_word_script(w.text) for w in words), first, last, cover, low, high, known
    )


def _strip_known(raw: str, marks: Sequence[str]) -> tuple[int, int, tuple[Cut, ...]]:
    """The stretch of the title between marks that we know, and the marks."""
    low, high = 0, len(raw)
    while low < high and (raw[low].isspace() or raw[low] in ZERO_WIDTH):
        low += 1
    while high > low and (raw[high - 1].isspace() or raw[high - 1] in ZERO_WIDTH):
        high -= 1
    cuts: list[Cut] = []
    again = True
    while again:
        again = False
        for mark in marks:
            if raw.startswith(mark, low) and low + len(mark) <= high:
                cuts.append(Cut(low, low + len(mark), "known_mark"))
                low += len(mark)
                while low < high and raw[low] in _AFTER_SPAM:
                    low += 1
                again = True
            elif raw.endswith(mark, low, high) and high - len(mark) >= low:
                cuts.append(Cut(high - len(mark), high, "known_mark"))
                high -= len(mark)
                while high > low and raw[high - 1] in _BEFORE_SPAM:
                    high -= 1
                again = True
    return low, high, tuple(cuts)


def _word_script(text: str) -> str | None:
    for char in text:
        script = script_of(char)
        if script:
            return script
    return None


def _split(raw: str, low: int, high: int, slug: Sequence[str], spam: SpamWords) -> list[Word]:
    """Words of one script each; what is glued to a spam word is parted from it."""
    words: list[Word] = []
    known = set(slug)
    for match in find_words(raw, low, high):
        text = match[0]
        forms = fold_word(text)
        if len(text) == 1 or (len(text) < 5 and text.isascii()) or not known.isdisjoint(forms):
            words.append(Word(text, match.start(), match.end(), forms))
            continue
        for start, end in _by_script(raw, match.start(), match.end(), known):
            words.extend(_unglue(raw, start, end, known, spam))
    return words


def _word(raw: str, start: int, end: int) -> Word:
    return Word(raw[start:end], start, end, fold_word(raw[start:end]))


def _by_script(raw: str, start: int, end: int, slug: set[str]) -> list[tuple[int, int]]:
    """A run of letters cut where the script changes. Digits stay with the letters before them."""
    if raw[start:end].isascii() or any(f in slug for f in fold_word(raw[start:end])):
        return [(start, end)]
    pieces: list[tuple[int, int]] = []
    at, script = start, None
    for i in range(start, end):
        here = script_of(raw[i])
        if here is None:
            continue
        if script is not None and family_of(here) != family_of(script):
            cut = i - 1 if raw[i - 1] in "’'ʼ" else i
            pieces.append((at, cut))
            at = i
        script = here
    pieces.append((at, end))
    return pieces


def _unglue(raw: str, start: int, end: int, slug: set[str], spam: SpamWords) -> list[Word]:
    """A Latin word glued to spam, cut at the capital or where the address's word begins or ends."""
    word = _word(raw, start, end)
    if end - start < 3 or any(f in slug for f in word.forms):
        return [word]
    text = word.text
    for i in [k for k in range(1, len(text)) if _is_seam(text[k - 1], text[k])]:
        left, right = text[:i], text[i:]
        sides = (spam.strong.fullmatch(left) or spam.weak.fullmatch(left), spam.strong.fullmatch(right))
        halves = any(f in slug for f in fold_word(left)), any(f in slug for f in fold_word(right))
        if (sides[0] and not halves[0]) or (sides[1] and not halves[1]) or (halves[0] != halves[1]):
            return [_word(raw, start, start + i), _word(raw, start + i, end)]
    if text.isascii() and not _touches(text.lower(), slug):
        return [word]
    for i in range(2, len(text) - 1):
        left, right = text[:i], text[i:]
        is_own = any(f in slug for f in fold_word(left)), any(f in slug for f in fold_word(right))
        if (is_own[1] and spam.strong.fullmatch(left)) or (is_own[0] and spam.strong.fullmatch(right)):
            return [_word(raw, start, start + i), _word(raw, start + i, end)]
    return [word]


def _touches(low: str, slug: set[str]) -> bool:
    """The word may begin or end with one of the address's: a quick screen."""
    words = tuple(slug)
    return "'" in low or low.startswith(words) or low.endswith(words)


def _is_seam(before: str, after: str) -> bool:
    """Two words may meet here without a blank: a capital after a small letter, a digit beside a letter."""
    return (before.islower() and after.isupper()) or (before.isdigit() != after.isdigit())


_Verdict = dict[bool, tuple[int, str] | None]


def _convict_alike(readings: Sequence[Reading], verdicts: list[_Verdict]) -> list[_Verdict]:
    """What was found to be spam in two items or more is spam at the same place of all items, whatever their address."""
    proven: Counter[tuple[bool, tuple[str, ...]]] = Counter()
    for reading, verdict in zip(readings, verdicts, strict=True):
        for is_prefix, found in verdict.items():
            if found and reading.has_referee:
                proven[is_prefix, gram_of(reading, edge_of(reading, is_prefix)[: found[0]])] += 1
    grams = {key for key, n in proven.items() if n >= 2}
    out: list[_Verdict] = []
    for reading, verdict in zip(readings, verdicts, strict=True):
        mended = dict(verdict)
        for is_prefix, found in verdict.items():
            words = [w.forms[0] for w in reading.words]
            words = words if is_prefix else words[::-1]
            for edge, gram in grams:
                if found is None and edge == is_prefix and len(gram) < len(words) and tuple(words[: len(gram)]) == gram:
                    mended[is_prefix] = len(gram), "repeated"
        out.append(mended)
    return out


def _clean(reading: Reading, verdict: _Verdict) -> CleanTitle:
    raw = reading.source.raw
    start, end, cuts = reading.low, reading.high, list(reading.known)
    n_front = n_back = 0
    front = verdict[True]
    if front:
        n_front, rule = front
        stop = reading.words[n_front - 1].end_char
        while stop < end and raw[stop] in _AFTER_SPAM and not _opens(raw, stop):
            stop += 1
        cuts.append(Cut(start, stop, rule))
        start = stop
    back = verdict[False]
    if back and n_front + back[0] <= len(reading.words):
        n_back, rule = back
        stop = reading.words[len(reading.words) - n_back].start_char
        while stop > start and raw[stop - 1] in _BEFORE_SPAM and not _closes(raw, stop - 1):
            stop -= 1
        cuts.append(Cut(stop, end, rule))
        end = stop
    text = " ".join(raw[start:end].split()).strip(ZERO_WIDTH + " ")
    return CleanTitle(text, start, end, tuple(sorted(cuts, key=lambda c: c.start_char)))


def _opens(raw: str, at: int) -> bool:
    """A sign that belongs to what follows: it opens a bracket, or stands without a blank before a word."""
    has_gap = raw[at - 1 : at].isspace() or raw[at - 1 : at] in ZERO_WIDTH + "】」』)]}"
    return raw[at] in "([{" or (raw[at] in "-–*#/.\\~_" and has_gap and not raw[at + 1 : at + 2].isspace())


def _closes(raw: str, at: int) -> bool:
    """A sign that belongs to what stands before: it closes a bracket, or ends a word and opens nothing."""
    return raw[at] in ")]}" or (raw[at] in ":*~…" and not raw[at - 1 : at].isspace())
