"""Tables in plain text."""

from __future__ import annotations

from pipeline.cli.plain import TableLine, table_lines

HEADER = ["date", "status", "title"]
ROW = TableLine(("31 October 2024", "happened", "Statutory guidance on agency social workers published"))


def test_columns_share_the_width() -> None:
    """Side by side where there is room, under a header, each cell over several lines."""
    lines = list(table_lines(HEADER, [ROW], 60))
    assert lines[0].split() == HEADER
    assert max(map(len, lines)) <= 60


def test_a_narrow_screen_breaks_no_word() -> None:
    """Where columns would break words, a row's cells stand one below the other, without a header."""
    lines = list(table_lines(HEADER, [ROW], 24))
    assert lines[:2] == ["date: 31 October 2024", "  status: happened"]
    assert max(map(len, lines)) <= 24
    assert "".join(lines).count("guidance") == 1
