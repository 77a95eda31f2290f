"""How alike two sentences are: the content words that they share, names of policies and bodies left out.

Names are compared as names (a record says which policies and bodies a sentence is about), so that wording is what the
sentence says *of* them: were every name replaced by a made-up one, two sentences would be as alike as before.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

_WORD: Final = re.compile(r"[a-z]+|\d[\d,.]*\d|\d")
#: Years and financial years are dates: they are compared as such.
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?\b")
_FOLD: Final = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "-": "-", "\u00a0": " "})
_ACRONYM: Final = re.compile(r"\b(?:\w*[A-Z]\w*[A-Z]\w*)(?:-\w*[A-Z]\w*)*\b")
_SHORTEST_ACRONYM: Final = 3
_STEM: Final = 6
_SMALL: Final = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"]
)
#: A short sentence's few words must not look like much: shares are counted over this many words at least.
_FEWEST: Final = 5


@cache
def _stopwords() -> frozenset[str]:
    text = (files("pipeline.timeline") / "stopwords.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text in lower case with one kind of apostrophe, dash and blank; offsets stay what they were.

    >>> fold("Children’s – care")
    "children's - care"
    """
    return text.translate(_FOLD).lower()


@lru_cache(maxsize=65536)
def initials(name: str) -> str:
    """The acronym that a name would have; empty for a name of fewer than two words that count.

    >>> initials("assessed and supported year in employment"), initials("Ofsted")
    ('ASYE', '')
    """
    words = [word for word in _name_words(name) if word.lower() not in _SMALL]
    return "".join(word[0].upper() for word in words) if len(words) > 1 else ""


def _name_words(name: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", name.replace("’", "").replace("'", ""))


def acronym_pattern(name: str) -> str:
    """A pattern for the acronyms that a name may have, small words' letters at will; empty for less than three letters.

    >>> bool(re.fullmatch(acronym_pattern("Department for Education"), "DfE", re.IGNORECASE))
    True
    """
    words = _name_words(name)
    if len(words) < _SHORTEST_ACRONYM:
        return ""
    optional = "?" if len(initials(name)) >= _SHORTEST_ACRONYM else ""
    return "-?".join(word[0] + (optional if word.lower() in _SMALL else "") for word in words)


@lru_cache(maxsize=65536)
def name_pattern(name: str) -> re.Pattern[str]:
    """Finds a name in folded text: in full, in the plural, or as its acronym (with or without hyphens).

    >>> bool(name_pattern("early career framework").search(fold("The planned ECF was dropped")))
    True
    """
    forms = [re.escape(fold(name)) + "s?"]
    if acronym := acronym_pattern(name).lower():
        forms.append(acronym + "s?")
    return re.compile(rf"(?<![a-z0-9-])(?:{'|'.join(forms)})(?!-?[a-z0-9])")


@lru_cache(maxsize=65536)
def without_names(text: str, names: tuple[str, ...]) -> str:
    """The folded text with every one of the names taken out, and whatever is written as an acronym.

    >>> without_names("The DfE dropped the early career framework.", ("early career framework",))
    'the   dropped the  .'
    """
    folded = fold(_ACRONYM.sub(" ", text))
    for name in names:
        folded = name_pattern(name).sub(" ", folded)
    return folded


@lru_cache(maxsize=262144)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, in lower case, cut to what is common to a word's forms.

    >>> sorted(content_words("The rules will be implemented by its implementation board"))
    ['board', 'implem', 'rule']
    """
    stopwords = _stopwords()
    words = _WORD.findall(_YEAR.sub(" ", fold(text)))
    return frozenset(_stem(word) for word in words if word not in stopwords and (len(word) > 1 or word.isdigit()))


def _stem(word: str) -> str:
    if not word.isalpha():
        return word
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)[:_STEM]
    return word[:_STEM]


@lru_cache(maxsize=65536)
def name_words(names: tuple[str, ...]) -> frozenset[str]:
    """The content words that names are made of."""
    return frozenset(word for name in names for word in content_words(name))


def share(x: frozenset[str], y: frozenset[str]) -> float:
    """Words in common over those of the smaller set, 0 to 1; symmetrical.

    >>> share(frozenset("abcdef"), frozenset("abcxyzuvw"))
    0.5
    """
    smaller = min(len(x), len(y))
    return len(x & y) / max(smaller, _FEWEST) if smaller else 0.0


def likeness(a: str, b: str) -> float:
    """Shared content words over those of the shorter text, 0 to 1.

    >>> likeness("The fund will end in March", "Ministers said that the fund would end in March 2025")
    0.4
    """
    return share(content_words(a), content_words(b))
