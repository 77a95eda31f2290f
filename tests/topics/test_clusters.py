"""Groups of points: how many, and how good."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import calinski_harabasz_score, silhouette_score
from threadpoolctl import threadpool_info

from pipeline.threads import one_thread
from pipeline.topics import clusters
from pipeline.topics.space import Array, unit


def blobs(n_groups: int, size: int, spread: float = 0.25) -> Array:
    """Points of length one around ``n_groups`` directions."""
    draw = np.random.default_rng(3)
    centres = np.eye(n_groups + 4)[:n_groups]
    return unit(np.vstack([centre + spread * draw.standard_normal((size, n_groups + 4)) / 2 for centre in centres]))


@pytest.mark.parametrize(("n_groups", "size"), [(3, 8), (4, 20), (5, 80), (8, 60), (12, 40)])
def test_finds_how_many_groups_there_are(n_groups: int, size: int) -> None:
    """Well separated groups are counted right, with few points and with many."""
    assert clusters.group_points(blobs(n_groups, size)).max() + 1 == n_groups


def test_the_indexes_are_those_of_the_books() -> None:
    """Silhouette and Calinski-Harabasz agree with scikit-learn's."""
    points = blobs(4, 12, spread=0.8)
    labels = clusters.group_points(points, 4)
    distances = np.sqrt(np.maximum(0, 2 - 2 * points @ points.T))
    assert clusters.silhouette(distances, labels) == pytest.approx(silhouette_score(points, labels))
    assert clusters.calinski_harabasz(points, labels) == pytest.approx(calinski_harabasz_score(points, labels))


def test_no_group_is_too_large() -> None:
    """Where one group would be a catch-all, more groups are made."""
    points = np.vstack([blobs(3, 5), unit(blobs(1, 60, spread=0.9) @ np.eye(5, 7))])
    assert np.bincount(clusters.group_points(points)).max() <= clusters.LARGEST_SHARE * len(points)


def test_points_beyond_the_tree_join_the_nearest_group(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tree is grown from some of the points; the others are grouped as well."""
    monkeypatch.setattr(clusters, "TREE_POINTS", 50)
    labels = clusters.group_points(blobs(4, 100), 4)
    assert [len(set(labels[i : i + 100])) for i in range(0, 400, 100)] == [1, 1, 1, 1]


def test_one_thread_does_the_linear_algebra() -> None:
    """Sums don't depend on the number of cores: inside of the context no library has more than one thread."""
    with one_thread():
        assert {each["num_threads"] for each in threadpool_info()} == {1}
