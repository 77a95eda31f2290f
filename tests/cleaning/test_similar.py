"""Near-duplicates by shared shingles."""

from __future__ import annotations

import random

import numpy as np

from pipeline.cleaning.similar import NEAR, are_alike, are_near, shingles, sketch


def test_sketches_rule_out_what_is_not_alike_and_no_near_duplicate() -> None:
    """Over texts that share more and more of their words, those that are near are alike, and strangers are not."""
    generator = random.Random(5)
    words = [f"word{n}" for n in range(2_000)]
    for n_shared in range(0, 600, 4):
        text = generator.choices(words, k=600)
        other = text[:n_shared] + generator.choices(words, k=600 - n_shared)
        a, b = shingles(" ".join(text)), shingles(" ".join(other))
        share = len(np.intersect1d(a, b)) / len(np.union1d(a, b))
        assert are_near(a, b) == (share >= NEAR), share
        assert are_alike(sketch(a), sketch(b)) or share < 0.5, share
        assert share > 0.1 or not are_alike(sketch(a), sketch(b)), share


def test_short_texts_are_alike_to_nothing() -> None:
    """A text of fewer than thirty words has no shingles."""
    short, long = shingles("only a few words"), shingles(" ".join(map(str, range(50))))
    assert not are_near(short, short)
    assert not are_alike(sketch(short), sketch(long))
