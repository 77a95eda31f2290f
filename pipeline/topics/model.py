"""Articles sorted into topics: a model is fitted once and then assigns articles for as long as it is kept.

    articles ─▶ words ─▶ space (TF-IDF, SVD) ─▶ clusters (Ward, spherical k-means) ─▶ labels
                                └────────────── layer of TopicModel ─────────┘

The result is the same for every order of the articles and every hash seed: they are sorted by their identifiers, and
nothing is drawn at random but with the seed given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pipeline.records import Article, Extraction, Topic, TopicAssignment
from pipeline.topics.labels import label_topics
from pipeline.topics.words import features

if TYPE_CHECKING:
    from pipeline.topics.space import Array, Labels, Space

Pair = tuple[Article, Extraction]

#: Articles that a model is fitted to at most; the others are assigned.
FIT_ARTICLES: Final = 10_000
#: An article is unsorted when its similarity with the nearest centre is under this share of what is usual for the
#: articles that the model was fitted to (their median, each held against a centre without itself).
_UNSORTED_SHARE: Final = 0.25
N_REPRESENTATIVE: Final = 3
#: The module that brings the libraries of linear algebra.
_ALGEBRA: Final = "pipeline.topics.space"
#: Articles assigned at a time: their features take memory.
_BATCH: Final = 5_000


@dataclass(frozen=True)
class TopicName:
    """A topic of a model: its identifier, label and terms, by falling weight."""

    topic_id: str
    label: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Layer:
    """What one fit gave: the space, a centre per topic (a row of length one), and the least similarity to assign by."""

    space: Space
    centres: Array
    topics: tuple[TopicName, ...]
    least_similarity: float


@dataclass(frozen=True)
class TopicModel:
    """A fitted model: what its first layer leaves unsorted, the next one may sort.

    So a model that grows has new words and topics for new articles, and leaves old ones exactly where they are.
    """

    layers: tuple[Layer, ...]

    @property
    def topics(self) -> tuple[TopicName, ...]:
        """The topics of all layers."""
        return tuple(topic for layer in self.layers for topic in layer.topics)


def sort_into_topics(pairs: Sequence[Pair], seed: int) -> tuple[list[Topic], list[TopicAssignment]]:
    """Topics of a model fitted to the articles, largest first, and the assignment of every article, by identifier.

    No articles, no topics. An article that has nothing in common with any topic is unsorted.
    """
    model = fit(pairs, seed)
    assignments = assign(model, pairs)
    return make_topics(model.topics, assignments), assignments


def fit(pairs: Sequence[Pair], seed: int, n_topics: int | None = None) -> TopicModel:
    """The model of these articles; how many topics there are, the data decide unless ``n_topics`` does.

    Of more than ``FIT_ARTICLES`` articles a sample is taken, by the hash of their identifiers.
    """
    from pipeline.threads import one_thread  # noqa: PLC0415  (a query must not wait for numpy)

    by_id = {pair[0].article_id: pair for pair in pairs}
    with one_thread(_ALGEBRA):
        return _fit([by_id[article_id] for article_id in sample(by_id)], seed, n_topics)


def _fit(pairs: list[Pair], seed: int, n_topics: int | None) -> TopicModel:
    import numpy as np  # noqa: PLC0415

    from pipeline.topics.clusters import centres, group_points  # noqa: PLC0415
    from pipeline.topics.space import as_kept, fit_space  # noqa: PLC0415

    documents = [features(article, extraction) for article, extraction in pairs]
    space = fit_space(documents, seed)
    points = space.place(documents)
    placed = np.flatnonzero(points.any(axis=1))
    if not len(placed):
        return TopicModel((Layer(space, np.zeros((0, points.shape[1])), (), 0.0),))
    points = points[placed]
    labels = group_points(points, n_topics)
    own = [pairs[i] for i in placed]
    means = as_kept(centres(points, labels))
    own_similarity = np.round((points * means[labels]).sum(axis=1), 9)
    order = sorted(range(len(own)), key=lambda i: (-own_similarity[i], own[i][0].article_id))
    typical_first = [[i for i in order if labels[i] == group] for group in range(len(means))]
    kept = [g for g, group in enumerate(typical_first) if len(group) > 1] or list(range(len(means)))
    groups = [[own[i] for i in typical_first[g]] for g in kept]
    topics = tuple(
        TopicName(_topic_id(group), label, terms)
        for group, (label, terms) in zip(groups, label_topics(groups), strict=True)
    )
    least = _UNSORTED_SHARE * _usual_similarity(points, labels, kept)
    return TopicModel((Layer(space, means[kept], topics, least),))


def assign(model: TopicModel, pairs: Sequence[Pair]) -> list[TopicAssignment]:
    """The nearest topic of every article, sorted by identifier; without one where none is near enough.

    The model stays as it is, so an article's topic depends on nothing but the article.
    """
    pairs = _ordered(pairs)
    found = {article.article_id: TopicAssignment(article.article_id, None, 0.0) for article, _ in pairs}
    left = pairs
    for layer in model.layers:
        for start in range(0, len(left), _BATCH):
            for each in _assign_by(layer, left[start : start + _BATCH]):
                if each.topic_id is not None or each.similarity > found[each.article_id].similarity:
                    found[each.article_id] = each
        left = [pair for pair in left if found[pair[0].article_id].topic_id is None]
    return list(found.values())


def _assign_by(layer: Layer, pairs: Sequence[Pair]) -> Iterator[TopicAssignment]:
    """Where one layer puts the articles."""
    import numpy as np  # noqa: PLC0415

    from pipeline.threads import one_thread  # noqa: PLC0415

    if not layer.topics:
        return
    with one_thread(_ALGEBRA):
        points = layer.space.place([features(article, extraction) for article, extraction in pairs])
        similarity = np.clip(np.round(points @ layer.centres.T, 6), 0.0, 1.0)
    for (article, _), row in zip(pairs, similarity, strict=True):
        best, *others = (int(i) for i in np.argsort(-row, kind="stable")[:2])
        nearest = layer.topics[best].topic_id if row[best] > 0 else None
        topic_id = nearest if row[best] >= layer.least_similarity else None
        assignment = TopicAssignment(article.article_id, topic_id, float(row[best]), nearest)
        for other in others:
            if row[other] > 0:
                assignment = replace(
                    assignment, other_id=layer.topics[other].topic_id, other_similarity=float(row[other])
                )
        yield assignment


def make_topics(names: Sequence[TopicName], assignments: Sequence[TopicAssignment]) -> list[Topic]:
    """The topics with the articles assigned to them, largest first; those without articles are left out."""
    members: dict[str, list[TopicAssignment]] = {name.topic_id: [] for name in names}
    for each in assignments:
        if each.topic_id is not None:
            members[each.topic_id].append(each)
    topics = []
    for name in names:
        own = members[name.topic_id]
        typical = sorted(own, key=lambda each: (-each.similarity, each.article_id))[:N_REPRESENTATIVE]
        if own:
            article_ids = tuple(sorted(each.article_id for each in own))
            topics.append(
                Topic(name.topic_id, name.label, name.terms, article_ids, tuple(each.article_id for each in typical))
            )
    return sorted(topics, key=lambda topic: (-len(topic.article_ids), topic.topic_id))


def _ordered(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: pair[0].article_id)


def sample(article_ids: Iterable[str]) -> list[str]:
    """The articles that a model is fitted to, in an order that means nothing (by hash): ``FIT_ARTICLES`` at most."""
    return sorted(article_ids, key=lambda article_id: hashlib.sha256(article_id.encode()).digest())[:FIT_ARTICLES]


def _topic_id(pairs: Sequence[Pair]) -> str:
    """The identifier of a topic: made from its earliest article."""
    first = min((article for article, _ in pairs), key=lambda article: (article.published, article.article_id))
    return "topic-" + hashlib.sha256(first.article_id.encode()).hexdigest()[:8]


def _usual_similarity(points: Array, labels: Labels, groups: Sequence[int]) -> float:
    """Median similarity of the groups' points with the centre of the others of their group."""
    import numpy as np  # noqa: PLC0415

    from pipeline.topics.space import unit  # noqa: PLC0415

    found: list[float] = []
    for group in groups:
        own = points[labels == group]
        if len(own) > 1:
            found.extend((own * unit(own.sum(axis=0) - own)).sum(axis=1))
    return float(np.median(found)) if found else 0.0
