"""Annotated articles and the tables of a run, read for scoring."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import CarefeedError

#: A gold article as its JSON file has it (fields in the annotation guide).
Gold = dict[str, Any]
_FIELDS = (
    "article_id",
    "title",
    "url",
    "published",
    "summary",
    "blocks",
    "numbers",
    "organisations",
    "policies",
    "events",
)


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a run wrote, by article: objects of ``articles.jsonl``, rows of three tables; topics' labels by their id."""

    articles: dict[str, dict[str, Any]]
    numbers: dict[str, list[dict[str, str]]]
    mentions: dict[str, list[dict[str, str]]]
    evidence: dict[str, list[dict[str, str]]]
    topics: dict[str, str] = field(default_factory=dict)


def load_gold(folder: Path) -> dict[str, Gold]:
    """Every annotated article of a folder, by its id. Raises ``CarefeedError`` for no file and for a wrong one."""
    gold: dict[str, Gold] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise CarefeedError(f"{path} is not JSON: {error}", "mend the file or take it away") from error
        missing = [name for name in _FIELDS if name not in record]
        if missing:
            raise CarefeedError(f"{path} lacks {', '.join(missing)}", "see the form of a gold file in corpus/README.md")
        gold[record["article_id"]] = record
    if not gold:
        raise CarefeedError(f"there is no gold file in {folder}", "give a folder of annotated articles: corpus/gold")
    return gold


def load_outputs(folder: Path) -> Outputs:
    """The files of an output folder that are scored. Raises ``CarefeedError`` where one is missing."""
    path = folder / "articles.jsonl"
    if not path.is_file():
        raise CarefeedError(f"there is no run in {folder}", f"make one with: carefeed run DUMPS --out {folder}")
    with path.open(encoding="utf-8") as handle:
        articles = {article["article_id"]: article for article in map(json.loads, handle)}
    numbers, mentions, evidence = (
        _by_article(_rows(folder / f"{name}.csv")) for name in ("numbers", "mentions", "evidence")
    )
    topics = {row["topic_id"]: row["label"] for row in _rows(folder / "topics.csv")}
    return Outputs(articles, numbers, mentions, evidence, topics)


def fingerprint(folder: Path) -> str:
    """A hash of the annotated articles, with their names: figures can be compared where it is the same."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.json")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise CarefeedError(f"there is no {path}", "make it with: carefeed run")
    csv.field_size_limit(sys.maxsize)
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _by_article(rows: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append(row)
    return dict(found)
