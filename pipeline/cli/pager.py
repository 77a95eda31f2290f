"""Long answers on a terminal, a page at a time."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice

from pipeline.cli.plain import terminal_height


def show(lines: Iterable[str]) -> None:
    """Print lines; through ``$PAGER`` (``less``) where stdout is a terminal that they don't fit on."""
    remaining = iter(lines)
    if sys.stdout.isatty():
        first = list(islice(remaining, terminal_height()))
        command = shlex.split(os.environ.get("PAGER", "less"))
        if len(first) == terminal_height() and command and shutil.which(command[0]):
            _page(command, first, remaining)
            return
        for line in first:
            print(line)
    for line in remaining:
        print(line)


def _page(command: list[str], first: Iterable[str], remaining: Iterable[str]) -> None:
    environment = {"LESS": "FRX", **os.environ}
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, encoding="utf-8") as pager:
        assert pager.stdin is not None
        with suppress(BrokenPipeError):  # the reader has seen enough
            for part in (first, remaining):
                pager.stdin.writelines(f"{line}\n" for line in part)
            pager.stdin.flush()
        with suppress(BrokenPipeError):
            pager.stdin.close()
