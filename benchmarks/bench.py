"""Speed, memory and size of runs over made archives: ``python -m benchmarks.bench [1000 10000 50000]``.

Each line of the table is one run in a process of its own, cold (nothing in the archive), then again (everything
known), then with ten new articles, for which a run takes as many workers as it likes. The smallest archive is run in
every way: with rules alone and with the model, on one core, on all, and on a Dask cluster of this machine; the larger
ones with rules alone on all cores. ``bare`` is a plain ``nlp.pipe`` of the whole statistical model in one process over
texts of the same archive, right after the run, so that both meet the same machine. Prints Markdown, ready for
``docs/performance.md``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archives import write_archive
from pipeline.settings import DEFAULT_MODEL, NO_MODEL

#: Texts that the bare model reads: enough for a steady figure.
_N_BARE = 96
_N_NEW = 10
_BARE = """
import json, sys, time, spacy
texts = json.load(open(sys.argv[1], encoding="utf-8"))
nlp = spacy.load(sys.argv[2])
begun = time.perf_counter()
for doc in nlp.pipe(texts, batch_size=16):
    pass
print(time.perf_counter() - begun)
"""


@dataclass(frozen=True, slots=True)
class Way:
    """How a run is done. ``scheduler`` is what extracts: the processes of the run itself where it is empty."""

    model: str
    workers: int
    scheduler: str = ""


_ALL_CORES = os.cpu_count() or 1
_QUICK = Way(NO_MODEL, _ALL_CORES)
_WAYS = (
    Way(NO_MODEL, 1), _QUICK, Way(NO_MODEL, _ALL_CORES, "local"),
    Way(DEFAULT_MODEL, 1), Way(DEFAULT_MODEL, _ALL_CORES), Way(DEFAULT_MODEL, _ALL_CORES, "local"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One process: seconds by the clock and by the processors, and the memory of the largest process in MB."""

    seconds: float
    cpu_seconds: float
    megabytes: float


def measure(project: Path, *arguments: str) -> Measured:
    """Run the command line and measure it; ``project`` is the folder of what a user owns.

    Raises ``CalledProcessError`` where it fails.
    """
    command = [sys.executable, "-m", "pipeline", *arguments]
    begun = time.perf_counter()
    environment = os.environ | {"CAREFEED_PROJECT": str(project)}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    code = process.returncode = os.waitstatus_to_exitcode(status)
    if code:
        raise subprocess.CalledProcessError(code, command)
    return Measured(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def bare_rate(out: Path, work: Path, model: str) -> float:
    """Articles a second of the whole model alone, over the first texts of an output folder."""
    with (out / "articles.jsonl").open(encoding="utf-8") as handle:
        texts = [json.loads(line)["text"] for _, line in zip(range(_N_BARE), handle, strict=False)]
    path = work / "texts.json"
    path.write_text(json.dumps(texts), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", _BARE, path, model], capture_output=True, text=True, check=True)
    return len(texts) / float(done.stdout)


def size_of(out: Path) -> float:
    """Megabytes of an output folder."""
    return sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6


def bench(n_articles: int, way: Way, work: Path) -> dict[str, str]:
    """One line of the table."""
    dumps, out, project = work / f"dumps-{n_articles}", work / "outputs", work / "project"
    if not dumps.is_dir():
        write_archive(dumps, n_articles)
        write_archive(work / f"new-{n_articles}", _N_NEW, seed=1, first=n_articles)
    shared = ["--out", str(out), "--model", way.model]
    options = [*shared, "--workers", str(way.workers)]
    options += ["--scheduler", way.scheduler] if way.scheduler else []
    cold = measure(project, "run", str(dumps), *options)
    stages = json.loads((out / "run.json").read_text(encoding="utf-8"))["seconds"]
    again = measure(project, "run", str(dumps), *options)
    bare = bare_rate(out, work, DEFAULT_MODEL)
    new = measure(project, "run", str(work / f"new-{n_articles}"), *shared)
    rate = n_articles / cold.seconds
    line = {
        "articles": f"{n_articles:,}",
        "model": "rules only" if way.model == NO_MODEL else "with model",
        "workers": f"{way.workers} on Dask" if way.scheduler else str(way.workers),
        "cold, articles/s": f"{rate:.1f}",
        "CPU ms an article": f"{1000 * cold.cpu_seconds / n_articles:.0f}",
        **{f"{stage}, s": f"{seconds:.1f}" for stage, seconds in stages.items()},
        "again, s": f"{again.seconds:.2f}",
        f"{_N_NEW} new, s": f"{new.seconds:.1f}",
        "largest process, MB": f"{max(cold.megabytes, new.megabytes):.0f}",
        "outputs, MB": f"{size_of(out):.0f}",
        "bare model, articles/s": f"{bare:.1f}",
        "run : bare": f"{rate / bare:.2f}",
    }
    shutil.rmtree(out)
    shutil.rmtree(project)
    return line


def main(sizes: list[int]) -> None:
    """Print the table."""
    print(
        f"{os.cpu_count()} cores, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB of memory\n"
    )
    header: list[str] = []
    with tempfile.TemporaryDirectory(prefix="carefeed-bench-") as name:
        wanted = sorted(sizes or [1_000, 10_000, 50_000])
        for n_articles in wanted:
            for way in _WAYS if n_articles == wanted[0] else [_QUICK]:
                line = bench(n_articles, way, Path(name))
                if not header:
                    header = list(line)
                    print("|", " | ".join(header), "|")
                    print("|", " | ".join("---:" for _ in header), "|")
                print("|", " | ".join(line.get(column, "") for column in header), "|", flush=True)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
