"""How much is found of what no register has: half of the entries that our gold articles need are taken out."""

from __future__ import annotations

import json
import random
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation.gold import Outputs, load_gold
from pipeline.evaluation.scorers import score_entities
from pipeline.extraction.extractor import Extractor
from pipeline.records import Article, Block
from pipeline.registers import RegisterEntry, Registers, fold, load_registers
from pipeline.settings import find_models
from pipeline.vocabulary import KEPT_KINDS

SEED = 5
FLOORS = {"organisations": 0.85, "policies": 0.85}
KINDS = {"organisations": "organisation", "policies": "policy"}
GOLD = Path(__file__).parent.parent.parent / "corpus" / "gold"


def make_article(gold: dict[str, Any]) -> Article:
    """The article that a gold file tells of, list markers taken away."""
    blocks, at = [], 0
    for block in gold["blocks"]:
        if block["kind"] in KEPT_KINDS:
            text = re.sub(r"^\s*(•|\d+\.)\s+", "", block["text"])
            blocks.append(Block(block["kind"], text, at, at + len(text)))
            at += len(text) + 1
    published = datetime.fromisoformat(gold["published"])
    text = "\n".join(block.text for block in blocks)
    return Article(
        gold["article_id"], "", gold["title"], None, published, (), None, None, None, None, text, tuple(blocks)
    )


def without_half(registers: Registers, gold: dict[str, dict[str, Any]]) -> Registers:
    """The registers without a random half of the entries that the gold articles name."""
    needed = sorted(
        {
            (kind, fold(entry["name"]).lower())
            for each in gold.values()
            for key, kind in KINDS.items()
            for entry in each[key]
        }
    )
    drawn = random.Random(SEED)
    gone = {key for key in needed if drawn.random() < 0.5}

    def stays(entry: RegisterEntry) -> bool:
        return (entry.kind, fold(entry.name).lower()) not in gone

    return Registers(tuple(filter(stays, registers.organisations)), tuple(filter(stays, registers.policies)))


@pytest.fixture(scope="module")
def found() -> Outputs:
    """What is found of the gold articles without that half, with rules alone."""
    gold = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))}
    articles = [make_article(each) for each in gold.values()]
    extractor = Extractor("none", without_half(load_registers(find_models()), gold))
    mentions = {
        article.article_id: [
            {"kind": each.kind, "entity_id": each.entity_id, "name": each.name, "type": each.type, "text": each.text}
            for each in extraction.mentions
        ]
        for article, extraction in zip(articles, extractor.extract(articles), strict=True)
    }
    return Outputs(articles={}, numbers={}, mentions=mentions, evidence={})


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_half_of_the_names_unknown_are_learnt_from_the_text(kind: str, found: Outputs) -> None:
    """With rules alone, F1 stays above the floor."""
    score = score_entities(kind, load_gold(GOLD), found)
    assert score.figures["f1"] >= FLOORS[kind]
