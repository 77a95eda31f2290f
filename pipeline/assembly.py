"""From what was read and found to the rows of every table: the step between the stages and the store.

Rows of an article are made anew only when something that they are made from has changed; tables over all articles are
computed as a whole and compared with what is there. So the tables are the same whatever the order or number of runs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from pipeline import fingerprints, rows
from pipeline.chronicle import Change, Chronicle
from pipeline.cleaning.ledger import check_ledger, ledger_rows
from pipeline.cleaning.merge import DumpFacts, Revision, merge_article
from pipeline.cleaning.similar import bands_of_all
from pipeline.crew import Ahead, Crew
from pipeline.neighbours import link_neighbours, put_bands
from pipeline.progress import Progress
from pipeline.records import Article, CleanItem, Extraction, Rejection
from pipeline.registers import Registers
from pipeline.reviewing import ask, count_decisions, decisions_by_article, load_decisions, note_stale, told
from pipeline.sorting import begin_topics, update_topics
from pipeline.store.contents import DECIDED, NOTES, Contents
from pipeline.store.filling import indexed_at_the_end
from pipeline.store.state import State, StoredDump
from pipeline.tables import Row
from pipeline.timeline.conflicts import conflicts_between, conflicts_within
from pipeline.timeline.decisions import Decision, apply_decisions, dump_decision
from pipeline.timeline.mending import mend_extraction
from pipeline.timeline.series import Point, build_series, make_series
from pipeline.usage import update_names

if TYPE_CHECKING:
    from pipeline.cleaning.similar import Sketch

#: Texts of which one process at a time makes what their near-duplicates are found by.
_TEXTS_TOGETHER: Final = 32
#: The fact that says what code made series and conflicts.
_FIGURES: Final = "figures made by"


@dataclass(frozen=True, slots=True)
class Plan:
    """What must be made anew: articles with what each is to be made from, and those that are gone.

    ``facts`` are those of every dump by its hash, ``decisions`` the reviewers' by the article that they are about.
    """

    made: Mapping[str, str]
    gone: Sequence[str]
    facts: Mapping[str, DumpFacts]
    dumps: Sequence[StoredDump]
    decisions: Mapping[str, Sequence[Decision]]


def plan_update(state: State, contents: Contents, extraction_fingerprint: str, project: Path) -> Plan:
    """Which articles' rows are not made from the present items, dumps, extraction and decisions of reviewers."""
    dumps = state.dumps()
    facts = dump_facts(dumps)
    stamps = {
        dump.clean.sha256: fingerprints.combine(dump.clean.sha256, dump.fingerprint, repr(facts[dump.clean.sha256]))
        for dump in dumps
    }
    common = fingerprints.combine(extraction_fingerprint, fingerprints.rows_fingerprint())
    decisions = decisions_by_article(load_decisions(project))
    before = contents.articles_made()
    made = {}
    for article_id, places in groupby(state.item_places(), key=lambda place: place[0]):
        decided = map(dump_decision, decisions.get(article_id, ()))
        items = (f"{stamps[sha256]} {position}" for _, sha256, position in places)
        stamp = fingerprints.combine(common, *items, *decided)
        if before.pop(article_id, None) != stamp:
            made[article_id] = stamp
    return Plan(made, sorted(before), facts, dumps, decisions)


def dump_facts(dumps: Sequence[StoredDump]) -> dict[str, DumpFacts]:
    """What merging needs to know of every dump, by its hash.

    A dump goes by its file's name; where two files have one name, with the beginning of the hash behind it.
    """
    times = Counter(dump.name for dump in dumps)
    return {
        dump.clean.sha256: DumpFacts(
            dump.name if times[dump.name] == 1 else f"{dump.name}@{dump.clean.sha256[:8]}",
            dump.clean.built,
            dump.clean.tag,
            dump.newest,
        )
        for dump in dumps
    }


def text_key(article: Article) -> str:
    """The key under which an article's extraction is kept: made from all that extraction reads of it."""
    kinds = " ".join(f"{block.kind}:{block.start_char}" for block in article.blocks if block.start_char is not None)
    return fingerprints.text_key(article.title, article.text, article.published.isoformat(), kinds)


