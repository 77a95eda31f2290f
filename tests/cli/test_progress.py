"""Progress of long work."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import pytest

from pipeline.cli.screen import Bars


def test_a_log_gets_a_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    """Where stderr is no terminal, what is done is told once a minute, with how long it has taken."""
    times = iter([0.0, 0.0, 1.0, 30.0, 61.0, 70.0, 130.0])
    with Bars(lambda: next(times)) as bars:
        bars.start("Extracting", 10_000)
        for _ in range(3):
            bars.advance(600)
        bars.start("Writing files", None)
    told = capsys.readouterr().err.splitlines()
    assert told == ["Extracting: 1,200 of 10,000 (1 min)", "Writing files (2 min)"]


def test_a_quick_run_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Work that is done within a minute leaves a log empty."""
    times = iter([0.0, 0.0, 1.0, 59.0])
    with Bars(lambda: next(times)) as bars:
        bars.start("Extracting", 2)
        bars.advance(2)
    assert capsys.readouterr().err == ""


def test_a_run_goes_on_when_nobody_reads_its_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe whose other end is closed takes no line; that is no reason to stop."""
    reader, writer = os.pipe()
    os.close(reader)
    times = iter([0.0, 0.0, 61.0])
    with os.fdopen(writer, "w", buffering=1) as closed:
        monkeypatch.setattr(sys, "stderr", closed)
        with Bars(lambda: next(times)) as bars:
            bars.start("Extracting", 10)
        monkeypatch.undo()
        with suppress(BrokenPipeError):
            closed.close()
