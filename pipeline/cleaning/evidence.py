"""The evidence against the edges of titles: scripts, words, repetition, and what the item itself says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.cleaning.marks import SpamWords
from pipeline.slugs import Word, slug_words

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u2061\u2062\u2063"


_ZERO = re.compile(f"[{ZERO_WIDTH}]")


_SERIES = re.compile(r"\s*(?::|：|\||–|—|-\s|»|/)")


_MAX_GRAM = 40


#: A stretch is dense with spam words from this share on: one stranger in three words is none of them.
_DENSE = 0.7


#: Words that any title may have say nothing, though spam has them too.
_FUNCTION_WORDS = frozenset({"and", "for", "the", "with", "from", "your", "now", "new", "und", "les", "des"})


_PARTING = frozenset("|–—()[]【】「」『』»«:?!…" + ZERO_WIDTH)


#: Kana, Chinese characters and Hangul: they have no capitals, so that a text can be searched for them as it stands.
_CASELESS = re.compile(r"[\u3041-\u318f\u3400-\ud7a3]")


@dataclass(frozen=True, slots=True)
class TitleSource:
    """What is known of one item: its title as it stands, its address, and the pieces of its own text."""

    raw: str
    url: str | None
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The item's own text in lower case, on one line; made when asked for."""
        return _join_folded(self.pieces)

    def says(self, low: str) -> bool:
        """Whether a stretch in lower case stands in the item's own text. A letter without case is looked for first."""
        rare = _CASELESS.search(low)
        return (rare is None or any(rare[0] in piece for piece in self.pieces)) and low in self.text


@lru_cache(maxsize=4)
def _join_folded(pieces: tuple[str, ...]) -> str:
    return " ".join(" ".join(pieces).casefold().split())


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the raw title that was taken away, and the rule that did it."""

    start_char: int
    end_char: int
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
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


def family_of(script: str) -> str:
    """Scripts that stand together in one word of a language are one."""
    return "CJK" if script in ("HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA") else script


def edge_of(reading: Reading, is_prefix: bool) -> list[int]:
    """Places of the words at one edge that the address does not answer, from the edge inwards."""
    n = len(reading.words)
    if is_prefix:
        return list(range(min(reading.first, n)))
    return list(range(n - 1, reading.last, -1)) if reading.last >= 0 else list(range(n - 1, -1, -1))


def gram_of(reading: Reading, edge: Sequence[int]) -> tuple[str, ...]:
    return tuple(reading.words[i].forms[0] for i in edge)


def count_grams(readings: Sequence[Reading], is_prefix: bool) -> Counter[tuple[str, ...]]:
    """In how many items each n-gram stands at this edge and is not in the address."""
    counts: Counter[tuple[str, ...]] = Counter()
    for reading in readings:
        edge = edge_of(reading, is_prefix)[:_MAX_GRAM]
        gram = gram_of(reading, edge)
        counts.update(gram[:n] for n in range(1, len(gram) + 1))
    return counts


def judge(
    reading: Reading,
    is_prefix: bool,
    grams: Counter[tuple[str, ...]],
    n_items: int,
    home: frozenset[str],
    spam: SpamWords,
) -> tuple[int, str] | None:
    """How many words at one edge are spam, and by which rule; ``None`` where there is no case against them."""
    edge = edge_of(reading, is_prefix)
    if not edge:
        return None
    for n, rule in _suspects(reading, edge, is_prefix, grams, home, spam):
        if n and _is_guilty(reading, edge[:n], is_prefix, rule, grams, n_items, spam):
            return n, rule
    return None


def _suspects(
    reading: Reading,
    edge: Sequence[int],
    is_prefix: bool,
    grams: Counter[tuple[str, ...]],
    home: frozenset[str],
    spam: SpamWords,
) -> Iterator[tuple[int, str]]:
    """Stretches at one edge (as counts of words), the longest kind of evidence first."""
    foreign = _foreign_run(reading, edge, home, spam)
    worded = _spam_run(reading, edge, spam)
    common = 0
    gram = gram_of(reading, edge[:_MAX_GRAM])
    for n in range(1, len(gram) + 1):
        if grams[gram[:n]] >= 2:
            common = n
    known = max(foreign, worded)
    if common > known > 0:  # past what is known to be spam only what can't begin the title goes with it
        common = _lower_run(reading, edge[:common], known)
    found = [(foreign, "foreign_script"), (worded, "spam_words"), (common, "repeated")]
    whole = [f for f in found if f[0] == len(edge)]
    yield from whole  # the item's own text is only asked where nothing is found against the whole edge
    found = [f for f in found if f[0] < len(edge)]
    if is_prefix:  # addresses are cut at their end, so that honest words behind the last one answered are common
        found.append((_unheard_run(reading, edge), "unheard"))
    yield from sorted(found, key=lambda f: -f[0])


def _unheard_run(reading: Reading, edge: Sequence[int]) -> int:
    """Words from the edge to the last longer one, when not one of them stands in the item's own text.

    Three longer words at least; the text must be long enough to have had the chance to hold them, and the address must
    answer nearly all of the rest. A short word with a capital at the inner end stays with the title.
    """
    if reading.cover < 0.8 or len(edge) < 3:
        return 0
    text = reading.source.text
    if text.count(" ") < 100:
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


def _lower_run(reading: Reading, edge: Sequence[int], known: int) -> int:
    """How far words with small first letters go on from ``known``."""
    n = known
    while n < len(edge) and reading.words[edge[n]].text[:1].islower():
        n += 1
    return n


def _foreign_run(reading: Reading, edge: Sequence[int], home: frozenset[str], spam: SpamWords) -> int:
    """Words from the edge to the last one in a script that is not at home, with gaps of two words at most."""
    run = gap = 0
    for n, i in enumerate(edge, 1):
        script = reading.scripts[i]
        if script is not None and script not in home and family_of(script) not in home:
            run, gap = n, 0
        elif script is not None:
            gap += not spam.strong.fullmatch(reading.words[i].text) and not spam.weak.fullmatch(reading.words[i].text)
            if gap > (1 if run else 0):
                break
    return run


def _spam_run(reading: Reading, edge: Sequence[int], spam: SpamWords) -> int:
    """Words from the edge that are strong or weak spam words, as far as strong ones go; one stranger may stand between.

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
    is_parted = False
    for n, i in enumerate(edge, 1):
        word = words[i]
        is_parted = is_parted or (n > 1 and _are_parted(text, word, words[edge[n - 2]]))
        is_strong = _is_inside(word, strong) or spam.strong.fullmatch(word.text) is not None
        is_weak = _is_inside(word, weak) or spam.weak.fullmatch(word.text) is not None
        if is_strong:
            run, strangers, is_parted = n, 0, False
        elif is_weak:
            if run == n - 1 and not strangers and not is_parted and _is_tail_word(reading, edge, n, spam):
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


