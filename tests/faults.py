"""Runs that are cut short: ``python -m tests.faults [--sample N]``. Linux with a C compiler.

A run over one dump stands; the next dump comes, and at the n-th write of that run the process is killed, the disk is
full from there on, or that one write fails. Each time three things must hold:

1. The archive and the files are the old ones or the new ones, whole; files of both kinds may stand beside each other
   only where the plan to complete them stands too (``store.placing``).
2. A failure that the process survives is one line that says what to do, never a traceback.
3. The next run gives the files of a run that nothing happened to, byte for byte.

Then pairs of runs at once: both give that same result, or one says that the folder is locked. Without ``--sample``
every write is tried; with it, N of each kind, drawn with a seed.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.errors import CarefeedError
from pipeline.registers import load_registers
from pipeline.runner import run
from pipeline.settings import Settings, find_models
from pipeline.store import placing
from pipeline.store.archive import Archive
from pipeline.workers import Setup, _extractor_of
from tests.faults_dumps import write_dumps

_SETTINGS = Settings(model="none", workers=1)
_KINDS = {"killed": 2, "full": 3, "broken": 4}
_COUNT, _OFF = 1, 0
_N_PAIRS = 50
#: How a child process ends.
_DONE, _TOLD, _BUG = 0, 1, 2
_STATE_FILES = {"run.json", "archive.sqlite", "archive.sqlite-wal", "archive.sqlite-shm", ".lock"}


class Shim:
    """The preloaded library (``faults_shim.c``)."""

    def __init__(self) -> None:
        self.library = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self.library.faults_seen.restype = ctypes.c_long
        self.library.faults_arm.argtypes = (ctypes.c_int, ctypes.c_long, ctypes.c_char_p)

    def arm(self, kind: int, n: int, out: Path) -> None:
        """From now on, fail at the n-th write below a folder."""
        self.library.faults_arm(kind, n, os.fsencode(out))

    @property
    def n_writes(self) -> int:
        """Writes that were counted since."""
        return int(self.library.faults_seen())


def in_child(work: Callable[[], None]) -> int:
    """Do the work in a process of its own: how it ended, negative for a signal."""
    child = os.fork()
    if child == 0:
        code = _BUG
        try:
            work()
            code = _DONE
        except CarefeedError as error:
            code = _TOLD if str(error) and "\n" not in str(error) else _BUG
        except BaseException as error:
            print(f"  a bug: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file that must be the same, by its name; what is not yet placed left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in _STATE_FILES and placing.STAGING not in path.parts
    }


def rows_of(out: Path) -> list[object]:
    """What the archive's timeline and evidence hold."""
    with Archive(out / "archive.sqlite") as archive:
        return [
            archive.connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("timeline", "evidence", "numbers", "articles", "ledger")
        ]


