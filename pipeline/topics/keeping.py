"""Which of a project's topic models an archive uses.

A model belongs to every archive that has articles which it was fitted to; so one project folder serves archives on
different things. Of several models the one with most of its articles in the archive is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Final

from pipeline.topics.model import TopicModel, sample
from pipeline.topics.saving import RECORD, SavedModel, fitted_articles, load, save, saved_topics

#: The folder of the models in the project's.
FOLDER: Final = "topics"
#: A model fitted to fewer articles isn't kept: it would sort the ones to come badly.
FEWEST_KEPT: Final = 5


def find_model(project: Path, article_ids: Set[str]) -> SavedModel | None:
    """The kept model of an archive with these articles; None where there is none yet.

    Raises ``ModelError`` for one that can't be read.
    """
    best: tuple[int, str, Path] | None = None
    for record in sorted((project / FOLDER).glob(f"*/{RECORD}")):
        shared = len(fitted_articles(record.parent) & article_ids)
        if shared and (best is None or (-shared, record.parent.name) < best[:2]):
            best = (-shared, record.parent.name, record.parent)
    return load(best[2]) if best else None


def keep_model(
    project: Path, model: TopicModel, article_ids: Sequence[str], seed: int, made_by: str
) -> SavedModel | None:
    """Keep a model fitted to these articles; None where they are too few to keep one.

    Raises ``StoreError`` where the project's folder can't be written.
    """
    if len(article_ids) < FEWEST_KEPT:
        return None
    fitted = frozenset(sample(article_ids))
    name = hashlib.sha256("\n".join(sorted(fitted)).encode()).hexdigest()[:12]
    facts: dict[str, str | int] = {"carefeed": made_by, "seed": seed, "n_articles": len(article_ids)}
    return save(model, project / FOLDER / name, fitted, facts)


def topics_elsewhere(project: Path, own: Set[str]) -> frozenset[str]:
    """The topics of the project's other models. Raises ``ModelError`` for one that can't be read."""
    found = {topic for record in (project / FOLDER).glob(f"*/{RECORD}") for topic in saved_topics(record.parent)}
    return frozenset(found - own)
