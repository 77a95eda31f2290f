"""Scripts of letters, and which of them are at home in a feed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

#: Scripts that languages are written in; all others are Latin.
_HOME = {
    "zh": ("CJK",), "ja": ("CJK", "HIRAGANA", "KATAKANA"), "ko": ("HANGUL", "CJK"), "th": ("THAI",),
    "ru": ("CYRILLIC",), "uk": ("CYRILLIC",), "bg": ("CYRILLIC",), "sr": ("CYRILLIC",), "mk": ("CYRILLIC",),
    "be": ("CYRILLIC",), "kk": ("CYRILLIC",), "mn": ("CYRILLIC",), "ky": ("CYRILLIC",), "el": ("GREEK",),
    "ar": ("ARABIC",), "fa": ("ARABIC",), "ur": ("ARABIC",), "ckb": ("ARABIC",), "he": ("HEBREW",),
    "yi": ("HEBREW",), "hi": ("DEVANAGARI",), "mr": ("DEVANAGARI",), "ne": ("DEVANAGARI",), "bn": ("BENGALI",),
    "ta": ("TAMIL",), "te": ("TELUGU",), "ka": ("GEORGIAN",), "hy": ("ARMENIAN",), "km": ("KHMER",),
    "lo": ("LAO",), "my": ("MYANMAR",), "si": ("SINHALA",), "am": ("ETHIOPIC",), "gu": ("GUJARATI",),
    "pa": ("GURMUKHI",), "ml": ("MALAYALAM",), "kn": ("KANNADA",),
}  # fmt: skip
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")


@lru_cache(maxsize=65_536)
def script_of(char: str) -> str | None:
    """The script of a letter (first word of its Unicode name), ``None`` for what is no letter.

    >>> script_of("a"), script_of("赛"), script_of("ж"), script_of("1")
    ('LATIN', 'CJK', 'CYRILLIC', None)
    """
    if not unicodedata.category(char).startswith(("L", "M")):
        return None
    name = unicodedata.name(char, "")
    first = name.partition(" ")[0]
    return {"FULLWIDTH": "LATIN", "HALFWIDTH": "KATAKANA", "COMBINING": None, "MODIFIER": None}.get(
        first, first
    ) or None


def home_scripts(language: str | None, texts: Iterable[str]) -> frozenset[str]:
    """The scripts that are at home in a feed: its language's, and each that makes a tenth of its texts.

    >>> sorted(home_scripts("ru", []))
    ['CYRILLIC', 'LATIN']
    """
    home = {"LATIN"}
    if language:
        home.update(_HOME.get(language.lower().split("-")[0].split("_")[0], ()))
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += len(text[:2_000])
        if not text.isascii():
            counts.update(s for s in map(script_of, _NOT_LATIN.findall(text[:2_000])) if s)
        if total > 40_000:
            break
    home.update(script for script, n in counts.items() if n >= max(20, total * 0.1))
    return frozenset(home)
