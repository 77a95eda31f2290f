"""Fit ``weights.toml`` on annotated articles: ``python -m pipeline.extraction.events.fitting FOLDER...``.

Every candidate of the annotated articles is an example: one that answers an asked-for event (same sentence, dates that
share half of their days or more) speaks for, one that answers nothing against; one that answers an optional event
counts little. Logistic regression; the weights are plain numbers in a text file that says what made it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline import edtf
from pipeline.extraction.document import make_doc
from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.component import weigh
from pipeline.extraction.events.cues import load_cues
from pipeline.extraction.events.passages import make_passages
from pipeline.extraction.extractor import Extractor
from pipeline.records import Article, Block
from pipeline.registers import load_registers
from pipeline.settings import find_models
from pipeline.vocabulary import KEPT_KINDS

_MARKER: Final = re.compile(r"^\s*(?:•|\d+\.)\s+")
_OPTIONAL: Final = 0.2
_RAREST: Final = 6
_REGULARISATION: Final = 1.5
_SAME_SENTENCE: Final = 0.6
_SAME_DATE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate's features and its label: ``yes``, ``no`` or ``optional``."""

    features: dict[str, float]
    label: str


def read_article(record: dict[str, Any]) -> Article:
    """The article of an annotation file, its text put together from the kept blocks."""
    blocks, parts, position = [], [], 0
    for block in record["blocks"]:
        text = _MARKER.sub("", block["text"]) if block["kind"] == "list_item" else block["text"].strip()
        if block["kind"] in KEPT_KINDS:
            blocks.append(Block(block["kind"], text, position, position + len(text)))
            parts.append(text)
            position += len(text) + 1
        else:
            blocks.append(Block(block["kind"], text, None, None))
    return Article(
        record["article_id"], record["url"], record["title"], None, datetime.fromisoformat(record["published"]), (),
        None, None, None, None, "\n".join(parts), tuple(blocks),
    )  # fmt: skip


def label(candidates: Sequence[Candidate], events: Sequence[dict[str, Any]]) -> list[str]:
    """A label for each candidate; an event is answered once, by the candidate that fits it best.

    Where none has the event's date, its sentence's first free candidate is right but for the date: it counts as one
    that answers an optional event.
    """
    labels = ["no"] * len(candidates)
    answered = find_answers(candidates, events)
    for e, c in answered.items():
        labels[c] = "optional" if events[e]["optional"] else "yes"
    for event in (event for e, event in enumerate(events) if e not in answered):
        nearby = next((c for c, each in enumerate(candidates) if labels[c] == "no" and is_told_by(event, each)), None)
        if nearby is not None:
            labels[nearby] = "optional"
    return labels


def find_answers(candidates: Sequence[Candidate], events: Sequence[dict[str, Any]]) -> dict[int, int]:
    """The place of the candidate that answers each event best, by the event's place; those that are asked for first.

    It is of the same sentence, and of the days of both dates half or more are shared.
    """
    pairs = []
    for e, event in enumerate(events):
        for c, candidate in enumerate(candidates):
            shared = edtf.overlap(event["date"], candidate.date)
            if shared >= _SAME_DATE and is_told_by(event, candidate):
                pairs.append((not event["optional"], event["type"] == candidate.type, shared, e, c))
    found: dict[int, int] = {}
    for *_, e, c in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if e not in found and c not in found.values():
            found[e] = c
    return found


def is_told_by(event: dict[str, Any], candidate: Candidate) -> bool:
    """Whether a candidate's sentence is the one that an annotated event quotes."""
    return _likeness(event["quote"], candidate.reading.passage.text) >= _SAME_SENTENCE


def _likeness(one: str, other: str) -> float:
    a, b = Counter(re.findall(r"\w+", one.lower())), Counter(re.findall(r"\w+", other.lower()))
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0


def fit(articles: Sequence[Sequence[Example]]) -> tuple[float, dict[str, float]]:
    """Bias and weights by feature."""
    examples = [example for article in articles for example in article]
    counts = Counter(name for example in examples for name in example.features)
    kept = {name for name, n in counts.items() if n >= _RAREST}
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{k: v for k, v in each.features.items() if k in kept} for each in examples])
    model = LogisticRegression(C=_REGULARISATION, max_iter=5000)
    model.fit(
        rows,
        [example.label != "no" for example in examples],
        sample_weight=[_OPTIONAL if example.label == "optional" else 1.0 for example in examples],
    )
    names = vectorizer.get_feature_names_out()
    return float(model.intercept_[0]), {str(n): float(w) for n, w in zip(names, model.coef_[0], strict=True)}


def write_weights(path: Path, bias: float, weights: dict[str, float], threshold: float, made_by: Sequence[str]) -> None:
    """The file that ``scoring`` reads, with a head that says what made it."""
    lines = [f"# {line}" for line in made_by]
    lines += [f"bias = {bias:.4f}", f"threshold = {threshold}", "", "[weights]"]
    lines += [f"{json.dumps(name)} = {weight:.4f}" for name, weight in sorted(weights.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_examples(folders: Sequence[Path]) -> list[list[Example]]:
    """The examples of every annotated article, by article."""
    nlp = Extractor("none", load_registers(find_models())).nlp
    cues = load_cues()
    articles = []
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            record = json.loads(path.read_text(encoding="utf-8"))
            with nlp.select_pipes(disable=["carefeed_events"]):
                doc = nlp(make_doc(nlp, read_article(record)))
            weighed = weigh(doc, make_passages(doc), cues)
            labels = label([candidate for candidate, _ in weighed], record["events"])
            articles.append([Example(each[1], name) for each, name in zip(weighed, labels, strict=True)])
    return articles


def main() -> None:
    """Fit on the folders given and write the weights beside this module."""
    parser = argparse.ArgumentParser(description="Fit the weights of the event finder on annotated articles.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--threshold", type=float, default=0.48)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("weights.toml"))
    options = parser.parse_args()
    articles = read_examples(options.folders)
    bias, weights = fit(articles)
    n_examples = sum(map(len, articles))
    n_events = sum(example.label == "yes" for article in articles for example in article)
    made_by = (
        "Written by pipeline/extraction/events/fitting.py; don't edit by hand.",
        f"Logistic regression, C={_REGULARISATION}, on {n_examples} candidates ({n_events} events) of "
        f"{len(articles)} articles.",
    )
    write_weights(options.out, bias, weights, options.threshold, made_by)


if __name__ == "__main__":
    main()
