"""What the report is made from: small tables whole, and questions about the larger ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from pipeline.report.wording import Row


class Source(Protocol):
    """The rows of an archive, by column name and in the order of their tables; lists as tuples."""

    def table_rows(self, name: str) -> list[Row]:
        """All rows of a table."""

    def rows_of(self, name: str, column: str, *values: str) -> list[Row]:
        """Those rows of a table that have one of the values in a column."""

    def count(self, name: str) -> int:
        """Number of rows of a table."""

    def months(self) -> list[str]:
        """The months that events begin in, ``2025-03``."""

    def event_ids_in(self, period: str) -> list[str]:
        """The events that begin in a month or a year, in order of time."""

    def event_ids_of(self, entity_id: str) -> list[tuple[str, str]]:
        """The events of a policy or an organisation in order of time, each with the day that it begins."""

    def event_ids_of_topic(self, topic_id: str) -> list[tuple[str, str]]:
        """The events of a topic in order of time, each with the day that it begins."""

    def answering(self, event_ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """Of every event the ones that refer to it, in order of time: kind of link and event."""

    def latest_happened(self, topic_id: str) -> str | None:
        """The last event of a topic that has happened, of those that name a policy, if any does."""

    def pending(self) -> dict[str, list[Row]]:
        """What is still to come, or overdue, by topic: state, status, last day, basis of the date, policies."""

    def told_since(self, day: str) -> list[str]:
        """The events that articles tell which came out on the day or later, in order of time."""

    def newest(self) -> str:
        """When the newest article came out; empty where there is none."""

    def years_of_articles(self) -> list[tuple[str, int]]:
        """The years in which articles came out, the last one first, with their number."""

    def article_ids_in(self, year: str, most: int = -1) -> list[str]:
        """The articles of a year, newest first; all years' where it is empty."""

    def article_ids_of_topic(self, topic_id: str | None, most: int = -1) -> list[str]:
        """The articles of a topic, newest first; those without one for None."""

    def count_unsorted(self) -> int:
        """The number of articles without a topic."""

    def n_told(self, article_ids: Sequence[str]) -> dict[str, int]:
        """How many events each of the articles tells; those that tell none are left out."""

    def flags(self) -> list[str]:
        """The flags of all articles, one for each article that has it."""

    def measured(self, measure_id: str) -> list[Row]:
        """Core figures of a measure: article, measure, unit, period, value, quote, number."""

    def numbers_about(self, article_ids: Sequence[str], name: str, forms: Sequence[str], most: int) -> list[Row]:
        """The newest core figures of the articles that a body states, or whose sentence has a name in a form."""

    def articles_naming(self, entity_id: str) -> list[str]:
        """The articles that name an organisation or a policy, newest first."""

    def named_in(self, article_ids: Sequence[str]) -> list[tuple[str, str, str, str]]:
        """What each of the articles names: article, kind, identifier and name of the organisation or policy."""

    def text(self, article_id: str) -> str:
        """The text of an article."""

    def headings(self, article_id: str) -> set[int]:
        """Where the headings of an article's text begin."""

    def shows_full_text(self) -> bool:
        """Whether pages may show whole texts: by default only sentences that are quoted as evidence."""

    def articles_with(self, phrase: str) -> set[int]:
        """The articles in which the words stand side by side, as numbers."""

    def counts(self) -> dict[str, int]:
        """Number of rows of every table."""

    def bytes_by_bin(self) -> dict[str, int]:
        """How many bytes of all inputs went into each bin of the ledger."""

    def dump_names(self) -> list[str]:
        """The dumps that were read, by name."""
