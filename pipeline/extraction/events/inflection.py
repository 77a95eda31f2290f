"""English verb forms from base forms: rules, and a table for what the rules don't give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pipeline.extraction.events.wordlists import load_words

#: Forms of a verb, as letters: base, third person -s, past, past participle, -ing.
BASE, THIRD, PAST, PARTICIPLE, ING = "b", "s", "p", "n", "g"

_VOWELS = "aeiou"
#: Verbs whose last consonant is doubled though more than one vowel group stands before it.
_DOUBLED: Final = load_words("inflection", "doubled")


def _is_doubling(base: str) -> bool:
    if base in _DOUBLED:
        return True
    if len(base) < 3 or base[-1] in "aeiouwxy" or base[-2] not in _VOWELS or base[-3] in _VOWELS:
        return False
    return sum(letter in _VOWELS for letter in base) == 1


def _third(base: str) -> str:
    if base == "have":
        return "has"
    if base.endswith("z") and _is_doubling(base):
        return base + "zes"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if _is_doubling(base) else base + "ed"


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + base[-1] + "ing" if _is_doubling(base) else base + "ing"


def inflect(base: str, irregular: Mapping[str, str]) -> dict[str, str]:
    """Every form of a verb with the letters of what it can be; ``irregular`` gives ``"past participle"`` by base.

    >>> inflect("publish", {})
    {'publish': 'b', 'publishes': 's', 'published': 'pn', 'publishing': 'g'}
    >>> inflect("begin", {"begin": "began begun"})
    {'begin': 'b', 'begins': 's', 'began': 'p', 'begun': 'n', 'beginning': 'g'}
    >>> sorted(inflect("scrap", {})), sorted(inflect("carry", {}))
    (['scrap', 'scrapped', 'scrapping', 'scraps'], ['carried', 'carries', 'carry', 'carrying'])
    >>> sorted(inflect("transfer", {})), sorted(inflect("quiz", {}))
    (['transfer', 'transferred', 'transferring', 'transfers'], ['quiz', 'quizzed', 'quizzes', 'quizzing'])
    """
    past = participle = _regular_past(base)
    if base in irregular:
        past, participle = irregular[base].split()
    forms: dict[str, str] = {}
    for form, letter in (
        (base, BASE),
        (_third(base), THIRD),
        (past, PAST),
        (participle, PARTICIPLE),
        (_ing(base), ING),
    ):
        forms[form] = forms.get(form, "") + letter
    return forms
