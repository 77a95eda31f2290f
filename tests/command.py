"""The command line, in this process where one of its own would tell nothing more, and in a process of its own."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.cli import main, screen

ROOT = Path(__file__).parent.parent


class Done(NamedTuple):
    """What a command left behind, as it would in a process of its own that is on no terminal; lines end in ``\\n``."""

    returncode: int
    stdout: str
    stderr: str


def carefeed(*arguments: str | Path, **environment: str) -> Done:
    """Run the command with what a process starts with: arguments, variables, streams, consoles that nobody used.

    Libraries that an earlier test has loaded are there already: what a command loads is a matter for a process.
    """
    streams = {
        name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for name in ("stdout", "stderr")
    }
    before = signal.getsignal(signal.SIGPIPE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["carefeed", *map(str, arguments)])
        for name, value in {"COLUMNS": "80", **environment}.items():
            patch.setenv(name, value)
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        _forget_consoles()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        finally:
            signal.signal(signal.SIGPIPE, before)
            _forget_consoles()
    out, err = (stream.buffer.getvalue().decode().replace("\r\n", "\n") for stream in streams.values())  # type: ignore[attr-defined]
    return Done(code, out, err)


def in_a_process(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> Done:
    """Run the command as a user does, in a process of its own: for what it loads by itself, and for pipes."""
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    env = {**os.environ, "COLUMNS": "80", **environment}
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=ROOT, env=env)
    return Done(done.returncode, *(stream.decode().replace("\r\n", "\n") for stream in (done.stdout, done.stderr)))


def _forget_consoles() -> None:
    """A console keeps the width that it found when it was made."""
    for each in (screen.out, screen.err):
        each.__dict__.pop("console", None)
