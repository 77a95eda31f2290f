"""What the documents say of measured quality: from runs over our corpus, with rules alone.

Of the held-out part there are totals only: nothing here shows a row of it, or a figure of fewer than all its articles.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.evaluation.gold import Gold, Outputs, fingerprint, load_gold, load_outputs
from pipeline.evaluation.intervals import find_intervals
from pipeline.evaluation.scorers import score_all
from pipeline.evaluation.slices import cut, find_confusions, worst_first
from pipeline.evaluation.verdicts import Score, Verdict
from pipeline.vocabulary import DATE_BASES
from tests.documents.agreement import agreement
from tests.documents.marks import ROOT, table

OPEN_GOLD = ROOT / "corpus" / "gold"
HELD_OUT_GOLD = ROOT / "corpus" / "heldout" / "gold"
_STAMP_DIGITS = 12
#: What two annotators were asked for; which lines are the story's was given to both.
_ANNOTATED_TWICE = ("numbers", "organisations", "policies", "events")
#: What is shown of each kind of output, and in which words.
_FIGURES = {
    ("blocks", "f1"): "dropped lines (captions, boilerplate)",
    ("numbers", "f1"): "numbers",
    ("numbers", "role"): "… role right",
    ("numbers", "direction"): "… direction of changes right",
    ("numbers", "period"): "… period right",
    ("numbers", "measure"): "… measure (F1 of its words)",
    ("organisations", "f1"): "organisations",
    ("organisations", "canonical"): "… under their full name",
    ("policies", "f1"): "policies",
    ("policies", "canonical"): "… under their full name",
    ("mentions", "recall"): "mentions (recall)",
    ("events", "f1"): "events",
    ("events", "precision"): "… precision",
    ("events", "recall"): "… recall",
    ("events", "type"): "… type right",
    ("events", "status"): "… status right",
    ("events", "date_exact"): "… exactly the same days",
    ("events", "policy_f1"): "… policies (F1)",
    ("events", "organisation_f1"): "… organisations (F1)",
}
_MOST_CONFUSIONS = 12
_SIGNS = {"-": "missed", "+": "made up", "~": "wrong"}


@dataclass(frozen=True, slots=True)
class Measured:
    """A run held against its gold."""

    gold: dict[str, Gold]
    outputs: Outputs
    scores: dict[str, Score]
    stamp: str


def measure(out: Path, gold: Path) -> Measured:
    """The scores of an output folder, with the stamp that tells which gold they were taken on."""
    articles, outputs = load_gold(gold), load_outputs(out)
    stamp = f"Taken on {len(articles)} articles, gold `{fingerprint(gold)[:_STAMP_DIGITS]}`.\n\n"
    return Measured(articles, outputs, score_all(articles, outputs), stamp)


def make_measures(open_: Measured, held_out: Measured) -> dict[str, str]:
    """Every part that is measured."""
    return {
        "scores": _summary(open_, held_out),
        "scores-open": open_.stamp + _full(open_),
        "scores-heldout": held_out.stamp + _full(held_out),
        "events-by-type": open_.stamp + _slices(open_, "events", "type"),
        "events-by-status": open_.stamp + _slices(open_, "events", "status"),
        "events-by-basis": open_.stamp + _slices(open_, "events", "date_basis"),
        "events-by-year": open_.stamp + _slices(open_, "events", "year"),
        "events-by-topic": open_.stamp + _slices(open_, "events", "topic"),
        "events-by-dump": open_.stamp + _slices(open_, "events", "dump"),
        "numbers-by-unit": open_.stamp + _slices(open_, "numbers", "unit"),
        "confusions": open_.stamp + _confusions(open_),
        "failures": open_.stamp + _failures(open_),
        "coverage": _coverage(open_),
    }


def _summary(open_: Measured, held_out: Measured) -> str:
    """The README's table: floors on the real feed, both halves of our corpus, and two annotators."""
    floors = json.loads((ROOT / "tests" / "floors.json").read_text(encoding="utf-8"))
    _, agreement_of = agreement(HELD_OUT_GOLD)
    rows = []
    for (output, name), label in _FIGURES.items():
        floor = floors.get(output, {}).get(name)
        agreed = agreement_of[output].figures[name] if output in _ANNOTATED_TWICE else None
        measured = (each.scores[output].figures[name] for each in (open_, held_out))
        cells = (None if floor is None else math.floor(floor * 100) / 100, *measured, agreed)
        rows.append((label, *("" if value is None else f"{value:.2f}" for value in cells)))
    header = (
        "",
        "real feed, at least",
        f"our corpus, {len(open_.gold)} open",
        f"{len(held_out.gold)} held out",
        "annotators",
    )
    return table(header, rows)


