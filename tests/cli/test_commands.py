"""The command line: exit codes, what goes to stdout and what to stderr, and messages that say what to do."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.command import carefeed, in_a_process
from tests.runs import Made

# arguments, exit code, what stderr says
FAILURES = [
    (["run", "no/such/file.txt"], 1, "no/such/file.txt"),
    (["run"], 2, "Missing argument"),
    (["run", "{empty_folder}"], 1, "{empty_folder}"),
    (["run", "{dump}", "--out", "/proc/nowhere"], 1, "can't be written"),
    (["run", "{dump}", "--model", "no_such_model", "--out", "{empty_folder}/out"], 1, "no_such_model"),
    (["run", "{dump}", "--workers", "-1"], 2, "--workers"),
    (["query", "--out", "{empty_folder}"], 1, "carefeed run"),
    (["query", "--out", "{run}", "--policy", "no such thing"], 2, "no policy here"),
    (["query", "--out", "{run}", "--format", "pdf"], 2, "table, csv, json"),
    (["evaluate", "{empty_folder}", "--out", "{run}"], 1, "no gold file"),
    (["dance"], 2, "No such command"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "said"), FAILURES)
def test_a_failure_says_what_happened(
    arguments: list[str], code: int, said: str, tmp_path: Path, small_dump: Path, small_run: Made
) -> None:
    """Exit code 1 for what could not be done, 2 for wrong usage; the message on stderr, nothing on stdout."""
    places = {"{empty_folder}": str(tmp_path), "{dump}": str(small_dump), "{run}": str(small_run.out)}
    for mark, place in places.items():
        arguments = [argument.replace(mark, place) for argument in arguments]
        said = said.replace(mark, place)
    done = carefeed(*arguments)
    assert done.returncode == code
    assert said in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("arguments", "code"), [(["query", "--out", "{empty_folder}"], 1), (["dance"], 2)])
def test_a_process_ends_with_the_code(arguments: list[str], code: int, tmp_path: Path) -> None:
    """Whoever started it learns from the exit code what became of it; a failure is no traceback there either."""
    done = in_a_process(*(argument.replace("{empty_folder}", str(tmp_path)) for argument in arguments))
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"Once upon a time there was a text without any feed.\n", "not_a_dump"),
        (b"\x00\x01\x02\x03" * 100, ""),
    ],
)
def test_a_file_that_is_no_dump_is_a_line_in_rejections(
    content: bytes, reason: str, tmp_path: Path, small_dump: Path
) -> None:
    """Bad input beside good is reported, and the good is read."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    done = carefeed("run", bad, small_dump, "--model", "none", "--workers", "1", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out" / "rejections.csv").open(newline="") as handle:
        rejected = [row for row in csv.DictReader(handle) if row["dump"] == "bad.txt"]
    assert rejected
    assert rejected[0]["reason"].startswith(reason)
    assert (tmp_path / "out" / "articles.csv").read_text().count("\n") > 1


def test_a_dump_can_come_from_standard_input(tmp_path: Path, small_dump: Path) -> None:
    """``-`` reads stdin; the dump is called ``stdin``."""
    done = in_a_process("run", "-", "--model", "none", "--out", tmp_path, stdin=small_dump.read_bytes())
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "run.json").read_text())["inputs"][0]["name"] == "stdin"


def test_nothing_but_results_on_stdout(small_run: Made) -> None:
    """CSV and JSON from a query can be piped; progress and notes are silent where stderr is no terminal."""
    as_csv = in_a_process("query", "--out", small_run.out, "--format", "csv", "--limit", "3")
    as_json = in_a_process("query", "--out", small_run.out, "--format", "json", "--limit", "3")
    rows = list(csv.DictReader(io.StringIO(as_csv.stdout)))
    records = json.loads(as_json.stdout)
    assert [row["event_id"] for row in rows] == [record["event_id"] for record in records]
    assert as_csv.stderr == as_json.stderr == ""


def test_inspect_writes_nothing(tmp_path: Path, small_dump: Path) -> None:
    """It shows the items, and leaves no file behind."""
    before = sorted(Path.cwd().iterdir())
    done = in_a_process("inspect", small_dump)
    assert done.returncode == 0, done.stderr
    assert "communitycare-" in done.stdout
    assert sorted(Path.cwd().iterdir()) == before
