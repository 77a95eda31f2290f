"""Inputs into the archive: what is new is read and cleaned, the rest is known by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from pipeline import fingerprints
from pipeline.cleaning.marks import Marks
from pipeline.errors import DumpError
from pipeline.feeds.sources import Source, find_sources
from pipeline.progress import Progress
from pipeline.records import CleanDump, Rejection
from pipeline.settings import Limits, Settings
from pipeline.store.state import State

if TYPE_CHECKING:
    from pipeline.crew import Crew

#: Below so many bytes of new dumps another process costs more than it gains.
_SMALLEST_SHARED: Final = 2_000_000
#: A dump of more bytes is cleaned by this process: several such at once would fill the memory.
_LARGEST_SENT: Final = 50_000_000


def read_inputs(
    state: State,
    inputs: Sequence[str | Path],
    marks: Marks,
    settings: Settings,
    progress: Progress,
    stdin: BinaryIO | None,
    out: Path,
    crew: Crew | None = None,
) -> tuple[int, int]:
    """Clean what is new into the archive, a dump a transaction: number of inputs, and of new dumps.

    What lies in the output folder ``out`` is no input. A ``crew`` that was prepared by ``begin`` cleans where there is
    enough for it.

    The same bytes under two names are one dump, under the name that sorts first. Raises ``DumpError`` for an input
    that isn't there or can't be read.
    """
    sources = find_sources(inputs, settings.limits, stdin, skipped=out)
    parts = fingerprints.cleaning_parts(marks.fingerprint, settings.limits)
    fingerprint = fingerprints.combine(*parts.values())
    known, names = state.dump_fingerprints(), state.dump_names()
    progress.start("Reading dumps", None)
    n_inputs = n_new = 0
    renamed: set[str] = set()

    def find_new() -> Iterator[_New]:
        """The inputs that are to be cleaned; all that is to be done with the others is done."""
        nonlocal n_inputs
        for source in sources:
            n_inputs += 1
            if isinstance(source, Rejection):
                state.refuse(source)
            else:
                data = _bytes_of(source)
                sha256 = hashlib.sha256(data).hexdigest()
                name = min(source.name, names.get(sha256, source.name))
                if known.get(sha256) != fingerprint:
                    known[sha256], names[sha256] = fingerprint, name
                    if len(data) > _LARGEST_SENT:
                        keep(_clean(_New(data, name)))
                    else:
                        yield _New(data, name)
                    continue
                if name != names[sha256]:
                    names[sha256] = name
                    renamed.add(sha256)
            progress.advance()

    def keep(clean: CleanDump) -> None:
        nonlocal n_new
        state.add_dump(clean, fingerprint, parts)
        n_new += 1
        progress.advance()

    begin(marks, settings.limits)
    for clean in _cleaned(find_new(), crew):
        keep(clean)
    for sha256 in sorted(renamed):
        state.rename_dump(sha256, names[sha256])
    if not n_inputs:
        raise DumpError("there is nothing to read", "give dumps, folders of them, or - for standard input")
    return n_inputs, n_new


@dataclass(frozen=True, slots=True)
class _New:
    """The bytes of an input, and the name that it goes by."""

    data: bytes
    name: str


def _cleaned(new: Iterator[_New], crew: Crew | None) -> Iterator[CleanDump]:
    """The dumps, cleaned, in their order: by the crew where there is enough to read for it."""
    first: list[_New] = []
    n_bytes = 0
    for each in new:
        first.append(each)
        n_bytes += len(each.data)
        if crew and len(first) > 1 and n_bytes > _SMALLEST_SHARED:
            yield from crew.each(_clean, chain(first, new))
            return
    yield from map(_clean, first)


_begun: list[tuple[Marks, Limits]] = []


def begin(marks: Marks, limits: Limits) -> None:
    """What a process needs to know before it cleans."""
    _begun[:] = [(marks, limits)]


def _clean(new: _New) -> CleanDump:
    from pipeline.cleaning.cleaner import clean_dump  # noqa: PLC0415  (a run with nothing new must not wait for them)
    from pipeline.feeds.reader import read_dump  # noqa: PLC0415

    marks, limits = _begun[0]
    return clean_dump(read_dump(new.data, new.name, limits), marks, limits)


def _bytes_of(source: Source) -> bytes:
    try:
        return source.read()
    except OSError as error:
        raise DumpError(f"{source.name}: {error.strerror or error}", "check who may read this file") from error
