"""The one module that knows the order of the stages.

    sources ─▶ read, clean ─▶ archive ─▶ merge ─▶ extract ─▶ rows, timeline, series, topics ─▶ tables ─▶ files

A dump whose hash is in the archive isn't read again, a text whose extraction is there isn't analysed again, and rows
are made anew only where something that they are made from has changed. All of it is computed from the archive, so the
files are the same whatever the order or number of runs. The tables change in one transaction, and the files with it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from filelock import FileLock, Timeout

from pipeline import fingerprints
from pipeline.cleaning.marks import Marks, load_marks
from pipeline.crew import Crew, open_crew
from pipeline.cycles import without_collection
from pipeline.errors import StoreError
from pipeline.exporting import fallen_files, input_records, read_run_json, seal_files, stage_files
from pipeline.progress import Clock, Progress, Quiet
from pipeline.reading import begin as begin_reading
from pipeline.reading import read_inputs
from pipeline.registers import Registers, load_registers
from pipeline.settings import DEFAULT_MODEL, Settings, find_project
from pipeline.store import placing
from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.contents import DECIDED, NOTES, Contents
from pipeline.store.history import keep_run
from pipeline.store.lookups import FULL_TEXT
from pipeline.store.schema import REFRESH
from pipeline.store.state import State

if TYPE_CHECKING:
    from pipeline.assembly import Plan
    from pipeline.topics.changing import TopicChange

LOCK_NAME = ".lock"
_LOCK_SECONDS = 10


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did. ``counts`` are rows by table; ``outcomes`` items by what became of them.

    ``notes`` are what its user should know of: edits that fit nothing, articles that would make a new topic.
    """

    out: Path
    is_unchanged: bool
    n_inputs: int
    n_new_dumps: int
    n_new_texts: int
    outcomes: dict[str, int]
    counts: dict[str, int]
    seconds: float
    notes: tuple[str, ...] = ()


