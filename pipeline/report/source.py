"""What the report is made from: whole tables that pages go through, and questions about the larger ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.report.wording import Row


class Source(Protocol):
    """The rows of an archive, by column name and in the order of their tables; lists as tuples."""

    def table_rows(self, name: str) -> list[Row]:
        """All rows of a table."""

    def rows_of(self, name: str, column: str, *values: str) -> list[Row]:
        """Those rows of a table that have one of the values in a column."""

    def numbers_about(self, article_ids: Sequence[str], name: str, forms: Sequence[str]) -> list[Row]:
        """Core figures of the articles that a body states, or whose sentence has a name in one of its forms."""

    def articles_naming(self, entity_id: str) -> list[str]:
        """The articles that name an organisation or a policy, newest first."""

    def measured(self) -> list[Row]:
        """Core figures of a measure that has a series: article, measure, unit, period, value, quote, number."""

    def named_in(self, article_ids: Sequence[str]) -> list[tuple[str, str, str, str]]:
        """What each of the articles names: article, kind, identifier and name of the organisation or policy."""

    def text(self, article_id: str) -> str:
        """The text of an article."""

    def headings(self, article_id: str) -> set[int]:
        """Where the headings of an article's text begin."""

    def shows_full_text(self) -> bool:
        """Whether pages may show whole texts: by default only sentences that are quoted as evidence."""

    def told_in(self) -> list[tuple[str, str]]:
        """Every article that tells an event, with each of its events."""

    def articles_with(self, phrase: str) -> set[int]:
        """The articles in which the words stand side by side, as numbers."""

    def counts(self) -> dict[str, int]:
        """Number of rows of every table."""

    def bytes_by_bin(self) -> dict[str, int]:
        """How many bytes of all inputs went into each bin of the ledger."""

    def dump_names(self) -> list[str]:
        """The dumps that were read, by name."""
