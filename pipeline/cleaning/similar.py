"""Articles that tell nearly the same: found by shared word shingles, linked and never merged.

Minhash with banding (Broder 1997; Leskovec et al., Mining of Massive Datasets, ch. 3) finds the pairs that are worth
comparing; the pairs are then compared exactly. Two texts are near-duplicates when they share a band and at least
``NEAR`` of their shingles: a property of the two alone, so the others of an archive play no part in it.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shingles = NDArray[np.uint64]

_WORD = re.compile(r"\w+")
#: Of pairs at ``NEAR`` 93 in 100 share a band, of those with a fifteenth in common one in 20,000.
_BANDS, _ROWS, _SHINGLE = 32, 5, 5
#: Texts of fewer words are left alone: they are alike by chance.
_FEWEST_WORDS: Final = 30
#: Shared shingles over all shingles of both texts at and above which two articles are near-duplicates.
NEAR = 0.6
_ODD: Final = 0x9E3779B97F4A7C15


def shingles(text: str) -> Shingles:
    """Hashes of all runs of five words, sorted, each once; none for a text of fewer than 30 words."""
    import numpy as np  # noqa: PLC0415  (a run with nothing new must not wait for it)

    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST_WORDS:
        return np.empty(0, np.uint64)
    hashes = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], np.uint64)
    factor = np.uint64(_ODD)
    runs = np.zeros(len(words) - _SHINGLE + 1, np.uint64)
    for i in range(_SHINGLE):
        runs = (runs * factor) ^ (hashes[i : i + len(runs)] * np.uint64(_ODD + 2 * i))
    return np.unique(runs)


def bands(text: str) -> tuple[int, ...]:
    """Hashes under one of which near-duplicates of the text are found; none for a text of fewer than 30 words."""
    return _bands(shingles(text))


def bands_of_all(texts: Sequence[tuple[str, str]]) -> list[tuple[str, tuple[int, ...]]]:
    """The same for several texts with a name each, in their order."""
    return [(name, bands(text)) for name, text in texts]


def _bands(values: Shingles) -> tuple[int, ...]:
    import numpy as np  # noqa: PLC0415

    if not len(values):
        return ()
    factors, terms = _permutations()
    least = (((values[None, :] ^ (values[None, :] >> np.uint64(31))) * factors + terms) >> np.uint64(8)).min(axis=1)
    return tuple(zlib.crc32(least[i : i + _ROWS].tobytes()) + (i << 32) for i in range(0, _BANDS * _ROWS, _ROWS))


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Odd factors and terms of the hash functions, drawn once and for all."""
    import numpy as np  # noqa: PLC0415

    generator = np.random.default_rng(20250101)
    drawn = generator.integers(0, 1 << 63, size=(2, _BANDS * _ROWS, 1), dtype=np.uint64)
    return drawn[0] | np.uint64(1), drawn[1]


def are_near(a: Shingles, b: Shingles) -> bool:
    """Two texts are near-duplicates, by their shingles."""
    import numpy as np  # noqa: PLC0415

    if not len(a) or not len(b) or min(len(a), len(b)) < NEAR * max(len(a), len(b)):
        return False
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared >= NEAR * (len(a) + len(b) - shared)


def near_pairs(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of keys whose texts are near-duplicates, each pair and the list in sorted order."""
    sets = {key: shingles(text) for key, text in texts.items()}
    buckets: dict[int, list[str]] = defaultdict(list)
    for key in sorted(sets):
        for band in _bands(sets[key]):
            buckets[band].append(key)
    candidates = {(a, b) for keys in buckets.values() for i, a in enumerate(keys) for b in keys[i + 1 :]}
    return tuple(sorted((a, b) for a, b in candidates if are_near(sets[a], sets[b])))