def run(
    inputs: Sequence[str | Path],
    out: Path,
    models: Path,
    settings: Settings,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> RunSummary:
    """Read the dumps into the archive under ``out`` and bring every file up to date with it.

    Raises ``DumpError`` for an input that isn't there, ``RegisterError`` for a wrong line under ``models``,
    ``ModelError`` for a model that can't be loaded, ``StoreError`` for an output folder that can't be used. What is
    wrong *in* a dump is no exception: it is a line of ``rejections.csv``.
    """
    begun = time.perf_counter()
    marks = load_marks(models)
    registers = load_project_registers(models)
    with open_for_writing(out) as archive:
        work = _Work(archive, out, registers, find_project(models), settings, progress or Quiet())
        with open_crew(settings.processes, partial(_begin, marks, settings, registers)) as crew:
            with work.clock.stage("read"):
                n_inputs, n_new = read_inputs(work.state, inputs, marks, settings, work.progress, stdin, out, crew)
            n_texts = work.bring_up_to_date(crew)
        notes = kept_notes(archive)
    outcomes, counts = work.counted["items"], work.counted["rows"]
    seconds = time.perf_counter() - begun
    return RunSummary(out, n_texts is None, n_inputs, n_new, n_texts or 0, outcomes, counts, seconds, notes)


def _begin(marks: Marks, settings: Settings, registers: Registers) -> None:
    """What a process needs to know before it cleans and extracts."""
    from pipeline import workers  # noqa: PLC0415  (a run with nothing new must not wait for it)

    begin_reading(marks, settings.limits)
    workers.begin(workers.Setup(settings.model, settings.batch_size, registers))


def forget(name: str, out: Path, models: Path, model: str | None = None, progress: Progress | None = None) -> list[str]:
    """Take dumps out of the archive and bring every file up to date: the names of those that are gone.

    ``name`` is a dump's name (all that go by it), its name with the beginning of its hash (``feed.txt@1a2b3c4d``), or
    the beginning of its hash. ``model`` None means the one that the last run used. Raises ``StoreError`` where there
    is no such dump. What other dumps tell of the same articles stays.
    """
    with _reopened(out, models, model, progress) as work:
        gone = _forget_dumps(work.state, name)
        work.bring_up_to_date()
    return gone


def refresh(out: Path, models: Path, progress: Progress | None = None) -> tuple[str, ...]:
    """Bring every file up to date with the project's edits and decisions: notes for the user. Reads no dump."""
    with _reopened(out, models, None, progress) as work:
        work.bring_up_to_date()
        return kept_notes(work.archive)


def change_topics(
    out: Path, models: Path, how: str, topic_id: str = "", into: int = 2, progress: Progress | None = None
) -> list[TopicChange]:
    """Change the archive's topic model (``how`` is grow, refit or split), and bring every file up to date.

    Gives what has changed, topic by topic. Raises ``StoreError`` where no model is kept, or there is no such topic.
    """
    from pipeline.sorting import change_model  # noqa: PLC0415  (scikit-learn; a run with nothing new needs none of it)

    with _reopened(out, models, None, progress) as work:
        changes = change_model(work.contents, work.project, how, topic_id, into)
        work.bring_up_to_date()
    return changes


@contextmanager
def _reopened(out: Path, models: Path, model: str | None, progress: Progress | None) -> Iterator[_Work]:
    """The archive that is there, with the settings of its last run; ``model`` None means that run's."""
    registers = load_project_registers(models)
    with open_for_writing(out, is_new=False) as archive:
        seed = int(archive.fact("seed") or 0)
        has_text = archive.fact(FULL_TEXT) == "yes"
        settings = Settings(model=model or archive.fact("model") or DEFAULT_MODEL, seed=seed, full_text=has_text)
        yield _Work(archive, out, registers, find_project(models), settings, progress or Quiet())


def _forget_dumps(state: State, name: str) -> list[str]:
    wanted, _, start = name.partition("@")
    found = [
        dump
        for dump in state.dumps()
        if (dump.name in (name, wanted) and dump.clean.sha256.startswith(start if dump.name == wanted else ""))
        or (len(name) >= 8 and dump.clean.sha256.startswith(name))
    ]
    refused = [each.dump for each in state.refused() if each.dump == name]
    if not found and not refused:
        raise StoreError(f"no dump here goes by {name!r}", "the names are in run.json, under inputs")
    for dump in found:
        state.forget_dump(dump.clean.sha256)
    for each in refused:
        state.forget_refused(each)
    return sorted({*(dump.name for dump in found), *refused})


def kept_notes(archive: Archive) -> tuple[str, ...]:
    """What the run that made the tables noted for its user."""
    return tuple(json.loads(archive.fact(NOTES) or "[]"))


def load_project_registers(models: Path) -> Registers:
    """The registers, with what the project adds to them."""
    project = find_project(models)
    return load_registers(models, project if project.is_dir() else None)


@dataclass
class _Work:
    """One bringing up to date of the tables and files of an archive."""

    archive: Archive
    out: Path
    registers: Registers
    project: Path
    settings: Settings
    progress: Progress

    def __post_init__(self) -> None:
        self.state = State(self.archive)
        self.contents = Contents(self.archive)
        self.clock = Clock()
        self.counted: dict[str, dict[str, int]] = {}

    def bring_up_to_date(self, begun: Crew | None = None) -> int | None:
        """The number of texts that were analysed; None where all was up to date and nothing was touched.

        ``begun`` are the processes that helped to read, if any did: they go on, and are sent home before the writing.
        """
        key = run_key(self.state, self.registers, self.settings, self.project)
        is_fresh = key == self.archive.fact("run_key")
        if is_fresh and not fallen_files(self.contents, self.out):
            self.counted = read_run_json(self.out)["counts"]
            return None
        from pipeline.assembly import plan_update  # noqa: PLC0415  (a run with nothing new must not wait for the stages)
        from pipeline.extracting import extract_missing  # noqa: PLC0415
        from pipeline.workers import gather_crew  # noqa: PLC0415

        with self.clock.stage("merge"):
            fingerprint = fingerprints.extraction_fingerprint(self.settings.model, self.registers.fingerprint)
            plan = plan_update(self.state, self.contents, fingerprint, self.project)
        with gather_crew(self.settings, self.registers, len(plan.made), begun) as crew:
            with self.clock.stage("extract"):
                n_texts = extract_missing(self.state, plan, self.registers, self.settings, self.progress, crew)
            is_first = not self.contents.articles_made()
            with self.archive.first_transaction() if is_first else self.archive.transaction():
                if not is_fresh:
                    with self.clock.stage("assemble"):
                        self._assemble(plan, crew)
                crew.close()  # its memory is free for the writing
                state = self._write(plan)
        placing.recover(self.out, state)
        return n_texts

    def _assemble(self, plan: Plan, crew: Crew) -> None:
        from pipeline.assembly import update_tables  # noqa: PLC0415  (see above)

        seed = self.settings.seed
        with without_collection():
            update_tables(self.state, self.contents, plan, self.registers, self.project, seed, crew, self.progress)
        if self.contents.changed:
            made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            is_known = self.archive.fact("run_key") is not None  # else rows may be gone that nothing took out
            keep_run(self.archive.connection, made, self.contents.touched.keys if is_known else None)
            for statement in REFRESH:
                self.archive.connection.execute(statement)

    def _write(self, plan: Plan) -> str:
        """Write the files aside and seal them: the state that they stand for."""
        self._choose_text()
        with self.clock.stage("write"):
            self.progress.start("Writing files", None)
            staged = stage_files(self.contents, self.out, self.progress)
        self.counted = {"items": self.contents.count_outcomes(), "rows": self.contents.counts()}
        key = run_key(self.state, self.registers, self.settings, self.project)  # a first topic model is in it now
        self._remember(key)
        state = fingerprints.combine(key, str(time.time_ns()))
        seal_files(self.contents, self.out, staged, self._record(plan), state)
        self.archive.set_fact("state", state)
        return state

    def _choose_text(self) -> None:
        """Whether the report shows whole texts; where it did otherwise, it is written anew."""
        wanted = "yes" if self.settings.full_text else "no"
        if (self.archive.fact(FULL_TEXT) or "no") != wanted:
            self.archive.set_fact(FULL_TEXT, wanted)
            self.contents.changed.add("article_texts")

    def _remember(self, key: str) -> None:
        facts = {
            "run_key": key,
            "model": self.settings.model,
            "seed": str(self.settings.seed),
            "registers": self.registers.fingerprint,
            "assembly": fingerprints.assembly_fingerprint(),
        }
        parts = fingerprints.extraction_parts(self.settings.model, self.registers.fingerprint)
        facts[f"made {fingerprints.combine(*parts.values())}"] = json.dumps(parts)
        for name, value in facts.items():
            self.archive.set_fact(name, value)

    def _record(self, plan: Plan) -> dict[str, Any]:
        """What ``run.json`` says beside the files."""
        model = self.settings.model
        return {
            "inputs": input_records(plan.dumps),
            "versions": {
                "carefeed": fingerprints.installed_version("carefeed"),
                "code": fingerprints.assembly_fingerprint(),
                "model": f"{model} {fingerprints.installed_version(model)}".strip(),
                "spacy": fingerprints.installed_version("spacy"),
                "registers": self.registers.fingerprint,
            },
            "settings": {"model": model, "seed": self.settings.seed, "full_text": self.settings.full_text},
            "counts": self.counted,
            "decisions": json.loads(self.archive.fact(DECIDED) or "{}"),
            "seconds": self.clock.seconds,
            "warnings": self._warnings(),
        }

    def _warnings(self) -> list[str]:
        failures = self.contents.failures()
        return [
            *(f"{article_id} could not be analysed: {why}" for article_id, _, _, why in failures),
            *kept_notes(self.archive),
        ]


def run_key(state: State, registers: Registers, settings: Settings, project: Path) -> str:
    """Stands for all that the tables and files are made from."""
    names = state.dump_names()
    dumps = [f"{sha256} {names[sha256]} {made}" for sha256, made in sorted(state.dump_fingerprints().items())]
    return fingerprints.combine(
        *dumps,
        *map(repr, state.refused()),
        fingerprints.extraction_fingerprint(settings.model, registers.fingerprint),
        fingerprints.assembly_fingerprint(),
        fingerprints.project_fingerprint(project),
        str(settings.seed),
        *(["full text"] if settings.full_text else []),
    )


@contextmanager
def open_for_writing(out: Path, *, is_new: bool = True) -> Iterator[Archive]:
    """The archive of an output folder, for this process alone; made if need be, unless ``is_new`` is false.

    A run that was cut short while its files were put in place is completed first. Raises ``StoreError`` where the
    folder is locked by another run, can't be written, or the disk is full.
    """
    path = out / ARCHIVE_NAME
    if not is_new and not path.is_file():
        raise StoreError(f"there is no archive at {path}", "make one with: carefeed run DUMPS --out " + str(out))
    try:
        with _locked(out), Archive(path) as archive:
            placing.recover(out, archive.fact("state"))
            yield archive
    except sqlite3.Error as error:
        raise StoreError(
            f"the archive {path} can't be written: {error}", "free some space or check the disk, then run again"
        ) from error
    except OSError as error:
        raise StoreError(
            f"the output folder {out} can't be written: {error.strerror or error}",
            "free some space, check its permissions, or choose another with --out",
        ) from error


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK_NAME, timeout=_LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError(f"{out} is locked: another run is writing to it", "wait until it is done") from error
    try:
        yield
    finally:
        lock.release()
