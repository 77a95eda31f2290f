"""Processes of this machine that take work off the one that was started.

What they are given is a function of a module and plain records; what comes back is the same whoever did it. A crew of
one is this process: nothing is started, and nothing is sent anywhere.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from pipeline.errors import CarefeedError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Part = TypeVar("Part")
Result = TypeVar("Result")

#: Parts under way for each process: enough to keep it busy, few enough to keep memory flat.
AHEAD: Final = 3


class Crew:
    """So many processes, started when there is first something to do. ``prepare`` is called in each."""

    def __init__(self, size: int = 1, prepare: Callable[[], None] = lambda: None) -> None:
        self.size = size
        self._prepare = prepare
        self._pool: ProcessPoolExecutor | None = None
        self._is_prepared = False

    def each(self, work: Callable[[Part], Result], parts: Iterable[Part]) -> Iterator[Result]:
        """What the work gives for every part, in the order of the parts; so many are done ahead."""
        if self.size == 1:
            self._prepare_here()
            return map(work, parts)
        pool = self._opened()
        return in_order(lambda part: pool.submit(work, part), parts, self.size * AHEAD)

    def start(self, work: Callable[[Part], Result], part: Part) -> Future[Result]:
        """Begin with one piece of work, whose result can be waited for. A crew of one does it at once."""
        if self.size == 1:
            self._prepare_here()
            done: Future[Result] = Future()
            done.set_result(work(part))
            return done
        return self._opened().submit(work, part)

    @property
    def is_at_work(self) -> bool:
        """Whether processes were started."""
        return self._pool is not None

    def _prepare_here(self) -> None:
        if not self._is_prepared:
            self._prepare()
            self._is_prepared = True

    def _opened(self) -> ProcessPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  (most commands start no process)
            from multiprocessing import get_context  # noqa: PLC0415

            self._pool = ProcessPoolExecutor(self.size, get_context("spawn"), _begin, (self._prepare,))
        return self._pool

    def close(self) -> None:
        """Send the processes home, each when it is done; what nobody waits for any more is not begun."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


class Ahead(Generic[Part, Result]):
    """Work on parts that come one by one, begun as soon as so many are there. Results come in the order of the parts.

    Whoever adds parts takes what is ready meanwhile, so that results don't pile up.
    """

    def __init__(self, crew: Crew, work: Callable[[list[Part]], Sequence[Result]], together: int) -> None:
        self._crew, self._work, self._together = crew, work, together
        self._waiting: list[Part] = []
        self._begun: deque[Future[Sequence[Result]]] = deque()

    def add(self, part: Part) -> None:
        """One more part."""
        self._waiting.append(part)
        if len(self._waiting) == self._together:
            self._begin()

    def _begin(self) -> None:
        if self._waiting:
            self._begun.append(self._crew.start(self._work, self._waiting))
            self._waiting = []

    def ready(self) -> Iterator[Result]:
        """The results that are there; waits for the oldest where more work is under way than keeps the crew busy."""
        while self._begun and (self._begun[0].done() or len(self._begun) > self._crew.size * AHEAD):
            yield from self._begun.popleft().result()

    def rest(self) -> Iterator[Result]:
        """The results of all parts that are left; waits for them."""
        self._begin()
        while self._begun:
            yield from self._begun.popleft().result()


@contextmanager
def open_crew(size: int, prepare: Callable[[], None]) -> Iterator[Crew]:
    """A crew for the time of a ``with``. Raises ``CarefeedError`` where a process is killed."""
    crew = Crew(size, prepare)
    try:
        yield crew
    except BrokenExecutor as error:
        raise CarefeedError(
            "a worker process was killed",
            "the machine may be short of memory: run again with --workers 1; what was done is kept",
        ) from error
    finally:
        crew.close()


def in_order(submit: Callable[[Part], Future[Result]], parts: Iterable[Part], n_ahead: int) -> Iterator[Result]:
    """Results in the order of the parts, of which so many are under way."""
    under_way: deque[Future[Result]] = deque()
    for part in parts:
        under_way.append(submit(part))
        if len(under_way) == n_ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def leave_with_starter() -> None:
    """Have this process end as soon as the one that started it is gone, however that went.

    What an interrupt from the keyboard means is for the one that was started to say.
    """
    from multiprocessing import parent_process  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    starter = parent_process()
    assert starter is not None

    def wait() -> None:
        starter.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _begin(prepare: Callable[[], None]) -> None:
    """Make a process ready. Each is one of several: none needs threads of its own."""
    leave_with_starter()
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    prepare()
