"""The report by several processes: each makes its share of the pages, and asks the one that was started for the rows.

The archive stays with that one: what it shows is part of a transaction that no other process can see. So a ``Source``
of a process is a pipe; a question goes through it, and its answer comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from pipeline.crew import leave_with_starter
from pipeline.errors import CarefeedError
from pipeline.progress import Progress
from pipeline.report import Share, Standing, make_pages, write_page, write_report

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from pipeline.report.source import Source

#: What a message of a process is: a question, how many pages it made, the names of those that it left out, or why it
#: can't go on.
_ASKED, _MADE, _LEFT, _FAILED = "asked", "made", "left", "failed"
#: Pages are told of together.
_TOLD_TOGETHER: Final = 50
#: Below so many pages another process costs more than it gains.
_SMALLEST_SHARED: Final = 250


def print_report(source: Source, folder: Path, standing: Standing, size: int, progress: Progress) -> set[str]:
    """``write_report`` by up to so many processes, where there are pages enough for them.

    Raises ``CarefeedError`` where one of them is killed.
    """
    n_due = standing.n_due
    if size < 2 or (source.count("articles") if n_due is None else n_due) < _SMALLEST_SHARED:
        return write_report(source, folder, standing, progress)
    left: set[str] = set()
    with _opened(folder, standing, size) as processes:
        waiting = set(processes)
        while waiting:
            for pipe in wait(list(waiting)):
                assert isinstance(pipe, Connection)
                names = _answer(pipe, source, progress)
                if names is not None:
                    left |= names
                    waiting.remove(pipe)
    return left


@contextmanager
def _opened(folder: Path, standing: Standing, size: int) -> Iterator[Mapping[Connection, SpawnProcess]]:
    """So many processes by the pipe to each; whoever is still at work at the end is sent home."""
    context = get_context("spawn")
    with ExitStack() as stack:
        processes: dict[Connection, SpawnProcess] = {}
        for number in range(size):
            here, there = context.Pipe()
            stack.enter_context(here)
            process = context.Process(target=_make, args=(there, folder, standing, Share(number, size)), daemon=True)
            process.start()
            there.close()
            stack.callback(process.join)
            stack.callback(process.terminate)
            processes[here] = process
        yield processes


def _answer(pipe: Connection, source: Source, progress: Progress) -> set[str] | None:
    """Answer a process: None while it is at work, in the end the names of the pages that it left out."""
    try:
        kind, *message = pipe.recv()
        if kind == _ASKED:
            name, arguments, options = message
            answer = getattr(source, name)(*arguments, **options)
            pipe.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise CarefeedError(
            "a process that writes the report was killed",
            "the machine may be short of memory: run again with --workers 1; what was found is kept",
        ) from error
    if kind == _FAILED:
        raise message[0]
    if kind == _MADE:
        progress.advance(message[0])
    return cast("set[str]", message[0]) if kind == _LEFT else None


# --------------------------------------------------------------------------- in a process


class _Remote:
    """A ``Source`` at the other end of a pipe."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def __getattr__(self, name: str) -> Any:
        return partial(self._ask, name)

    def _ask(self, name: str, *arguments: Any, **options: Any) -> Any:
        arguments = tuple(list(each) if isinstance(each, Iterator) else each for each in arguments)
        self._pipe.send((_ASKED, name, arguments, options))
        return self._pipe.recv()


def _make(pipe: Connection, folder: Path, standing: Standing, share: Share) -> None:
    """Make a share of the pages and say what was left out, or why not all could be made.

    It ends with the process that was started, and writes nothing after that: another run may be at work on the folder.
    """
    leave_with_starter()
    left, n_made = set(), 0
    try:
        for name, text in make_pages(cast("Source", _Remote(pipe)), standing, share):
            if text is None:
                left.add(name)
                continue
            write_page(folder / name, text)
            n_made += 1
            if n_made % _TOLD_TOGETHER == 0:
                pipe.send((_MADE, _TOLD_TOGETHER))
        pipe.send((_LEFT, left))
    except Exception as error:  # whatever it is, the process that was started raises it
        pipe.send((_FAILED, error))
