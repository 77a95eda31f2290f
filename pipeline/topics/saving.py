"""A topic model on the disk: numbers as plain arrays (``<hash>.npz``), the rest as JSON (``model.json``).

Nothing in the files can run code. ``model.json`` says what made the model, to which articles it was fitted, and which
arrays are its own: it is written last and put in place whole, so that a half-written model is never taken for one.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import ModelError, StoreError

if TYPE_CHECKING:
    from pipeline.topics.model import Layer, TopicModel

FORMAT: Final = 2
RECORD: Final = "model.json"
_PARTS: Final = ("idf", "components", "centres")
_HINT: Final = "delete the folder to have a model fitted anew; the topics get new identifiers where they differ"


@dataclass(frozen=True)
class SavedModel:
    """A model with its folder, the articles that it was fitted to, and a hash that stands for all of it."""

    folder: Path
    model: TopicModel
    articles: frozenset[str]
    fingerprint: str


def save(model: TopicModel, folder: Path, articles: frozenset[str], made_by: Mapping[str, str | int]) -> SavedModel:
    """Write the model in the place of the one that was in the folder.

    ``made_by`` says what made it (versions, seed, number of articles). Raises ``StoreError`` where the folder can't be
    written.
    """
    import numpy as np  # noqa: PLC0415  (a query must not wait for it)

    buffer = io.BytesIO()
    arrays = {
        f"{part}_{i}": _slim(array)
        for i, layer in enumerate(model.layers)
        for part, array in zip(_PARTS, (layer.space.idf, layer.space.components, layer.centres), strict=True)
    }
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    name = f"{hashlib.sha256(buffer.getvalue()).hexdigest()[:16]}.npz"
    record = {
        "format": FORMAT,
        "made_by": dict(made_by),
        "arrays": name,
        "articles": sorted(articles),
        "layers": [
            {
                "least_similarity": layer.least_similarity,
                "topics": [{"topic_id": t.topic_id, "label": t.label, "terms": t.terms} for t in layer.topics],
                "vocabulary": layer.space.vocabulary,
            }
            for layer in model.layers
        ],
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _put(folder / name, buffer.getvalue())
        _put(folder / RECORD, text.encode())
        for path in folder.glob("*.npz"):
            if path.name != name:
                path.unlink()
    except OSError as error:
        raise StoreError(
            f"the topic model can't be written to {folder}: {error.strerror}",
            "check the folder's permissions, or name another with CAREFEED_PROJECT",
        ) from error
    return SavedModel(folder, model, articles, _fingerprint(text))


def _slim(array: Any) -> Any:
    """Half the size: a fitted model's numbers have no more digits than that (``space.as_kept``)."""
    import numpy as np  # noqa: PLC0415

    slim = array.astype(np.float32)
    return slim if (slim == array).all() else array


def _put(path: Path, content: bytes) -> None:
    pending = path.with_name(f"{path.name}.part")
    pending.write_bytes(content)
    pending.replace(path)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def load(folder: Path) -> SavedModel:
    """The model saved in the folder. Raises ``ModelError`` where there is none or it can't be used."""
    import numpy as np  # noqa: PLC0415

    from pipeline.topics.model import TopicModel  # noqa: PLC0415

    try:
        text = (folder / RECORD).read_text(encoding="utf-8")
        record = json.loads(text)
        if record["format"] != FORMAT:
            raise ModelError(f"the topic model in {folder} has format {record['format']}, not {FORMAT}", _HINT)
        with (folder / Path(record["arrays"]).name).open("rb") as handle, np.load(handle, allow_pickle=False) as arrays:
            layers = tuple(
                _layer(layer, [arrays[f"{part}_{i}"].astype(np.float64) for part in _PARTS])
                for i, layer in enumerate(record["layers"])
            )
        articles = frozenset(record["articles"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(f"the topic model in {folder} can't be read: {error}", _HINT) from error
    return SavedModel(folder, TopicModel(layers), articles, _fingerprint(text))


def _layer(record: Mapping[str, Any], arrays: Sequence[Any]) -> Layer:
    """A layer of its record and arrays. Raises ``ValueError`` where they don't fit each other."""
    from pipeline.topics.model import Layer, TopicName  # noqa: PLC0415
    from pipeline.topics.space import Space  # noqa: PLC0415

    idf, components, centres = arrays
    topics = tuple(TopicName(t["topic_id"], t["label"], tuple(t["terms"])) for t in record["topics"])
    vocabulary = tuple(record["vocabulary"])
    width = len(vocabulary)
    if idf.shape != (width,) or components.shape[1:] != (width,) or centres.shape != (len(topics), len(components)):
        raise ValueError("its files don't fit each other")
    return Layer(Space(vocabulary, idf, components), centres, topics, float(record["least_similarity"]))


def fitted_articles(folder: Path) -> frozenset[str]:
    """The articles that a saved model was fitted to. Raises ``ModelError`` where its record can't be read."""
    return frozenset(_record_of(folder)["articles"])


def saved_topics(folder: Path) -> frozenset[str]:
    """The identifiers of a saved model's topics. Raises ``ModelError`` where its record can't be read."""
    return frozenset(topic["topic_id"] for layer in _record_of(folder)["layers"] for topic in layer["topics"])


def _record_of(folder: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        if record["format"] != FORMAT:
            raise ModelError(f"the topic model in {folder} has format {record['format']}, not {FORMAT}", _HINT)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the topic model in {folder} can't be read: {error}", _HINT) from error
    return record
