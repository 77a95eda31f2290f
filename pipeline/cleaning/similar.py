"""Articles that tell nearly the same: found by shared word shingles, linked and never merged.

Minhash with banding (Broder 1997; Leskovec et al., Mining of Massive Datasets, ch. 3) finds the pairs that are worth
comparing; sketches, the least of each text's hashes, rule out nearly all that are not alike, and the rest is compared
exactly. Two texts are near-duplicates when they share a band, three tenths of their sketches and at least ``NEAR`` of
their shingles: a property of the two alone, so the others of an archive play no part in it.
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
    Sketch = NDArray[np.uint64]

_WORD = re.compile(r"\w+")
#: Of pairs at ``NEAR`` 93 in 100 share a band, of those with a fifteenth in common one in 20,000.
_BANDS, _ROWS, _SHINGLE = 32, 5, 5
#: Texts of fewer words are left alone: they are alike by chance.
_FEWEST_WORDS: Final = 30
#: Shared shingles over all shingles of both texts at and above which two articles are near-duplicates.
NEAR = 0.6
#: The least so many hashes of a text stand for it (Cohen and Kaplan 2007): the share that two sketches have in common
#: is the share of the texts, give or take 0.06. Of a million pairs at ``NEAR`` one is below ``_ALIKE``.
_SKETCH: Final = 64
_ALIKE: Final = 0.3
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


def sketch(values: Shingles) -> Sketch:
    """What stands for a text in a first comparison: a copy of the least of its shingles."""
    return values[:_SKETCH].copy()


def bands_of_all(texts: Sequence[tuple[str, str]]) -> list[tuple[str, tuple[int, ...], Sketch]]:
    """Bands and sketch of several texts with a name each, in their order."""
    found = ((name, shingles(text)) for name, text in texts)
    return [(name, _bands(values), sketch(values)) for name, values in found]


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


def are_alike(a: Sketch, b: Sketch) -> bool:
    """Two texts may be near-duplicates, by their sketches."""
    import numpy as np  # noqa: PLC0415

    both = np.sort(np.concatenate((a, b)))
    least = np.unique(both)[:_SKETCH]
    if not len(least):
        return False
    shared = both[1:][both[1:] == both[:-1]]
    return bool((shared <= least[-1]).sum() >= _ALIKE * len(least))


def may_be_alike(own: Sketch, others: Sequence[Sketch]) -> list[bool]:
    """Of each of some sketches whether it may be ``are_alike`` with one; where too little is shared at all it isn't."""
    import numpy as np  # noqa: PLC0415

    lengths = np.array([len(each) for each in others])
    if not len(own):
        return [False] * len(others)
    values = np.concatenate(others)
    at = np.searchsorted(own, values)
    at[at == len(own)] = 0
    ends = np.cumsum(lengths)
    seen = np.append(0, np.cumsum(own[at] == values))
    shared = seen[ends] - seen[ends - lengths]
    least = np.minimum(_SKETCH, len(own) + lengths - shared)
    found: list[bool] = (shared >= _ALIKE * least).tolist()
    return found


def are_near(a: Shingles, b: Shingles) -> bool:
    """Two texts are near-duplicates, by their shingles."""
    import numpy as np  # noqa: PLC0415

    if not len(a) or not len(b) or min(len(a), len(b)) < NEAR * max(len(a), len(b)):
        return False
    if not are_alike(sketch(a), sketch(b)):
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
