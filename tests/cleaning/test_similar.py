"""Near-duplicates by shared shingles."""

from __future__ import annotations

import random

import numpy as np

from pipeline.cleaning.similar import NEAR, are_alike, are_near, may_be_alike, shingles, sketch


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


def test_whoever_is_alike_may_be_alike() -> None:
    """Of many sketches at once none is left out that is alike, and strangers are; the sketch of no text is like none."""
    generator = random.Random(6)
    words = [f"word{n}" for n in range(2_000)]
    text = generator.choices(words, k=300)
    others = [text[:n] + generator.choices(words, k=300 - n) for n in range(0, 300, 3)]
    own, sketches = sketch(shingles(" ".join(text))), [sketch(shingles(" ".join(other))) for other in others]
    sketches[5:5] = [sketch(shingles("only a few words"))]
    maybe = may_be_alike(own, sketches)
    assert len(maybe) == len(sketches)
    assert all(may for may, other in zip(maybe, sketches, strict=True) if are_alike(own, other))
    assert not any(maybe[:10])
    assert not any(may_be_alike(sketches[5], sketches))


def test_short_texts_are_alike_to_nothing() -> None:
    """A text of fewer than thirty words has no shingles."""
    short, long = shingles("only a few words"), shingles(" ".join(map(str, range(50))))
    assert not are_near(short, short)
    assert not are_alike(sketch(short), sketch(long))
