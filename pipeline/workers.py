"""Extraction on one core, on several, or on a cluster: the same code and the same records.

Work goes out as chunks of articles and comes back packed as the store keeps it, so what travels between processes is
text and JSON, never a ``Doc``. All ways but the single process go through one ``concurrent.futures.Executor``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from pipeline.crew import AHEAD, Crew, in_order, open_crew
from pipeline.cycles import keep_loaded, without_collection
from pipeline.records import Article, Extraction
from pipeline.registers import Registers
from pipeline.settings import Settings
from pipeline.store.state import Names, Packed, pack

if TYPE_CHECKING:  # spaCy takes half a second to import, and a run with nothing new doesn't need it
    from pipeline.extraction.extractor import Extractor

#: Below this many articles a second process costs more than it gains (it has to load the model first).
SMALLEST_SHARED_JOB: Final = 64
CHUNK: Final = 16


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
    if n_articles < SMALLEST_SHARED_JOB and not settings.workers:
        return 1
    return max(1, min(settings.processes, n_articles))


@contextmanager
def gather_crew(settings: Settings, registers: Registers, n_articles: int, begun: Crew | None) -> Iterator[Crew]:
    """The processes that extract, and whose help the steps after that can have: those that have ``begun``, if any.

    Where a cluster extracts, they are there for those steps alone. Raises ``CarefeedError`` where a process is killed.
    """
    if begun is not None and begun.is_at_work:
        yield begun
        return
    size = count_workers(settings, n_articles)
    with open_crew(size, partial(begin, Setup(settings.model, settings.batch_size, registers))) as crew:
        yield crew


@contextmanager
def open_workers(settings: Settings, registers: Registers, n_articles: int, crew: Crew) -> Iterator[Run]:
    """A function that does tasks and gives what was found, in their order.

    Nothing is loaded or started before the first task. Raises ``ModelError`` where the model can't be loaded,
    ``CarefeedError`` where the cluster can't be reached.
    """
    if not settings.scheduler:
        yield partial(crew.each, _extract_begun)
        return
    from pipeline.cluster import open_cluster  # noqa: PLC0415  (an extra)

    setup = Setup(settings.model, settings.batch_size, registers)
    with open_cluster(settings.scheduler, setup, count_workers(settings, n_articles)) as (submit, width):
        yield lambda tasks: in_order(submit, tasks, width * AHEAD)


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
_begun: list[Setup] = []


def begin(setup: Setup) -> None:
    """What a process needs to know; the pipeline is loaded with the first task."""
    _begun[:] = [setup]


def _extract_begun(task: Task) -> Found:
    return extract_task(_begun[0], task)


def _extractor_of(setup: Setup) -> Extractor:
    """The one loaded pipeline of this process."""
    if setup.key not in _extractors:
        from pipeline.extraction.extractor import Extractor  # noqa: PLC0415  (see TYPE_CHECKING above)

        _extractors.clear()
        _extractors[setup.key] = Extractor(setup.model, setup.registers, setup.batch_size)
        keep_loaded()
    return _extractors[setup.key]


@without_collection()
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
