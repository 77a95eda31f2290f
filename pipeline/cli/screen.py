"""What every command needs to speak: consoles, safe text, errors, progress."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pipeline.errors import CarefeedError
from pipeline.harmless import safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID


class Screen:
    """A rich console that is made when something is first printed: a query shouldn't wait for it."""

    def __init__(self, *, stderr: bool = False) -> None:
        self._stderr = stderr

    @cached_property
    def console(self) -> Console:
        """The console itself."""
        from rich.console import Console  # noqa: PLC0415

        return Console(stderr=self._stderr, highlight=False, soft_wrap=True)

    def print(self, *parts: Any, markup: bool = True) -> None:
        """Print a line; square brackets are markup unless ``markup`` is false."""
        self.console.print(*parts, markup=markup)


__all__ = ["Bars", "complain", "complain_softly", "err", "out", "safe"]

#: Between two lines of progress where stderr is no terminal.
_SECONDS_BETWEEN_LINES = 60.0

out = Screen()
err = Screen(stderr=True)


def complain(error: CarefeedError) -> None:
    """One line that says what happened, and one that says what to do."""
    print(f"carefeed: {safe(error)}", file=sys.stderr)
    if error.hint:
        print(f"  → {safe(error.hint)}", file=sys.stderr)


def complain_softly(message: str) -> None:
    """A word on stderr that is no error."""
    print(safe(message), file=sys.stderr)


class Bars:
    """Progress on stderr: bars on a terminal, elsewhere (a log, a job that runs at night) a line a minute.

    ``clock`` gives seconds; runs of less than a minute write no line.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._drawn = _Drawn() if err.console.is_terminal else _Told(clock)

    def __enter__(self) -> Bars:
        self._drawn.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drawn.close()

    def start(self, stage: str, total: int | None) -> None:
        """A stage with ``total`` steps begins; None where their number isn't known."""
        self._drawn.start(stage, total)

    def advance(self, steps: int = 1) -> None:
        """Some steps of the present stage are done."""
        self._drawn.advance(steps)


class _Drawn:
    """A bar a stage, one below the other."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        self._bars = Progress(
            TextColumn("{task.description:<22}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=err.console,
        )
        self._task: TaskID | None = None
        self.open, self.close = self._bars.start, self._bars.stop

    def start(self, stage: str, total: int | None) -> None:
        self._task = self._bars.add_task(stage, total=total)

    def advance(self, steps: int) -> None:
        if self._task is not None:
            self._bars.advance(self._task, steps)


class _Told:
    """Lines such as “Extracting: 1,200 of 10,000 (3 min)”, the first after a minute."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun = self._told = clock()
        self._stage = ""
        self._total: int | None = None
        self._done = 0

    def open(self) -> None:
        self._begun = self._told = self._clock()

    def close(self) -> None:
        """Nothing is left to say."""

    def start(self, stage: str, total: int | None) -> None:
        self._stage, self._total, self._done = stage, total, 0
        self._tell()

    def advance(self, steps: int) -> None:
        self._done += steps
        self._tell()

    def _tell(self) -> None:
        now = self._clock()
        if now - self._told < _SECONDS_BETWEEN_LINES:
            return
        self._told = now
        done = f": {self._done:,}" if self._done or self._total else ""
        of = f" of {self._total:,}" if self._total else ""
        with suppress(BrokenPipeError):  # whoever was told is gone; the run goes on
            complain_softly(f"{self._stage}{done}{of} ({(now - self._begun) / 60:.0f} min)")