def update_tables(
    state: State,
    contents: Contents,
    plan: Plan,
    registers: Registers,
    project: Path,
    seed: int,
    crew: Crew,
    progress: Progress,
) -> None:
    """Bring every table up to date. Works inside of a transaction.

    ``project`` is the folder with what the user owns; a first topic model is put there. The ``crew`` takes off this
    process what needs no archive; nothing but time depends on its size.

    Raises ``LedgerError`` where the ledger of a dump doesn't add up: that is a bug, never an input's fault.
    """
    n_kept = len(contents.articles_made()) - len(plan.gone)
    is_mostly_new = 2 * len(plan.made) > n_kept
    with indexed_at_the_end(contents.connection) if is_mostly_new else nullcontext():
        chronicle = Chronicle(contents.archive, fingerprints.timeline_fingerprint(), crew, progress=progress)
        progress.start("Filling tables", len(plan.made))
        for article_id in plan.gone:
            contents.remove_article(article_id)
            chronicle.put_article(article_id, ())
        reworded = set(plan.gone)
        retold: set[str] = set()
        within: dict[str, Sequence[Row]] = dict.fromkeys(plan.gone, ())
        for article_id in plan.gone:
            retold |= contents.put_outcomes(article_id, {})
        texts = Ahead(crew, bands_of_all, _TEXTS_TOGETHER)
        sketches: dict[str, Sketch] = {}
        for article_id, made in plan.made.items():
            is_reworded, changed, within[article_id] = _update_article(
                state, contents, chronicle, article_id, made, plan, registers
            )
            retold |= changed
            if is_reworded:
                reworded.add(article_id)
                texts.add((article_id, contents.text(article_id)))
                put_bands(contents, texts.ready(), sketches)
            progress.advance()
        state.drop_unused()
        place = begin_topics(contents, project, seed, crew)
        put_bands(contents, texts.rest(), sketches)
        progress.start("Looking for twins", len(reworded))
        link_neighbours(contents, reworded, set(plan.made), sketches, progress)
        _update_ledgers(state, contents, plan, retold)
        contents.replace_rows("rejections", _rejection_rows(state, contents, plan))
        change, notes_on_decisions = _update_chronicle(contents, chronicle, plan)
        progress.start("Sorting, counting", None)
        topic_of, notes = update_topics(contents, project, place())
        _put_events(contents, change, topic_of)
        update_names(contents, registers)
        _update_figures(contents, registers, plan, within)
        contents.archive.set_fact(NOTES, json.dumps(notes + notes_on_decisions, ensure_ascii=False))


# --------------------------------------------------------------------------- one article


def _update_article(
    state: State,
    contents: Contents,
    chronicle: Chronicle,
    article_id: str,
    made: str,
    plan: Plan,
    registers: Registers,
) -> tuple[bool, set[str], list[Row]]:
    """Whether the article's text is another one, the dumps in which an item became something else, its conflicts."""
    article, revisions, outcomes = merge_article(state.items_of(article_id), plan.facts)
    key = text_key(article)
    extraction, _ = state.extraction(key)
    decisions = plan.decisions.get(article_id, ())
    extraction = mend_extraction(article, extraction, decisions, registers)
    pair = [(article, extraction)]
    is_reworded = contents.text_key(article_id) != key
    tellings = apply_decisions(rows.make_tellings(pair), decisions).tellings
    chronicle.put_article(article_id, tellings)
    event_ids = contents.events_of(article_id)
    contents.put_article(
        article,
        made,
        key,
        {
            "articles": rows.article_rows([article], {}),
            "article_texts": rows.text_rows([article]),
            "revisions": _revision_rows(revisions),
            "evidence": rows.evidence_rows(
                tellings, {each.evidence_id: event_ids.get(each.evidence_id, "") for each in tellings}
            ),
            "numbers": rows.number_rows(pair, build_series(pair).measure_ids),
            "mentions": rows.mention_rows(pair),
        },
    )
    uses = {key: msgspec.json.encode(use) for key, use in rows.article_uses(extraction).items()}
    contents.put_uses(article_id, rows.moment(article.published), uses)
    return is_reworded, contents.put_outcomes(article_id, outcomes), conflicts_within(article, extraction)


def _revision_rows(revisions: Iterable[Revision]) -> Iterator[Row]:
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


# --------------------------------------------------------------------------- dumps


def _update_ledgers(state: State, contents: Contents, plan: Plan, retold: set[str]) -> None:
    """Every byte of every dump in one bin; only dumps in which something has changed are gone through."""
    contents.drop_ledgers()
    shown = contents.ledgers_shown()
    for dump in plan.dumps:
        sha256, name = dump.clean.sha256, plan.facts[dump.clean.sha256].name
        stamp = fingerprints.combine(dump.fingerprint, name, fingerprints.rows_fingerprint())
        if shown[sha256] != stamp or sha256 in retold:
            contents.put_ledger(sha256, stamp, _ledger_rows(state, dump, name, contents.outcomes_of(sha256)))


