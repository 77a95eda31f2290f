"""Near-duplicates of articles whose texts are new: found among those that share a band, and linked."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.cleaning.similar import are_alike, are_near, may_be_alike, shingles, sketch
from pipeline.progress import Progress
from pipeline.store.contents import Contents

if TYPE_CHECKING:
    from pipeline.cleaning.similar import Shingles, Sketch

#: Texts whose shingles are held while near-duplicates are looked for.
_SHINGLES_HELD: Final = 4_096
#: Where one in so many articles is looked at, the bands of all are read at once.
_MANY: Final = 20


def put_bands(
    contents: Contents, found: Iterable[tuple[str, Sequence[int], Sketch]], sketches: dict[str, Sketch]
) -> None:
    """Keep the bands of texts; ``sketches`` takes the sketch of each."""
    for article_id, bands, own in found:
        contents.put_bands(article_id, bands)
        sketches[article_id] = own


def link_neighbours(
    contents: Contents, reworded: set[str], present: set[str], sketches: dict[str, Sketch], progress: Progress
) -> None:
    """Find near-duplicates of the articles whose texts are new, and of those that were linked through them.

    ``sketches`` are those of texts that are known; it takes the others that are needed.
    """

    @lru_cache(maxsize=_SHINGLES_HELD)
    def shingles_of(article_id: str) -> Shingles:
        return shingles(contents.text(article_id))

    def sketch_of(article_id: str) -> Sketch:
        if article_id not in sketches:
            sketches[article_id] = sketch(shingles_of(article_id))
        return sketches[article_id]

    parted = contents.part_neighbours(sorted(reworded))
    asked = sorted((reworded & present) | (parted - reworded))
    is_many = _MANY * len(asked) > len(contents.articles_made())
    mates_of = _mates_of_all(contents) if is_many else contents.band_mates
    near = contents.near_ones()
    for article_id in asked:
        is_linked = False
        mates = mates_of(article_id)
        maybe = may_be_alike(sketch_of(article_id), [sketch_of(other) for other in mates]) if mates else ()
        for other in (other for other, is_one in zip(mates, maybe, strict=True) if is_one):
            if is_linked and other in near:
                continue
            is_worth_it = are_alike(sketch_of(article_id), sketch_of(other))
            if is_worth_it and are_near(shingles_of(article_id), shingles_of(other)):
                contents.set_near(article_id, other)
                near.add(article_id)
                is_linked = True
                if other not in near:
                    contents.set_near(other, article_id)
                    near.add(other)
        progress.advance()
    contents.flag_neighbours()


def _mates_of_all(contents: Contents) -> Callable[[str], list[str]]:
    """What ``contents.band_mates`` gives, of bands that are read once; takes some 400 bytes an article."""
    import numpy as np  # noqa: PLC0415  (a run with nothing new must not wait for it)

    names = sorted(contents.articles_made())
    number = {article_id: place for place, article_id in enumerate(names)}
    held, holders = array("q"), array("i")
    for band, article_id in contents.bands():
        held.append(band)
        holders.append(number[article_id])
    bands, owners = np.frombuffer(held, np.int64), np.frombuffer(holders, np.int32)
    is_first = np.append(True, bands[1:] != bands[:-1])[: len(bands)]
    slots = np.cumsum(is_first) - 1
    begin = np.append(np.flatnonzero(is_first), len(bands))
    is_shared = np.diff(begin)[slots] > 1  # most bands are of one article alone
    by_owner = np.flatnonzero(is_shared)[np.argsort(owners[is_shared], kind="stable")]
    own_begin = np.concatenate(([0], np.cumsum(np.bincount(owners[is_shared], minlength=len(names)))))
    slots_of = slots[by_owner]

    def mates(article_id: str) -> list[str]:
        place = number[article_id]
        own = slots_of[own_begin[place] : own_begin[place + 1]].tolist()
        found = {each for slot in own for each in owners[begin[slot] : begin[slot + 1]].tolist()} - {place}
        return [names[each] for each in sorted(found)]

    return mates
