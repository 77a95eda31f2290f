"""Articles as the extraction stage reads them, made of lines."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.records import Article, Block

#: How a line begins that is a heading or an item of a list; every other one is a paragraph.
_KINDS = {"# ": "heading", "* ": "list_item"}


def make_article(*lines: str, title: str = "A story about care", published: str = "2025-03-20") -> Article:
    """An article of the morning of ``published``: a line that begins with ``# `` is a heading, with ``* `` an item."""
    blocks, at = [], 0
    for line in lines:
        kind = _KINDS.get(line[:2], "body")
        text = line if kind == "body" else line[2:]
        blocks.append(Block(kind, text, at, at + len(text)))
        at += len(text) + 1
    moment = datetime.fromisoformat(published).replace(hour=9, tzinfo=UTC)
    whole = "\n".join(block.text for block in blocks)
    return Article(
        "x-1", "https://example.org/?p=1", title, None, moment, (), None, None, None, None, whole, tuple(blocks)
    )
