"""Spam paragraphs in bodies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.cleaning.marks import Marks, SpamWords
from pipeline.cleaning.scripts import script_of

_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W_]+")
#: A short line's words say of what language it is, given an item of so many different words.
_SHORT, _VOCABULARY = 300, 40
_NOT_ASCII = re.compile(r"[^\x00-\u024f\u1e00-\u206f]")


def find_spam_lines(bodies: Sequence[Sequence[str]], home: frozenset[str], marks: Marks) -> list[frozenset[int]]:
    """For each item of a dump the numbers of the lines that are injected spam.

    A line is spam when most of its letters are in a script that is not at home and it holds a spam word; or when it is
    dense with different spam words that the rest of its item does not use; or when it is short, holds one, and hardly
    any of its words stands in the rest of its item; or when it holds spam words and stands word for word in several
    items.
    """
    found: list[set[int]] = []
    suspects: list[tuple[int, int]] = []
    for i, body in enumerate(bodies):
        found.append(set())
        for n, is_sure in _of_item(body, home, marks):
            if is_sure:
                found[i].add(n)
            else:
                suspects.append((i, n))
    if suspects:
        repeated = Counter(line for body in bodies for line in set(body) if len(line) > 20)
        for i, n in suspects:
            if repeated[bodies[i][n]] >= 3:
                found[i].add(n)
    return [frozenset(each) for each in found]


def _of_item(body: Sequence[str], home: frozenset[str], marks: Marks) -> Iterator[tuple[int, bool]]:
    """The lines of one item that are spam, and (``False``) those that are spam where they are repeated."""
    spam, worth, is_near_spam = marks.spam, marks.index.worth, marks.index.spam_bit
    for n, line in enumerate(body):
        if not line.isascii() and _NOT_ASCII.search(line) is not None and _is_foreign(line, home):
            if spam.strong.search(line):
                yield n, True
            continue
        if not worth(line) & is_near_spam or len(line) > 3_000:
            continue
        if len(line) <= _SHORT and _is_strange(line, body, n, spam):
            yield n, True
            continue
        if not spam.may_occur(line.casefold()):
            continue
        strong = {w.casefold() for w in spam.strong.findall(line)}
        if len(strong) < 2:
            continue
        words = len(line.split())
        weak = len(spam.weak.findall(line))
        others = " ".join(other for m, other in enumerate(body) if m != n).casefold()
        own = sum(w in others for w in strong)
        if own * 2 < len(strong):
            yield n, len(strong) >= 3 and (len(strong) + weak) * 3 >= words


def _is_foreign(line: str, home: frozenset[str]) -> bool:
    letters = _LETTERS.findall(line)
    strangers = sum((script_of(c) or "LATIN") not in home for c in letters)
    return strangers * 2 > len(letters)


def _is_strange(line: str, body: Sequence[str], n: int, spam: SpamWords) -> bool:
    """A short line with a spam word, whose words hardly ever stand in the rest of its item: another language or trade.

    The rest must be long enough to have had the chance to hold them, and must not say the spam words.
    """
    words = _WORDS.findall(line.casefold())
    strong = spam.strong.findall(line)
    if len(words) < 2 or not strong:
        return False
    others = {word for m, other in enumerate(body) if m != n for word in _WORDS.findall(other.casefold())}
    if len(others) < _VOCABULARY or any(word in others for each in strong for word in _WORDS.findall(each.casefold())):
        return False
    return sum(word in others for word in words) * 4 <= len(words)
