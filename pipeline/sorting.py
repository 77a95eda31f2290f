"""Articles of an archive into topics: by the model that the project keeps, with the reviewers' edits on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from pipeline import fingerprints, rows
from pipeline.crew import Crew
from pipeline.errors import StoreError
from pipeline.lists import batched
from pipeline.records import TopicAssignment
from pipeline.store.contents import Contents
from pipeline.topics.changing import TopicChange, grow, refit, split, worth_growing
from pipeline.topics.edits import FILE_NAME, apply_edits, load_edits
from pipeline.topics.keeping import FOLDER, find_model, keep_model, topics_elsewhere
from pipeline.topics.model import FIT_ARTICLES, Pair, TopicModel, TopicName, assign, fit, make_topics, sample
from pipeline.topics.saving import SavedModel, save

#: A model fitted to fewer than one in so many of the articles that it sorts has been outgrown, unless it was fitted to
#: as many as a model ever is.
_OUTGROWN: Final = 1.5
_PAIR: Final = msgspec.msgpack.Decoder(Pair)
#: Articles assigned at once: each brings its text and mentions along.
_ASSIGNED_TOGETHER: Final = 1_000


@dataclass(frozen=True, slots=True)
class Placed:
    """The topics of an archive's model, where it puts every article, and how many articles it was fitted to."""

    names: Sequence[TopicName]
    assignments: Sequence[TopicAssignment]
    n_fitted: int
    notes: tuple[str, ...] = ()


def begin_topics(contents: Contents, project: Path, seed: int, crew: Crew) -> Callable[[], Placed]:
    """Have the crew fit the first model to what is there; what comes back waits for it, and places every article.

    Works inside of a transaction. The model is kept in the project's folder. One that can't be kept is used all the
    same, and a note says so. Where a model is kept already, only articles that it has not placed are.
    """
    saved = find_model(project, contents.published().keys())
    if saved is not None:
        return partial(_place_new, contents, saved)
    chosen = set(sample(contents.published()))
    packed = list(map(msgspec.msgpack.encode, contents.mentions_found(sorted(chosen))))  # a third of the pairs' memory
    fitted = crew.start(_fit_and_assign, (packed, seed))
    del packed

    def place() -> Placed:
        model, assignments = fitted.result()
        others = sorted(contents.published().keys() - chosen)
        parts = (list(contents.mentions_found(some)) for some in batched(others, _ASSIGNED_TOGETHER))
        assignments += [each for part in crew.each(partial(assign, model), parts) for each in part]
        assignments.sort(key=lambda each: each.article_id)
        article_ids = [each.article_id for each in assignments]
        found = Placed(model.topics, assignments, len(article_ids))
        try:
            kept = keep_model(project, model, article_ids, seed, fingerprints.installed_version("carefeed"))
        except StoreError as error:
            return replace(found, notes=(f"{error}: topics may change with the next run",))
        if kept is None:
            return found
        contents.put_places(kept.fingerprint, assignments)
        return replace(found, n_fitted=len(kept.articles))

    return place


def _fit_and_assign(given: tuple[list[bytes], int]) -> tuple[TopicModel, list[TopicAssignment]]:
    packed, seed = given
    pairs = []
    while packed:  # each is let go when it is unpacked
        pairs.append(_PAIR.decode(packed.pop()))
    model = fit(pairs, seed)
    return model, assign(model, pairs)


def _place_new(contents: Contents, saved: SavedModel) -> Placed:
    """Articles as the kept model placed them, and those that it has not placed yet."""
    contents.drop_places()
    for some in batched(contents.unplaced_by(saved.fingerprint), _ASSIGNED_TOGETHER):
        contents.put_places(saved.fingerprint, assign(saved.model, list(contents.mentions_found(some))))
    return Placed(saved.model.topics, contents.places(), len(saved.articles))


def update_topics(contents: Contents, project: Path, found: Placed) -> tuple[dict[str, str | None], list[str]]:
    """Bring topics up to date: the topic of every article by its identifier, and notes for the user.

    Works inside of a transaction.
    """
    notes = list(found.notes)
    elsewhere = topics_elsewhere(project, {name.topic_id for name in found.names})
    names, placed, problems = apply_edits(load_edits(project / FILE_NAME), found.names, found.assignments, elsewhere)
    topic_of = {each.article_id: each.topic_id for each in placed}
    contents.set_column("articles", "topic_id", topic_of)
    contents.set_column("articles", "topic_similarity", {each.article_id: round(each.similarity, 4) for each in placed})
    unsorted = {each.article_id: each.nearest_id for each in placed if each.topic_id is None}
    contents.set_column("articles", "nearest_topic_id", unsorted)
    contents.replace_rows("topics", rows.topic_rows(make_topics(names, placed), placed, contents.published()))
    notes += [f"{project / FILE_NAME}: {problem}" for problem in problems]
    if worth_growing(found.assignments):
        n = sum(each.topic_id is None for each in found.assignments)
        notes.append(f"{n} articles are in no topic: carefeed topics grow makes new topics of those that go together")
    if len(found.assignments) > _OUTGROWN * min(found.n_fitted, FIT_ARTICLES):
        notes.append(
            f"the topics were made from {found.n_fitted} articles of what are now {len(found.assignments)}: "
            "carefeed topics refit makes them anew, and says what changes"
        )
    return topic_of, notes


# --------------------------------------------------------------------------- explicit changes of the model


def change_model(contents: Contents, project: Path, how: str, topic_id: str = "", into: int = 2) -> list[TopicChange]:
    """Change the archive's kept model: ``how`` is grow, refit or split; what has changed, topic by topic.

    Raises ``StoreError`` where no model is kept for the archive, or there is no such topic.
    """
    saved = find_model(project, contents.published().keys())
    if saved is None:
        raise StoreError(
            f"no topic model is kept for this archive in {project / FOLDER}",
            "a run keeps one as soon as there are five articles",
        )
    pairs = list(contents.mentions_found(sorted(contents.published())))
    seed = int(contents.archive.fact("seed") or 0)
    if how == "grow":
        model, changes = grow(saved.model, pairs, seed)
    elif how == "split":
        model, changes = split(saved.model, pairs, seed, topic_id, into)
    else:
        model, changes = refit(saved.model, pairs, seed)
    if changes:
        _keep(saved, model, frozenset(article.article_id for article, _ in pairs), how)
    return changes


def _keep(saved: SavedModel, model: TopicModel, articles: frozenset[str], how: str) -> None:
    """Write the changed model in the place of the old one."""
    fitted = articles if how == "refit" else saved.articles
    facts: dict[str, str | int] = {
        "carefeed": fingerprints.installed_version("carefeed"),
        "by": how,
        "n_articles": len(articles),
    }
    save(model, saved.folder, fitted, facts)
