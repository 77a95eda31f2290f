"""Texts that were not analysed yet, or by something else than what is here now, through the extraction."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import fingerprints
from pipeline.assembly import Plan, text_key
from pipeline.cleaning.merge import merge_article
from pipeline.crew import Crew
from pipeline.progress import Progress
from pipeline.records import Article
from pipeline.registers import Registers
from pipeline.settings import NO_MODEL, Settings
from pipeline.store.state import State
from pipeline.workers import CHUNK, Task, open_workers


def extract_missing(
    state: State, plan: Plan, registers: Registers, settings: Settings, progress: Progress, crew: Crew
) -> int:
    """Analyse what the archive doesn't have, keeping it chunk by chunk: the number of texts.

    A run that is cut short leaves what is done; the next one goes on from there. Only so many texts are in memory as
    are under way. Where the model's named entities are known, they are used and the model isn't run.
    """
    fingerprint = fingerprints.extraction_fingerprint(settings.model, registers.fingerprint)
    names_fingerprint = fingerprints.names_fingerprint(settings.model)
    progress.start("Extracting", len(plan.made))
    n_texts = 0
    with open_workers(settings, registers, len(plan.made), crew) as do:
        for found in do(_tasks(state, plan, fingerprint, names_fingerprint, progress)):
            names = {} if settings.model == NO_MODEL else found.names
            state.add_extractions(found.packed, fingerprint, names, names_fingerprint)
            n_texts += len(found.packed)
            progress.advance(len(found.packed))
    return n_texts


def _tasks(state: State, plan: Plan, fingerprint: str, names_fingerprint: str, progress: Progress) -> Iterator[Task]:
    """Chunks of texts to analyse, those for which the model's names are known apart from the others."""
    seen: set[str] = set()
    unknown: dict[str, Article] = {}
    known: dict[str, Article] = {}
    for article_id in plan.made:
        article, _, _ = merge_article(state.items_of(article_id), plan.facts)
        key = text_key(article)
        if key in seen or not state.missing_extractions([key], fingerprint):
            progress.advance()
            continue
        seen.add(key)
        is_unknown = bool(state.missing_names([key], names_fingerprint))
        (unknown if is_unknown else known)[key] = article
        if len(unknown) == CHUNK:
            yield Task(unknown, None)
            unknown = {}
        if len(known) == CHUNK:
            yield _with_names(state, known)
            known = {}
    if unknown:
        yield Task(unknown, None)
    if known:
        yield _with_names(state, known)


def _with_names(state: State, articles: dict[str, Article]) -> Task:
    return Task(articles, {key: state.names(key) for key in articles})
