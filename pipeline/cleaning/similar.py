"""Articles that tell nearly the same: found by shared word shingles, linked and never merged.

Minhash with banding (Broder 1997; Leskovec et al., Mining of Massive Datasets, ch. 3) finds the pairs that are worth
comparing; the pairs are then compared exactly, so that chance decides nothing.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping

_WORD = re.compile(r"\w+")
_PRIME = (1 << 61) - 1
_BANDS, _ROWS, _SHINGLE = 12, 3, 5
#: Shared shingles over all shingles of both texts at and above which two articles are near-duplicates.
NEAR = 0.6


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of five words (the whole text where it is shorter)."""
    words = _WORD.findall(text.casefold())
    runs = [" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))] if words else []
    return frozenset(zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


def _signature(values: frozenset[int]) -> list[int]:
    return [
        min((((2 * i + 1) * 0x9E3779B97F4A7C15 + 1) * v + i * 0xD1B54A32D192ED03) % _PRIME for v in values)
        for i in range(_BANDS * _ROWS)
    ]


def near_pairs(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of keys whose texts are near-duplicates, each pair and the list in sorted order.

    Texts of fewer than 30 words are left alone: they are alike by chance.
    """
    sets = {key: shingles(text) for key, text in texts.items() if len(text.split()) >= 30}
    buckets: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    for key in sorted(sets):
        signature = _signature(sets[key])
        for band in range(_BANDS):
            buckets[band, tuple(signature[band * _ROWS : (band + 1) * _ROWS])].append(key)
    candidates: set[tuple[str, str]] = set()
    for keys in buckets.values():
        if len(keys) > 1:
            candidates.update((keys[0], other) for other in keys[1:])
            if len(keys) <= 50:
                candidates.update((a, b) for i, a in enumerate(keys) for b in keys[i + 1 :])
    return tuple(
        sorted((a, b) for a, b in candidates if len(sets[a] & sets[b]) >= NEAR * len(sets[a] | sets[b]))
    )