def _are_parted(text: str, a: Word, b: Word) -> bool:
    """A dash, bar, bracket or question mark, or what can't be seen, stands between two words: one may be honest."""
    between = text[min(a.end_char, b.end_char) : max(a.start_char, b.start_char)]
    return " - " in between or any(c in _PARTING for c in between)


def _is_tail_word(reading: Reading, edge: Sequence[int], n: int, spam: SpamWords) -> bool:
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
    reading: Reading,
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
    n_same = grams[gram_of(reading, edge)[:_MAX_GRAM]]
    is_common = n_same >= 2 and n_same >= 0.5 * n_items
    if is_own(piece, reading.source, spam):
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
            return n_same >= 2 or len(strong) >= 2 or (len(edge) >= 2 and _share(reading, edge, spam)[1] >= _DENSE)
        return _is_dense(reading, edge, spam)
    if strong and n_same >= 2:
        return reading.has_referee or _is_dense(reading, edge, spam)
    if not reading.has_referee or not is_common or n_same < 3:
        return False
    return len(edge) >= 2 and not _is_series(reading, edge, is_prefix)


def _is_dense(reading: Reading, edge: Sequence[int], spam: SpamWords) -> bool:
    """Three or more spam words, and hardly a stranger between them: enough where the address can't say anything."""
    n, share = _share(reading, edge, spam)
    return n >= 3 and share >= _DENSE


def _share(reading: Reading, edge: Sequence[int], spam: SpamWords) -> tuple[int, float]:
    """How many words of a stretch are spam words, and their share of its letters; none without a strong one.

    Four letters count as a word in scripts that are written without blanks.
    """
    low, high = reading.words[min(edge)].start_char, reading.words[max(edge)].end_char
    piece = reading.source.raw[low:high]
    strong = spam.strong.findall(piece)
    weak = [w for w in spam.weak.findall(spam.strong.sub(" ", piece)) if len(w) >= 2]
    found = [w for w in strong + weak if w.casefold() not in _FUNCTION_WORDS and (len(w) >= 3 or not w.isascii())]
    if not strong:
        return 0, 0.0
    n_words = sum(max(len(w.split()), (len(w) + 1) // 4 if w[0] >= "\u0e00" else 0) for w in found)
    letters = sum(len(w) for i in edge for w in reading.words[i].text.split())
    return n_words, sum(sum(not c.isspace() for c in w) for w in found) / max(1, letters)


def is_own(piece: str, source: TitleSource, spam: SpamWords) -> bool:
    """The item's own text says it too: the whole stretch, or all of its strong spam words."""
    low = " ".join(piece.casefold().split())
    if low and source.says(low):
        return True
    strong = {w.casefold() for w in spam.strong.findall(piece)}
    return bool(strong) and all(map(source.says, strong))


def _is_series(reading: Reading, edge: Sequence[int], is_prefix: bool) -> bool:
    """A series name or a publisher's name: three words at most, parted from the title by a colon, bar or dash."""
    raw = reading.source.raw
    if len(edge) > 3:
        return False
    if is_prefix:
        return _SERIES.match(raw, reading.words[max(edge)].end_char) is not None
    before = raw[: reading.words[min(edge)].start_char].rstrip()
    return before[-1:] in "|–—-:»·/("


def _is_nothing_else(reading: Reading, spam: SpamWords) -> bool:
    """The whole title is spam: no word of it is in its address, and most are spam words."""
    strong = spam.strong.findall(reading.source.raw)
    return reading.cover == 0.0 and bool(slug_words(reading.source.url)) and len(strong) >= 2
