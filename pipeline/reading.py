"""Inputs into the archive: what is new is read and cleaned, the rest is known by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from pipeline import fingerprints
from pipeline.cleaning.marks import Marks
from pipeline.errors import DumpError
from pipeline.feeds.sources import Source, find_sources
from pipeline.progress import Progress
from pipeline.records import CleanDump, Rejection
from pipeline.settings import Limits, Settings
from pipeline.store.state import State


def read_inputs(
    state: State,
    inputs: Sequence[str | Path],
    marks: Marks,
    settings: Settings,
    progress: Progress,
    stdin: BinaryIO | None,
    out: Path,
) -> tuple[int, int]:
    """Clean what is new into the archive, a dump a transaction: number of inputs, and of new dumps.

    What lies in the output folder ``out`` is no input.

    The same bytes under two names are one dump, under the name that sorts first. Raises ``DumpError`` for an input
    that isn't there or can't be read.
    """
    sources = find_sources(inputs, settings.limits, stdin, skipped=out)
    parts = fingerprints.cleaning_parts(marks.fingerprint, settings.limits)
    fingerprint = fingerprints.combine(*parts.values())
    known, names = state.dump_fingerprints(), state.dump_names()
    progress.start("Reading dumps", None)
    n_inputs = n_new = 0
    for source in sources:
        n_inputs += 1
        if isinstance(source, Rejection):
            state.refuse(source)
        else:
            data = _bytes_of(source)
            sha256 = hashlib.sha256(data).hexdigest()
            name = min(source.name, names.get(sha256, source.name))
            if known.get(sha256) != fingerprint:
                state.add_dump(_clean(data, name, marks, settings.limits), fingerprint, parts)
                n_new += 1
            elif name != names[sha256]:
                state.rename_dump(sha256, name)
            known[sha256], names[sha256] = fingerprint, name
        progress.advance()
    if not n_inputs:
        raise DumpError("there is nothing to read", "give dumps, folders of them, or - for standard input")
    return n_inputs, n_new


def _clean(data: bytes, name: str, marks: Marks, limits: Limits) -> CleanDump:
    from pipeline.cleaning.cleaner import clean_dump  # noqa: PLC0415  (a run with nothing new must not wait for them)
    from pipeline.feeds.reader import read_dump  # noqa: PLC0415

    return clean_dump(read_dump(data, name, limits), marks, limits)


def _bytes_of(source: Source) -> bytes:
    try:
        return source.read()
    except OSError as error:
        raise DumpError(f"{source.name}: {error.strerror or error}", "check who may read this file") from error
