"""Titles whose address answers them letter by letter: what stands outside of the answer is looked at as a whole."""

from __future__ import annotations

import re
import unicodedata

from pipeline.cleaning.evidence import ZERO_WIDTH, Cut, TitleSource, family_of, is_own
from pipeline.cleaning.marks import SpamWords
from pipeline.cleaning.scripts import script_of
from pipeline.slugs import slug_words

#: An address answers by itself from so many words and letters on.
_WORDS, _LETTERS = 3, 12
#: A text of fewer words can't speak for a title.
_TEXT = 20
#: Signs that belong to the word that they touch.
_BEFORE, _BEHIND = frozenset("'\"#@¿¡"), frozenset("'\"?!.…%؟。！？“")
_SEPARATORS = " \t\n\xa0|-–—:;,·•»>›~*_/\\【】「」『』[]{}。，、：；♛★☆✓✅🎰🔥⭐️" + ZERO_WIDTH
_SERIES = re.compile(r"[^:|–—-]{2,40}\s*[:|–—]\s*")


def cut_outside(
    source: TitleSource, low: int, high: int, home: frozenset[str], spam: SpamWords
) -> tuple[int, int, tuple[Cut, ...]]:
    """The stretch of a title that its address answers, and what was cut: spam before it and behind it.

    Nothing is cut unless the whole address stands in the title, once, and the piece outside holds a spam word or
    letters that are not at home in the feed, and the item's own text does not say it.
    """
    answer = _find_answer(source, low, high)
    if answer is None:
        return low, high, ()
    cuts: list[Cut] = []
    start, end = answer
    if _is_spam(source, low, start, home, spam, is_prefix=True):
        cuts.append(Cut(low, start, "outside_address"))
        low = start
    if _is_spam(source, end, high, home, spam, is_prefix=False):
        cuts.append(Cut(end, high, "outside_address"))
        high = end
    return low, high, tuple(cuts)


def _find_answer(source: TitleSource, low: int, high: int) -> tuple[int, int] | None:
    """Where the letters and digits of the address stand in the title, signs that touch them included."""
    words = slug_words(source.url)
    wanted = "".join(words)
    if len(words) < _WORDS or len(wanted) < _LETTERS:
        return None
    raw = source.raw
    if "".join(filter(str.isalnum, raw[low:high].casefold())) == wanted:  # nothing stands outside
        return None
    letters: list[str] = []
    places: list[int] = []
    for at in range(low, high):
        for char in unicodedata.normalize("NFKD", raw[at].casefold()):
            if char.isalnum():
                letters.append(char)
                places.append(at)
    folded = "".join(letters)
    found = folded.find(wanted)
    if found < 0 or folded.find(wanted, found + 1) >= 0:
        return None
    start, end = places[found], places[found + len(wanted) - 1] + 1
    while start > low and (raw[start - 1] in _BEFORE or unicodedata.category(raw[start - 1]) in ("Pi", "Ps", "Sc")):
        start -= 1
    while end < high and (raw[end] in _BEHIND or unicodedata.category(raw[end]) in ("Pf", "Pe")):
        end += 1
    return start, end


def _is_spam(
    source: TitleSource, low: int, high: int, home: frozenset[str], spam: SpamWords, *, is_prefix: bool
) -> bool:
    piece = source.raw[low:high].strip(_SEPARATORS)
    if len(piece) < 3 or is_own(piece, source, spam) or _says_rest(piece, source, spam):
        return False
    strangers = sum(_is_stranger(char, home) for char in piece)
    n_strong = len(spam.strong.findall(piece))
    if strangers >= 4 and strangers * 3 >= len(piece):
        return True
    is_series = is_prefix and _SERIES.fullmatch(source.raw[low:high]) is not None
    if not is_prefix and not strangers and not _is_dense(piece, spam):  # addresses are cut at their end
        return False
    needed = 2 if is_series or source.text.count(" ") < _TEXT else 1
    return n_strong >= needed or (n_strong == 1 and not is_series and strangers > 0)


def _says_rest(piece: str, source: TitleSource, spam: SpamWords) -> bool:
    """The item's own text has a longer word of the piece that is no spam word: the address was cut, or left it out."""
    rest = spam.weak.sub(" ", spam.strong.sub(" ", piece.casefold()))
    return any(len(word) >= 4 and source.says(word) for word in re.findall(r"[^\W\d_]+", rest))


def _is_dense(piece: str, spam: SpamWords) -> bool:
    """Half or more of the letters are those of spam words, strong or weak."""
    found = spam.strong.findall(piece) + spam.weak.findall(spam.strong.sub(" ", piece))
    return sum(map(len, found)) * 2 >= sum(not char.isspace() for char in piece)


def _is_stranger(char: str, home: frozenset[str]) -> bool:
    script = script_of(char)
    return script is not None and script not in home and family_of(script) not in home
