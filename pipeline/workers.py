"""Extraction on one core, on several, or on a cluster: the same code and the same records.

Work goes out as chunks of articles and comes back packed as the store keeps it, so what travels between processes is
text and JSON, never a ``Doc``. All ways but the single process are one ``concurrent.futures.Executor``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from pipeline.errors import CarefeedError
from pipeline.records import Article, Extraction
from pipeline.registers import Registers
from pipeline.settings import Settings
from pipeline.store.state import Names, Packed, pack

if TYPE_CHECKING:  # spaCy takes half a second to import, and a run with nothing new doesn't need it
    from pipeline.extraction.extractor import Extractor

#: Below this many articles a second process costs more than it gains (it has to load the model first).
SMALLEST_SHARED_JOB: Final = 64
CHUNK: Final = 16
#: Chunks under way for each worker: enough to keep it busy, few enough to keep memory flat.
_AHEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Task:
    """Articles by the keys of their texts. ``names`` are the model's entities in each, where they are known."""

    articles: dict[str, Article]
    names: dict[str, Names] | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the articles of a task, by the keys of their texts."""

    packed: dict[str, Packed]
    names: dict[str, Names]


Submit = Callable[[Task], Future[Found]]
Run = Callable[[Iterable[Task]], Iterator[Found]]


def count_workers(settings: Settings, n_articles: int) -> int:
    """How many processes to use for so many articles."""
    wanted = settings.workers or len(os.sched_getaffinity(0))
    return 1 if n_articles < SMALLEST_SHARED_JOB and not settings.workers else max(1, min(wanted, n_articles))


@contextmanager
def open_workers(settings: Settings, registers: Registers, n_articles: int) -> Iterator[Run]:
    """A function that does tasks and gives what was found as it comes in, in any order.

    Nothing is loaded or started before the first task. Raises ``ModelError`` where the model can't be loaded,
    ``CarefeedError`` where a worker process is killed or the cluster can't be reached.
    """
    setup = Setup(settings.model, settings.batch_size, registers)
    workers = count_workers(settings, n_articles)
    if settings.scheduler:
        from pipeline.cluster import open_cluster  # noqa: PLC0415  (an extra)

        with open_cluster(settings.scheduler, setup, workers) as (submit, width):
            yield lambda tasks: _share_out(submit, tasks, width * _AHEAD)
    elif workers == 1:
        yield lambda tasks: map(partial(extract_task, setup), tasks)
    else:
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (setup,))
        try:
            yield lambda tasks: _share_out(lambda task: pool.submit(_extract_started, task), tasks, workers * _AHEAD)
        except BrokenProcessPool as error:
            raise CarefeedError(
                "a worker process was killed",
                "the machine may be short of memory: run again with --workers 1; what was done is kept",
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _share_out(submit: Submit, tasks: Iterable[Task], n_ahead: int) -> Iterator[Found]:
    remaining = iter(tasks)
    under_way: set[Future[Found]] = set()
    while True:
        for task in islice(remaining, n_ahead - len(under_way)):
            under_way.add(submit(task))
        if not under_way:
            return
        done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()


# --------------------------------------------------------------------------- in a worker


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know before its first task."""

    model: str
    batch_size: int
    registers: Registers

    @property
    def key(self) -> tuple[str, int, str]:
        """Stands for the whole."""
        return self.model, self.batch_size, self.registers.fingerprint


_extractors: dict[tuple[str, int, str], Extractor] = {}
_started: list[Setup] = []


def _start(setup: Setup) -> None:
    """Load the pipeline when the process starts. Each process is one of several: none needs threads of its own."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    _started.append(setup)
    _extractor_of(setup)


def _extract_started(task: Task) -> Found:
    return extract_task(_started[0], task)


def _extractor_of(setup: Setup) -> Extractor:
    """The one loaded pipeline of this process."""
    if setup.key not in _extractors:
        from pipeline.extraction.extractor import Extractor  # noqa: PLC0415  (see TYPE_CHECKING above)

        _extractors.clear()
        _extractors[setup.key] = Extractor(setup.model, setup.registers, setup.batch_size)
    return _extractors[setup.key]


def extract_task(setup: Setup, task: Task) -> Found:
    """Do one task in this process.

    An article that can't be analysed doesn't stop the others: its extraction is empty and says why, which makes a line
    in ``rejections.csv``.
    """
    extractor = _extractor_of(setup)
    packed: dict[str, Packed] = {}
    names: dict[str, Names] = {}
    try:
        for key, extraction, found in _extract(extractor, task):
            packed[key], names[key] = pack(extraction), found
    except Exception:  # whichever article it was: each is tried alone, and those that fail are named
        for key, article in task.articles.items():
            alone = Task({key: article}, None if task.names is None else {key: task.names[key]})
            try:
                ((_, extraction, names[key]),) = _extract(extractor, alone)
                packed[key] = pack(extraction)
            except Exception as error:
                packed[key] = pack(Extraction(), f"{type(error).__name__}: {error}")
    return Found(packed, names if task.names is None else {})


def _extract(extractor: Extractor, task: Task) -> Iterator[tuple[str, Extraction, Names]]:
    names = None if task.names is None else [task.names[key] for key in task.articles]
    for key, (extraction, found) in zip(task.articles, extractor.analyse(task.articles.values(), names), strict=True):
        yield key, extraction, found
