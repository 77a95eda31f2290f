"""A run on a cluster: a real scheduler and two worker processes, one of which is killed in the middle."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import extracting
from pipeline.errors import CarefeedError
from pipeline.progress import Quiet
from pipeline.runner import run
from pipeline.settings import find_models
from tests.runs import SETTINGS, Made, bytes_of

distributed = pytest.importorskip("distributed", reason="the extra carefeed[cluster] is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
_SECONDS_TO_START = 60


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    contact = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ["--scheduler-file", str(contact)]
    processes = [
        subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *options], **quiet
        )
    ]
    one = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path)]
    processes += [subprocess.Popen([*dask, "worker", *one, *options], **quiet) for _ in range(2)]
    try:
        deadline = time.monotonic() + _SECONDS_TO_START
        while not (contact.is_file() and contact.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.1)
        address = json.loads(contact.read_text())["address"]
        with distributed.Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=_SECONDS_TO_START)
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


class _Killer(Quiet):
    """Kills a worker when the first article has come back from the extraction."""

    def __init__(self, victim: subprocess.Popen[bytes]) -> None:
        self.victim = victim
        self.is_extracting = False

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins."""
        self.is_extracting = stage == "Extracting"

    def advance(self, steps: int = 1) -> None:
        """One more."""
        if self.is_extracting:
            self.victim.kill()


def test_a_lost_worker_changes_nothing(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    small_dump: Path,
    small_run: Made,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What it had under way is done by the other: the files are those of a run on one machine, byte for byte."""
    address, (victim, other) = cluster
    monkeypatch.setattr(extracting, "CHUNK", 1)
    settings = replace(SETTINGS, scheduler=address)
    out = tmp_path / "outputs"
    shutil.copytree(small_run.project, project)
    run([small_dump], out, find_models(), settings, _Killer(victim))
    assert victim.wait(timeout=_SECONDS_TO_START) != 0
    assert other.poll() is None
    assert bytes_of(out) == bytes_of(small_run.out)


def test_a_scheduler_that_is_not_there_is_named(
    small_dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line that says what to do."""
    monkeypatch.setattr("pipeline.cluster._CONNECT_SECONDS", 1)
    settings = replace(SETTINGS, scheduler="tcp://127.0.0.1:9")
    with pytest.raises(CarefeedError, match="can't be reached"):
        run([small_dump], tmp_path, find_models(), settings)
