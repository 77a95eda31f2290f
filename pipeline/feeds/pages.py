"""A saved article page to one entry, and feeds that were saved inside a page."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from pipeline.feeds.dates import read_moment
from pipeline.feeds.markup import Fragment, parse_html, read_tree
from pipeline.records import ByteRange, FeedEntry, SourceText

_RAW = re.compile(rb"<(rss|feed|rdf:RDF)[\s>].*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ESCAPED = re.compile(rb"&lt;(rss|feed|rdf:RDF)(?:\s|&gt;).*?(?:&lt;/\1\s*&gt;|\Z)", re.DOTALL | re.IGNORECASE)
#: Where the article's text is, most telling first (WordPress themes, schema.org, HTML5): names, ``.classes``, ``#ids``.
_BODIES = (
    "[articleBody]", ".entry-content", ".post-content", ".article-content", ".article-body", ".post-body",
    ".story-body", ".td-post-content", ".content-body", "article", "main", "#content", "body",
)  # fmt: skip
#: What is around an article's text in such pages.
_FURNITURE = frozenset(
    [
        "nav", "aside", "footer", "header", "form", "script", "style", "noscript", "iframe", "button", ".comments",
        "#comments", "#respond", ".sharedaddy", ".share", ".social", ".related", ".related-posts", ".jp-relatedposts",
        ".navigation", ".breadcrumb", ".breadcrumbs", ".sidebar", ".widget", ".newsletter", ".advert", ".ad", ".cookie",
        ".author-box", ".post-tags", ".tags", ".entry-meta", ".entry-footer", ".comment-list",
    ]
)  # fmt: skip


def unwrap_feed(data: bytes) -> tuple[bytes, int] | None:
    """The feed inside a page and the byte where it begins; one that is escaped is written out.

    ``None`` where there is none. An escaped feed's offsets can't be kept: it comes back with ``-1``.
    """
    raw = _RAW.search(data)
    if raw:
        return raw[0], raw.start()
    escaped = _ESCAPED.search(data)
    if not escaped:
        return None
    text = re.sub(rb"</?(?:span|div|a|pre|code|br)\b[^>]*>", b"", escaped[0])
    return html.unescape(text.decode("utf-8", "replace")).encode("utf-8", "replace"), -1


def read_page(data: bytes) -> tuple[FeedEntry | None, str | None]:
    """The article of a saved page and the page's language; no entry where no text is found in it.

    The entry may lack address or date: that is for the caller to judge.
    """
    soup = parse_html(data.decode("utf-8", "replace"))
    facts = _linked_data(soup)
    title = _meta(soup, "og:title") or _first_text(soup, "h1") or facts.get("headline") or _first_text(soup, "title")
    url = _link(soup, "canonical") or _meta(soup, "og:url") or facts.get("url")
    published = _published(soup, facts)
    body = _read_body(soup)
    root = soup.find("html")
    language = str(root.get("lang")) if isinstance(root, Tag) and root.get("lang") else None
    if not body.lines and not title:
        return None, language
    tags = [str(t.get("content")) for t in soup.find_all("meta", attrs={"property": "article:tag"}) if t.get("content")]
    entry = FeedEntry(
        position=0, title=SourceText(" ".join((title or "").split()), 0, 0), url=url, published=published,
        guid=_short_link(soup), summary=_meta(soup, "og:description"),
        lines=tuple(SourceText(line.text, 0, 0) for line in body.lines), comment_count=None,
        image_url=_meta(soup, "og:image"), image_credit=None,
        author=_meta(soup, "author") or _author(facts),
        tags=tuple(dict.fromkeys(tags)), start_byte=0, end_byte=len(data),
        frame=(ByteRange(0, len(data), "article", "page"),), line_kinds=tuple(line.kind for line in body.lines),
        line_levels=tuple(line.level for line in body.lines),
    )  # fmt: skip
    return entry, language


def _read_body(soup: BeautifulSoup) -> Fragment:
    """The lines of the article's own element, without what stands around an article."""
    for piece in soup.find_all(True):
        if piece.name not in ("html", "body") and not _FURNITURE.isdisjoint(_marks_of(piece)):
            piece.extract()
    found: dict[str, list[Tag]] = {}
    for element in soup.find_all(True):
        for mark in _marks_of(element):
            found.setdefault(mark, []).append(element)
    best = Fragment(())
    for mark in _BODIES:
        for element in found.get(mark, [])[:5]:
            read = read_tree(element)
            if sum(len(line.text) for line in read.lines) > sum(len(line.text) for line in best.lines):
                best = read
        if sum(len(line.text) for line in best.lines) >= 200:
            break
    return _without_title(best, soup)


