"""A review from end to end: out to a spreadsheet, in again, and what the next runs make of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cleaning.marks import load_marks
from pipeline.errors import RegisterError, StoreError
from pipeline.reviewing import export_review, import_review, load_decisions, standing
from pipeline.runner import run
from pipeline.settings import Limits, find_models
from pipeline.timeline.decisions import ACCEPTED, dump_decision
from pipeline.verifying import verify
from tests.runs import SETTINGS

WHEN = "2025-05-01T10:00:00+00:00"
Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    """The rows of a CSV."""
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def write(path: Path, rows: Rows) -> Path:
    """The rows as a CSV."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def reviewed(out: Path, project: Path, tmp_path: Path) -> Callable[..., Path]:
    """Makes a spreadsheet with verdicts in its first rows."""

    def make(*cells: dict[str, str]) -> Path:
        path = tmp_path / "review.csv"
        path.unlink(missing_ok=True)
        export_review(out, project, path, limit=len(cells))
        return write(path, [row | own for row, own in zip(read(path), cells, strict=True)])

    return make


def test_every_later_run_does_as_was_decided(
    out: Path, project: Path, reviewed: Callable[..., Path], small_dump: Path
) -> None:
    """Rejected is gone, corrected is as the reviewer said, accepted is certain; then there is nothing new."""
    sheet = reviewed({"verdict": "reject"}, {"verdict": "correct", "new_date": "1999-12-31"}, {"verdict": "accept"})
    rejected, corrected, accepted = read(sheet)
    done = import_review(sheet, out, project, WHEN, "ann")
    assert not done.problems
    assert not run([small_dump], out, find_models(), SETTINGS).is_unchanged
    timeline = read(out / "timeline.csv")
    keys = {(row["quote"], row["type"], row["date"]) for row in timeline}
    assert (rejected["quote"], rejected["type"], rejected["date"]) not in keys
    assert [row["quote"] for row in timeline if row["date"] == "1999-12-31"] == [corrected["quote"]]
    assert any(row["quote"] == accepted["quote"] and ACCEPTED in row["reasons"] for row in timeline)
    assert {row["event_id"] for row in read(out / "evidence.csv")} == {row["event_id"] for row in timeline}
    assert run([small_dump], out, find_models(), SETTINGS).is_unchanged
    assert len(standing(out, project).used) == len(load_decisions(project)) == len(done.added)


def test_the_files_hold_after_a_review(
    out: Path, project: Path, reviewed: Callable[..., Path], small_dump: Path
) -> None:
    """Every row of the timeline still has evidence with its quote."""
    import_review(reviewed({"verdict": "reject"}), out, project, WHEN)
    run([small_dump], out, find_models(), SETTINGS)
    assert verify([str(small_dump)], out, load_marks(find_models()), Limits()).problems == []


def test_a_decision_without_its_evidence_is_noted_and_kept(
    out: Path, project: Path, reviewed: Callable[..., Path], small_dump: Path
) -> None:
    """The run says so, the list says so, and the line stays where it is."""
    import_review(reviewed({"verdict": "reject"}), out, project, WHEN)
    kept = project / "decisions.jsonl"
    line = json.loads(kept.read_text(encoding="utf-8").splitlines()[0])
    del line["key"]
    kept.write_text(json.dumps(line | {"quote": "Nobody ever wrote this."}) + "\n", encoding="utf-8")
    notes = run([small_dump], out, find_models(), SETTINGS).notes
    assert any("its sentence is gone" in note for note in notes)
    assert "its sentence is gone" in (out / "run.json").read_text(encoding="utf-8")
    assert [each.quote for each in standing(out, project).gone] == ["Nobody ever wrote this."]
    assert len(load_decisions(project)) == 1


def test_bad_rows_are_listed_by_line_and_the_others_taken(
    out: Path, project: Path, reviewed: Callable[..., Path]
) -> None:
    """The header is line 1; once the row is mended the whole file can be given again."""
    sheet = reviewed({"verdict": "reject"}, {"verdict": "maybe"})
    done = import_review(sheet, out, project, WHEN)
    assert done.added
    assert [(problem.line, "none of accept" in problem.reason) for problem in done.problems] == [(3, True)]
    rows = read(sheet)
    rows[1]["verdict"] = "accept"
    again = import_review(write(sheet, rows), out, project, WHEN)
    assert not again.problems
    assert again.n_known == len(done.added)
    assert {each.verdict for each in again.added} == {"accept"}


def test_decisions_are_only_added(out: Path, project: Path, reviewed: Callable[..., Path]) -> None:
    """What stands in the file stays as it is, even where its last line has no end."""
    first = import_review(reviewed({"verdict": "reject"}), out, project, WHEN)
    kept = project / "decisions.jsonl"
    kept.write_bytes(kept.read_bytes().rstrip(b"\n"))
    before = kept.read_text(encoding="utf-8")
    second = import_review(reviewed({"verdict": "accept"}), out, project, "2025-06-01T10:00:00+00:00")
    after = kept.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after.splitlines() == [dump_decision(each) for each in (*first.added, *second.added)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n1,2\n", "line 1: there is no column verdict, keys"),
        ("verdict,keys\naccept,1,2,3\n", "line 2: there are more cells"),
        ('verdict,keys\n"acc', "is no CSV"),
    ],
)
def test_what_is_no_spreadsheet_of_ours_says_why(
    out: Path, project: Path, tmp_path: Path, text: str, reason: str
) -> None:
    """With the file and the line."""
    sheet = tmp_path / "wrong.csv"
    sheet.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=rf"wrong\.csv.*{reason}"):
        import_review(sheet, out, project, WHEN)


def test_a_review_is_never_written_over(out: Path, project: Path, tmp_path: Path) -> None:
    """Verdicts may be in the file."""
    export_review(out, project, tmp_path / "review.csv", limit=1)
    with pytest.raises(StoreError, match="is there already"):
        export_review(out, project, tmp_path / "review.csv", limit=1)


def test_a_spreadsheet_for_a_spreadsheet_program_comes_back(out: Path, project: Path, tmp_path: Path) -> None:
    """With its byte order mark and its disarmed cells."""
    sheet = tmp_path / "review.csv"
    export_review(out, project, sheet, limit=1, excel=True)
    text = sheet.read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    header, row = text.splitlines()
    sheet.write_text(f"{header}\nreject{row}\n", encoding="utf-8")
    done = import_review(sheet, out, project, WHEN)
    assert not done.problems
    assert {each.verdict for each in done.added} == {"reject"}


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8-sig", ","), ("utf-16", "\t"), ("cp1252", ";")])
def test_what_spreadsheet_programs_save_is_read(
    out: Path, project: Path, tmp_path: Path, encoding: str, mark: str
) -> None:
    """Byte order marks, other encodings and other marks between the cells are no hindrance."""
    export_review(out, project, tmp_path / "review.csv", 1)
    rows = read(tmp_path / "review.csv")
    rows[0] |= {"verdict": "accept", "note": "checked"}
    with (tmp_path / "saved.csv").open("w", newline="", encoding=encoding, errors="replace") as handle:
        writer = csv.DictWriter(handle, rows[0], delimiter=mark, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    imported = import_review(tmp_path / "saved.csv", out, project, WHEN)
    assert {decision.note for decision in imported.added} == {"checked"}
    assert imported.problems == ()
