"""How much a line's wording speaks for a promotion, and how much for a story: a sum of weights.

The classes of words are ours (``models/promotions.toml``); the weights of classes, words and forms of lines are fitted
on lines that were labelled by hand (``models/promotions.csv``, made by ``python -m benchmarks.promotions fit``).
"""

from __future__ import annotations

import csv
import io
import math
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.cleaning.screens import MEMORY, PUNCTUATION
from pipeline.errors import RegisterError

#: The class of words that count only where a sentence begins: there they tell the reader to do something.
IMPERATIVE = "imperative"
_AROUND = PUNCTUATION + "*"
_ENDS = (".", "!", "?", ":", ".”", "?”")
_LAST = frozenset(".!?:”")
#: A sentence's beginning goes on after these: "please send", "or ring".
_SOFT = frozenset({"please", "and", "or", "to", "then", "just", "why", "not", "so"})
_DATES = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
_YOU = frozenset({"you", "your", "yours", "you're", "you've", "you'd", "you'll", "yourself"})
_WE = frozenset({"we", "us", "our", "ours", "we're", "we've", "we'd", "we'll"})
_AUXILIARY = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "must",
        "do",
        "does",
        "did",
    ]
)
#: Upper bounds of the number of words, each a form of its own.
_SIZES = (4, 8, 20, 30, 45)


class Wording:
    """Weights of what a line is made of. ``weigh`` is above 0 for lines that are rather a promotion, in log-odds."""

    def __init__(self, classes: Mapping[str, Iterable[str]], weights: Mapping[str, float]) -> None:
        self._classes: dict[str, tuple[str, ...]] = {}
        for name, words in classes.items():
            for word in words:
                self._classes[stem(word)] = (*self._classes.get(stem(word), ()), name)
        self._weights = dict(weights)
        self._bias = self._weights.pop("bias", 0.0)
        self._met: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = ({}, {})

    def weigh(self, text: str) -> float:
        """The sum of the weights of a line's features: to the last digit the same, in whatever order a set has them."""
        weights = self._weights
        return math.fsum([self._bias, *[weights[f] for f in self.features(text) if f in weights]])

    def features(self, text: str) -> set[str]:
        """What a line has: words, words that begin a sentence, classes of words, and its form.

        >>> sorted(f for f in Wording({"imperative": ["book"]}, {}).features("Book now.") if f[0] != "<")
        ['class:imperative', 'no_auxiliary', 'start:book', 'stop', 'word:book', 'word:now']
        """
        words = text.replace("’", "'").replace("‘", "'").split()
        inside, first = self._met
        parts = [inside.get(word) or self._meet(word, False) for word in words]
        begins = True
        for n, word in enumerate(words):
            if begins:
                parts[n] = first.get(word) or self._meet(word, True)
            begins = (word[-1] in _LAST and word.endswith(_ENDS)) or (begins and word.lower() in _SOFT)
        found: set[str] = set().union(*parts)
        found.update(_form_of(text, len(words)))
        if "you" in found and "we" in found:
            found.add("you_and_we")
        if "auxiliary" not in found:
            found.add("no_auxiliary")
        found.discard("auxiliary")
        return found

    def _meet(self, word: str, begins: bool) -> tuple[str, ...]:
        """A word's features, remembered."""
        met = self._met[begins]
        if len(met) >= MEMORY:
            met.clear()
        features = met[word] = tuple(self._features_of_word(word, begins))
        return features

    def _features_of_word(self, word: str, begins: bool) -> list[str]:
        if "@" in word:
            return ["handle" if word.startswith("@") else "address"]
        if word.startswith(("http:", "https:", "www.")):
            return ["link"]
        core = word.strip(_AROUND)
        if not core:
            return []
        if core[0] in "£$#" or core[0].isdigit():
            return ["percent" if core[-1] == "%" else {"£": "money", "#": "tag"}.get(core[0], "number")]
        low = core.lower()
        if low in _DATES and core[0].isupper():
            return ["date"]
        classes = self._classes.get(stem(low), ())
        if core[0].isupper() and not begins and not classes and low.partition("'")[0] != "i":
            return ["name"]
        found = [f"class:{name}" for name in classes if begins or name != IMPERATIVE]
        found.append(f"word:{stem(low)}")
        if begins:
            found.append(f"start:{stem(low)}")
        for feature, words in (("you", _YOU), ("we", _WE), ("auxiliary", _AUXILIARY)):
            if low in words:
                found.append(feature)
        return found


def _form_of(text: str, n_words: int) -> list[str]:
    """A line's length, its last sign, and what signs it has."""
    found = [f"<{size}" for size in _SIZES if n_words < size]
    if text.rstrip()[-1:] in (".", "!", "?", "…", ":", ";"):
        found.append("stop")
    return found + [
        name for sign, name in (("?", "question"), ("!", "call"), (":", "colon"), ("“", "quote")) if sign in text
    ]


def stem(word: str) -> str:
    """A word in lower case without the ending of a plural or a possessive.

    >>> [stem(w) for w in ("entries", "readers", "reader's", "press")]
    ['entry', 'reader', 'reader', 'press']
    """
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def read_wording(classes_path: Path, classes: str, weights_path: Path, weights: str) -> Wording:
    """The wording of the texts of both files. A wrong line raises ``RegisterError`` with file, line and reason."""
    return Wording(read_classes(classes_path, classes), _read_weights(weights_path, weights))


def read_classes(path: Path, text: str) -> dict[str, tuple[str, ...]]:
    """Classes of words: a name each, and the words, parted by blanks."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegisterError(f"{path}: {error}", "mend the line named") from error
    for name, words in raw.items():
        if not isinstance(words, str) or not words.split() or words != words.lower():
            line = text.count("\n", 0, max(text.find(name), 0)) + 1
            raise RegisterError(f"{path}:{line}: {name!r} must hold words in lower case", "part them by blanks")
    return {name: tuple(words.split()) for name, words in raw.items()}


def _read_weights(path: Path, text: str) -> dict[str, float]:
    rows = csv.reader(io.StringIO(text))
    if next(rows, None) != ["feature", "weight"]:
        raise RegisterError(f"{path}:1: the columns must be feature,weight", "fit the weights again")
    weights: dict[str, float] = {}
    for n, row in enumerate(rows, 2):
        try:
            feature, weight = row
            weights[feature] = float(weight)
        except ValueError as error:
            raise RegisterError(f"{path}:{n}: {error}", "fit the weights again") from error
    return weights
