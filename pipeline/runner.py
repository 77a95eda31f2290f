"""The one module that knows the order of the stages.

    sources ─▶ read, clean ─▶ archive ─▶ merge ─▶ extract ─▶ timeline, series, topics ─▶ tables ─▶ files

A dump whose hash is in the archive isn't read again, and a text whose extraction is there isn't analysed again. All
after that is computed from the archive, so the files are the same whatever the order or number of runs.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from filelock import FileLock, Timeout

from pipeline import fingerprints
from pipeline.assembly import assemble, label_dumps
from pipeline.cleaning.cleaner import clean_dump
from pipeline.cleaning.marks import Marks, load_marks
from pipeline.cleaning.merge import DumpFacts, merge_items
from pipeline.errors import DumpError, StoreError
from pipeline.feeds.reader import read_dump
from pipeline.feeds.sources import find_sources
from pipeline.records import Article, CleanDump, CleanItem, Extraction, Rejection
from pipeline.registers import Registers, load_registers
from pipeline.report import write_report
from pipeline.settings import Settings
from pipeline.store import exports, placing
from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.tables import TABLES
from pipeline.workers import extract_all

LOCK_NAME = ".lock"
_LOCK_SECONDS = 10


class Progress(Protocol):
    """What a run tells of its progress; the command line draws it."""

    def start(self, stage: str, total: int) -> None:
        """A stage with ``total`` steps begins."""

    def advance(self, steps: int = 1) -> None:
        """Some steps of the present stage are done."""


class Quiet:
    """Progress that says nothing."""

    def start(self, stage: str, total: int) -> None:
        """Nothing."""

    def advance(self, steps: int = 1) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did. ``counts`` are rows by table; ``outcomes`` items by what became of them."""

    out: Path
    is_unchanged: bool
    n_inputs: int
    n_new_dumps: int
    n_new_texts: int
    outcomes: dict[str, int]
    counts: dict[str, int]
    seconds: float


