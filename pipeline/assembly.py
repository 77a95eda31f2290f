"""From what was read and found to the rows of every table: a pure step between the stages and the store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from pipeline import rows
from pipeline.cleaning.ledger import check_ledger, ledger_rows
from pipeline.cleaning.merge import MergeResult, Revision
from pipeline.records import CleanDump, CleanItem, Extraction, PolicyEvent
from pipeline.registers import Registers
from pipeline.tables import Row
from pipeline.timeline.conflicts import find_conflicts
from pipeline.timeline.merge import build_timeline
from pipeline.timeline.series import build_series
from pipeline.timeline.states import policy_states
from pipeline.topics.model import sort_into_topics


def assemble(
    dumps: Sequence[CleanDump],
    items: Iterable[CleanItem],
    merged: MergeResult,
    extractions: Mapping[str, Extraction],
    registers: Registers,
    seed: int,
) -> dict[str, list[Row]]:
    """Rows by table, the export tables and the two beside them (``article_texts``, ``revisions``).

    Raises ``AssertionError`` where the ledger of a dump doesn't add up: that is a bug, never an input's fault.
    """
    labels = label_dumps(dumps)
    articles = merged.articles
    pairs = [(article, extractions[article.article_id]) for article in articles]
    tellings = list(rows.make_tellings(pairs))
    events = build_timeline(tellings)
    event_ids = {evidence_id: event.event_id for event in events for evidence_id in event.evidence_ids}
    topics, assignments = sort_into_topics(pairs, seed)
    topic_of = {assignment.article_id: assignment.topic_id for assignment in assignments}
    series = build_series(pairs)
    uses = rows.entity_uses(pairs)
    by_id = {article.article_id: article for article in articles}
    return {
        name: list(table)
        for name, table in {
            "timeline": rows.timeline_rows(events, topic_of),
            "evidence": rows.evidence_rows(tellings, event_ids),
            "numbers": rows.number_rows(pairs, series.measure_ids),
            "series": series.rows,
            "conflicts": find_conflicts(pairs, series),
            "mentions": rows.mention_rows(pairs),
            "organisations": rows.organisation_rows(uses, registers),
            "policies": rows.policy_rows(uses, registers, _count_events(events), policy_states(events)),
            "topics": rows.topic_rows(topics, by_id),
            "articles": rows.article_rows(articles, {each.article_id: each for each in assignments}),
            "ledger": _ledger(dumps, items, merged, labels),
            "rejections": _rejections(dumps, labels),
            "article_texts": rows.text_rows(articles),
            "revisions": _revisions(merged.revisions),
        }.items()
    }


def label_dumps(dumps: Iterable[CleanDump]) -> dict[str, str]:
    """A dump's name by its hash; where two files have one name, with the beginning of the hash behind it."""
    dumps = list(dumps)
    times = Counter(dump.name for dump in dumps)
    return {dump.sha256: dump.name if times[dump.name] == 1 else f"{dump.name}@{dump.sha256[:8]}" for dump in dumps}


def _count_events(events: Iterable[PolicyEvent]) -> Counter[str]:
    return Counter(name for event in events for name in event.policies)


def _ledger(
    dumps: Iterable[CleanDump], items: Iterable[CleanItem], merged: MergeResult, labels: Mapping[str, str]
) -> Iterator[Row]:
    """Rows of ``ledger``: every byte of every dump, each in one bin."""
    by_dump: dict[str, list[CleanItem]] = {}
    for item in items:
        by_dump.setdefault(item.dump_sha256, []).append(item)
    for dump in dumps:
        whole = replace(dump, items=tuple(sorted(by_dump.get(dump.sha256, ()), key=lambda item: item.position)))
        ends = {item.position: merged.outcomes[dump.sha256, item.position] for item in whole.items}
        ranges = ledger_rows(whole, ends)
        check_ledger(ranges, dump.n_bytes)
        for each in ranges:
            yield {
                "dump": labels[dump.sha256],
                "sha256": dump.sha256,
                "start_byte": each.start_byte,
                "end_byte": each.end_byte,
                "bin": each.bin,
                "rule": each.rule,
                "article_id": each.article_id,
            }


def _rejections(dumps: Iterable[CleanDump], labels: Mapping[str, str]) -> Iterator[Row]:
    """Rows of ``rejections``."""
    for dump in dumps:
        for each in dump.rejections:
            yield {
                "dump": labels[dump.sha256],
                "start_byte": each.start_byte,
                "end_byte": each.end_byte,
                "stage": each.stage,
                "reason": each.reason,
                "detail": each.detail,
            }


def _revisions(revisions: Iterable[Revision]) -> Iterator[Row]:
    """Rows of ``revisions``: every other version of an article, with what the current text changes in it."""
    for each in revisions:
        yield {
            "article_id": each.article_id,
            "dump": each.dump,
            "sha256": each.dump_sha256,
            "position": each.position,
            "title": each.title,
            "text": each.text,
            "changes": json.dumps([asdict(change) for change in each.changes], ensure_ascii=False),
        }
