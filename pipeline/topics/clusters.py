"""Points to groups: a tree (Ward) gives the start, spherical k-means the rest; how many groups, the data say."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from pipeline.topics.space import Array, unit

Labels = np.ndarray[Any, np.dtype[np.intp]]

#: The tree is grown from at most this many points; it takes memory by their square.
TREE_POINTS: Final = 2000
#: No group may hold more than this share of the points (from ``_FEW`` points on): it would be a catch-all.
LARGEST_SHARE: Final = 0.4
_FEW: Final = 10
#: Groups have this many points or more on average.
_MEAN_SIZE: Final = 3
_MOST_GROUPS: Final = 100
#: Above this number of points the number of groups is judged in the strongest directions only (tuned on labelled sets of
#: package descriptions with 3 to 12 classes): in more directions the silhouette grows with every further group.
_MANY: Final = 300
_JUDGED_DIRECTIONS: Final = 20
_ROUNDS: Final = 100


def group_points(points: Array, n_groups: int | None = None) -> Labels:
    """The group of every point, numbered from 0 without gaps; ``n_groups`` is chosen by the data unless given.

    Chosen is the number with the highest silhouette times Calinski-Harabasz index: the one favours too many groups,
    the other too few. Numbers of groups of which one would hold over ``LARGEST_SHARE`` of the points are passed over
    where there is another choice. Points must be of length one and in an order that means nothing.
    """
    n = len(points)
    if n == 0:
        return np.zeros(0, dtype=np.intp)
    sample = points[:: max(1, -(-n // TREE_POINTS))]
    if n_groups is None:
        n_groups = choose_number(sample)
    if min(n_groups, n) <= 1:
        return np.zeros(n, dtype=np.intp)
    start = fcluster(linkage(sample, "ward"), n_groups, "maxclust") - 1
    return refine(points, centres(sample, start.astype(np.intp)))


def choose_number(points: Array) -> int:
    """How many groups the points are in; 1 where they are too few or all the same."""
    n = len(points)
    if len(np.unique(np.round(points, 6), axis=0)) < _MEAN_SIZE or n < 2 * _MEAN_SIZE - 1:
        return 1
    judged = unit(points[:, :_JUDGED_DIRECTIONS]) if n >= _MANY else points
    tree = linkage(judged, "ward")
    distances = _distances(judged)
    best: tuple[bool, float, int] | None = None
    for number in _candidates(n):
        start = (fcluster(tree, number, "maxclust") - 1).astype(np.intp)
        labels = refine(judged, centres(judged, start)) if n >= _MANY else start
        sizes = np.bincount(labels)
        if len(sizes) < 2:
            continue
        is_balanced = bool(n < _FEW or sizes.max() <= LARGEST_SHARE * n)
        score = silhouette(distances, labels) * calinski_harabasz(judged, labels)
        if best is None or (is_balanced, round(score, 9)) > best[:2]:
            best = is_balanced, round(score, 9), number
    return best[2] if best else 1


def _candidates(n: int) -> list[int]:
    """Numbers of groups to try: each up to 20, then in steps of a tenth."""
    most = max(2, min(n // _MEAN_SIZE, _MOST_GROUPS))
    numbers = [2]
    while numbers[-1] < most:
        numbers.append(max(numbers[-1] + 1, round(numbers[-1] * 1.1) if numbers[-1] >= 20 else 0))
    return [number for number in numbers if number <= most]


def refine(points: Array, start: Array) -> Labels:
    """Spherical k-means from the given start: the group of every point, groups left without points closed up."""
    labels, means = np.full(len(points), -1, dtype=np.intp), start
    for _ in range(_ROUNDS):
        nearest = np.argmax(np.round(points @ means.T, 9), axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        means = centres(points, labels)
    return np.unique(labels, return_inverse=True)[1].astype(np.intp)


def centres(points: Array, labels: Labels) -> Array:
    """The centre of every group, of length one."""
    sums = np.zeros((int(labels.max()) + 1, points.shape[1]))
    np.add.at(sums, labels, points)
    return unit(sums)


def _distances(points: Array) -> Array:
    """Euclidean distance of every point from every other."""
    return np.asarray(np.sqrt(np.maximum(0.0, 2.0 - 2.0 * (points @ points.T))))


def silhouette(distances: Array, labels: Labels) -> float:
    """Mean silhouette (Rousseeuw 1987), −1 to 1; a point alone in its group counts 0."""
    n = len(labels)
    member = np.zeros((n, int(labels.max()) + 1))
    member[np.arange(n), labels] = 1.0
    sizes = member.sum(axis=0)
    sums = distances @ member
    own = sums[np.arange(n), labels] / np.maximum(sizes[labels] - 1, 1)
    others = np.where(member > 0, np.inf, sums / sizes)
    nearest = others.min(axis=1)
    widest = np.maximum(np.maximum(own, nearest), 1e-12)
    return float(np.where(sizes[labels] > 1, (nearest - own) / widest, 0.0).mean())


def calinski_harabasz(points: Array, labels: Labels) -> float:
    """Spread between groups over spread within (Caliński and Harabasz 1974), 0 and up."""
    n, k = len(labels), int(labels.max()) + 1
    sizes = np.bincount(labels)
    means = np.zeros((k, points.shape[1]))
    np.add.at(means, labels, points)
    means /= sizes[:, None]
    between = float((sizes * ((means - points.mean(axis=0)) ** 2).sum(axis=1)).sum())
    within = float(((points - means[labels]) ** 2).sum())
    return between / (k - 1) / max(within / max(n - k, 1), 1e-12)
