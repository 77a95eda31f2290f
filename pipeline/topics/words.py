"""What is read of an article to sort it: its words, weighted towards the lead, and what it names.

What comes late in a story is background: the title counts most, the lead next, the following words least, and what
comes after ``_READ_WORDS`` words not at all.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.records import Article, Extraction

LEAD_WORDS: Final = 200
#: How often a named policy counts beside its own words, and a named organisation.
_POLICY_WEIGHT: Final = 4
_ORGANISATION_WEIGHT: Final = 2
_TITLE_WEIGHT: Final = 4
_LEAD_WEIGHT: Final = 2
#: Of the text no more words than this are read.
_READ_WORDS: Final = 600

_FOLDER: Final = Path(__file__).parent
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_APOSTROPHES: Final = "’‘ʼ"


def read_words(name: str) -> frozenset[str]:
    """The words of a list beside this module. Raises ``RegisterError`` for a word in capitals or listed oddly."""
    path = _FOLDER / name
    words: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        for word in line.split():
            if not _WORD.fullmatch(word) or word != word.lower():
                raise RegisterError(f"{path}, line {number}: {word!r} is no word in small letters", "mend the line")
            words.add(word)
    return frozenset(words)


@cache
def stopwords() -> frozenset[str]:
    """Words that say nothing of what an article is about."""
    return read_words("stopwords.txt")


def lead(article: Article) -> str:
    """The summary and the first words of the text."""
    start = " ".join(article.text.split(maxsplit=LEAD_WORDS)[:LEAD_WORDS])
    return f"{article.summary or ''}\n{start}"


def stem(word: str) -> str:
    """A word in lower case without its plural or possessive ending.

    >>> [stem(w) for w in ("Carers", "children's", "agencies", "process", "status")]
    ['carer', 'children', 'agency', 'process', 'status']
    """
    word = word.lower().removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def split_words(text: str) -> list[str]:
    """The words of a text as they stand, with one kind of apostrophe, numbers left out."""
    for sign in _APOSTROPHES:
        text = text.replace(sign, "'")
    return _WORD.findall(text)


@lru_cache(maxsize=1 << 17)
def _meaning(word: str) -> str:
    """The stem of a word that carries meaning; of another one, nothing."""
    return stem(word) if len(word) > 1 and word.lower() not in stopwords() else ""


def content_words(text: str) -> list[str]:
    """The stems of a text's words that carry meaning, in their order.

    >>> content_words("Ministers said that the workers’ caseloads had risen by 4%")
    ['minister', 'worker', 'caseload']
    """
    return [stemmed for word in split_words(text) if (stemmed := _meaning(word))]


def features(article: Article, extraction: Extraction) -> list[str]:
    """What the article is sorted by, each as often as it counts: words, and names (``@`` before).

    Sorted, so that nothing depends on where a thing stands. Empty for an article without words.
    """
    found: list[str] = []
    rest = " ".join(article.text.split(maxsplit=_READ_WORDS)[LEAD_WORDS:_READ_WORDS])
    for text, weight in ((article.title, _TITLE_WEIGHT), (lead(article), _LEAD_WEIGHT), (rest, 1)):
        found.extend(content_words(text) * weight)
    for mention in extraction.mentions:
        found.extend([f"@{mention.entity_id}"] * (_POLICY_WEIGHT if mention.kind == "policy" else _ORGANISATION_WEIGHT))
    return sorted(found)