def _ledger_rows(state: State, dump: StoredDump, name: str, outcomes: Mapping[int, str]) -> Iterator[Row]:
    items: tuple[CleanItem, ...] = tuple(state.ranges_of(dump.clean.sha256))  # type: ignore[arg-type]
    ranges = ledger_rows(replace(dump.clean, items=items), outcomes)
    check_ledger(ranges, dump.clean.n_bytes)
    for each in ranges:
        yield {
            "dump": name,
            "sha256": dump.clean.sha256,
            "start_byte": each.start_byte,
            "end_byte": each.end_byte,
            "bin": each.bin,
            "rule": each.rule,
            "article_id": each.article_id,
        }


def _rejection_rows(state: State, contents: Contents, plan: Plan) -> Iterator[Row]:
    """Rows of ``rejections``: of dumps, of inputs that couldn't be opened, of articles that couldn't be analysed."""
    for dump in plan.dumps:
        for each in dump.clean.rejections:
            yield _rejection_row(replace(each, dump=plan.facts[dump.clean.sha256].name))
    for each in state.refused():
        yield _rejection_row(each)
    for article_id, sha256, position, failure in contents.failures():
        ranges = next(item.ranges for item in state.ranges_of(sha256) if item.position == position)
        start, end = (ranges[0].start_byte, ranges[-1].end_byte) if ranges else (0, 0)
        detail = f"{article_id}: {failure}"
        name = plan.facts[sha256].name
        yield _rejection_row(Rejection(name, start, end, "extract", "extraction_failed", detail))


def _rejection_row(rejection: Rejection) -> Row:
    return asdict(rejection)


# --------------------------------------------------------------------------- all articles


def _update_chronicle(contents: Contents, chronicle: Chronicle, plan: Plan) -> tuple[Change, list[str]]:
    """What has changed in the timeline, and notes on reviewers' decisions whose evidence is gone or changed."""
    decisions = [each for own in plan.decisions.values() for each in own]
    if chronicle.is_void:
        for article_id, own in groupby(told(contents, plan.decisions), key=lambda telling: telling.article_id):
            if article_id not in plan.made:
                chronicle.put_article(article_id, apply_decisions(own, plan.decisions.get(article_id, ())).tellings)
    applied = apply_decisions(told(contents, plan.decisions, set(plan.decisions)), decisions)
    asked = ask(contents, plan.decisions)
    change = chronicle.bring_up_to_date(asked.grouping, contents.newest_telling(), asked.linking)
    counts = count_decisions(decisions, applied, asked.lost)
    contents.archive.set_fact(DECIDED, json.dumps(counts, sort_keys=True))
    return change, note_stale(applied, contents.published().keys(), asked.lost)


def _put_events(contents: Contents, change: Change, topic_of: Mapping[str, str | None]) -> None:
    """Rows of events that have changed, and of those whose article has another topic now."""
    contents.put_rows("timeline", change.gone, rows.timeline_rows(change.events, topic_of))
    contents.set_some("evidence", "event_id", change.told)
    contents.set_topics_of_events(topic_of)


def _update_figures(contents: Contents, registers: Registers, plan: Plan, within: Mapping[str, Sequence[Row]]) -> None:
    """Series over time, and figures that can't both be right; ``within`` are those of an article with itself.

    Only measures of which a figure has come or gone are gone through; all, where other code made what is there.
    """
    code = fingerprints.timeline_fingerprint()
    if contents.archive.fact(_FIGURES) == code:
        measures = sorted(contents.touched.measures)
        series = make_series(Point(*each) for each in contents.points(measures))  # type: ignore[arg-type]
    else:
        contents.clear_figures()
        figures = partial(_figures_as_decided, contents, registers, plan)
        within = {article.article_id: conflicts_within(article, extraction) for article, extraction in figures()}
        series = build_series(figures())
        contents.set_column("numbers", "measure_id", series.measure_ids)
        measures = sorted(set(series.measure_ids.values()))
        contents.archive.set_fact(_FIGURES, code)
    contents.replace_some("series", "measure_id", measures, series.rows)
    owned: dict[str, list[Row]] = {owner: list(rows) for owner, rows in within.items()}
    owned |= {measure_id: [] for measure_id in measures}
    for measure_id, row in conflicts_between(series):
        owned[measure_id].append(row)
    contents.put_conflicts(owned)


def _figures_as_decided(contents: Contents, registers: Registers, plan: Plan) -> Iterator[tuple[Article, Extraction]]:
    """Every article with numbers, those that reviewers corrected as they want them; lazily."""
    for article, extraction in contents.figures_found():
        yield article, mend_extraction(article, extraction, plan.decisions.get(article.article_id, ()), registers)
