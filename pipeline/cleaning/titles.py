"""Titles without what was put around them: injected spam, left-overs of the item before.

The address is the referee: its last part was made from the title that the editors typed. What stands before the first
or after the last word that the address answers is only suspicious; it goes when there is evidence besides:

* it is a mark that we know;
* it is in a script that is not at home in the feed, and holds a spam word, or stands in several items at the same
  place, or the address answers all of the rest;
* it holds spam words, and not one of its words is in the item's own text;
* it is three or more longer words of which none is in the item's text, and the address answers the rest;
* it stands in most of the items at the same place, and is no honest series name (short, and parted by a colon or dash).

Only edges are ever cut, never the middle, and never a word that the address or the text of the item answers. So honest
prefixes, titles that begin in other scripts and stories about gambling stay whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cleaning.marks import SpamWords
from pipeline.cleaning.scripts import script_of
from pipeline.slugs import Word, align, coverage, find_words, fold_word, slug_words

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u2061\u2062\u2063"
_ZERO = re.compile(f"[{ZERO_WIDTH}]")
_AFTER_SPAM = " \t\n\xa0|-–—:;,.!?·•»>›~*_/\\】」』)]}…。！？，、：；♛★☆✓✅🎰🔥⭐️" + ZERO_WIDTH
_BEFORE_SPAM = " \t\n\xa0|-–—:;,·•«<‹~*_/\\【「『([{：，、♛★☆✓✅🎰🔥⭐️" + ZERO_WIDTH
_SERIES = re.compile(r"\s*(?::|：|\||–|—|-\s|»|/)")
_MAX_GRAM = 40


@dataclass(frozen=True, slots=True)
class TitleSource:
    """What is known of one item: its title as it stands, its address, and its own text in lower case."""

    raw: str
    url: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the raw title that was taken away, and the rule that did it."""

    start_char: int
    end_char: int
    rule: str


@dataclass(frozen=True, slots=True)
class CleanTitle:
    """The title that is left, where it stands in the raw one, and what was taken away."""

    text: str
    start_char: int
    end_char: int
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A title taken apart: words of one script each, and which of them its address answers."""

    source: TitleSource
    words: tuple[Word, ...]
    scripts: tuple[str | None, ...]
    first: int
    last: int
    cover: float
    low: int
    high: int
    known: tuple[Cut, ...]

    @property
    def has_referee(self) -> bool:
        """The address answers enough of the title to tell what is the title's own."""
        return self.cover >= 0.5


def clean_titles(
    sources: Sequence[TitleSource], home: frozenset[str], spam: SpamWords, language: str | None = None
) -> list[CleanTitle]:
    """The titles of all items of one feed, judged together.

    Pure and order-independent. A title of which nothing is left has an empty ``text``.
    """
    readings = [_read(s, spam, home) for s in sources]
    grams = {True: _count_grams(readings, True), False: _count_grams(readings, False)}
    verdicts = [
        {edge: _judge(r, edge, grams[edge], len(readings), home, spam) for edge in (True, False)} for r in readings
    ]
    verdicts = _convict_alike(readings, verdicts)
    return [_clean(r, v) for r, v in zip(readings, verdicts, strict=True)]


# --------------------------------------------------------------------------- taking apart


