"""Points to groups by spherical k-means, from the best of several starts; how many groups, the data say."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage

from pipeline.topics.space import Array, Labels, unit

#: The tree is grown from at most this many points; it takes memory by their square.
TREE_POINTS: Final = 2000
#: No group may hold more than this share of the points (from ``_FEW`` points on): it would be a catch-all.
LARGEST_SHARE: Final = 0.4
_FEW: Final = 10
#: Groups have this many points or more on average.
_MEAN_SIZE: Final = 3
_MOST_GROUPS: Final = 100
#: How many groups there are is judged in the strongest directions only: in more of them the silhouette grows with every
#: further group. From ``_MANY`` points on there are more directions worth trusting, and the Calinski-Harabasz index,
#: which swings with few points a group, counts too. Tuned on labelled sets of 60 to 2,100 package descriptions with 3
#: to 12 classes.
_MANY: Final = 300
_JUDGED_DIRECTIONS: Final = {False: 10, True: 20}
#: The smallest number of groups is taken whose score is at least this share of the best: with few points the silhouette
#: hardly falls again after its top.
_NEAR_BEST: Final = {False: 0.95, True: 1.0}
_ROUNDS: Final = 100
#: Similarities that differ behind the ninth digit are alike: the first of such centres is the nearest.
_DIGITS: Final = 1e9
#: Random starts of k-means (k-means++, each with a seed of its own) beside the one by the tree.
_STARTS: Final = 20


def group_points(points: Array, n_groups: int | None = None) -> Labels:
    """The group of every point, numbered from 0 without gaps; ``n_groups`` is chosen by the data unless given.

    With many points the number with the highest silhouette times Calinski-Harabasz index is chosen (the one favours
    too many groups, the other too few); with few, the smallest whose silhouette is near the best. Numbers of groups of
    which one would hold over ``LARGEST_SHARE`` of the points are passed over where there is another choice. Points must
    be of length one and in an order that means nothing.
    """
    n = len(points)
    sample = points[:: max(1, -(-n // TREE_POINTS))]
    chosen = n_groups or choose_number(sample)
    if min(chosen, len(sample)) <= 1:
        return np.zeros(n, dtype=np.intp)
    tree = linkage(sample, "ward")
    found = refine(points, _best_start(sample, tree, chosen))
    if n_groups or _is_balanced(found):
        return found
    for number in _candidates(len(sample)):
        if number > chosen:
            finer = refine(points, _best_start(sample, tree, number))
            if _is_balanced(finer):
                return finer
    return found


def _best_start(points: Array, tree: Array, n_groups: int) -> Array:
    """The centres that k-means ends with, of the start by the tree and ``_STARTS`` others the one that fits best.

    A single start ends where it happens to lie: on 484 news articles of five sections, agreement with the sections
    (NMI) went from 0.27-0.50, by chance, to 0.46-0.51.
    """
    from sklearn.cluster import kmeans_plusplus  # noqa: PLC0415  (slow to import)

    starts = [centres(points, _cut(tree, n_groups))]
    starts += [unit(kmeans_plusplus(points, n_groups, random_state=seed)[0]) for seed in range(_STARTS)]
    best, most = starts[0], -1.0
    for start in starts:
        labels = refine(points, start)
        means = centres(points, labels)
        fit = round(float((points * means[labels]).sum()), 6)
        if fit > most and len(means) == n_groups:
            best, most = means, fit
    return best


def _is_balanced(labels: Labels) -> bool:
    """Whether no group holds too much of the points; a few points may be in one."""
    return len(labels) < _FEW or bool(np.bincount(labels).max() <= LARGEST_SHARE * len(labels))


def _cut(tree: Array, n_groups: int) -> Labels:
    """The groups of a tree cut where there are so many of them."""
    labels: Labels = fcluster(tree, n_groups, "maxclust").astype(np.intp) - 1
    return labels


def _strongest(points: Array) -> Array:
    """The points in the directions that the number of groups is judged in."""
    return unit(points[:, : _JUDGED_DIRECTIONS[len(points) >= _MANY]])


def choose_number(points: Array) -> int:
    """How many groups the points are in; 1 where they are too few or all the same."""
    n = len(points)
    if len(np.unique(np.round(points, 6), axis=0)) < _MEAN_SIZE or n < 2 * _MEAN_SIZE - 1:
        return 1
    judged = _strongest(points)
    tree = linkage(judged, "ward")
    distances = _distances(judged)
    scores: list[tuple[bool, float, int]] = []
    for number in _candidates(n):
        labels = refine(judged, centres(judged, _cut(tree, number)))
        if labels.max() < 1:
            continue
        score = silhouette(distances, labels) * (calinski_harabasz(judged, labels) if n >= _MANY else 1.0)
        scores.append((_is_balanced(labels), round(score, 9), number))
    has_balance = any(is_balanced for is_balanced, _, _ in scores)
    allowed = [(score, number) for is_balanced, score, number in scores if is_balanced or not has_balance]
    best = max((score for score, _ in allowed), default=0.0)
    return min((number for score, number in allowed if score >= _NEAR_BEST[n >= _MANY] * best), default=1)


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
        nearest = np.argmax(np.rint((points @ means.T) * _DIGITS), axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        means = centres(points, labels)
    return np.unique(labels, return_inverse=True)[1].astype(np.intp)


def centres(points: Array, labels: Labels) -> Array:
    """The centre of every group, of length one."""
    n = len(labels)
    member = sparse.csr_matrix((np.ones(n), (labels, np.arange(n))), shape=(int(labels.max()) + 1, n))
    return unit(np.asarray(member @ points))


def _members(labels: Labels) -> Array:
    """One row per point, one column per group: 1 where the point is in the group."""
    member = np.zeros((len(labels), int(labels.max()) + 1))
    member[np.arange(len(labels)), labels] = 1.0
    return member


def _distances(points: Array) -> Array:
    """Euclidean distance of every point from every other."""
    return np.asarray(np.sqrt(np.maximum(0.0, 2.0 - 2.0 * (points @ points.T))))


def silhouette(distances: Array, labels: Labels) -> float:
    """Mean silhouette (Rousseeuw 1987), −1 to 1; a point alone in its group counts 0."""
    n = len(labels)
    member = _members(labels)
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
    means = (_members(labels).T @ points) / sizes[:, None]
    between = float((sizes * ((means - points.mean(axis=0)) ** 2).sum(axis=1)).sum())
    within = float(((points - means[labels]) ** 2).sum())
    return between / (k - 1) / max(within / max(n - k, 1), 1e-12)
