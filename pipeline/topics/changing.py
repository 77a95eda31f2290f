"""The explicit changes to a kept model: new topics from what is unsorted, one topic into several, and a new fit.

All keep the identifiers of topics that are the same, and say what changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from pipeline.errors import StoreError
from pipeline.records import TopicAssignment
from pipeline.topics.model import Pair, TopicModel, TopicName, assign, fit

#: Share of the articles of both that a new topic and an old one must have in common to be the same.
_SAME_TOPIC: Final = 0.5
#: Unsorted articles that make growing worth while.
WORTH_GROWING: Final = 5


@dataclass(frozen=True, slots=True)
class TopicChange:
    """One topic before and after; ``before`` is None for a new topic, ``after`` for one that is gone."""

    before: TopicName | None
    after: TopicName | None
    n_before: int
    n_after: int


def worth_growing(assignments: Sequence[TopicAssignment]) -> bool:
    """Whether so many articles are unsorted that they could make a topic of their own."""
    return sum(each.topic_id is None for each in assignments) >= WORTH_GROWING


def grow(model: TopicModel, pairs: Sequence[Pair], seed: int) -> tuple[TopicModel, list[TopicChange]]:
    """The model with a further layer of topics made from its unsorted articles; the old ones stay exactly as they are.

    Without unsorted articles that go together, the model comes back as it was.
    """
    unsorted = {each.article_id for each in assign(model, pairs) if each.topic_id is None}
    left = [pair for pair in pairs if pair[0].article_id in unsorted]
    if len(left) < WORTH_GROWING:
        return model, []
    (layer,) = fit(left, seed).layers
    if not layer.topics:
        return model, []
    labels = {topic.label.lower() for topic in model.topics}
    taken = {topic.topic_id for topic in model.topics}
    names = tuple(
        replace(
            topic,
            topic_id=_free(topic.topic_id, taken),
            label=f"{topic.label} (more)" if topic.label.lower() in labels else topic.label,
        )
        for topic in layer.topics
    )
    grown = TopicModel((*model.layers, replace(layer, topics=names)))
    sizes = _members(grown, pairs)
    return grown, [TopicChange(None, name, 0, len(sizes[name.topic_id])) for name in names]


def split(
    model: TopicModel, pairs: Sequence[Pair], seed: int, topic_id: str, into: int
) -> tuple[TopicModel, list[TopicChange]]:
    """The model with one of its topics in several parts; the largest part keeps the identifier.

    The model comes back as it was where the topic's articles can't be told apart. Raises ``StoreError`` where there is
    no such topic, or it has fewer articles than parts.
    """
    import numpy as np  # noqa: PLC0415

    from pipeline.topics.space import as_kept, unit  # noqa: PLC0415
    from pipeline.topics.words import features  # noqa: PLC0415

    before = _members(model, pairs)
    if topic_id not in before:
        raise StoreError(f"the topic model has no topic {topic_id!r}", "carefeed topics list shows them")
    own = [pair for pair in pairs if pair[0].article_id in before[topic_id]]
    if len(own) < into:
        raise StoreError(f"topic {topic_id} has {len(own)} articles, not enough for {into} parts", "give fewer parts")
    fresh = fit(own, seed, into)
    parts = [(name, ids) for name in fresh.topics if (ids := _members(fresh, own)[name.topic_id])]
    if len(parts) < 2:
        return model, []
    number, at = next(
        (number, i)
        for number, layer in enumerate(model.layers)
        for i, topic in enumerate(layer.topics)
        if topic.topic_id == topic_id
    )
    layer = model.layers[number]
    taken = {topic.topic_id for topic in model.topics}
    names: list[TopicName] = []
    centres = []
    for name, ids in sorted(parts, key=lambda part: -len(part[1])):
        points = layer.space.place([features(*pair) for pair in own if pair[0].article_id in ids])
        new_id = _free(name.topic_id, taken) if names else topic_id
        taken.add(new_id)
        if not names:
            name = replace(name, label=layer.topics[at].label)  # noqa: PLW2901  (the largest part goes on as it was)
        elif name.label == layer.topics[at].label:
            name = replace(name, label=f"{name.label} (part)")  # noqa: PLW2901
        names.append(replace(name, topic_id=new_id))
        centres.append(as_kept(unit(points.sum(axis=0, keepdims=True))))
    parted = replace(
        layer,
        topics=(*layer.topics[:at], *names, *layer.topics[at + 1 :]),
        centres=np.vstack([layer.centres[:at], *centres, layer.centres[at + 1 :]]),
    )
    changed = TopicModel((*model.layers[:number], parted, *model.layers[number + 1 :]))
    after = _members(changed, pairs)
    old = layer.topics[at]
    return changed, [
        TopicChange(old if name.topic_id == topic_id else None, name, n_before, len(after[name.topic_id]))
        for name, n_before in zip(names, (len(own), *(0 for _ in names[1:])), strict=True)
    ]


def _free(topic_id: str, taken: Set[str]) -> str:
    """The identifier, longer where it is taken."""
    while topic_id in taken:
        topic_id += "x"
    return topic_id


def refit(model: TopicModel, pairs: Sequence[Pair], seed: int) -> tuple[TopicModel, list[TopicChange]]:
    """A model fitted anew, with the old identifiers for topics that are the same, and what changed.

    Two topics are the same when they share at least half of the articles of both together; every identifier goes to
    the new topic that shares most.
    """
    fresh = fit(pairs, seed)
    old, new = _members(model, pairs), _members(fresh, pairs)
    shares = sorted(
        (
            (-len(old[before.topic_id] & new[after.topic_id]) / len(old[before.topic_id] | new[after.topic_id]), i, j)
            for i, before in enumerate(model.topics)
            for j, after in enumerate(fresh.topics)
            if old[before.topic_id] & new[after.topic_id]
        ),
    )
    match: dict[int, int] = {}
    for share, i, j in shares:
        if -share >= _SAME_TOPIC and j not in match and i not in match.values():
            match[j] = i
    taken = {topic.topic_id for topic in model.topics}
    names = []
    for j, topic in enumerate(fresh.topics):
        topic_id = model.topics[match[j]].topic_id if j in match else _free(topic.topic_id, taken)
        taken.add(topic_id)
        names.append(replace(topic, topic_id=topic_id))
    changes = [
        TopicChange(
            model.topics[match[j]] if j in match else None,
            name,
            len(old[model.topics[match[j]].topic_id]) if j in match else 0,
            len(new[fresh.topics[j].topic_id]),
        )
        for j, name in enumerate(names)
    ]
    gone = [topic for i, topic in enumerate(model.topics) if i not in match.values()]
    changes += [TopicChange(topic, None, len(old[topic.topic_id]), 0) for topic in gone]
    (layer,) = fresh.layers
    return TopicModel((replace(layer, topics=tuple(names)),)), changes


def _members(model: TopicModel, pairs: Sequence[Pair]) -> Mapping[str, set[str]]:
    """The articles of every topic."""
    found: dict[str, set[str]] = {topic.topic_id: set() for topic in model.topics}
    for each in assign(model, pairs):
        if each.topic_id:
            found[each.topic_id].add(each.article_id)
    return found