def _full(measured: Measured) -> str:
    intervals = {name: find_intervals(score) for name, score in measured.scores.items()}
    rows = []
    for (output, name), label in _FIGURES.items():
        low, high = intervals[output].get(name, (0.0, 0.0))
        rows.append((label, f"{measured.scores[output].figures[name]:.3f}", f"{low:.2f} to {high:.2f}"))
    return table(("", "figure", "95 of 100 resamples"), rows)


def _slices(measured: Measured, output: str, by: str) -> str:
    rows = []
    for part in cut(by, {output: measured.scores[output]}, measured.gold, measured.outputs):
        figures = part.score.figures
        if part.is_asked_for:
            cells = (f"{figures[name]:.2f}" for name in ("precision", "recall", "f1"))
            rows.append((part.value, *cells, figures["gold"]))
    return table((by, "precision", "recall", "F1", "in the gold"), rows)


def _confusions(measured: Measured) -> str:
    found = [each for each in find_confusions(measured.scores) if each.output == "events"]
    worst = sorted(found, key=lambda each: (-each.n, each.field, each.wanted, each.got))[:_MOST_CONFUSIONS]
    return table(("of events", "gold", "taken for", "times"), ((c.field, c.wanted, c.got, c.n) for c in worst))


def _failures(measured: Measured) -> str:
    """One example of every kind of failure: the one that the output was surest of."""
    rows = []
    for output, score in measured.scores.items():
        errors = worst_first(score)
        for name, is_such in _kinds(output):
            found = [verdict for verdict in errors if is_such(verdict)]
            if found:
                rows.append((f"{output}, {name}", len(found), found[0].article_id, found[0].what))
    return table(("what", "how many", "article", "for example"), rows)


def _kinds(output: str) -> Iterator[tuple[str, Callable[[Verdict], bool]]]:
    """Kinds of failure: by sign, and for events also by what the date hangs on."""
    for sign, label in _SIGNS.items():
        if (output, sign) == ("events", "-"):
            for basis in DATE_BASES:
                yield f"{label}, date {basis}", partial(_is_such, sign=sign, basis=basis)
        else:
            yield label, partial(_is_such, sign=sign)


def _is_such(verdict: Verdict, sign: str, basis: str | None = None) -> bool:
    return verdict.sign == sign and basis in (None, (verdict.wanted or {}).get("date_basis"))


def _coverage(measured: Measured) -> str:
    """Articles of our corpus by year, the longest stretch without one, and what each dump covers."""
    published = sorted(article["published"][:10] for article in measured.outputs.articles.values())
    years = Counter(day[:4] for day in published)
    dumps: dict[str, list[str]] = defaultdict(list)
    for article in measured.outputs.articles.values():
        for dump in article["dumps"]:
            dumps[dump].append(article["published"][:10])
    rows = [(name, len(days), min(days), max(days)) for name, days in sorted(dumps.items())]
    by_year = table(("year", "articles"), sorted(years.items()))
    return by_year + "\n" + table(("dump", "articles", "first", "last"), rows)


def stamps(text: str) -> Iterator[str]:
    """The gold hashes that a made part was taken on."""
    return iter(re.findall(r"gold `([0-9a-f]{12})`", text))


def present_stamps() -> Mapping[str, str]:
    """The stamps that open and held-out parts must bear."""
    return {"open": fingerprint(OPEN_GOLD)[:_STAMP_DIGITS], "heldout": fingerprint(HELD_OUT_GOLD)[:_STAMP_DIGITS]}
