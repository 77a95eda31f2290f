"""Scores of parts: by what an entry is, by the article that it stands in, by what was taken for what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pipeline.errors import SettingsError
from pipeline.evaluation.gold import Gold, Outputs
from pipeline.evaluation.verdicts import RIGHT, Score, Verdict

#: What an entry or, where it was made up, a row says of itself.
OF_ENTRIES: Final = ("kind", "type", "status", "unit", "role", "date_basis")
#: What is known of the article.
OF_ARTICLES: Final = ("article", "year", "topic", "dump", "tag", "flag")
WAYS: Final = OF_ENTRIES + OF_ARTICLES

#: For each kind of output, what is compared between the gold entry and the row that answers it.
CONFUSABLE: Final = {
    "events": ("type", "status"),
    "organisations": ("type",),
    "policies": ("type",),
    "numbers": ("role", "direction"),
}
NONE: Final = "(none)"


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of one kind of output that has ``value`` in common."""

    output: str
    value: str
    score: Score

    @property
    def is_asked_for(self) -> bool:
        """Whether the gold has any that must be found; without, there is precision only."""
        return self.score.figures["gold"] > 0


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often ``wanted`` was taken for ``got``, in ``field`` of one kind of output."""

    output: str
    field: str
    wanted: str
    got: str
    n: int


def cut(by: str, scores: Mapping[str, Score], gold: Mapping[str, Gold], outputs: Outputs) -> list[Slice]:
    """Each kind of output in parts, those with the lowest F1 first; kinds that can't be parted so are left out.

    Where gold and row differ, the gold's word decides. An article with several dumps, tags or flags counts in each.
    Raises ``SettingsError`` for a way that isn't one of ``WAYS``.
    """
    if by not in WAYS:
        raise SettingsError(f"{by!r} is no way to part the figures", f"it can be {', '.join(WAYS)}")
    values = _of_articles(by, gold, outputs) if by in OF_ARTICLES else lambda verdict: _of_entry(by, verdict)
    slices = []
    for output, score in scores.items():
        if "f1" not in score.figures:
            continue
        groups: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in score.verdicts:
            for value in values(verdict):
                groups[value].append(verdict)
        parts = [Slice(output, value, score.part(verdicts)) for value, verdicts in groups.items()]
        asked = [part for part in parts if part.score.figures["gold"] or part.score.figures["predicted"]]
        slices += sorted(asked, key=lambda part: (not part.is_asked_for, part.score.figures["f1"], part.value))
    return slices


def _of_entry(by: str, verdict: Verdict) -> list[str]:
    entry: Mapping[str, Any] = verdict.wanted or verdict.row or {}
    return [str(entry[by])] if entry.get(by) else []


def _of_articles(by: str, gold: Mapping[str, Gold], outputs: Outputs) -> Callable[[Verdict], list[str]]:
    known = {article_id: _facts(by, article_id, gold, outputs) for article_id in gold}
    return lambda verdict: known.get(verdict.article_id, [])


def _facts(by: str, article_id: str, gold: Mapping[str, Gold], outputs: Outputs) -> list[str]:
    article = outputs.articles.get(article_id, {})
    if by == "article":
        return [article_id]
    if by == "year":
        return [gold[article_id]["published"][:4]]
    if by == "topic":
        topic_id = article.get("topic_id")
        return [outputs.topics.get(topic_id, topic_id) if topic_id else NONE]
    return article.get(f"{by}s") or [NONE]


def find_confusions(scores: Mapping[str, Score]) -> list[Confusion]:
    """What was taken for what, in the order of the outputs and their fields; the most frequent first.

    Of entries that were found; what is right isn't listed.
    """
    found: Counter[tuple[str, str, str, str]] = Counter()
    for output, names in CONFUSABLE.items():
        for verdict in scores[output].verdicts if output in scores else ():
            for name in names:
                wanted, got = _pair(output, name, verdict)
                if wanted != got:
                    found[output, name, wanted, got] += 1
    order = [(output, name) for output, names in CONFUSABLE.items() for name in names]
    ranked = sorted(found.items(), key=lambda item: (order.index(item[0][:2]), -item[1], item[0]))
    return [Confusion(*what, n) for what, n in ranked]


def _pair(output: str, name: str, verdict: Verdict) -> tuple[str, str]:
    """What gold and row say, of verdicts that are counted; two empty words otherwise."""
    if verdict.wanted is None or verdict.row is None or (output == "events" and verdict.sign != RIGHT):
        return "", ""
    if output == "numbers" and (
        verdict.wanted["tier"] != "core" or (name == "direction" and verdict.wanted["role"] != "change")
    ):
        return "", ""
    return str(verdict.wanted.get(name) or NONE), str(verdict.row.get(name) or NONE)


def worst_first(score: Score) -> list[Verdict]:
    """The errors: what the output is surest of first, by its ``confidence``; then the others, article by article."""
    return sorted(score.errors, key=lambda verdict: -float((verdict.row or {}).get("confidence") or 0))
