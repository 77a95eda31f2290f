"""The channel's own lines at the head of a flattened feed, and what its title says of the feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from pipeline.feeds.anchors import find_dates
from pipeline.feeds.atom import read_atom_head
from pipeline.feeds.dates import read_moment

_VERSION = rb"\d+(?:\.\d+){0,3}(?:-[A-Za-z]+\d*(?:-\d+)*)?"
_TAIL = re.compile(
    rb"(?:\s*(?P<language>[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2})(?=\s+(?:hourly|daily|weekly|monthly|yearly|https?://))"
    rb"|\s*(?P<code>[a-z]{2}-[A-Z]{2})(?=\s))?"
    rb"(?:\s*(?:hourly|daily|weekly|monthly|yearly)\s*\d*(?=\s|https?:|$))?"
    rb"(?:\s*(?:https?://(?:[a-z.]*wordpress\.[a-z]+/?(?:\?v=" + _VERSION + rb")?|\S+?\?v=" + _VERSION + rb")))?"
    rb"(?:\s*https?://\S+\s+[^\n]{0,300}?\s*https?://\S+\s+\d{1,4}\s+\d{1,4}(?=\s)"
    rb"|\s*https?://\S{1,300}?\.(?:png|jpe?g|gif|ico|webp|svg)[^\n]{0,300}?https?://\S{1,200}?\d{4,8}(?!\d))?"
    rb"(?:\s*\d{6,12}(?=\s)|\d{7,12}(?!\d))?"
)
_URL = re.compile(rb"https?://[^\s<>]+")
_COMMENT_TITLE = re.compile(
    r"^\W*(?:comments? (?:on|for)\b|comments? feed|kommentare (?:zu|für)|commentaires (?:sur|pour)|comentarios en|"
    r"commenti (?:su|a)|comentários (?:sobre|em)|reacties op)",
    re.IGNORECASE,
)
_SEARCH_TITLE = re.compile(
    r"(?:you searched for|search results? (?:for|from)|suchergebnis|résultats? de recherche|resultados de (?:la )?"
    r"búsqueda|risultati della ricerca|zoekresultaten|wyniki wyszukiwania|搜尋結果|搜索结果|検索結果)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Channel:
    """What the head of a feed says. ``end`` is the byte where it stops."""

    title: str = ""
    url: str | None = None
    language: str | None = None
    built: datetime | None = None
    end: int = 0


def is_comment_title(title: str) -> bool:
    """The title is that of a feed of readers' comments.

    >>> is_comment_title("Comments on: New rules agreed")
    True
    """
    return _COMMENT_TITLE.search(title) is not None


def is_search_title(title: str) -> bool:
    """The title is that of a feed of search results."""
    return _SEARCH_TITLE.search(title) is not None


def read_channel(data: bytes, high: int) -> Channel:
    """The channel as it stands before byte ``high`` (where the first item's header begins)."""
    head = data[: min(high, 65_536)]
    dates = find_dates(head)
    date = dates[-1] if dates else None  # some feeds have a publication date before the build date
    url = _URL.search(head, 0, date.start if date else len(head))
    end, language, built = 0, None, None
    if date:
        tail = _TAIL.match(head, date.end)
        end = tail.end() if tail else date.end
        found = (tail["language"] or tail["code"]) if tail else None
        language = found.decode() if found else None
        built = read_moment(date.text)
    else:
        generator = re.search(rb"https?://[a-z.]*wordpress\.org/\?v=[\w.-]+", head)
        end = generator.end() if generator else 0
    atom = None if end else read_atom_head(head)
    if atom:
        return Channel(title=atom[0], url=atom[1], built=atom[2], end=atom[3])
    if not end:
        return Channel()
    title = head[: url.start() if url else 0].decode("utf-8", "replace").strip().lstrip("\ufeff")
    return Channel(title, url[0].decode("utf-8", "replace") if url else None, language, built, end)