@dataclass
class _Clock:
    """Seconds spent by stage, for ``run.json``."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - begun, 3)


def run(
    inputs: Sequence[str | Path],
    out: Path,
    models: Path,
    settings: Settings,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> RunSummary:
    """Read the dumps into the archive under ``out`` and write every file anew from it.

    Raises ``DumpError`` for an input that isn't there, ``RegisterError`` for a wrong line under ``models``,
    ``ModelError`` for a model that can't be loaded, ``StoreError`` for an output folder that can't be used. What is
    wrong *in* a dump is no exception: it is a line of ``rejections.csv``.
    """
    begun = time.perf_counter()
    progress = progress or Quiet()
    clock = _Clock()
    marks = load_marks(models)
    project = models / "project"
    registers = load_registers(models, project if project.is_dir() else None)
    with _locked(out), Archive(out / ARCHIVE_NAME) as archive:
        placing.recover(out)
        with clock.stage("read"):
            n_inputs, n_new = _read_inputs(archive, inputs, marks, settings, progress, stdin)
        key = _run_key(archive, registers, settings)
        if key == archive.fact("run_key") and _files_stand(out):
            counts = _read_run_json(out)["counts"]
            seconds = time.perf_counter() - begun
            return RunSummary(out, True, n_inputs, 0, 0, counts["items"], counts["rows"], seconds)
        with clock.stage("merge"):
            dumps, items = archive.dumps(), list(archive.items())
            merged = merge_items(items, _dump_facts(dumps, items))
        with clock.stage("extract"):
            n_texts, extractions = _extract(archive, merged.articles, registers, (models, project), settings, progress)
        with clock.stage("assemble"):
            progress.start("Building the timeline", 1)
            tables = assemble(dumps, items, merged, extractions, registers, settings.seed)
            archive.write_tables(tables, {"run_key": key})
            progress.advance()
        with clock.stage("write"):
            outcomes = dict(Counter(merged.outcomes.values()))
            counts = {name: len(rows) for name, rows in tables.items() if name in {table.name for table in TABLES}}
            files = _write_files(archive, out, progress)
            versions = {
                "carefeed": fingerprints.installed_version("carefeed"),
                "code": fingerprints.assembly_fingerprint(),
                "model": f"{settings.model} {fingerprints.installed_version(settings.model)}".strip(),
                "spacy": fingerprints.installed_version("spacy"),
                "registers": registers.fingerprint,
            }
            counted = {"items": outcomes, "rows": counts}
            _write_run_json(out, files, dumps, versions, counted, clock.seconds, settings)
    seconds = time.perf_counter() - begun
    return RunSummary(out, False, n_inputs, n_new, n_texts, outcomes, counts, seconds)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """The output folder, made if need be, for this process alone."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / LOCK_NAME, timeout=_LOCK_SECONDS)
        lock.acquire()
    except Timeout as error:
        raise StoreError(f"{out} is locked: another run is writing to it", "wait until it is done") from error
    except OSError as error:
        raise StoreError(
            f"the output folder {out} can't be written: {error.strerror}", "choose another with --out"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _read_inputs(
    archive: Archive,
    inputs: Sequence[str | Path],
    marks: Marks,
    settings: Settings,
    progress: Progress,
    stdin: BinaryIO | None,
) -> tuple[int, int]:
    """Clean what is new into the archive: number of inputs, and of new dumps."""
    sources = list(find_sources(inputs, settings.limits, stdin))
    fingerprint = fingerprints.cleaning_fingerprint(marks.fingerprint, settings.limits)
    known, names = archive.dump_fingerprints(), archive.dump_names()
    progress.start("Reading dumps", len(sources))
    n_new = 0
    for source in sources:
        data = source if isinstance(source, Rejection) else source.read()
        if isinstance(data, Rejection):
            archive.add_dump(_refused_dump(data), fingerprint)
        else:
            sha256 = hashlib.sha256(data).hexdigest()
            name = data_name = source.name
            if known.get(sha256) != fingerprint:
                name = min(data_name, names.get(sha256, data_name))
                dump = read_dump(data, name, settings.limits)
                archive.add_dump(clean_dump(dump, marks, settings.limits), fingerprint)
                n_new += 1
            elif data_name < names[sha256]:  # the same bytes under two names: one dump, under the first name
                archive.rename_dump(sha256, data_name)
            known[sha256], names[sha256] = fingerprint, min(name, names.get(sha256, name))
        progress.advance()
    if not sources:
        raise DumpError("there is nothing to read", "give dumps, folders of them, or - for standard input")
    return len(sources), n_new


def _refused_dump(rejection: Rejection) -> CleanDump:
    """An input that couldn't be opened, as a dump without bytes: so its rejection is kept like any other."""
    sha256 = hashlib.sha256(repr(rejection).encode()).hexdigest()
    return CleanDump(rejection.dump, sha256, 0, "refused", "", None, None, (), (rejection,), ())


def _run_key(archive: Archive, registers: Registers, settings: Settings) -> str:
    """Stands for all that the files are made from."""
    names = archive.dump_names()
    dumps = [f"{sha256} {names[sha256]} {made}" for sha256, made in sorted(archive.dump_fingerprints().items())]
    return fingerprints.combine(
        *dumps,
        fingerprints.extraction_fingerprint(settings.model, registers.fingerprint),
        fingerprints.assembly_fingerprint(),
        str(settings.seed),
    )


def _dump_facts(dumps: Sequence[CleanDump], items: Iterable[CleanItem]) -> dict[str, DumpFacts]:
    """What merging needs to know of every dump, by its hash."""
    newest: dict[str, datetime] = {}
    for item in items:
        newest[item.dump_sha256] = max(item.published, newest.get(item.dump_sha256, item.published))
    labels = label_dumps(dumps)
    return {
        dump.sha256: DumpFacts(labels[dump.sha256], dump.built, dump.tag, newest.get(dump.sha256)) for dump in dumps
    }


def _extract(
    archive: Archive,
    articles: Sequence[Article],
    registers: Registers,
    folders: tuple[Path, Path],
    settings: Settings,
    progress: Progress,
) -> tuple[int, dict[str, Extraction]]:
    """Number of texts analysed, and the extraction of every article by its id."""
    fingerprint = fingerprints.extraction_fingerprint(settings.model, registers.fingerprint)
    keys = {article.article_id: _text_key(article) for article in articles}
    fresh = archive.extraction_keys(fingerprint)
    stale = [article for article in articles if keys[article.article_id] not in fresh]
    progress.start("Extracting", len(stale))
    models, project = folders
    if stale:
        for chunk in extract_all(stale, registers, (models, project if project.is_dir() else None), settings):
            archive.add_extractions(fingerprint, [(keys[article.article_id], found) for article, found in chunk])
            progress.advance(len(chunk))
    archive.drop_extractions_except(set(keys.values()))
    return len(stale), {article_id: archive.extraction(key) for article_id, key in keys.items()}


def _text_key(article: Article) -> str:
    kinds = " ".join(f"{block.kind}:{block.start_char}" for block in article.blocks if block.start_char is not None)
    return fingerprints.text_key(article.title, article.text, article.published.isoformat(), kinds)


def _write_files(archive: Archive, out: Path, progress: Progress) -> list[str]:
    """Every export but ``run.json``, written aside and put in place together: their names below ``out``."""
    progress.start("Writing files", 3)
    staging = placing.stage(out)
    exports.write_tables(archive, staging)
    progress.advance()
    write_report(archive.tables(), archive.texts(), staging)
    progress.advance()
    files = placing.commit(out, obsolete=_read_run_json(out).get("files", {}))
    progress.advance()
    return files


def _files_stand(out: Path) -> bool:
    """Whether every file that the run before wrote is there with the same bytes."""
    files = _read_run_json(out).get("files", {})
    return bool(files) and all((out / n).is_file() and _hash_file(out / n) == digest for n, digest in files.items())


def _read_run_json(out: Path) -> dict[str, Any]:
    """What the run before said of itself; empty where there was none."""
    path = out / "run.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _hash_file(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _write_run_json(
    out: Path,
    files: Sequence[str],
    dumps: Sequence[CleanDump],
    versions: dict[str, str],
    counts: dict[str, dict[str, int]],
    seconds: dict[str, float],
    settings: Settings,
) -> None:
    """``run.json``, last of all: what went in, what made it, what came out, and the hash of every file."""
    record = {
        "inputs": [{"name": dump.name, "sha256": dump.sha256, "n_bytes": dump.n_bytes} for dump in dumps],
        "versions": versions,
        "settings": {"model": settings.model, "seed": settings.seed},
        "counts": counts,
        "seconds": seconds,
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "warnings": [],
        "files": {name: _hash_file(out / name) for name in files},
    }
    pending = out / "run.json.part"
    pending.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    pending.replace(out / "run.json")