def _read(source: TitleSource, spam: SpamWords, home: frozenset[str]) -> _Reading:
    raw = source.raw
    low, high, known = _strip_known(raw, spam.known)
    slug = slug_words(source.url)
    words = _split(raw, low, high, slug, spam)
    found = align(words, slug)
    hits = [i for i, f in enumerate(found) if f is not None]
    cover = coverage(found, slug)
    if len(hits) == 1 and len(slug) > 2:
        cover = 0.0
    first, last = (hits[0], hits[-1]) if hits and cover >= 0.5 else (len(words), -1)
    return _Reading(
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
        if script is not None and _family(here) != _family(script):
            cut = i - 1 if raw[i - 1] in "’'ʼ" else i
            pieces.append((at, cut))
            at = i
        script = here
    pieces.append((at, end))
    return pieces


def _family(script: str) -> str:
    """Scripts that stand together in one word of a language are one."""
    return "CJK" if script in ("HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA") else script


def _unglue(raw: str, start: int, end: int, slug: set[str], spam: SpamWords) -> list[Word]:
    """A Latin word glued to spam, cut at the capital or where the address's word begins or ends."""
    word = _word(raw, start, end)
    if end - start < 5 or any(f in slug for f in word.forms):
        return [word]
    text = word.text
    for i in [k for k in range(1, len(text)) if _is_seam(text[k - 1], text[k])]:
        left, right = text[:i], text[i:]
        sides = (spam.strong.fullmatch(left) or spam.weak.fullmatch(left), spam.strong.fullmatch(right))
        halves = any(f in slug for f in fold_word(left)), any(f in slug for f in fold_word(right))
        if (sides[0] and not halves[0]) or (sides[1] and not halves[1]) or (halves[0] != halves[1]):
            return [_word(raw, start, start + i), _word(raw, start + i, end)]
    for i in range(2, len(text) - 1):
        left, right = text[:i], text[i:]
        if spam.strong.fullmatch(left) and any(f in slug for f in fold_word(right)):
            return [_word(raw, start, start + i), _word(raw, start + i, end)]
        if spam.strong.fullmatch(right) and any(f in slug for f in fold_word(left)):
            return [_word(raw, start, start + i), _word(raw, start + i, end)]
    return [word]


def _is_seam(before: str, after: str) -> bool:
    """Two words may meet here without a blank: a capital after a small letter, a digit beside a letter."""
    return (before.islower() and after.isupper()) or (before.isdigit() != after.isdigit())


# --------------------------------------------------------------------------- evidence over the items


def _edge(reading: _Reading, is_prefix: bool) -> list[int]:
    """Places of the words at one edge that the address does not answer, from the edge inwards."""
    n = len(reading.words)
    if is_prefix:
        return list(range(min(reading.first, n)))
    return list(range(n - 1, reading.last, -1)) if reading.last >= 0 else list(range(n - 1, -1, -1))


def _gram(reading: _Reading, edge: Sequence[int]) -> tuple[str, ...]:
    return tuple(reading.words[i].forms[0] for i in edge)


def _count_grams(readings: Sequence[_Reading], is_prefix: bool) -> Counter[tuple[str, ...]]:
    """In how many items each n-gram stands at this edge and is not in the address."""
    counts: Counter[tuple[str, ...]] = Counter()
    for reading in readings:
        edge = _edge(reading, is_prefix)[:_MAX_GRAM]
        gram = _gram(reading, edge)
        counts.update(gram[:n] for n in range(1, len(gram) + 1))
    return counts


_Verdict = dict[bool, tuple[int, str] | None]


def _convict_alike(readings: Sequence[_Reading], verdicts: list[_Verdict]) -> list[_Verdict]:
    """What was found to be spam in two items or more is spam at the same place of all items, whatever their address."""
    proven: Counter[tuple[bool, tuple[str, ...]]] = Counter()
    for reading, verdict in zip(readings, verdicts, strict=True):
        for is_prefix, found in verdict.items():
            if found and reading.has_referee:
                proven[is_prefix, _gram(reading, _edge(reading, is_prefix)[: found[0]])] += 1
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


def _clean(reading: _Reading, verdict: _Verdict) -> CleanTitle:
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
    return raw[at] in "([{" or (raw[at] in "-–*#" and raw[at - 1 : at].isspace() and not raw[at + 1 : at + 2].isspace())


def _closes(raw: str, at: int) -> bool:
    return raw[at] in ")]}"


def _judge(
    reading: _Reading,
    is_prefix: bool,
    grams: Counter[tuple[str, ...]],
    n_items: int,
    home: frozenset[str],
    spam: SpamWords,
) -> tuple[int, str] | None:
    """How many words at one edge are spam, and by which rule; ``None`` where there is no case against them."""
    edge = _edge(reading, is_prefix)
    if not edge:
        return None
    for n, rule in _suspects(reading, edge, is_prefix, grams, home, spam):
        if n and _is_guilty(reading, edge[:n], is_prefix, rule, grams, n_items, spam):
            return n, rule
    return None


def _suspects(
    reading: _Reading,
    edge: Sequence[int],
    is_prefix: bool,
    grams: Counter[tuple[str, ...]],
    home: frozenset[str],
    spam: SpamWords,
) -> list[tuple[int, str]]:
    """Stretches at one edge (as counts of words), the longest kind of evidence first."""
    foreign = _foreign_run(reading, edge, home, spam)
    worded = _spam_run(reading, edge, spam)
    common = 0
    gram = _gram(reading, edge[:_MAX_GRAM])
    for n in range(1, len(gram) + 1):
        if grams[gram[:n]] >= 2:
            common = n
    known = max(foreign, worded)
    if common > known > 0:  # past what is known to be spam only what can't begin the title goes with it
        common = _lower_run(reading, edge[:common], known)
    found = [(foreign, "foreign_script"), (worded, "spam_words"), (common, "repeated")]
    found.append((_unheard_run(reading, edge), "unheard"))
    return sorted(found, key=lambda f: -f[0])


def _unheard_run(reading: _Reading, edge: Sequence[int]) -> int:
    """Words from the edge to the last longer one, when not one of them stands in the item's own text.

    Three longer words at least; the text must be long enough to have had the chance to hold them, and the address must
    answer nearly all of the rest. A short word with a capital at the inner end stays with the title.
    """
    text = reading.source.text
    if reading.cover < 0.8 or text.count(" ") < 100:
        return 0
    run = long_words = 0
    for n, i in enumerate(edge, 1):
        word = reading.words[i].text
        if len(word) >= 4 and word.isalpha():
            if word[:5].casefold() in text:
                return 0
            long_words += 1
            run = n
        elif word.isdigit() or word.islower() or word.isupper():
            run = n if run == n - 1 and run else run
    return run if long_words >= 3 else 0


def _lower_run(reading: _Reading, edge: Sequence[int], known: int) -> int:
    """How far words with small first letters go on from ``known``."""
    n = known
    while n < len(edge) and reading.words[edge[n]].text[:1].islower():
        n += 1
    return n


def _foreign_run(reading: _Reading, edge: Sequence[int], home: frozenset[str], spam: SpamWords) -> int:
    """Words from the edge to the last one in a script that is not at home, with gaps of two words at most."""
    run = gap = 0
    for n, i in enumerate(edge, 1):
        script = reading.scripts[i]
        if script is not None and script not in home and _family(script) not in home:
            run, gap = n, 0
        elif script is not None:
            gap += not spam.strong.fullmatch(reading.words[i].text) and not spam.weak.fullmatch(reading.words[i].text)
            if gap > (1 if run else 0):
                break
    return run


def _spam_run(reading: _Reading, edge: Sequence[int], spam: SpamWords) -> int:
    """Words from the edge that are strong or weak spam words (one stranger may stand between), as far as strong ones go.

    Weak words go with the strong ones before them; at the inner end they stay with the title where it is unclear.
    """
    words = reading.words
    if not edge:
        return 0
    low, high = words[min(edge)].start_char, words[max(edge)].end_char
    text = reading.source.raw
    strong = [(m.start(), m.end()) for m in spam.strong.finditer(text, low, high)]
    if not strong and not any(spam.strong.fullmatch(words[i].text) for i in edge):
        return 0
    weak = [(m.start(), m.end()) for m in spam.weak.finditer(text, low, high)]
    run = strangers = 0
    for n, i in enumerate(edge, 1):
        word = words[i]
        is_strong = _is_inside(word, strong) or spam.strong.fullmatch(word.text) is not None
        is_weak = _is_inside(word, weak) or spam.weak.fullmatch(word.text) is not None
        if is_strong:
            run, strangers = n, 0
        elif is_weak:
            if run == n - 1 and not strangers and _is_tail_word(reading, edge, n, spam):
                run = n
        else:
            strangers += 1
            if strangers > 1:
                break
    return run


def _is_inside(word: Word, places: Sequence[tuple[int, int]]) -> bool:
    return any(
        (a <= word.start_char and word.end_char <= b) or (word.start_char <= a and b <= word.end_char)
        for a, b in places
    )


def _is_tail_word(reading: _Reading, edge: Sequence[int], n: int, spam: SpamWords) -> bool:
    """A weak word right after a strong one is spam's own where it can't begin the title: it has no capital."""
    word = reading.words[edge[n - 1]].text
    before = reading.words[edge[n - 2]].text if n >= 2 else ""
    if edge[0] > edge[-1]:  # a suffix is read from the end: its inner words come first in the text
        return True
    if not word[:1].isupper() or (word.isupper() and before.isupper()):
        return True
    if not (before[:1].isupper() and word[:1].isupper()):
        return False
    inner = reading.words[edge[n]] if n < len(edge) else None
    after = inner or (reading.words[reading.first] if reading.first < len(reading.words) else None)
    return after is not None and not after.text[:1].islower()


def _is_guilty(
    reading: _Reading,
    edge: Sequence[int],
    is_prefix: bool,
    rule: str,
    grams: Counter[tuple[str, ...]],
    n_items: int,
    spam: SpamWords,
) -> bool:
    if len(edge) >= len(reading.words) and not reading.known:
        return _is_nothing_else(reading, spam)
    low, high = reading.words[min(edge)].start_char, reading.words[max(edge)].end_char
    piece = _ZERO.sub("", reading.source.raw[low:high])
    strong = spam.strong.findall(piece)
    n_same = grams[_gram(reading, edge)[:_MAX_GRAM]]
    is_common = n_same >= 2 and n_same >= 0.5 * n_items
    if _is_own(piece, reading.source.text, spam):
        return False
    if rule == "foreign_script":
        if strong or n_same >= 2:
            return True
        rest = [w for i, w in enumerate(reading.words) if i not in set(edge)]
        return reading.cover >= 0.99 and len(piece) >= 4 and len(rest) >= 3
    if rule == "unheard":
        return len(reading.words) - len(edge) >= 3
    if rule == "spam_words":
        if reading.has_referee:
            return len(edge) >= 2 or n_same >= 2 or len(strong) >= 2
        return _is_dense(reading, edge, spam)
    if strong and n_same >= 2:
        return reading.has_referee or _is_dense(reading, edge, spam)
    if not reading.has_referee or not is_common or n_same < 3:
        return False
    return len(edge) >= 2 and not _is_series(reading, edge, is_prefix)


def _is_dense(reading: _Reading, edge: Sequence[int], spam: SpamWords) -> bool:
    """Three or more spam words, and hardly a stranger between them: enough where the address can't say anything."""
    low, high = reading.words[min(edge)].start_char, reading.words[max(edge)].end_char
    piece = reading.source.raw[low:high]
    strong = sum(len(w.split()) for w in spam.strong.findall(piece))
    weak = sum(len(w) >= 3 for w in spam.weak.findall(spam.strong.sub(" ", piece)))
    return strong >= 1 and strong + weak >= 3 and (strong + weak) * 10 >= 7 * len(edge)


def _is_own(piece: str, text: str, spam: SpamWords) -> bool:
    """The item's own text says it too: the whole stretch, or all of its strong spam words."""
    low = " ".join(piece.casefold().split())
    if low and low in text:
        return True
    strong = {w.casefold() for w in spam.strong.findall(piece)}
    return bool(strong) and all(w in text for w in strong)


def _is_series(reading: _Reading, edge: Sequence[int], is_prefix: bool) -> bool:
    """A series name or a publisher's name: three words at most, parted from the title by a colon, bar or dash."""
    raw = reading.source.raw
    if len(edge) > 3:
        return False
    if is_prefix:
        return _SERIES.match(raw, reading.words[max(edge)].end_char) is not None
    before = raw[: reading.words[min(edge)].start_char].rstrip()
    return before[-1:] in "|–—-:»·/("


def _is_nothing_else(reading: _Reading, spam: SpamWords) -> bool:
    """The whole title is spam: no word of it is in its address, and most are spam words."""
    strong = spam.strong.findall(reading.source.raw)
    return reading.cover == 0.0 and bool(slug_words(reading.source.url)) and len(strong) >= 2
