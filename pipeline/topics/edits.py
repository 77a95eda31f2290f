"""The reviewers' own topics: names, merges, pins and hidden topics, applied on every run.

They stand in ``topics.toml`` of the project:

    [names]                             # topic_id = the name to use
    topic-1a2b3c4d = "Fostering"
    [merges]                            # topic_id = the topic that it goes into
    topic-5e6f7a8b = "topic-1a2b3c4d"
    [pins]                              # article_id = the topic that it belongs to; "" for none
    communitycare-12345 = "topic-1a2b3c4d"
    [hidden]
    topics = ["topic-9c0d1e2f"]         # their articles are unsorted
    [articles]
    together = [["communitycare-1", "communitycare-2"]]     # these are in one topic, whichever it is
    apart = [["communitycare-1", "communitycare-3"]]        # no two of these are in one topic

An edit that names a topic or an article that isn't there is reported, never dropped in silence.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pipeline.errors import RegisterError
from pipeline.records import TopicAssignment
from pipeline.topics.model import TopicName

FILE_NAME: Final = "topics.toml"
_TABLES: Final = ("names", "merges", "pins")
_LISTS: Final = {"hidden": ("topics",), "articles": ("together", "apart")}

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TopicEdits:
    """What reviewers decided, by identifier."""

    names: dict[str, str] = field(default_factory=dict)
    merges: dict[str, str] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    together: Groups = ()
    apart: Groups = ()


# --------------------------------------------------------------------------- reading


def load_edits(path: Path) -> TopicEdits:
    """The edits of a file; none where there is no file. Raises ``RegisterError`` for what can't be read."""
    if not path.is_file():
        return TopicEdits()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegisterError(f"{path}: {error}", "mend the line") from error
    return parse_edits(data, str(path))


def parse_edits(data: Mapping[str, Any], where: str) -> TopicEdits:
    """The edits in the tables of a file named ``where``. Raises ``RegisterError`` for tables that don't hold."""
    for name in data:
        if name not in (*_TABLES, *_LISTS):
            raise RegisterError(f"{where}: unknown table [{name}]", f"the tables are {', '.join((*_TABLES, *_LISTS))}")
    names, merges, pins = (_strings(where, data, name) for name in _TABLES)
    for topic_id, label in names.items():
        if not label.strip():
            raise RegisterError(
                f"{where}: the name of {topic_id} is empty", "take the line out to get its own name back"
            )
    for topic_id in merges:
        follow_merges(merges, topic_id, where)
    hidden = _list(where, data, "hidden", "topics")
    if not all(isinstance(each, str) for each in hidden):
        raise RegisterError(f"{where}: [hidden] has no list of topics", 'write topics = ["topic-…"]')
    together, apart = (_groups(where, data, name) for name in _LISTS["articles"])
    return TopicEdits(names, merges, pins, frozenset(hidden), together, apart)


def _strings(where: str, data: Mapping[str, Any], name: str) -> dict[str, str]:
    table = data.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise RegisterError(f'{where}: [{name}] must hold lines of identifier = "text"', "mend the table")
    return dict(table)


def _list(where: str, data: Mapping[str, Any], table: str, name: str) -> list[Any]:
    """A list in one of the tables that hold lists."""
    lists = data.get(table, {})
    known = _LISTS[table]
    if not isinstance(lists, dict) or not set(lists) <= set(known) or not isinstance(lists.get(name, []), list):
        raise RegisterError(
            f"{where}: [{table}] must hold {' and '.join(f'{each} = […]' for each in known)}", "mend the table"
        )
    return list(lists.get(name, []))


def _groups(where: str, data: Mapping[str, Any], name: str) -> Groups:
    groups = _list(where, data, "articles", name)
    for group in groups:
        if not isinstance(group, list) or len(group) < 2 or not all(isinstance(each, str) for each in group):
            raise RegisterError(
                f"{where}: {name} in [articles] must hold lists of two articles or more",
                f'write {name} = [["communitycare-…", "communitycare-…"]]',
            )
    return tuple(tuple(group) for group in groups)


def follow_merges(merges: Mapping[str, str], topic_id: str, where: str = FILE_NAME) -> str:
    """Where a topic ends up after all merges. Raises ``RegisterError`` where they go round in a circle."""
    seen = [topic_id]
    while seen[-1] in merges:
        following = merges[seen[-1]]
        if following in seen:
            raise RegisterError(
                f"{where}: the merges go round in a circle: {' → '.join([*seen, following])}", "break it"
            )
        seen.append(following)
    return seen[-1]


# --------------------------------------------------------------------------- applying


