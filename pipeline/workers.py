"""Extraction on one core or several: the same records either way, in the order of the articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.records import Article, Extraction
from pipeline.registers import Registers, load_registers
from pipeline.settings import Settings

if TYPE_CHECKING:  # spaCy takes half a second to import, and a run with nothing new doesn't need it
    from pipeline.extraction.extractor import Extractor

#: Below this many articles a second process costs more than it gains (it has to load the model first).
SMALLEST_SHARED_JOB = 64
_CHUNK = 16

_extractor: Extractor | None = None


def count_workers(settings: Settings, n_articles: int) -> int:
    """How many processes to use for so many articles."""
    wanted = settings.workers or len(os.sched_getaffinity(0))
    return 1 if n_articles < SMALLEST_SHARED_JOB and not settings.workers else max(1, min(wanted, n_articles))


def extract_all(
    articles: Sequence[Article], registers: Registers, folders: tuple[Path, Path | None], settings: Settings
) -> Iterator[list[tuple[Article, Extraction]]]:
    """Articles with what was found in them, in chunks as they come out.

    ``folders`` are those that ``registers`` were loaded from: another process loads them anew. Raises ``ModelError``
    where the model can't be loaded.
    """
    workers = count_workers(settings, len(articles))
    if workers == 1:
        from pipeline.extraction.extractor import Extractor  # noqa: PLC0415  (see TYPE_CHECKING above)

        extractor = Extractor(settings.model, registers, settings.batch_size)
        for chunk in _chunks(articles):
            yield list(zip(chunk, extractor.extract(chunk), strict=True))
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (settings, *folders))
    with pool:
        chunks = list(_chunks(articles))
        for chunk, extractions in zip(chunks, pool.map(_extract_chunk, chunks), strict=True):
            yield list(zip(chunk, extractions, strict=True))


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    remaining = iter(articles)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def _start(settings: Settings, models: Path, project: Path | None) -> None:
    global _extractor  # noqa: PLW0603  (one loaded pipeline per process is what a pool's initializer is for)
    from pipeline.extraction.extractor import Extractor  # noqa: PLC0415

    _extractor = Extractor(settings.model, load_registers(models, project), settings.batch_size)


def _extract_chunk(articles: list[Article]) -> list[Extraction]:
    assert _extractor is not None
    return list(_extractor.extract(articles))
