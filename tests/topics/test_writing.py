"""Edits written into topics.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RegisterError, StoreError
from pipeline.topics.edits import TopicEdits, load_edits
from pipeline.topics.writing import set_line, set_listed


def test_edits_are_put_in_and_taken_out(tmp_path: Path) -> None:
    """What is written is read again; taken back, nothing of it is left."""
    path = tmp_path / "project" / "topics.toml"
    set_line(path, "names", "topic-1", "Kinship “care”\n2")
    set_line(path, "pins", "a-1", "")
    set_listed(path, "hidden", "topics", "topic-2", is_in=True)
    set_listed(path, "articles", "apart", ["a-1", "a-2"], is_in=True)
    assert load_edits(path) == TopicEdits(
        {"topic-1": "Kinship “care”\n2"}, {}, {"a-1": ""}, frozenset({"topic-2"}), (), (("a-1", "a-2"),)
    )
    set_line(path, "names", "topic-1", None)
    set_line(path, "pins", "a-1", None)
    set_listed(path, "hidden", "topics", "topic-2", is_in=False)
    set_listed(path, "articles", "apart", ["a-1", "a-2"], is_in=False)
    assert load_edits(path) == TopicEdits()


def test_what_the_owner_wrote_stays(tmp_path: Path) -> None:
    """Comments and order are the owner's."""
    path = tmp_path / "topics.toml"
    path.write_text('# agreed in May\n[names]\ntopic-1 = "One" # the first\n')
    set_line(path, "names", "topic-2", "Two")
    assert path.read_text() == '# agreed in May\n[names]\ntopic-1 = "One" # the first\ntopic-2 = "Two"\n'


@pytest.mark.parametrize("text", ["[names", "[names]\ntopic-1 = 3\n"])
def test_a_wrong_file_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    """A file that can't be read isn't written over."""
    path = tmp_path / "topics.toml"
    path.write_text(text)
    with pytest.raises(RegisterError, match=r"topics\.toml"):
        set_line(path, "names", "topic-1", "One")
    assert path.read_text() == text


def test_an_edit_that_would_make_the_file_wrong_is_refused(tmp_path: Path) -> None:
    """Merges that go round in a circle never get into the file."""
    path = tmp_path / "topics.toml"
    set_line(path, "merges", "topic-1", "topic-2")
    with pytest.raises(RegisterError, match="circle"):
        set_line(path, "merges", "topic-2", "topic-1")
    assert load_edits(path).merges == {"topic-1": "topic-2"}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file in the folder's place is said in one line."""
    (tmp_path / "project").write_text("")
    with pytest.raises(StoreError, match="can't be written"):
        set_line(tmp_path / "project" / "topics.toml", "names", "topic-1", "One")
