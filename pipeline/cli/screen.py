"""What every command needs to speak: consoles, safe text, errors, progress."""

from __future__ import annotations

import re
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from pipeline.errors import CarefeedError

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

# Control characters (C0 but newline, C1, DEL) and marks that turn the direction of text: a dump may hold them.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def safe(text: object) -> str:
    """Text that can't steer a terminal.

    >>> safe("a\\x1b[31mb")
    'a�[31mb'
    """
    return _UNSAFE.sub("�", str(text))


def complain(error: CarefeedError) -> None:
    """One line that says what happened, and one that says what to do."""
    err.print(f"carefeed: {safe(error)}", markup=False)
    if error.hint:
        err.print(f"  → {safe(error.hint)}", markup=False)


class Bars:
    """Progress bars on stderr, one a stage; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self._bars = RichProgress(
            TextColumn("{task.description:<22}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=err,
            disable=not err.is_terminal,
        )
        self._task = None

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def start(self, stage: str, total: int) -> None:
        """A new bar below the others."""
        self._task = self._bars.add_task(stage, total=total)

    def advance(self, steps: int = 1) -> None:
        """The present bar goes on."""
        if self._task is not None:
            self._bars.advance(self._task, steps)
