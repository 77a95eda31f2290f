"""The sentences of an article, each with what an event on it would begin with: for adding what was missed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.records import Timex
from pipeline.reviewing import open_for_reading
from pipeline.store.contents import Contents
from pipeline.tables import Cell
from pipeline.vocabulary import KEPT_KINDS

Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the title or the text, with its place, the block it opens (else empty), and what it holds.

    ``cells`` are those of an event as a reviewer types them; ``n_events`` says how many events it tells already.
    """

    field: str
    start_char: int
    text: str
    opens: str
    n_events: int
    cells: dict[str, str]


def sentences_of(out: Path, article_id: str) -> list[Sentence]:
    """The sentences of an article, cut as extraction cuts them; none where the article isn't there.

    The title comes first. ``date`` is the first one of the sentence, else the day of publication.
    """
    with open_for_reading(out) as archive:
        contents = Contents(archive)
        articles = contents.table_rows("articles", "article_id = ?", (article_id,))
        if not articles:
            return []
        text, blocks = archive.connection.execute(
            "SELECT text, blocks FROM article_texts WHERE article_id = ?", (article_id,)
        ).fetchone()
        of_article = [contents.rows_of(name, "article_id", article_id) for name in ("mentions", "numbers", "evidence")]
        timexes = contents.timexes_of(article_id)
    title = str(articles[0]["title"])
    published = str(articles[0]["published"])[:10]
    return [
        _sentence(field, start, whole[start:end], opens, published, of_article, timexes)
        for field, whole, sections in (("title", title, [(0, len(title), "title")]), ("text", text, _sections(blocks)))
        for start, end, opens in _split(whole, sections)
    ]


def _sections(blocks: str) -> list[tuple[int, int, str]]:
    return [
        (each["start_char"], each["end_char"], each["kind"])
        for each in json.loads(blocks)
        if each["kind"] in KEPT_KINDS and each["start_char"] is not None
    ]


def _split(text: str, sections: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    from pipeline.extraction.sentences import split_section  # noqa: PLC0415  (with spaCy: seconds, and seldom asked)

    for first, last, kind in sections:
        for n, (start, end) in enumerate(split_section(text, first, last)):
            yield start, end, "" if n else kind


def _sentence(
    field: str,
    start: int,
    text: str,
    opens: str,
    published: str,
    of_article: Sequence[Sequence[Row]],
    timexes: Iterable[Timex],
) -> Sentence:
    def is_inside(each_field: Any, first: Any, last: Any) -> bool:
        return bool(each_field == field and first >= start and last <= start + len(text))

    mentions, numbers, tellings = (
        [row for row in rows if is_inside(row["field"], row["start_char"], row["end_char"])] for rows in of_article
    )
    own = [each for each in timexes if each.edtf and is_inside(each.field, each.start_char, each.end_char)]
    amounts = [row["value"] for row in numbers if row["unit"] == "GBP" and isinstance(row["value"], int | float)]
    cells = {
        "date": str(own[0].edtf) if own else published,
        "date_basis": ("relative" if own[0].is_relative else "explicit") if own else "publication",
        "policies": _names(mentions, "policy"),
        "organisations": _names(mentions, "organisation"),
        "amount": f"{amounts[0]:g}" if amounts and amounts[0] % 1 else f"{amounts[0]:.0f}" if amounts else "",
    }
    return Sentence(field, start, text, opens, len(tellings), cells)


def _names(mentions: Iterable[Row], kind: str) -> str:
    return "; ".join(dict.fromkeys(str(row["name"]) for row in mentions if row["kind"] == kind))