def apply_edits(
    edits: TopicEdits,
    names: Sequence[TopicName],
    assignments: Sequence[TopicAssignment],
    elsewhere: Set[str] = frozenset(),
) -> tuple[list[TopicName], list[TopicAssignment], list[str]]:
    """Topics and assignments as reviewers want them, and a line for every edit that fits nothing.

    Articles are first put together and apart, then pinned, then topics are merged, then hidden: an article pinned to a
    merged topic goes where that one went. ``elsewhere`` are topics of the project's other models: edits of those are
    none of ours.
    """
    known = {name.topic_id for name in names}
    places = {each.article_id: each.topic_id for each in assignments}
    by_id = {each.article_id: each for each in assignments}
    for group in edits.together:
        _put_together([by_id[each] for each in group if each in by_id], places)
    for group in edits.apart:
        _put_apart([by_id[each] for each in group if each in by_id], places)
    for article_id, target in edits.pins.items():
        if article_id in places and (not target or target in known):
            places[article_id] = target or None
    for article_id, place in places.items():
        if place is not None:
            merged = follow_merges(edits.merges, place)
            target = merged if merged in known else place
            places[article_id] = None if target in edits.hidden else target
    renamed = [replace(name, label=edits.names.get(name.topic_id, name.label)) for name in names]
    changed = [_moved(each, places[each.article_id]) for each in assignments]
    return renamed, changed, list(_problems(edits, known, elsewhere, places))


def _moved(assignment: TopicAssignment, topic_id: str | None) -> TopicAssignment:
    """The assignment in the topic, with the similarity that it has with it, as far as that is known."""
    if topic_id is not None and topic_id == assignment.other_id != assignment.topic_id:
        return replace(assignment, topic_id=topic_id, similarity=assignment.other_similarity)
    return replace(assignment, topic_id=topic_id)


def _put_together(group: Sequence[TopicAssignment], places: dict[str, str | None]) -> None:
    """All of them into the topic that most of them are in; of several, the one that they are more similar with."""
    votes: Counter[str] = Counter()
    weight: Counter[str] = Counter()
    for each in group:
        place = places[each.article_id]
        if place is not None:
            votes[place] += 1
            weight[place] += round(1_000_000 * each.similarity)
    if votes:
        chosen = min(votes, key=lambda topic_id: (-votes[topic_id], -weight[topic_id], topic_id))
        places.update((each.article_id, chosen) for each in group)


def _put_apart(group: Sequence[TopicAssignment], places: dict[str, str | None]) -> None:
    """Of those in one topic the most similar stays; another goes to its next topic, or to none where that is taken."""
    ranked = sorted(group, key=lambda one: (-one.similarity, one.article_id))
    stays: dict[str | None, str] = {}
    for each in ranked:
        stays.setdefault(places[each.article_id], each.article_id)
    taken = set(stays)
    for each in ranked:
        place = places[each.article_id]
        if place is not None and stays[place] != each.article_id:
            target = each.other_id if each.other_id not in taken else None
            places[each.article_id] = target
            taken.add(target)


def _problems(
    edits: TopicEdits, topics: Set[str], elsewhere: Set[str], places: Mapping[str, str | None]
) -> Iterator[str]:
    """A line for every edit that names what isn't there, or that another edit undoes."""
    known = topics | elsewhere
    yield from (f"name of {topic_id}: there is no such topic" for topic_id in edits.names if topic_id not in known)
    for source, target in edits.merges.items():
        yield from (f"merge of {source}: there is no topic {each}" for each in (source, target) if each not in known)
    for article_id, topic_id in edits.pins.items():
        if article_id not in places and topic_id not in elsewhere:
            yield f"pin of {article_id}: there is no such article"
        if topic_id and topic_id not in known:
            yield f"pin of {article_id}: there is no topic {topic_id}"
    yield from (f"hiding {topic_id}: there is no such topic" for topic_id in sorted(edits.hidden - known))
    for word, groups in (("together", edits.together), ("apart", edits.apart)):
        for group in groups:
            name = f"{word} {', '.join(group)}"
            yield from (f"{name}: there is no article {each}" for each in group if each not in places)
            found = [places[each] for each in group if each in places]
            if not (_are_together(found) if word == "together" else _are_apart(found)):
                yield f"{name}: another edit has undone it"


def _are_together(found: Sequence[str | None]) -> bool:
    return len(set(found)) <= 1


def _are_apart(found: Sequence[str | None]) -> bool:
    topics = [topic for topic in found if topic is not None]
    return len(set(topics)) == len(topics)
