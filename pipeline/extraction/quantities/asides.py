"""What stands in brackets, between dashes or in a relative clause of a sentence, and keeps its dates to itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_DASHED = re.compile(r"\s[–—]\s[^–—]{1,160}?\s[–—]\s|\s[–—]\s[^–—]{1,160}?\s[–—](?=,)")
_BRACKETED = re.compile(r"\([^()]{0,300}\)")
#: ", which closed in March 2024, " keeps its date to itself; ", which ran from May to July, " dates what it is of.
_RELATIVE = re.compile(
    r",\s+(?:which|who|whose|where)\b(?![^,]{0,40}\b(?:equat\w+|represent\w+|amount\w+|ran|run|covered|held|carried|"
    r"conducted|fell|rose|grew|increased|dropped|was\s+up|was\s+down)\b)(?:[^,;:.]|[.,](?=\d)){1,160},(?=\s)"
)


#: ", the ADCS said," between a subject and its verb.
_SAID = re.compile(r"[a-z](?P<said>,\s+(?:the\s|[A-Z])[^,.;:]{1,50}\s(?:said|says|found|estimated),)(?=\s[a-z])")


def find_asides(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What stands in brackets or between two dashes, by start.

    >>> find_asides("It rose (by 2%) to 5.", 0, 21)
    [(8, 15)]
    """
    return list(_asides(text[start:end], start))


@lru_cache(maxsize=64)  # the period and the measure of a number both ask
def _asides(sentence: str, start: int) -> tuple[tuple[int, int], ...]:
    found = [match.span() for match in _BRACKETED.finditer(sentence)] if "(" in sentence else []
    if any(word in sentence for word in (" said,", " says,", " found,", " estimated,")):
        found += [match.span("said") for match in _SAID.finditer(sentence)]
    dashed = _DASHED.finditer(sentence) if "–" in sentence or "—" in sentence else ()
    for match in (*dashed, *_RELATIVE.finditer(sentence)):
        if not any(low < match.end() and match.start() < high for low, high in found):
            found.append((match.start(), match.end() - (2 if match[0][0] != "," else 1)))
    return tuple((low + start, high + start) for low, high in sorted(found))


def without(text: str, start: int, end: int, parts: Iterable[tuple[int, int]]) -> str:
    """``text[start:end]`` with the asides taken out."""
    kept, at = [], start
    for low, high in parts:
        if at <= low < end:
            kept.append(text[at:low])
            at = min(high, end)
    return "".join([*kept, text[at:end]])
