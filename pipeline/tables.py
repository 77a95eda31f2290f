"""The tables that a run writes: the public interface, in one place.

The CSV headers, the SQLite tables, ``datapackage.json`` and the documents are all made from ``TABLES``. Columns are
added at the end, never renamed. ``list`` columns are joined by ``"; "``; ``edtf`` is a string in EDTF level 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LIST_SEPARATOR: Final = "; "

#: A row's cell before it is written: lists are joined, booleans become ``true`` and ``false``, None becomes empty.
Cell = str | int | float | bool | None | tuple[str, ...]
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``type`` is one of string, integer, number, boolean, date, datetime, edtf, list, url."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``key`` are the columns that identify a row; ``order`` those that rows are sorted by."""

    name: str
    one_row_is: str
    key: tuple[str, ...]
    order: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _columns(*lines: str) -> tuple[Column, ...]:
    """Columns from lines of ``name type description``."""
    columns = []
    for line in lines:
        name, type_, description = line.split(maxsplit=2)
        columns.append(Column(name, type_, description))
    return tuple(columns)


TABLES: Final = (
    Table(
        "timeline",
        "one event in the world, merged over the articles that tell it",
        ("event_id",),
        ("date_earliest", "date_latest", "event_id"),
        _columns(
            "event_id string identifier made from the event's earliest telling",
            "date edtf when it happened or is to happen",
            "date_label string the date in words",
            "date_earliest date first day of the date",
            "date_latest date last day of the date",
            "precision string day, month, season, year, financial_year or interval",
            "date_basis string explicit, relative, publication or context",
            "type string what kind of event",
            "status string happened, ongoing, planned, proposed, conditional or cancelled, at the latest telling",
            "title string the event in a line",
            "policies list canonical names of the policies",
            "policy_ids list their identifiers, in the same order",
            "organisations list canonical names of those who act",
            "organisation_ids list their identifiers, in the same order",
            "people list who is named as doing or saying it, with the role",
            "nation string England, Wales, Scotland, Northern Ireland or UK",
            "amount number money in pounds",
            "topic_id string topic of the article with the best quote",
            "n_articles integer number of articles that tell it",
            "first_published datetime when it was first told",
            "last_published datetime when it was last told",
            "state string due, overdue, done, dropped or superseded, as of the newest article",
            "related list kind:event_id pairs",
            "confidence number 0 to 1",
            "reasons list why the confidence is what it is",
            "quote string the sentence that tells it best, verbatim",
            "article_id string the article that the quote stands in",
            "url url that article's address",
            "superseded_ids list identifiers that the event had in earlier runs",
        ),
    ),
    Table(
        "evidence",
        "one telling of an event in one article",
        ("evidence_id",),
        ("published", "article_id", "field", "start_char", "evidence_id"),
        _columns(
            "evidence_id string identifier of the telling",
            "event_id string the event in timeline.csv",
            "article_id string the article",
            "date edtf the date as this article tells it",
            "date_basis string explicit, relative, publication or context",
            "type string what kind of event",
            "status string status at publication",
            "policies list canonical names of the policies",
            "policy_ids list their identifiers, in the same order",
            "organisations list canonical names of those who act",
            "organisation_ids list their identifiers, in the same order",
            "people list who is named as doing or saying it, with the role",
            "nation string England, Wales, Scotland, Northern Ireland or UK",
            "amount number money in pounds",
            "confidence number 0 to 1",
            "quote string the whole sentence, verbatim",
            "start_char integer offset of the quote in the field",
            "end_char integer end of the quote in the field, half-open",
            "field string title or text",
            "published datetime when the article came out",
            "title string the article's title",
            "url url the article's address",
        ),
    ),
    Table(
        "numbers",
        "one number in one article",
        ("number_id",),
        ("published", "article_id", "field", "start_char", "number_id"),
        _columns(
            "number_id string identifier of the number",
            "article_id string the article",
            "text string the number as written",
            "value number the value in full",
            "value_high number upper end of a range",
            "unit string count, GBP, percent, percentage_point, multiplier, a unit of time, or other",
            "tier string core for a figure that measures something, minor for the rest",
            "role string level, or change for the size of a rise or fall",
            "direction string up or down, for a change",
            "approximate boolean whether the text qualifies it (about, over, nearly)",
            "measure string what is measured",
            "measure_id string the measure's identifier in series.csv",
            "period edtf the time that the value holds for",
            "nation string England, Wales, Scotland, Northern Ireland or UK",
            "source string canonical organisation that says so",
            "source_kind string official_statistics, survey, poll, research, claim or decision",
            "compared_with string number_id that a change or an earlier level is set against",
            "quote string the sentence that holds it, verbatim",
            "start_char integer offset of the number in the field",
            "end_char integer end of the number in the field, half-open",
            "field string title or text",
            "published datetime when the article came out",
            "url url the article's address",
        ),
    ),
    Table(
        "series",
        "one measure at one period",
        ("measure_id", "unit", "period"),
        ("measure_id", "unit", "period"),
        _columns(
            "measure_id string the measure's identifier",
            "measure string what is measured",
            "unit string unit of the value",
            "period edtf the time that the value holds for",
            "value number the newest article's value",
            "n_articles integer number of articles that give it",
            "articles list their identifiers",
            "conflict boolean whether other articles give another value",
        ),
    ),
    Table(
        "conflicts",
        "figures that can’t both be right",
        ("conflict_id",),
        ("kind", "conflict_id"),
        _columns(
            "conflict_id string identifier of the conflict",
            "kind string values, direction or arithmetic",
            "measure string what is measured",
            "period edtf the time that the values hold for",
            "values list the values that don't agree",
            "articles list the articles that they stand in",
            "quotes list the sentences, verbatim",
            "why string the reason in words",
        ),
    ),
    Table(
        "mentions",
        "one mention of an organisation or a policy",
        ("mention_id",),
        ("article_id", "field", "start_char", "kind", "mention_id"),
        _columns(
            "mention_id string identifier of the mention",
            "article_id string the article",
            "kind string organisation or policy",
            "entity_id string identifier in organisations.csv or policies.csv",
            "name string canonical name",
            "type string type of the organisation or policy",
            "text string the words that stand there",
            "start_char integer offset in the field",
            "end_char integer end in the field, half-open",
            "field string title or text",
        ),
    ),
    Table(
        "organisations",
        "one organisation",
        ("organisation_id",),
        ("name", "organisation_id"),
        _columns(
            "organisation_id string identifier made from the name",
            "name string canonical name",
            "acronym string usual acronym",
            "type string kind of body",
            "aliases list forms met in the articles",
            "external_ids list identifiers elsewhere, such as gss:E10000016",
            "n_articles integer number of articles that name it",
            "n_mentions integer number of mentions",
            "first_published datetime first article that names it",
            "last_published datetime last article that names it",
            "origin string register (our data) or text (learnt from the articles)",
        ),
    ),
    Table(
        "policies",
        "one policy",
        ("policy_id",),
        ("name", "policy_id"),
        _columns(
            "policy_id string identifier made from the name",
            "name string canonical name",
            "acronym string usual acronym",
            "type string kind of instrument",
            "aliases list forms met in the articles",
            "n_articles integer number of articles that name it",
            "n_mentions integer number of mentions",
            "n_events integer number of events in the timeline",
            "first_published datetime first article that names it",
            "last_published datetime last article that names it",
            "state string proposed, planned, in_force, ended or dropped, from its latest events",
            "origin string register (our data) or text (learnt from the articles)",
        ),
    ),
    Table(
        "topics",
        "one topic",
        ("topic_id",),
        ("topic_id",),
        _columns(
            "topic_id string identifier of the topic",
            "label string what it is about",
            "terms list its words by falling weight",
            "n_articles integer number of articles",
            "first_published datetime its first article",
            "last_published datetime its last article",
            "representative_articles list the articles nearest to its centre",
            "cohesion number mean similarity of its articles with its centre, 0 to 1",
            "separation number by how much they are more similar with it than with the next topic, on average",
        ),
    ),
    Table(
        "articles",
        "one article, without its text",
        ("article_id",),
        ("published", "article_id"),
        _columns(
            "article_id string site and post number",
            "url url canonical address",
            "title string title without spam",
            "author string author, where the dump says",
            "published datetime when it came out",
            "tags list tags of the dumps that hold it",
            "comment_count integer number of readers' comments, where the dump says",
            "image_url url address of its picture",
            "image_credit string who made the picture",
            "summary string the feed's summary",
            "n_words integer words of the text",
            "topic_id string its topic; empty when unsorted",
            "topic_similarity number cosine similarity with the topic's centre, 0 to 1",
            "n_revisions integer number of other versions met",
            "dumps list the dumps that hold it",
            "flags list what is remarkable about it",
            "nearest_topic_id string of an unsorted article the topic that is nearest, though not near enough",
        ),
    ),
    Table(
        "ledger",
        "a range of bytes of an input file and where it went",
        ("sha256", "start_byte"),
        ("dump", "sha256", "start_byte"),
        _columns(
            "dump string name of the file",
            "sha256 string hash of its decompressed bytes",
            "start_byte integer first byte",
            "end_byte integer byte after the last",
            "bin string article, duplicate, revision, boilerplate, spam, frame or rejected",
            "rule string the rule that decided",
            "article_id string the article that it belongs to",
        ),
    ),
    Table(
        "rejections",
        "what could not be used, and why",
        ("dump", "start_byte", "end_byte", "reason"),
        ("dump", "start_byte", "end_byte", "reason"),
        _columns(
            "dump string name of the file",
            "start_byte integer first byte",
            "end_byte integer byte after the last",
            "stage string read, clean or extract",
            "reason string one of a closed list",
            "detail string what exactly",
        ),
    ),
)

BY_NAME: Final = {table.name: table for table in TABLES}


def cell_text(value: Cell) -> str:
    """A cell as CSV writes it.

    >>> [cell_text(v) for v in (None, True, 4.0, 4.25, 1440000000.0, ("a", "b"), 0)]
    ['', 'true', '4', '4.25', '1440000000', 'a; b', '0']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    return str(value)
