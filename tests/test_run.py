"""The whole run over our corpus: what it writes, and that it is the same however it is done."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from pipeline import exporting
from pipeline.errors import StoreError
from pipeline.runner import run
from pipeline.settings import find_models
from pipeline.tables import TABLES
from pipeline.vocabulary import BINS, BLOCK_KINDS, DATE_BASES, EVENT_TYPES, ROLES, STATUSES, UNITS
from tests.runs import SETTINGS, Made, bytes_of, copy_run
from tests.runs import read_rows as read


@pytest.fixture
def topics_kept(whole_run: Made, project: Path) -> None:
    """The test's project has the topics that the run over our corpus found: a later run keeps to them."""
    shutil.copytree(whole_run.project, project)


@pytest.fixture
def whole_copy(whole_run: Made, project: Path, tmp_path: Path) -> Path:
    """The output folder of a copy of the run over our corpus, to work on."""
    return copy_run(whole_run, tmp_path / "outputs", project)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_written_with_its_columns(corpus_run: Path, table) -> None:
    """The header is the contract; keys are unique; a row has as many cells as columns."""
    with (corpus_run / f"{table.name}.csv").open(newline="", encoding="utf-8") as handle:
        rows = list(csv.reader(handle))
    assert tuple(rows[0]) == table.header
    assert {len(row) for row in rows} == {len(table.header)}
    keys = [tuple(row[table.header.index(name)] for name in table.key) for row in rows[1:]]
    assert len(keys) == len(set(keys))


# table, column, the words allowed
VOCABULARIES = [
    ("timeline", "type", EVENT_TYPES), ("timeline", "status", STATUSES), ("timeline", "date_basis", DATE_BASES),
    ("evidence", "type", EVENT_TYPES), ("numbers", "unit", UNITS), ("numbers", "role", ROLES), ("ledger", "bin", BINS),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "allowed"), VOCABULARIES)
def test_words_are_those_of_the_contract(corpus_run: Path, table: str, column: str, allowed: tuple[str, ...]) -> None:
    """A column with a vocabulary holds nothing else."""
    assert {row[column] for row in read(corpus_run, table)} <= set(allowed)


def test_every_row_leads_back_to_its_sentence(corpus_run: Path) -> None:
    """Offsets give the text of numbers, mentions and tellings, in the title or the text."""
    with (corpus_run / "articles.jsonl").open(encoding="utf-8") as handle:
        articles = {article["article_id"]: article for article in map(json.loads, handle)}
    for table, column in (("numbers", "text"), ("mentions", "text"), ("evidence", "quote")):
        rows = read(corpus_run, table)
        assert rows
        for row in rows:
            where = articles[row["article_id"]][row["field"]]
            assert where[int(row["start_char"]) : int(row["end_char"])] == row[column]


def test_text_is_made_of_the_kept_blocks(corpus_run: Path) -> None:
    """Dropped blocks have no offsets, and nothing of them is in the text."""
    with (corpus_run / "articles.jsonl").open(encoding="utf-8") as handle:
        for article in map(json.loads, handle):
            kept = [block for block in article["blocks"] if block["start_char"] is not None]
            assert article["text"] == "\n".join(block["text"] for block in kept)
            assert {block["kind"] for block in article["blocks"]} <= set(BLOCK_KINDS)


def test_every_event_has_its_evidence(corpus_run: Path) -> None:
    """No event without telling, no telling without event."""
    events = {row["event_id"] for row in read(corpus_run, "timeline")}
    assert events == {row["event_id"] for row in read(corpus_run, "evidence")}


def test_every_byte_of_every_dump_is_accounted_for(corpus_run: Path, corpus: Path) -> None:
    """The ledger's ranges cover each file without gap or overlap."""
    ledger: dict[str, list[tuple[int, int]]] = {}
    for row in read(corpus_run, "ledger"):
        ledger.setdefault(row["dump"], []).append((int(row["start_byte"]), int(row["end_byte"])))
    for path in (corpus / "dumps").iterdir():
        end = 0
        for start, stop in sorted(ledger[path.name]):
            assert start == end
            end = stop
        assert end == path.stat().st_size


@pytest.mark.usefixtures("topics_kept")
def test_the_order_of_dumps_makes_no_difference(corpus_run: Path, corpus: Path, tmp_path: Path) -> None:
    """Dumps one by one in the other order give the same bytes as all together."""
    for path in sorted((corpus / "dumps").iterdir(), reverse=True):
        run([path], tmp_path / "outputs", find_models(), SETTINGS)
    assert bytes_of(tmp_path / "outputs") == bytes_of(corpus_run)


def test_a_second_run_with_nothing_new_touches_nothing(whole_copy: Path, corpus: Path) -> None:
    """It says so, and no file changes."""
    before = {path: path.stat().st_mtime_ns for path in whole_copy.rglob("*.csv")}
    summary = run([corpus / "dumps"], whole_copy, find_models(), SETTINGS)
    assert summary.is_unchanged
    assert {path: path.stat().st_mtime_ns for path in whole_copy.rglob("*.csv")} == before


def test_a_file_that_was_deleted_or_changed_is_written_again(whole_copy: Path, corpus_run: Path, corpus: Path) -> None:
    """The archive is the state; the files beside it are exports."""
    (whole_copy / "timeline.csv").unlink()
    (whole_copy / "numbers.csv").write_text("mine")
    run([corpus / "dumps"], whole_copy, find_models(), SETTINGS)
    assert bytes_of(whole_copy) == bytes_of(corpus_run)


def test_run_json_lists_every_file_with_its_hash(corpus_run: Path) -> None:
    """What was written can be checked later."""
    files = json.loads((corpus_run / "run.json").read_text())["files"]
    assert set(files) == set(bytes_of(corpus_run))
    for name, digest in files.items():
        assert hashlib.sha256((corpus_run / name).read_bytes()).hexdigest() == digest


def test_a_run_that_fails_leaves_the_old_files(
    out: Path, small_dumps: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until every new file is there, the old ones stand; a run that doesn't fail then writes what it would have."""
    before = bytes_of(out)
    copy = Path(shutil.copytree(out, tmp_path / "copy"))

    written = exporting.write_report

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "write_report", fail)
    with pytest.raises(StoreError, match="No space left"):
        run([small_dumps[1]], out, find_models(), SETTINGS)
    assert {name: data for name, data in bytes_of(out).items() if not name.startswith(".new/")} == before
    monkeypatch.setattr(exporting, "write_report", written)
    for folder in (copy, out):
        run([small_dumps[1]], folder, find_models(), SETTINGS)
    assert bytes_of(out) == bytes_of(copy) != before


def test_the_archive_holds_the_tables_and_finds_words(corpus_run: Path) -> None:
    """Rows of the archive are those of the files, and full-text search finds quotes and articles."""
    connection = sqlite3.connect(corpus_run / "archive.sqlite")
    for table in TABLES:
        (count,) = connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()
        assert count == len(read(corpus_run, table.name)), table.name
    for search in ("article_search", "timeline_search", "evidence_search"):
        assert connection.execute(f"SELECT count(*) FROM {search} WHERE {search} MATCH 'social'").fetchone()[0]
    connection.close()
