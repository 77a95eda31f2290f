"""References to an event or an article, exact enough to find the row again: text, CSL-JSON, BibTeX."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from pipeline.export.lines import csv_lines
from pipeline.harmless import one_line, web_address
from pipeline.tables import BY_NAME

Row = Mapping[str, object]

_LATEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reference says. ``row_hash``: SHA-256 of the row's line in the CSV, without the line end.

    ``title``, ``author`` and ``published`` are the article's. An event has its own line (``event``), its date in words
    and its quote beside them. ``read`` are the dates on which the dumps that hold the article were made.
    """

    identifier: str
    title: str
    publisher: str
    author: str
    published: date
    url: str
    read: tuple[date, ...]
    row_hash: str
    event: str = ""
    event_date: str = ""
    quote: str = ""


def cite(article: Row, read: Sequence[date], publishers: Mapping[str, str], event: Row | None = None) -> Citation:
    """The reference for an article, or for an event as that article tells it.

    ``publishers`` are names by host; a host without one stands for itself.
    """
    row, table = (article, "articles") if event is None else (event, "timeline")
    host = urlsplit(str(article["url"])).netloc
    facts: dict[str, str] = {}
    if event is not None:
        names = {"event": "title", "event_date": "date_label", "quote": "quote"}
        facts = {name: one_line(event[column] or "") for name, column in names.items()}
    return Citation(
        identifier=str(row["article_id" if event is None else "event_id"]),
        title=one_line(article["title"]),
        publisher=publishers.get(host, host.removeprefix("www.")),
        author=one_line(article["author"] or ""),
        published=datetime.fromisoformat(str(article["published"])).date(),
        url=web_address(article["url"]) or "",
        read=tuple(sorted(read)),
        row_hash=row_hash(row, table),
        **facts,
    )


def row_hash(row: Row, table: str) -> str:
    """SHA-256 of the row's line in ``<table>.csv``, without the line end, in hexadecimal."""
    *_, line = csv_lines([row], BY_NAME[table].columns)
    return hashlib.sha256(line.removesuffix("\n").encode()).hexdigest()


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def citation_text(citation: Citation) -> str:
    """A reference to read, in a line."""
    author = f"{citation.author}, " if citation.author else ""
    parts = [f"{author}“{citation.title}”, {citation.publisher}, {_words(citation.published)}"]
    if citation.event:
        parts.insert(0, f"{citation.event} ({citation.event_date}): “{citation.quote}”")
    if citation.url:
        parts.append(citation.url)
    if citation.read:
        parts.append(f"feed dump of {_words(citation.read[-1])}")
    parts.append(f"carefeed {citation.identifier}, row SHA-256 {citation.row_hash}")
    return " ".join(part if part.endswith((".", ".”")) else f"{part}." for part in parts)


def csl_object(citation: Citation) -> dict[str, Any]:
    """An item of CSL-JSON 1.0.2, as Zotero and Pandoc read it."""
    item: dict[str, Any] = {
        "id": citation.identifier,
        "type": "article-newspaper",
        "title": citation.title,
        "container-title": citation.publisher,
        "publisher": citation.publisher,
        "issued": {"date-parts": [_parts(citation.published)]},
        "note": _note(citation),
    }
    if citation.url:
        item["URL"] = citation.url
    if citation.author:
        item["author"] = [{"literal": citation.author}]
    if citation.read:
        item["accessed"] = {"date-parts": [_parts(citation.read[-1])]}
    return item


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _note(citation: Citation) -> str:
    event = f"{citation.event} ({citation.event_date}): “{citation.quote}” " if citation.event else ""
    return f"{event}carefeed {citation.identifier}; row SHA-256 {citation.row_hash}"


def bibtex_lines(citations: Iterable[Citation]) -> Iterator[str]:
    """Entries of BibLaTeX's type ``online``, fields in a fixed order."""
    for citation in citations:
        fields = {
            "title": _latex(citation.title),
            "author": f"{{{_latex(citation.author)}}}" if citation.author else "",  # in braces: a name in one piece
            "organization": _latex(citation.publisher),
            "date": citation.published.isoformat(),
            "urldate": citation.read[-1].isoformat() if citation.read else "",
            "url": citation.url.replace("{", "%7B").replace("}", "%7D"),
            "note": _latex(_note(citation)),
        }
        yield f"@online{{{re.sub(r'[^A-Za-z0-9:.-]', '-', citation.identifier)},\n"
        for name, value in fields.items():
            if value:
                yield f"  {name} = {{{value}}},\n"
        yield "}\n"


def _latex(text: str) -> str:
    """Text that LaTeX sets as it is."""
    return "".join(_LATEX.get(char, char) for char in text)
