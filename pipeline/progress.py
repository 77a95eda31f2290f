"""What a run tells of its progress; the command line draws it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Protocol


class Progress(Protocol):
    """Stages one after the other, each with its steps."""

    def start(self, stage: str, total: int | None) -> None:
        """A stage with ``total`` steps begins; None where their number isn't known."""

    def advance(self, steps: int = 1) -> None:
        """Some steps of the present stage are done."""


class Quiet:
    """Progress that says nothing."""

    def start(self, stage: str, total: int | None) -> None:
        """Nothing."""

    def advance(self, steps: int = 1) -> None:
        """Nothing."""


QUIET: Final[Progress] = Quiet()


@dataclass
class Clock:
    """Seconds spent by stage, for ``run.json``."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside for a stage."""
        begun = time.perf_counter()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - begun, 3)
