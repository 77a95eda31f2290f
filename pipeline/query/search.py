"""Full-text search: words as an FTS5 expression, and the stretch of text where they stand."""

from __future__ import annotations

import re
from typing import Final

from pipeline.errors import QueryError

#: What stands around a found word in a snippet: no dump can hold them in a text that was kept.
HIT_START: Final = "\x02"
HIT_END: Final = "\x03"
_WORDS_OF_SNIPPET: Final = 32
_PART: Final = re.compile(r'"([^"]+)"|([^\s"]+)')

#: The full-text index of each table that has one.
INDEXES: Final = {
    "timeline": "timeline_search",
    "evidence": "evidence_search",
    "numbers": "numbers_search",
    "articles": "article_search",
}


def match_expression(text: str) -> str:
    """Words as an FTS5 expression that asks for all of them, whatever signs they hold; ``word*`` is a beginning.

    >>> match_expression('early "career framework" prop*')
    '"early" "career framework" "prop"*'
    """
    parts = []
    for phrase, word in _PART.findall(text):
        if any(c.isalnum() for c in phrase or word):
            parts.append(f'"{phrase or word.rstrip("*")}"' + ("*" if word.endswith("*") else ""))
    if not parts:
        raise QueryError("there is no word to look for", 'give some: --text "early career"')
    return " ".join(parts)


def column_expression(column: str, text: str) -> str:
    """The same for one column of the index.

    >>> column_expression("measure", "agency")
    '{measure} : ("agency")'
    """
    return f"{{{column}}} : ({match_expression(text)})"


def matching_rows(table: str) -> str:
    """A subquery of the table's rowids whose words match ``?``."""
    index = INDEXES[table]
    hits = f"SELECT rowid FROM {index} WHERE {index} MATCH ?"
    if table != "articles":
        return hits
    return (
        "SELECT articles.rowid FROM articles JOIN article_texts USING (article_id)"
        f" WHERE article_texts.rowid IN ({hits})"
    )


def snippet_of(table: str) -> str:
    """An expression for the stretch where ``?`` matches, in a query over the table; found words are marked."""
    return _of_row(table, f"snippet({INDEXES[table]}, -1, char(2), char(3), '…', {_WORDS_OF_SNIPPET})")


def rank_of(table: str) -> str:
    """An expression for how well a row matches ``?``: the lower the better (BM25)."""
    return _of_row(table, "rank")


def _of_row(table: str, what: str) -> str:
    index = INDEXES[table]
    row = f"{table}.rowid"
    if table == "articles":
        row = "(SELECT rowid FROM article_texts WHERE article_texts.article_id = articles.article_id)"
    return f"(SELECT {what} FROM {index} WHERE {index} MATCH ? AND {index}.rowid = {row})"