class Trial:
    """One dump that was read and one that comes, and what must be there before and after."""

    def __init__(self, work: Path) -> None:
        self.dumps = write_dumps(work)
        self.old, self.new, self.out = work / "old", work / "new", work / "out"
        run([self.dumps[0]], self.old, find_models(), _SETTINGS)
        run(self.dumps, self.new, find_models(), _SETTINGS)
        self.before, self.after = files_of(self.old), files_of(self.new)
        self.rows_before, self.rows_after = rows_of(self.old), rows_of(self.new)
        assert self.before != self.after

    def reset(self) -> None:
        """The state before the next dump comes."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.old, self.out)

    def add(self) -> None:
        """The run that brings the next dump."""
        run([self.dumps[1]], self.out, find_models(), _SETTINGS)

    def faults_after(self) -> Iterator[str]:
        """What is wrong once a run was cut short; then the next run is done, and checked too."""
        files = files_of(self.out)
        plan = self.out / placing.STAGING / "PLAN"
        rows = rows_of(self.out)
        if rows not in (self.rows_before, self.rows_after):
            yield "the archive is neither old nor new"
        if files not in (self.before, self.after) and not (rows == self.rows_after and plan.is_file()):
            changed = [n for n in {*files, *self.before, *self.after} if files.get(n) != self.before.get(n)]
            yield f"files of two runs stand beside each other: {', '.join(sorted(changed)[:3])}"
        if in_child(self.add) != _DONE:
            yield "the next run failed"
        elif files_of(self.out) != self.after or rows_of(self.out) != self.rows_after:
            yield "the next run gave another result"
        if (self.out / placing.STAGING).exists():
            yield "something is left behind"


def count_writes(trial: Trial, shim: Shim) -> int:
    """Writes of a run that nothing happens to."""
    trial.reset()
    reader, writer = os.pipe()

    def work() -> None:
        shim.arm(_COUNT, 0, trial.out)
        trial.add()
        n = shim.n_writes
        shim.arm(_OFF, 0, trial.out)
        os.write(writer, str(n).encode())

    assert in_child(work) == _DONE
    os.close(writer)
    with os.fdopen(reader) as handle:
        return int(handle.read())


def try_faults(trial: Trial, shim: Shim, sample: int | None, seed: int) -> tuple[int, list[str]]:
    """Every kind of fault at every write, or at a sample of them: how many, and what was wrong."""
    n_writes = count_writes(trial, shim)
    wrong: list[str] = []
    n_tried = 0
    for name, kind in _KINDS.items():
        places = list(range(1, n_writes + 1))
        if sample is not None:
            places = sorted(random.Random(f"{seed} {name}").sample(places, min(sample, n_writes)))
        for n in places:
            trial.reset()

            def work(kind: int = kind, n: int = n) -> None:
                shim.arm(kind, n, trial.out)
                trial.add()

            code = in_child(work)
            n_tried += 1
            if code == _BUG:
                wrong.append(f"{name} at write {n}: a traceback")
            wrong += [f"{name} at write {n}: {fault}" for fault in trial.faults_after()]
        print(f"{name}: {len(places)} of {n_writes} writes tried, {len(wrong)} faults so far", flush=True)
    return n_tried, wrong


def try_pairs(trial: Trial, n_pairs: int) -> list[str]:
    """Two runs at once, over and over: what was wrong."""
    wrong = []
    for n in range(n_pairs):
        trial.reset()
        children = []
        for _ in range(2):
            child = os.fork()
            if child == 0:
                os._exit(_pair_member(trial))
            children.append(child)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        if not set(codes) <= {_DONE, _TOLD} or _DONE not in codes:
            wrong.append(f"pair {n}: ended with {codes}")
        elif files_of(trial.out) != trial.after:
            wrong.append(f"pair {n}: another result")
    print(f"pairs: {n_pairs} tried, {len(wrong)} faults", flush=True)
    return wrong


def _pair_member(trial: Trial) -> int:
    try:
        trial.add()
    except CarefeedError as error:
        return _TOLD if "locked" in str(error) else _BUG
    return _DONE


def build_shim(folder: Path) -> Path:
    """The library, compiled."""
    library = folder / "faults_shim.so"
    source = Path(__file__).with_name("faults_shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def main(arguments: list[str]) -> int:
    """Exit code 1 where anything didn't survive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="so many writes of each kind, and pairs; without it, all")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="carefeed-faults-") as name:
        work = Path(name).resolve()
        if "faults_shim" not in os.environ.get("LD_PRELOAD", ""):
            if not sys.platform.startswith("linux") or not shutil.which("cc"):
                print("Faults can only be made on Linux with a C compiler: nothing was tried.")
                return 0
            environment = os.environ | {"LD_PRELOAD": str(build_shim(work))}
            return subprocess.run(
                [sys.executable, "-m", "tests.faults", *arguments], env=environment, check=False
            ).returncode
        begun = time.monotonic()
        _extractor_of(Setup(_SETTINGS.model, _SETTINGS.batch_size, load_registers(find_models())))
        trial = Trial(work)
        n_tried, wrong = try_faults(trial, Shim(), options.sample, options.seed)
        n_pairs = _N_PAIRS if options.sample is None else options.sample
        wrong += try_pairs(trial, n_pairs)
    print(*wrong, sep="\n")
    print(f"{n_tried + n_pairs} trials, {len(wrong)} faults, {time.monotonic() - begun:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
