"""Marks: data files are read once and checked."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from pipeline.cleaning.marks import load_marks
from pipeline.cleaning.screens import fold_line, has_piece
from pipeline.errors import RegisterError
from pipeline.settings import find_models


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of the data files that may be broken."""
    for name in ("boilerplate.toml", "notes.toml", "promotions.csv", "promotions.toml", "sites.csv", "spam.toml"):
        shutil.copy(find_models() / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("boilerplate.toml", '\n[[cue]]\nrule = "x"\nstrength = "alone"\npattern = "(a"\n', "missing"),
        ("boilerplate.toml", '\n[[cue]]\nrule = "x"\nstrength = "strong"\npattern = "a"\n', "strength"),
        ("boilerplate.toml", '\n[[cue]]\nrule = "x"\nstrength = "alone"\npattern = "a"\n', "without 'needs'"),
        ("boilerplate.toml", '\n[[sign]]\ngroup = "x"\npattern = "a"\n', "group"),
        ("boilerplate.toml", '\n[[sign]]\ngroup = "reader"\npattern = "You"\n', "capital"),
        ("promotions.csv", "word:x,heavy\n", "heavy"),
        ("promotions.toml", '\nx = "Capital"\n', "lower case"),
        ("spam.toml", "\n[xx]\nwrds = ['a']\n", "wrds"),
        ("sites.csv", "a.org,Not Lower,A,\n", "host or site"),
        ("sites.csv", "www.communitycare.co.uk,cc,A,\n", "twice"),
        ("sites.csv", "b.org,b,B,France\n", "nation"),
    ],
)
def test_wrong_line_is_named(models: Path, name: str, line: str, reason: str) -> None:
    """A wrong line raises an error with the file and the reason, and says what to do."""
    path = models / name
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(RegisterError, match=reason) as caught:
        load_marks(models)
    assert name in str(caught.value)
    assert caught.value.hint


def test_missing_file_is_named(models: Path) -> None:
    """A missing data file is named."""
    (models / "spam.toml").unlink()
    with pytest.raises(RegisterError, match=r"spam\.toml"):
        load_marks(models)


def test_fingerprint_follows_the_data(models: Path) -> None:
    """Any change of a data file changes the fingerprint, and nothing else does: what is the same isn't read again."""
    first = load_marks(models)
    assert load_marks(models) is first
    (models / "sites.csv").write_text((models / "sites.csv").read_text() + "c.org,c,C,\n")
    assert load_marks(models).fingerprint != first.fingerprint


def test_every_cue_is_worth_a_try_where_it_matches() -> None:
    """The screen by words never hides a cue or sign that would match: checked on all lines of the cases."""
    marks = load_marks(find_models())
    cases = (Path(__file__).parent / "cases" / "blocks.tsv").read_text(encoding="utf-8").splitlines()
    lines = [line.partition("\t")[2] for line in cases if "\t" in line]
    assert len(lines) > 200
    for line in lines:
        low, worth = line.lower(), marks.index.worth(line)
        for i, cue in enumerate(marks.cues):
            if len(line) <= cue.max_length and cue.test(low if cue.is_low else line):
                assert worth >> i & 1 or not cue.needs, (line, cue.rule)
                assert not cue.pieces or has_piece(fold_line(line), cue.pieces), (line, cue.rule)
        for i, sign in enumerate(marks.signs, len(marks.cues)):
            if sign.pattern.search(low):
                assert worth >> i & 1, (line, sign.group)


def test_marks_go_to_other_processes(models: Path) -> None:
    """Marks can be sent to a worker."""
    marks = load_marks(models)
    assert pickle.loads(pickle.dumps(marks)).index["newsletter"] == marks.index["newsletter"]
