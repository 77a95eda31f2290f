"""What changed between two texts of one article, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"”’')\]]*\s+(?=[\"“‘(\[]?[^\sa-z])")


@dataclass(frozen=True, slots=True)
class Change:
    """One change from an older text to the current one: ``removed``, ``added`` or ``changed``.

    ``before`` and ``after`` are the sentences; empty where there is none on that side.
    """

    kind: str
    before: str
    after: str


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, line by line; good enough to compare two texts with each other.

    >>> split_sentences("Pay rose. It fell.\\nWhy?")
    ['Pay rose.', 'It fell.', 'Why?']
    """
    return [piece.strip() for line in text.split("\n") for piece in _SENTENCE_END.split(line) if piece.strip()]


def compare(before: str, after: str) -> tuple[Change, ...]:
    """The changes that make ``after`` out of ``before``, in the order of the text.

    >>> compare("Pay rose. It fell.", "Pay rose. It rose.")
    (Change(kind='changed', before='It fell.', after='It rose.'),)
    """
    old, new = split_sentences(before), split_sentences(after)
    changes: list[Change] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "replace":
            for i in range(max(b - a, d - c)):
                left = old[a + i] if a + i < b else ""
                right = new[c + i] if c + i < d else ""
                changes.append(Change("changed" if left and right else "removed" if left else "added", left, right))
        elif op == "delete":
            changes.extend(Change("removed", s, "") for s in old[a:b])
        elif op == "insert":
            changes.extend(Change("added", "", s) for s in new[c:d])
    return tuple(changes)
