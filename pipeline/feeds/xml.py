"""RSS 2.0, RSS 1.0 and Atom to entries, well formed or broken.

Items are found in the bytes first, so that each has its place and none can vanish unseen; then each is parsed by
itself with a hardened lxml (no entities, no document type, no network, bounded depth), so that one broken item costs
nobody else. Where lxml can make nothing of an item, feedparser tries.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import feedparser
from lxml import etree  # type: ignore[import-untyped]

from pipeline.feeds.dates import read_moment
from pipeline.feeds.markup import MAX_TAGS, Fragment, read_fragment
from pipeline.records import ByteRange, FeedEntry, Rejection, SourceText
from pipeline.settings import Limits

_HIDDEN = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_OPEN = re.compile(rb"<(item|entry)(?=[\s>/])", re.IGNORECASE)
_CLOSE = {b"item": re.compile(rb"</item\s*>", re.IGNORECASE), b"entry": re.compile(rb"</entry\s*>", re.IGNORECASE)}
_TAG = re.compile(rb"<(/?)([A-Za-z][^\s/>]{0,200})[^>]*?(/?)>")
_ROOT = re.compile(rb"<(rss|feed|rdf:RDF)\b([^>]*)>", re.IGNORECASE)
_XMLNS = re.compile(rb"""xmlns:([\w.-]+)\s*=\s*(?:"([^"<&]*)"|'([^'<&]*)')""")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_NUMBER = re.compile(r"&#(?:(\d+)|[xX]([0-9A-Fa-f]+));?")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TITLE = re.compile(
    rb"<title(?:\s[^>]*)?>(\s*(?:<!\[CDATA\[)?\s*)(.*?)(\s*(?:\]\]>)?\s*)</title>", re.DOTALL | re.IGNORECASE
)
_ELLIPSIS = re.compile(r"(?:\[?(?:…|\.\.\.)\]?)\s*$")
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content", "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/slash/": "slash", "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://search.yahoo.com/mrss/": "media", "http://www.w3.org/2005/Atom": "", "http://purl.org/rss/1.0/": "",
    "http://purl.org/syndication/thread/1.0": "thr", "http://backend.userland.com/rss2": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class XmlFeed:
    """What an XML feed holds."""

    title: str = ""
    url: str | None = None
    language: str | None = None
    built: datetime | None = None
    entries: tuple[FeedEntry, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    header_end: int = 0


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of one item, by names with the usual prefixes; the first value of a name counts."""

    values: dict[str, str] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    image_url: str | None = None
    image_credit: str | None = None


def read_xml(data: bytes, name: str, limits: Limits, repairs: tuple[int, ...] = ()) -> XmlFeed:
    """The entries of an RSS or Atom feed (UTF-8 bytes); what can't be read is in ``rejections``."""
    masked = _HIDDEN.sub(lambda m: b" " * len(m[0]), data)
    problem = _forbidden(masked, limits)
    if problem:
        return XmlFeed(rejections=(Rejection(name, 0, len(data), "read", "forbidden_xml", problem),))
    spans = list(_find_items(masked))
    first = spans[0][0] if spans else len(data)
    root = _ROOT.search(masked)
    names = _namespaces(root[2]) if root else b""
    channel = _read_channel(data[:first], names)
    entries: list[FeedEntry] = []
    rejections: list[Rejection] = []
    for position, (start, end, is_cut) in enumerate(spans):
        stop = spans[position + 1][0] if position + 1 < len(spans) else end
        entry = _read_item(data, (start, end), stop, position, names, is_cut, limits, name)
        if isinstance(entry, Rejection):
            rejections.append(entry)
        else:
            entries.append(_with_repair(entry, repairs))
    return replace(channel, entries=tuple(entries), rejections=tuple(rejections), header_end=first)


def _with_repair(entry: FeedEntry, repairs: tuple[int, ...]) -> FeedEntry:
    if any(entry.start_byte <= r < entry.end_byte for r in repairs):
        return replace(entry, is_repaired=True)
    return entry


def _forbidden(masked: bytes, limits: Limits) -> str | None:
    """What in the XML is not let in: entity declarations, and nesting beyond the limit."""
    if re.search(rb"<!ENTITY\b", masked, re.IGNORECASE):
        return "the document declares entities"
    depth = 0
    for tag in _TAG.finditer(masked):
        if tag[3]:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > limits.xml_depth:
            return f"elements nest more than {limits.xml_depth} deep"
    return None


def _find_items(masked: bytes) -> Iterator[tuple[int, int, bool]]:
    """Start and end of every ``<item>`` or ``<entry>``, and whether its end is missing."""
    opens = [(m.start(), m[1].lower()) for m in _OPEN.finditer(masked)]
    for i, (start, tag) in enumerate(opens):
        limit = opens[i + 1][0] if i + 1 < len(opens) else len(masked)
        close = _CLOSE[tag].search(masked, start, limit)
        yield start, close.end() if close else limit, close is None


def _namespaces(attributes: bytes) -> bytes:
    """The root's namespace declarations, once each, to be put around every item."""
    found: dict[bytes, bytes] = {}
    for m in _XMLNS.finditer(attributes):
        found.setdefault(m[1], m[2] if m[2] is not None else m[3])
    return b"".join(b' xmlns:%s="%s"' % pair for pair in found.items())


def _parse(piece: bytes, names: bytes, recover: bool) -> etree._Element | None:
    """The element of one item. Named HTML entities are written out first: XML knows only five."""
    text = piece.decode("utf-8", "replace")
    if "&" in text:
        text = _ENTITY.sub(lambda m: m[0] if m[1] in _XML_ENTITIES else _spell(m[0]), text)
        text = _NUMBER.sub(_allow_number, text)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=recover, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(b"<x%s>%s</x>" % (names, text.encode("utf-8")), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None and len(root) else None


def _allow_number(reference: re.Match[str]) -> str:
    """A character's number as it is, or U+FFFD's where no character has it: lxml can't give such a text back."""
    number = int(reference[1][:9], 10) if reference[1] else int(reference[2][:9], 16)
    is_good = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return reference[0] if is_good else "\ufffd"


def _spell(entity: str) -> str:
    plain = html.unescape(entity)
    return entity if plain == entity else "".join(f"&#{ord(c)};" for c in plain)


def _name_of(element: etree._Element) -> str:
    """An element's name with the usual prefix, in lower case (``content:encoded``)."""
    if not isinstance(element.tag, str):
        return ""
    if element.tag.startswith("{"):
        uri, _, local = element.tag[1:].partition("}")
        prefix = _PREFIXES.get(uri, element.prefix or "")
        return (f"{prefix}:{local}" if prefix else local).lower()
    return element.tag.lower()


def _text_of(element: etree._Element) -> str:
    """An element's text; inner elements (XHTML content) as markup."""
    if (len(element) and element.get("type") == "xhtml") or any(_is_html(child) for child in element):
        parts = [html.escape(element.text or "")]
        parts += [etree.tostring(child, encoding="unicode") for child in element]
        return "".join(parts)
    return "".join(element.itertext())


def _is_html(child: etree._Element) -> bool:
    return isinstance(child.tag, str) and child.tag.rpartition("}")[2].lower() in {
        "div",
        "p",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "a",
        "ul",
        "br",
        "img",
    }


def _fields_of(item: etree._Element) -> _Fields:
    values: dict[str, str] = {}
    categories: list[str] = []
    links: list[tuple[str, str]] = []
    image_url = image_credit = None
    for child in item:
        name = _name_of(child)
        text = _text_of(child).strip()
        if name == "link":
            href = child.get("href")
            links.append((child.get("rel") or "alternate", (href or text).strip()))
        elif name == "category":
            categories.append(" ".join((text or child.get("term") or "").split()))
        elif name == "author":
            person = next((" ".join("".join(c.itertext()).split()) for c in child if _name_of(c) == "name"), text)
            values.setdefault(name, person)
        elif name in ("media:content", "media:thumbnail", "enclosure", "image", "media:group"):
            url, credit = _picture(child)
            image_url, image_credit = image_url or url, image_credit or credit
        elif text and name:
            values.setdefault(name, text)
    return _Fields(values, tuple(c for c in categories if c), tuple(links), image_url, image_credit)


def _picture(element: etree._Element) -> tuple[str | None, str | None]:
    """A picture's address and credit from an item's media element."""
    kind = element.get("type") or element.get("medium") or "image"
    url = element.get("url")
    credit = None
    for child in element.iter():
        name = _name_of(child)
        if name == "url" and not url:
            url = (child.text or "").strip() or None
        elif name in ("media:credit", "media:copyright", "caption", "credit") and credit is None:
            credit = " ".join("".join(child.itertext()).split()) or None
        elif child is not element and name in ("media:content", "media:thumbnail") and not url:
            url = child.get("url")
    return (url, credit) if kind.startswith("image") else (None, None)


def _read_item(
    data: bytes, span: tuple[int, int], stop: int, position: int, names: bytes, is_cut: bool, limits: Limits, name: str
) -> FeedEntry | Rejection:
    start, end = span

    def reject(reason: str, detail: str) -> Rejection:
        return Rejection(name, start, end, "read", reason, detail)

    if end - start > limits.item_bytes:
        return reject("too_large", f"the item has more than {limits.item_bytes} bytes")
    piece = data[start:end]
    root = _parse(piece, names, recover=False)
    if root is None:
        root = _parse(piece, names, recover=True)
    fields = (
        _fields_of(root[0])
        if root is not None and isinstance(root[0].tag, str)
        else _fields_by_feedparser(piece, names)
    )
    if fields is None or not (fields.values or fields.links):
        return reject("bad_xml", "the item's XML is broken beyond repair")
    return _make_entry(data, span, position, fields, is_cut, limits, name)


def _fields_by_feedparser(piece: bytes, names: bytes) -> _Fields | None:
    """The item as feedparser's tolerant reader sees it."""
    found = feedparser.parse(b"<rss%s><channel>%s</channel></rss>" % (names, piece))
    if not found.entries:
        return None
    e = found.entries[0]
    values = {
        "title": e.get("title", ""), "pubdate": e.get("published", "") or e.get("updated", ""), "guid": e.get("id", ""),
        "description": e.get("summary", ""), "dc:creator": e.get("author", ""),
        "content:encoded": next((c.get("value", "") for c in e.get("content", [])), ""),
    }  # fmt: skip
    return _Fields(
        {k: v for k, v in values.items() if v},
        tuple(t.get("term", "") for t in e.get("tags", []) if t.get("term")),
        (("alternate", e.get("link", "")),) if e.get("link") else (),
    )


def _make_entry(
    data: bytes, span: tuple[int, int], position: int, fields: _Fields, is_cut: bool, limits: Limits, name: str
) -> FeedEntry | Rejection:
    start, end = span
    v = fields.values
    title = _title_text(v.get("title", ""))
    if len(title.encode("utf-8", "replace")) > limits.title_bytes:
        return Rejection(name, start, end, "read", "too_large", f"the title has more than {limits.title_bytes} bytes")
    published = next((m for m in map(read_moment, (v.get(k) for k in _DATES)) if m), None)
    guid = v.get("guid") or v.get("id")
    url = next((href for rel, href in fields.links if rel == "alternate" and href), None)
    url = url or (guid if guid and re.match(r"https?://", guid) else None)
    if published is None:
        return Rejection(name, start, end, "read", "no_date", f"no date that can be read stands at {url or guid}")
    content, summary_html = (
        v.get("content:encoded") or v.get("content") or "",
        v.get("description") or v.get("summary") or "",
    )
    if content.count("<") + summary_html.count("<") > MAX_TAGS:
        return Rejection(name, start, end, "read", "too_large", f"the item has more than {MAX_TAGS} tags")
    body, summary_lines = read_fragment(content), read_fragment(summary_html)
    summary = " ".join(line.text for line in summary_lines.lines) or None
    has_content = bool(body.lines)
    if not has_content:
        body = Fragment(summary_lines.lines, body.image_url or summary_lines.image_url)
    place = _title_place(data, start, end)
    count = v.get("slash:comments") or v.get("thr:total") or ""
    return FeedEntry(
        position=position, title=SourceText(title, *place), url=url, published=published, guid=guid, summary=summary,
        lines=tuple(SourceText(line.text, start, start) for line in body.lines),
        comment_count=int(count) if re.fullmatch(r"\d{1,7}", count.strip()) else None,
        image_url=fields.image_url, image_credit=fields.image_credit,
        author=v.get("dc:creator") or v.get("author") or None, tags=tuple(dict.fromkeys(fields.categories)),
        start_byte=start, end_byte=end, is_truncated=is_cut,
        frame=(ByteRange(start, end, "article", "xml_item"),),
        is_excerpt=not has_content and any(_ELLIPSIS.search(line.text) for line in body.lines),
        line_kinds=tuple(line.kind for line in body.lines), line_levels=tuple(line.level for line in body.lines),
    )  # fmt: skip


_DATES = ("pubdate", "published", "dc:date", "issued", "created", "updated", "modified")


def _title_text(raw: str) -> str:
    """A title's plain text: entities that were escaped twice are read, tags are taken out."""
    text = raw
    if re.search(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]{2,31});", text):
        text = html.unescape(text)
    if re.search(r"</[a-z]+\d?>|<br ?/?>", text, re.IGNORECASE):
        text = " ".join(line.text for line in read_fragment(text).lines)
    return " ".join(text.split())


def _title_place(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the title's text stands in the item's bytes; an empty place where it has none."""
    found = _TITLE.search(data, start, end)
    return (found.start(2), found.end(2)) if found else (start, start)


def _read_channel(head: bytes, names: bytes) -> XmlFeed:
    """Title, address, language and build date of the feed, from what stands before its first item."""
    begin = _ROOT.search(head)
    piece = head[begin.end() :] if begin else head
    piece = re.sub(rb"<\?xml[^>]*>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>", b"", piece)
    root = _parse(re.sub(rb"<(/?)(?:channel|rss|feed)\b[^>]*>", b"", piece), names, recover=True)
    if root is None:
        return XmlFeed()
    values: dict[str, str] = {}
    for child in root:
        name = _name_of(child)
        if name == "link":
            href = child.get("href")
            if (child.get("rel") or "alternate") == "alternate":
                values.setdefault("link", (href or child.text or "").strip())
        elif name:
            values.setdefault(name, " ".join("".join(child.itertext()).split()))
    language = re.search(rb"""xml:lang\s*=\s*["']([A-Za-z-]{2,12})["']""", head[: begin.end()] if begin else b"")
    stated = values.get("language") or values.get("dc:language")
    moments = (read_moment(values.get(k)) for k in ("lastbuilddate", "updated", "pubdate", "dc:date"))
    return XmlFeed(
        title=_title_text(values.get("title", "")),
        url=values.get("link") or None,
        language=stated or (language[1].decode() if language else None),
        built=next((m for m in moments if m), None),
    )
