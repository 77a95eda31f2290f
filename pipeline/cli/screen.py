"""What every command needs to speak: consoles, safe text, errors, progress."""

from __future__ import annotations

import sys
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
    """Progress bars on stderr, one a stage; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        self._bars = Progress(
            TextColumn("{task.description:<22}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=err.console,
            disable=not err.console.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def start(self, stage: str, total: int | None) -> None:
        """A new bar below the others."""
        self._task = self._bars.add_task(stage, total=total)

    def advance(self, steps: int = 1) -> None:
        """The present bar goes on."""
        if self._task is not None:
            self._bars.advance(self._task, steps)