def _marks_of(element: Tag) -> list[str]:
    """What an element is told by: its name, ``.classes``, ``#id`` and ``[itemprop]``."""
    marks = [element.name]
    if element.attrs:
        marks += [f".{name}" for name in element.get_attribute_list("class") if name]
        marks += [f"#{name}" for name in element.get_attribute_list("id") if name]
        marks += [f"[{name}]" for name in element.get_attribute_list("itemprop") if name]
    return marks


def _without_title(body: Fragment, soup: BeautifulSoup) -> Fragment:
    """The page's own headline is no line of the body."""
    title = _first_text(soup, "h1") or _meta(soup, "og:title")
    if body.lines and title and body.lines[0].text == " ".join(title.split()):
        return Fragment(body.lines[1:], body.image_url)
    return body


def _meta(soup: BeautifulSoup, name: str) -> str | None:
    for key in ("property", "name", "itemprop"):
        tag = soup.find("meta", attrs={key: name})
        if isinstance(tag, Tag) and isinstance(tag.get("content"), str) and str(tag["content"]).strip():
            return str(tag["content"]).strip()
    return None


def _link(soup: BeautifulSoup, rel: str) -> str | None:
    tag = soup.find("link", rel=rel)
    return str(tag["href"]).strip() if isinstance(tag, Tag) and isinstance(tag.get("href"), str) else None


def _first_text(soup: BeautifulSoup, name: str) -> str | None:
    tag = soup.find(name)
    return tag.get_text(" ", strip=True) or None if isinstance(tag, Tag) else None


def _short_link(soup: BeautifulSoup) -> str | None:
    """``?p=ID`` as WordPress gives it: the short link, or the post's number in a class or id."""
    short = _link(soup, "shortlink")
    if short and re.search(r"[?&]p=\d+", short):
        return short
    url = _link(soup, "canonical") or _meta(soup, "og:url")
    body = soup.find("body")
    classes = " ".join(body.get_attribute_list("class")) if isinstance(body, Tag) and body.get("class") else ""
    number = re.search(r"\bpostid-(\d+)\b", classes)
    if number is None:
        article = soup.find("article", id=re.compile(r"^post-\d+$"))
        number = re.search(r"(\d+)", str(article["id"])) if isinstance(article, Tag) else None
    host = re.match(r"https?://[^/]+", url or "")
    return f"{host[0]}/?p={number[1]}" if number and host else None


def _linked_data(soup: BeautifulSoup) -> dict[str, Any]:
    """The page's schema.org facts about an article; empty where there are none that can be read."""
    for script in soup.find_all("script", type="application/ld+json")[:10]:
        try:
            found = json.loads(script.string or "")
        except (ValueError, RecursionError):
            continue
        nodes = found if isinstance(found, list) else found.get("@graph", [found]) if isinstance(found, dict) else []
        for node in nodes if isinstance(nodes, list) else []:
            if isinstance(node, dict) and "Article" in str(node.get("@type", "")):
                return {k: v for k, v in node.items() if isinstance(v, (str, dict, list))}
    return {}


def _author(facts: dict[str, Any]) -> str | None:
    author = facts.get("author")
    author = author[0] if isinstance(author, list) and author else author
    name = author.get("name") if isinstance(author, dict) else author
    return name if isinstance(name, str) and name else None


def _published(soup: BeautifulSoup, facts: dict[str, Any]) -> datetime | None:
    stated = facts.get("datePublished")
    candidates = [
        _meta(soup, "article:published_time"),
        stated if isinstance(stated, str) else None,
        _meta(soup, "datePublished"),
    ]
    tag = soup.find("time", attrs={"datetime": True})
    candidates.append(str(tag["datetime"]) if isinstance(tag, Tag) else None)
    return next((m for m in map(read_moment, candidates) if m), None)
