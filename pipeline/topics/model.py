"""Articles sorted into topics: a model is fitted once and then assigns articles for as long as it is kept.

    articles ─▶ words ─▶ space (TF-IDF, SVD) ─▶ clusters (Ward, spherical k-means) ─▶ labels
                                └──────────────── TopicModel ────────────────┘

The result is the same for every order of the articles and every hash seed: they are sorted by their identifiers, and
nothing is drawn at random but with the seed given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
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
#: Articles assigned at a time: their features take memory.
_BATCH: Final = 5_000


@dataclass(frozen=True)
class TopicName:
    """A topic of a model: its identifier, label and terms."""

    topic_id: str
    label: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class TopicModel:
    """A fitted model: the space, a centre (a row of length one) per topic, and from which similarity on it assigns."""

    space: Space
    centres: Array
    topics: tuple[TopicName, ...]
    least_similarity: float


def sort_into_topics(
    pairs: Sequence[Pair], seed: int, model: TopicModel | None = None
) -> tuple[list[Topic], list[TopicAssignment]]:
    """Topics, largest first, and the assignment of every article, by identifier.

    A kept ``model`` is used as it is; without one, a model is fitted to the articles. No articles, no topics. An
    article that has nothing in common with any topic is unsorted.
    """
    pairs = _ordered(pairs)
    if not pairs:
        return [], []
    model = model or fit(pairs, seed)
    assignments = assign(model, pairs)
    return make_topics(model, assignments), assignments


def fit(pairs: Sequence[Pair], seed: int, n_topics: int | None = None) -> TopicModel:
    """The model of these articles; how many topics there are, the data decide unless ``n_topics`` does.

    Of more than ``FIT_ARTICLES`` articles a sample is taken, by the hash of their identifiers.
    """
    import numpy as np  # noqa: PLC0415  (a query must not wait for it)

    from pipeline.topics.clusters import centres, group_points  # noqa: PLC0415
    from pipeline.topics.space import fit_space  # noqa: PLC0415

    pairs = _sample(_ordered(pairs))
    documents = [features(article, extraction) for article, extraction in pairs]
    space = fit_space(documents, seed)
    points = space.place(documents)
    placed = np.flatnonzero(points.any(axis=1))
    if not len(placed):
        return TopicModel(space, np.zeros((0, points.shape[1])), (), 0.0)
    points = points[placed]
    labels = group_points(points, n_topics)
    own = [pairs[i] for i in placed]
    means = centres(points, labels)
    own_similarity = np.round((points * means[labels]).sum(axis=1), 9)
    order = sorted(range(len(own)), key=lambda i: (-own_similarity[i], own[i][0].article_id))
    typical_first = [[i for i in order if labels[i] == group] for group in range(len(means))]
    kept = [g for g, group in enumerate(typical_first) if len(group) > 1] or list(range(len(means)))
    groups = [[own[i] for i in typical_first[g]] for g in kept]
    topics = tuple(
        TopicName(_topic_id(group), label, terms)
        for group, (label, terms) in zip(groups, label_topics(groups), strict=True)
    )
    return TopicModel(space, means[kept], topics, _UNSORTED_SHARE * _usual_similarity(points, labels, kept))


def assign(model: TopicModel, pairs: Sequence[Pair]) -> list[TopicAssignment]:
    """The nearest topic of every article, sorted by identifier; without one where none is near enough.

    The model stays as it is, so an article's topic depends on nothing but the article.
    """
    import numpy as np  # noqa: PLC0415

    pairs = _ordered(pairs)
    if not pairs or not model.topics:
        return [TopicAssignment(article.article_id, None, 0.0) for article, _ in pairs]
    found: list[TopicAssignment] = []
    for start in range(0, len(pairs), _BATCH):
        batch = pairs[start : start + _BATCH]
        points = model.space.place([features(article, extraction) for article, extraction in batch])
        similarity = np.clip(np.round(points @ model.centres.T, 6), 0.0, 1.0)
        for (article, _), row in zip(batch, similarity, strict=True):
            best = int(row.argmax())
            is_near = row[best] > 0 and row[best] >= model.least_similarity
            topic_id = model.topics[best].topic_id if is_near else None
            found.append(TopicAssignment(article.article_id, topic_id, float(row[best])))
    return found


def make_topics(model: TopicModel, assignments: Sequence[TopicAssignment]) -> list[Topic]:
    """The model's topics with the articles assigned to them, largest first; those without articles are left out."""
    topics = []
    for name in model.topics:
        own = [each for each in assignments if each.topic_id == name.topic_id]
        typical = sorted(own, key=lambda each: (-each.similarity, each.article_id))[:N_REPRESENTATIVE]
        if own:
            article_ids = tuple(sorted(each.article_id for each in own))
            topics.append(
                Topic(name.topic_id, name.label, name.terms, article_ids, tuple(each.article_id for each in typical))
            )
    return sorted(topics, key=lambda topic: (-len(topic.article_ids), topic.topic_id))


def _ordered(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: pair[0].article_id)


def _sample(pairs: list[Pair]) -> list[Pair]:
    """The articles in an order that means nothing (by hash), at most ``FIT_ARTICLES`` of them."""
    return sorted(pairs, key=lambda pair: hashlib.sha256(pair[0].article_id.encode()).digest())[:FIT_ARTICLES]


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
