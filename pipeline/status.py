"""What of an archive is fresh, what is stale, and why. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pipeline import fingerprints
from pipeline.errors import StoreError
from pipeline.exporting import fallen_files, known_files
from pipeline.registers import Registers
from pipeline.settings import Limits
from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.contents import Contents
from pipeline.store.state import State


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing in the archive: how many are fresh, and how many are stale for which reason."""

    name: str
    n_fresh: int
    stale: Mapping[str, int]
    #: What brings the stale ones up to date.
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which months the articles are from. ``months`` has a count for each between the first and the last, 0 included.

    A month without articles says nothing about the world: no dump that was read has any of it.
    """

    months: Mapping[str, int]

    @property
    def gaps(self) -> list[tuple[str, str, int]]:
        """Stretches without an article: first and last month, and how many months; the longest first, then the newest.

        >>> Coverage({"2024-01": 2, "2024-02": 0, "2024-03": 0, "2024-04": 1, "2024-05": 0, "2024-06": 3}).gaps
        [('2024-02', '2024-03', 2), ('2024-05', '2024-05', 1)]
        """
        found = []
        for is_empty, group in groupby(self.months.items(), key=lambda month: month[1] == 0):
            if is_empty:
                names = [name for name, _ in group]
                found.append((names[0], names[-1], len(names)))
        return sorted(found, key=lambda gap: (gap[2], gap[0]), reverse=True)


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an output folder."""

    out: Path
    n_dumps: int
    n_articles: int
    parts: tuple[Part, ...]
    coverage: Coverage = Coverage({})

    @property
    def is_fresh(self) -> bool:
        """Whether a run without new dumps would change nothing."""
        return not any(part.stale for part in self.parts)


def read_status(out: Path, marks: str, registers: Registers, limits: Limits, model: str | None = None) -> Status:
    """The status of an output folder against the code, data and settings that are here now.

    ``model`` None means the one that the last run used. Raises ``StoreError`` where there is no archive.
    """
    path = out / ARCHIVE_NAME
    if not path.is_file():
        raise StoreError(f"there is no archive at {path}", "make one with: carefeed run DUMPS --out " + str(out))
    with Archive(path, read_only=True) as archive:
        state, contents = State(archive), Contents(archive)
        model = model or archive.fact("model") or ""
        dumps = state.dump_fingerprints()
        counts = contents.counts()
        parts = (
            _part(
                state,
                "dumps",
                Counter(dumps.values()),
                fingerprints.cleaning_parts(marks, limits),
                "give the files to carefeed run again",
            ),
            _part(
                state,
                "texts",
                state.count_extractions(),
                fingerprints.extraction_parts(model, registers.fingerprint),
                "carefeed run",
            ),
            _tables(archive, sum(counts.values())),
            _files(contents, out),
        )
        return Status(out, len(dumps), counts["articles"], parts, _coverage(archive))


def _coverage(archive: Archive) -> Coverage:
    counts = dict(
        archive.connection.execute("SELECT substr(published, 1, 7), count(*) FROM articles GROUP BY 1 ORDER BY 1")
    )
    return Coverage({month: counts.get(month, 0) for month in _months(*sorted(counts)[:: max(len(counts) - 1, 1)])})


def _months(first: str = "", last: str = "") -> Iterator[str]:
    """Every month from the first to the last, both included; none where there is no first.

    >>> list(_months("2024-11", "2025-01")), list(_months("2024-11"))
    (['2024-11', '2024-12', '2025-01'], ['2024-11'])
    """
    if first:
        start, end = ((int(month[:4]) * 12 + int(month[5:]) - 1) for month in (first, last or first))
        yield from (f"{n // 12}-{n % 12 + 1:02}" for n in range(start, end + 1))


def _part(state: State, name: str, counts: Mapping[str, int], now: Mapping[str, str], remedy: str) -> Part:
    """Things by the fingerprint that each was made with, against what would make them now."""
    present = fingerprints.combine(*now.values())
    stale: Counter[str] = Counter()
    for fingerprint, count in counts.items():
        if fingerprint != present:
            stale[_difference(state.parts_of(fingerprint), now)] += count
    return Part(name, counts.get(present, 0), stale, remedy)


def _difference(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """What has changed, in words."""
    changed = [name for name, value in now.items() if before.get(name) != value]
    if not before:
        return "made by an older version"
    return f"changed since: {', '.join(changed)}"


def _tables(archive: Archive, n_rows: int) -> Part:
    remedy = "carefeed run"
    if archive.fact("run_key") is None:
        return Part("rows", 0, {"a run was cut short before they were made": n_rows}, remedy)
    if archive.fact("assembly") != fingerprints.assembly_fingerprint():
        return Part("rows", 0, {"changed since: the code that makes tables and files": n_rows}, remedy)
    return Part("rows", n_rows, {}, remedy)


def _files(contents: Contents, out: Path) -> Part:
    fallen = fallen_files(contents, out)
    reasons = Counter(f"{name} is gone or changed" for name in fallen)
    return Part("files", len(known_files(contents).keys() - set(fallen)), reasons, "carefeed run")
