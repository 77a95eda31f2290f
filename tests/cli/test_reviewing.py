"""The commands of a review: what they say, and their exit codes."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import rows
from pipeline.reviewing import append_decisions, open_for_reading
from pipeline.store.contents import Contents
from pipeline.timeline.linking import chain_decision
from tests.command import Done, carefeed
from tests.runs import Made


def review(*arguments: str | Path, project: Path | None = None) -> Done:
    """Run ``carefeed review``, with the user's folder elsewhere."""
    return carefeed("review", *arguments, **({"CAREFEED_PROJECT": str(project)} if project else {}))


@pytest.mark.parametrize("command", ["export", "import", "list", "undo", "gold"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    """``--help`` shows how it is used."""
    done = review(command, "--help")
    assert done.returncode == 0
    assert f"Example: carefeed review {command}" in done.stdout


def test_a_review_goes_out_and_comes_in(small_run: Made, tmp_path: Path) -> None:
    """Good rows are kept, a bad one is named by file, line and reason with exit code 1, and the list shows what counts."""
    sheet, project = tmp_path / "doubtful.csv", tmp_path / "project"
    out = ("--out", small_run.out)
    done = review("export", sheet, "--limit", "3", *out, project=project)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"Wrote 3 row(s) to {sheet}.")
    with sheet.open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    rows[0]["verdict"], rows[1]["verdict"] = "reject", "perhaps"
    with sheet.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = review("import", sheet, "--reviewer", "ann", *out, project=project)
    assert done.returncode == 1
    assert f"{sheet}, line 3: the verdict 'perhaps' is none of accept, correct, reject" in done.stderr
    listed = review("list", *out, project=project)
    assert listed.returncode == 0
    assert "applied  reject by ann" in listed.stdout
    assert rows[0]["quote"] in listed.stdout
    assert review("list", "--stale", *out, project=project).stdout == ""


def test_without_an_archive_the_message_says_what_to_do(tmp_path: Path) -> None:
    """Exit code 1, and how an archive is made."""
    done = review("export", tmp_path / "a.csv", "--out", tmp_path, project=tmp_path)
    assert done.returncode == 1
    assert "carefeed run" in done.stderr


def test_a_wrong_line_among_the_decisions_is_named(small_run: Made, tmp_path: Path) -> None:
    """File, line and reason, for whoever edited it by hand."""
    copy = shutil.copytree(small_run.out, tmp_path / "outputs")
    (tmp_path / "decisions.jsonl").write_text("\n{}\n", encoding="utf-8")
    done = review("list", "--out", copy, project=tmp_path)
    assert done.returncode == 1
    assert "decisions.jsonl, line 2 must be an object" in done.stderr


def test_a_decision_is_taken_back_by_its_key(small_run: Made, tmp_path: Path) -> None:
    """The list shows the key; once taken back it is in the list no longer."""
    sheet, project = tmp_path / "doubtful.csv", tmp_path / "project"
    out = ("--out", small_run.out)
    review("export", sheet, "--limit", "1", *out, project=project)
    text = sheet.read_text(encoding="utf-8").split("\n", 1)
    sheet.write_text(f"{text[0]}\naccept{text[1]}", encoding="utf-8")
    review("import", sheet, *out, project=project)
    key = review("list", *out, project=project).stdout.split()[-1]
    done = review("undo", key, *out, project=project)
    assert (done.returncode, "Taken back: accept" in done.stdout) == (0, True)
    assert review("list", *out, project=project).stdout == ""
    again = review("undo", key, *out, project=project)
    assert again.returncode == 1
    assert "no decision stands" in again.stderr


def test_an_unknown_name_is_refused_on_import(small_run: Made, tmp_path: Path) -> None:
    """With the line, and what was perhaps meant; a known form is kept as the name in full."""
    sheet, project = tmp_path / "doubtful.csv", tmp_path / "project"
    out = ("--out", small_run.out)
    review("export", sheet, "--limit", "2", *out, project=project)
    with sheet.open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    rows[0] |= {"verdict": "correct", "new_policies": "early carer framework"}
    rows[1] |= {"verdict": "correct", "new_policies": "ECF"}
    with sheet.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = review("import", sheet, *out, project=project)
    assert done.returncode == 1
    assert "line 2: no policy is called ‘early carer framework’: did you mean early career framework" in done.stderr
    assert "policies = early career framework" in review("list", *out, project=project).stdout


def test_a_link_whose_sentence_is_gone_is_listed(small_run: Made, tmp_path: Path) -> None:
    """Among the stale ones; one that holds is listed as kept."""
    project = tmp_path / "project"
    with open_for_reading(small_run.out) as archive:
        one, other = list(rows.make_tellings(Contents(archive).events_found()))[:2]
    held = chain_decision(other, one, "follows", "2025-05-01")
    lost = chain_decision(replace(other, article_id="example-gone"), one, "confirms", "2025-05-01")
    append_decisions(project, [held, lost])
    everything = review("list", "--out", small_run.out, project=project).stdout.splitlines()
    assert [(line.split()[0], line.split()[-1]) for line in everything] == [("kept", held.key), ("gone", lost.key)]
    (stale,) = review("list", "--stale", "--out", small_run.out, project=project).stdout.splitlines()
    assert stale.startswith("gone     link (kind = confirms): example-gone chain")
