"""Extraction on any English text: a document in, what was found in it out. No store, no timeline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from pipeline import rows
from pipeline.errors import DumpError
from pipeline.records import Article, Block, Extraction, Timex
from pipeline.registers import load_registers
from pipeline.settings import Settings, find_project
from pipeline.tables import Row

_BATCH = 64
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![ \t]*\n))+")
_MARKER = re.compile(r"(?:•|\d{1,2}\.)\s+")


def annotate(lines: Iterable[str], models: Path, settings: Settings) -> Iterator[str]:
    """One line out for every line in, in order.

    In: ``{"article_id", "published", "title", "text"}``; only ``text`` must be there. Without ``published`` a relative
    date has no anchor but today's date would be a guess, so 1970-01-01 stands in and only what is written in full can
    be trusted. Out: ``{"article_id", "numbers", "dates", "organisations", "policies", "events"}``, with the columns of
    the tables; offsets are of ``text`` as it came in (or of ``title``, as ``field`` says).

    Raises ``DumpError`` for a line that is no such object, naming the line.
    """
    from pipeline.extraction.extractor import Extractor  # noqa: PLC0415  (spaCy takes half a second to import)

    project = find_project(models)
    registers = load_registers(models, project if project.is_dir() else None)
    extractor = Extractor(settings.model, registers, settings.batch_size)
    articles = (read_document(line, number) for number, line in enumerate(lines, start=1) if line.strip())
    while batch := list(islice(articles, _BATCH)):
        for article, extraction in zip(batch, extractor.extract(batch), strict=True):
            yield json.dumps(make_record(article, extraction), ensure_ascii=False)


def read_document(line: str, number: int) -> Article:
    """A line of input as an article: paragraphs are what blank lines part, or else every line is one."""
    try:
        document = json.loads(line)
        text, title = str(document["text"]), str(document.get("title") or "")
        published = datetime.fromisoformat(str(document.get("published") or "1970-01-01"))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DumpError(
            f"line {number} is no document: {error!r}",
            'a line is a JSON object: {"article_id": "1", "published": "2025-03-21", "title": "…", "text": "…"}',
        ) from error
    if published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return Article(
        article_id=str(document.get("article_id") or number),
        url="",
        title=title,
        author=None,
        published=published,
        tags=(),
        comment_count=None,
        image_url=None,
        image_credit=None,
        summary=None,
        text=text,
        blocks=tuple(_split_blocks(text)),
    )


def _split_blocks(text: str) -> Iterator[Block]:
    pattern = _PARAGRAPH if _BLANK_LINE.search(text) else _LINE
    for match in pattern.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        marker = _MARKER.match(text, start, end)
        start = marker.end() if marker else start
        if start < end:
            yield Block("list_item" if marker else "body", text[start:end], start, end)


def make_record(article: Article, extraction: Extraction) -> dict[str, object]:
    """What was found in one document, as it is written."""
    pair = [(article, extraction)]
    mentions = list(rows.mention_rows(pair))
    tellings = list(rows.make_tellings(pair))
    return {
        "article_id": article.article_id,
        "numbers": list(rows.number_rows(pair, {})),
        "dates": [_date(timex) for timex in extraction.timexes],
        "organisations": [row for row in mentions if row["kind"] == "organisation"],
        "policies": [row for row in mentions if row["kind"] == "policy"],
        "events": list(rows.evidence_rows(tellings, {telling.evidence_id: "" for telling in tellings})),
    }


def _date(timex: Timex) -> Row:
    return {
        "text": timex.text,
        "start_char": timex.start_char,
        "end_char": timex.end_char,
        "type": timex.type,
        "value": timex.value,
        "edtf": timex.edtf,
        "field": timex.field,
    }
