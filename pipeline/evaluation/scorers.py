"""One scorer a kind of output. Each gives its figures (0 to 1, counts as whole numbers) and the misses.

A prediction answers at most one gold entry, and the other way round. Entries that the annotators marked as optional
are neither asked for nor held against. ``minor`` numbers are not asked for, but not held against either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pipeline import edtf
from pipeline.evaluation.compare import (
    as_number,
    fold,
    is_true,
    name_set,
    names_f1,
    same_days,
    same_value,
    share_of_words,
    strip_marker,
    word_f1,
)  # fmt: skip
from pipeline.evaluation.gold import Gold, Outputs
from pipeline.vocabulary import KEPT_KINDS

_SAME_SENTENCE: Final = 0.6
_SAME_DATE: Final = 0.5
_HEADER: Final = ("title", "url", "published", "comment_count", "image_url", "image_credit", "summary")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Miss:
    """What went wrong: ``-`` missed, ``+`` made up, ``~`` found but not right."""

    sign: str
    article_id: str
    what: str


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one kind of output, by name, and its misses in the order of the articles."""

    figures: dict[str, float]
    misses: list[Miss]


def precision_recall(right: float, predicted: float, found: float, wanted: float) -> dict[str, float]:
    """Precision, recall and F1 with the counts that they come from."""
    precision = right / predicted if predicted else 0.0
    recall = found / wanted if wanted else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "predicted": predicted, "gold": wanted}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def score_items(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Articles found, and header fields that are exactly right."""
    misses = []
    right = total = 0
    for article_id, wanted in gold.items():
        article = outputs.articles.get(article_id)
        for name in _HEADER:
            total += 1
            if article is not None and _same_field(name, wanted.get(name), article.get(name)):
                right += 1
            else:
                got = (article or {}).get(name)
                misses.append(Miss("-", article_id, f"{name}: want {wanted.get(name)!r}, got {got!r}"))
    found = sum(article_id in outputs.articles for article_id in gold)
    return Score({"found": _ratio(found, len(gold)), "fields_exact": _ratio(right, total)}, misses)


def _same_field(name: str, wanted: Any, got: Any) -> bool:
    if name == "published" and wanted and got:
        return datetime.fromisoformat(wanted) == datetime.fromisoformat(got)
    return fold(wanted) == fold(got) if isinstance(wanted, str) else wanted == got


def score_blocks(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Dropped lines (captions, boilerplate) as precision and recall; share of kept lines with the right kind."""
    misses = []
    dropped_right = dropped_wrong = kept_wrong = right_kind = kept = 0
    for article_id, wanted in gold.items():
        kinds: dict[str, list[str]] = defaultdict(list)
        for block in outputs.articles.get(article_id, {}).get("blocks", ()):
            if block["kind"] in KEPT_KINDS:
                kinds[fold(block["text"])].append(block["kind"])
        for block in wanted["blocks"]:
            stack = kinds.get(fold(strip_marker(block["text"]))) or kinds.get(fold(block["text"]))
            kind = stack.pop(0) if stack else None
            line = block["text"][:90]
            if block["kind"] in KEPT_KINDS:
                kept += 1
                if kind is None:
                    dropped_wrong += 1
                    misses.append(Miss("+", article_id, f"dropped a {block['kind']}: {line}"))
                elif kind == block["kind"]:
                    right_kind += 1
                else:
                    misses.append(Miss("~", article_id, f"{block['kind']} taken for {kind}: {line}"))
            elif kind is None:
                dropped_right += 1
            else:
                kept_wrong += 1
                misses.append(Miss("-", article_id, f"kept a {block['kind']}: {line}"))
    figures = precision_recall(dropped_right, dropped_right + dropped_wrong, dropped_right, dropped_right + kept_wrong)
    return Score({**figures, "kind_accuracy": _ratio(right_kind, kept)}, misses)


def score_numbers(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Recall over core numbers, precision over all; of the core numbers found, the share with each fact right."""
    misses = []
    found = right = predicted = wanted_core = changes = 0
    facts: dict[str, float] = dict.fromkeys(("role", "direction", "period", "approximate", "measure"), 0.0)
    for article_id, wanted in gold.items():
        free = list(outputs.numbers.get(article_id, ()))
        predicted += len(free)
        for tier in ("core", "minor"):
            for number in (n for n in wanted["numbers"] if n["tier"] == tier):
                wanted_core += tier == "core"
                options = [row for row in free if same_value(number, row)]
                if not options:
                    if tier == "core":
                        what = f"[{number['block']}] {number['text']} = {number['value']} {number['unit']}"
                        misses.append(Miss("-", article_id, what))
                    continue
                best = max(options, key=_number_fitness(number))
                free.remove(best)
                right += 1
                if tier == "core":
                    found += 1
                    changes += number["role"] == "change"
                    _count_facts(facts, number, best)
        misses += [Miss("+", article_id, f"{row.get('text')} = {row.get('value')} {row.get('unit')}") for row in free]
    shares = {name: _ratio(count, changes if name == "direction" else found) for name, count in facts.items()}
    return Score({**precision_recall(right, predicted, found, wanted_core), **shares}, misses)


def _number_fitness(number: Mapping[str, Any]) -> Callable[[Row], tuple[bool, float, float]]:
    """How well a row of the same value answers a gold number."""
    return lambda row: (
        fold(row.get("text")) == fold(number["text"]),
        edtf.overlap(number.get("period"), row.get("period")),
        word_f1(number.get("measure") or "", row.get("measure") or ""),
    )


def _count_facts(facts: dict[str, float], number: Mapping[str, Any], row: Row) -> None:
    facts["role"] += row.get("role") == number["role"]
    facts["direction"] += number["role"] == "change" and (row.get("direction") or None) == number["direction"]
    facts["period"] += same_days(row.get("period"), number["period"])
    facts["approximate"] += is_true(row.get("approximate")) == bool(number["approximate"])
    facts["measure"] += word_f1(number.get("measure") or "", row.get("measure") or "")


def score_entities(kind: str, gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """``organisations`` or ``policies``: a prediction answers an entry by its name or any of its forms."""
    misses = []
    found = made_up = wanted_all = canonical = typed = 0
    for article_id, wanted in gold.items():
        entities = _entities(kind, outputs.mentions.get(article_id, ()))
        used: set[str] = set()
        for entry in sorted(wanted[kind], key=lambda entry: bool(entry.get("optional"))):
            is_asked = not entry.get("optional")
            wanted_all += is_asked
            forms = {fold(entry["name"])} | {fold(surface) for surface in entry["surfaces"]}
            options = [key for key, entity in entities.items() if key not in used and entity.forms & forms]
            if not options:
                if is_asked:
                    misses.append(Miss("-", article_id, f"{entry['name']} ({', '.join(entry['surfaces'])})"))
                continue
            best = max(options, key=lambda key: fold(entities[key].name) == fold(entry["name"]))
            used.update([best] if is_asked else options)
            if is_asked:
                found += 1
                typed += entities[best].type == entry["type"]
                if fold(entities[best].name) == fold(entry["name"]):
                    canonical += 1
                else:
                    misses.append(Miss("~", article_id, f"{entry['name']} named {entities[best].name}"))
        for key, entity in entities.items():
            if key not in used:
                made_up += 1
                misses.append(Miss("+", article_id, f"{entity.name} [{entity.type}]"))
    figures = precision_recall(found, found + made_up, found, wanted_all)
    return Score({**figures, "canonical": _ratio(canonical, found), "type": _ratio(typed, found)}, misses)


@dataclass(frozen=True, slots=True)
class _Entity:
    name: str
    type: str
    forms: set[str]


def _entities(kind: str, mentions: Sequence[Row]) -> dict[str, _Entity]:
    singular = {"organisations": "organisation", "policies": "policy"}[kind]
    entities: dict[str, _Entity] = {}
    for row in mentions:
        if row["kind"] == singular:
            entity = entities.setdefault(row["entity_id"], _Entity(row["name"], row["type"], set()))
            entity.forms.update((fold(row["name"]), fold(row["text"])))
    return entities


def score_mentions(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Recall of mentions: every place where a form that is asked for stands must be covered by a mention."""
    misses = []
    found = total = 0
    for article_id, wanted in gold.items():
        text = outputs.articles.get(article_id, {}).get("text") or ""
        for kind, singular in (("organisations", "organisation"), ("policies", "policy")):
            spans = [
                (int(as_number(row["start_char"]) or 0), int(as_number(row["end_char"]) or 0))
                for row in outputs.mentions.get(article_id, ())
                if row["kind"] == singular and (row.get("field") or "text") == "text"
            ]
            for surface, start, end in _places(wanted[kind], text):
                total += 1
                if any(a < end and start < b for a, b in spans):
                    found += 1
                else:
                    misses.append(Miss("-", article_id, f"{singular} at {start}: {surface}"))
    return Score({"recall": _ratio(found, total), "gold": total}, misses)


def _places(entries: Sequence[Mapping[str, Any]], text: str) -> Iterator[tuple[str, int, int]]:
    """Where the forms of the asked-for entries stand; of those that overlap, the longest."""
    taken: list[tuple[int, int]] = []
    forms = [(surface, bool(entry.get("optional"))) for entry in entries for surface in entry["surfaces"]]
    for surface, is_optional in sorted(forms, key=lambda form: -len(form[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                if not is_optional:
                    yield surface, match.start(), match.end()


def score_events(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Sentence and date together (``f1``), the sentence alone (``detection_f1``), and facts of those answered."""
    misses = []
    detected = right = predicted = wanted_all = 0
    facts: dict[str, float] = dict.fromkeys(
        ("type", "status", "date_exact", "amount", "policy_f1", "organisation_f1"), 0.0
    )
    for article_id, wanted in gold.items():
        rows = list(outputs.evidence.get(article_id, ()))
        answers = _pair_events(wanted["events"], rows)
        for index, event in enumerate(wanted["events"]):
            is_asked = not event.get("optional")
            wanted_all += is_asked
            row = rows[answers[index]] if index in answers else None
            if not is_asked:
                continue
            quote = event["quote"][:100]
            if row is None:
                misses.append(Miss("-", article_id, f"{event['date']} {event['type']}: {quote}"))
                continue
            detected += 1
            predicted += 1
            if edtf.overlap(event["date"], row.get("date")) >= _SAME_DATE:
                right += 1
                _count_event_facts(facts, event, row)
            else:
                misses.append(Miss("~", article_id, f"want {event['date']}, got {row.get('date')}: {quote}"))
        for index, row in enumerate(rows):
            if index not in answers.values():
                predicted += 1
                what = f"{row.get('date')} {row.get('type')}: {(row.get('quote') or '')[:100]}"
                misses.append(Miss("+", article_id, what))
    figures = precision_recall(right, predicted, right, wanted_all)
    detection = precision_recall(detected, predicted, detected, wanted_all)["f1"]
    shares = {name: _ratio(count, right) for name, count in facts.items()}
    return Score({**figures, "detection_f1": detection, **shares}, misses)


def _pair_events(events: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> dict[int, int]:
    """The row that answers each gold event, best pairs first."""
    pairs = []
    for i, event in enumerate(events):
        for j, row in enumerate(rows):
            shared = share_of_words(event["quote"], row.get("quote") or "")
            if shared >= _SAME_SENTENCE:
                overlap = edtf.overlap(event["date"], row.get("date"))
                policies = names_f1(name_set(event["policies"]), name_set(row.get("policies")))
                fitness = (overlap >= _SAME_DATE, event["type"] == row.get("type"), overlap, policies, shared)
                pairs.append((fitness, i, j))
    pairs.sort(key=lambda pair: pair[0], reverse=True)
    answers: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in answers and j not in answers.values():
            answers[i] = j
    return answers


def _count_event_facts(facts: dict[str, float], event: Mapping[str, Any], row: Row) -> None:
    facts["type"] += row.get("type") == event["type"]
    facts["status"] += row.get("status") == event["status"]
    facts["date_exact"] += same_days(row.get("date"), event["date"])
    facts["amount"] += as_number(event.get("amount")) == as_number(row.get("amount"))
    facts["policy_f1"] += names_f1(name_set(event["policies"]), name_set(row.get("policies")))
    facts["organisation_f1"] += names_f1(name_set(event["organisations"]), name_set(row.get("organisations")))


def score_offsets(gold: Mapping[str, Gold], outputs: Outputs) -> Score:
    """Share of rows, over all articles read, whose offsets give their text."""
    misses = []
    figures = {}
    tables = (("numbers", outputs.numbers, "text"), ("mentions", outputs.mentions, "text"),
              ("evidence", outputs.evidence, "quote"))  # fmt: skip
    for name, by_article, column in tables:
        right = total = 0
        for article_id, rows in by_article.items():
            article = outputs.articles.get(article_id, {})
            for row in rows:
                total += 1
                where = article.get(row.get("field") or "text") or ""
                start, end = as_number(row.get("start_char")), as_number(row.get("end_char"))
                if start is not None and end is not None and where[int(start) : int(end)] == row.get(column):
                    right += 1
                else:
                    misses.append(Miss("~", article_id, f"{name}: {row.get(column)!r}"))
        figures[name] = _ratio(right, total)
    return Score(figures, misses)


def score_all(gold: Mapping[str, Gold], outputs: Outputs) -> dict[str, Score]:
    """Every kind of output, in the order in which the work is done."""
    return {
        "items": score_items(gold, outputs),
        "blocks": score_blocks(gold, outputs),
        "numbers": score_numbers(gold, outputs),
        "organisations": score_entities("organisations", gold, outputs),
        "policies": score_entities("policies", gold, outputs),
        "mentions": score_mentions(gold, outputs),
        "events": score_events(gold, outputs),
        "offsets": score_offsets(gold, outputs),
    }
