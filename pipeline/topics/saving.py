"""A topic model on the disk: numbers as plain arrays (``model.npz``), the rest as JSON (``model.json``).

Nothing in the files can run code. ``model.json`` says what made the model.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.errors import ModelError

if TYPE_CHECKING:
    from pipeline.topics.model import TopicModel

FORMAT: Final = 1
_ARRAYS: Final = "model.npz"
_RECORD: Final = "model.json"
_HINT: Final = "delete the folder to have a model fitted anew; the topics get new identifiers where they differ"


def has_model(folder: Path) -> bool:
    """Whether a model was saved in the folder."""
    return (folder / _RECORD).is_file()


def save(model: TopicModel, folder: Path, made_by: Mapping[str, str | int]) -> None:
    """Write the model; ``made_by`` says what made it (versions, seed, number of articles).

    The record is written last and put in place whole, so that a half-written model is never taken for one.
    """
    import numpy as np  # noqa: PLC0415  (a query must not wait for it)

    folder.mkdir(parents=True, exist_ok=True)
    arrays = {"idf": model.space.idf, "components": model.space.components, "centres": model.centres}
    with (folder / _ARRAYS).open("wb") as handle:
        np.savez_compressed(handle, allow_pickle=False, **arrays)
    record = {
        "format": FORMAT,
        "made_by": dict(made_by),
        "least_similarity": model.least_similarity,
        "topics": [{"topic_id": t.topic_id, "label": t.label, "terms": t.terms} for t in model.topics],
        "vocabulary": model.space.vocabulary,
    }
    pending = folder / f"{_RECORD}.part"
    pending.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    pending.replace(folder / _RECORD)


def load(folder: Path) -> TopicModel:
    """The model saved in the folder. Raises ``ModelError`` where there is none or it can't be used."""
    import numpy as np  # noqa: PLC0415

    from pipeline.topics.model import TopicModel, TopicName  # noqa: PLC0415
    from pipeline.topics.space import Space  # noqa: PLC0415

    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        if record["format"] != FORMAT:
            raise ModelError(f"the topic model in {folder} has format {record['format']}, not {FORMAT}", _HINT)
        with (folder / _ARRAYS).open("rb") as handle, np.load(handle, allow_pickle=False) as arrays:
            idf, components, centres = (arrays[name] for name in ("idf", "components", "centres"))
        topics = tuple(TopicName(t["topic_id"], t["label"], tuple(t["terms"])) for t in record["topics"])
        vocabulary, least = tuple(record["vocabulary"]), float(record["least_similarity"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(f"the topic model in {folder} can't be read: {error}", _HINT) from error
    width = len(vocabulary)
    if idf.shape != (width,) or components.shape[1:] != (width,) or centres.shape != (len(topics), len(components)):
        raise ModelError(f"the topic model in {folder} is of two halves: its files don't fit each other", _HINT)
    return TopicModel(Space(vocabulary, idf, components), centres, topics, least)
