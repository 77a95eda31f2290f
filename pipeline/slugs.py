"""Words of web addresses, and how a text's words line up with them.

The last part of a WordPress address is made from the title that the editors typed (``/2024/05/new-rules-agreed/``), so
it tells the title's own words from what was put around them later. A leaf module: pure functions, no files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

#: Letters that Unicode does not take apart, as WordPress writes them in addresses (``remove_accents``).
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
        "’": "", "‘": "", "'": "", "ʼ": "", "`": "", "´": "", "\u00ad": "", "\u200b": "", "\u200c": "",
        "\u200d": "", "\u2060": "", "\ufeff": "",
    }
)  # fmt: skip
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
#: Cyrillic and Greek letters as address plugins usually write them (ISO 9 without marks, first choice only).
_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
        "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
        "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e", "ґ": "g",
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
        "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
        "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip


def _mark_class() -> str:
    """Ranges of combining marks for a character class: Python's ``\\w`` leaves out those that Thai or Hindi need."""
    marks = [c for c in range(0x300, 0x10000) if unicodedata.category(chr(c)).startswith("M")]
    ranges: list[list[int]] = []
    for c in marks:
        if ranges and ranges[-1][1] == c - 1:
            ranges[-1][1] = c
        else:
            ranges.append([c, c])
    return "".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in ranges)


#: Scripts that are written without blanks: Thai, Lao, Khmer, Burmese, kana and Chinese characters.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
)
_M = _mark_class()
_LETTER = rf"(?:[^\W_{UNSPACED}]|[{_M}])"
_WORD = re.compile(rf"{_LETTER}+(?:[’'ʼ]{_LETTER}+)*|[{UNSPACED}][{_M}]*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
_NO_SLUG = re.compile(r"^(?:\d+|index|feed|comments?|amp)?$")


class Word(NamedTuple):
    """One word of a text: ``forms`` are the ways that it may stand in an address.

    A named tuple, since every word of every title becomes one.
    """

    text: str
    start_char: int
    end_char: int
    forms: tuple[str, ...]


@lru_cache(maxsize=4096)
def fold_word(word: str) -> tuple[str, ...]:
    """The forms of one word as they may stand in an address: accents off, German spelling, Cyrillic in Latin letters.

    >>> fold_word("Children’s"), fold_word("Müller")
    (('childrens',), ('muller', 'mueller', 'müller'))
    """
    low = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    if low.isascii():
        return (low,)
    plain = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    return tuple(dict.fromkeys((plain, low.translate(_GERMAN), plain.translate(_LATIN), low)))


def first_letter(text: str) -> str:
    """The letter that a list has a text under, a to z; 0 where its first word begins with none of them.

    >>> first_letter("‘Études completed"), first_letter("16-year-olds in care")
    ('e', '0')
    """
    word = next(find_words(text, 0, len(text)), None)
    letter = fold_word(word[0])[0][:1] if word else ""
    return letter if "a" <= letter <= "z" else "0"


def find_words(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The words of a stretch of text; in scripts without blanks every letter with its marks counts as one."""
    return (_ASCII_WORD if text.isascii() else _WORD).finditer(text, start, end)


def split_words(text: str) -> list[Word]:
    """The words of a text with their places; apostrophes inside a word belong to it."""
    return [Word(m[0], m.start(), m.end(), fold_word(m[0])) for m in find_words(text, 0, len(text))]


@lru_cache(maxsize=4096)
def slug_words(url: str | None) -> tuple[str, ...]:
    """The words of an address's last telling part, folded; empty where it has none (``?p=12``, numbers only).

    >>> slug_words("https://example.org/2024/05/new-rules-agreed/")
    ('new', 'rules', 'agreed')
    >>> slug_words("https://example.org/?p=12")
    ()
    """
    if not url:
        return ()
    try:
        path = urlsplit(url).path
    except ValueError:
        return ()
    for raw in reversed([p for p in path.split("/") if p]):
        part = re.sub(r"\.(?:html?|php|aspx?)$", "", unquote(raw, errors="ignore"))
        if not _NO_SLUG.match(part):
            if part.isascii():  # as ``fold_word`` would have them
                words = [w.replace("'", "").lower() for w in _ASCII_WORD.findall(part)]
            else:
                words = [w.forms[0] for w in split_words(part)]
            return tuple(words) if any(not w.isdigit() for w in words) else ()
    return ()


def align(words: Sequence[Word], slug: Sequence[str]) -> list[int | None]:
    """For every word the place in the slug that it answers, in order (longest common subsequence), else ``None``.

    Where one word of the slug has several answers the last one counts, so that a repeated word before the title is
    not taken for the title's own.
    """
    found: list[int | None] = [None] * len(words)
    n, m = len(words), len(slug)
    if not n or not m:
        return found
    while n and m and slug[m - 1] in words[n - 1].forms:  # a common end is part of every longest subsequence
        n, m = n - 1, m - 1
        found[n] = m
    if not n or not m:
        return found
    words, slug = words[:n], slug[:m]
    same = [[s in w.forms for s in slug] for w in words]
    best = [[0] * (m + 1)]
    for i in range(n):
        row, above, hits = [0], best[i], same[i]
        for j in range(m):
            row.append(above[j] + 1 if hits[j] else max(above[j + 1], row[j]))
        best.append(row)
    i, j = n, m
    while i and j:
        if same[i - 1][j - 1] and best[i][j] == best[i - 1][j - 1] + 1:
            found[i - 1] = j - 1
            i, j = i - 1, j - 1
        elif best[i - 1][j] >= best[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return found


def coverage(found: Sequence[int | None], slug: Sequence[str]) -> float:
    """The share of the slug's words that the text answers, 0 to 1 (0 where there is no slug)."""
    return sum(f is not None for f in found) / len(slug) if slug else 0.0
