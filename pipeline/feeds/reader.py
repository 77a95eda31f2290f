"""Any feed to a dump: what kind it is, told by its content, and the reader for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.feeds.channel import is_comment_title, is_search_title
from pipeline.feeds.encoding import Decoded, decode
from pipeline.feeds.flattened import read_flattened
from pipeline.feeds.kinds import tell_kind
from pipeline.feeds.markup import MAX_TAGS
from pipeline.feeds.pages import read_page, unwrap_feed
from pipeline.feeds.xml import XmlFeed, read_xml
from pipeline.records import ByteRange, Dump, FeedEntry, Rejection, SourceText
from pipeline.settings import Limits


def read_dump(data: bytes, name: str, limits: Limits) -> Dump:
    """The dump in a file's (decompressed) bytes. Never raises on bad input: what can't be used is in ``rejections``.

    ``name`` is what the ledger calls the file. Byte offsets are of ``data``.
    """
    facts = Dump(
        name=name, sha256=hashlib.sha256(data).hexdigest(), n_bytes=len(data), kind="none", encoding="utf-8", title="",
        language=None, built=None, entries=(), rejections=(), header_end=0,
    )  # fmt: skip

    def whole(reason: str, detail: str, kind: str = "none") -> Dump:
        bad = Rejection(name, 0, len(data), "read", reason, detail)
        return replace(facts, kind=kind, rejections=(bad,))

    if len(data) > limits.file_bytes:
        return whole("too_large", f"{len(data)} bytes; the limit is {limits.file_bytes}")
    decoded = decode(data)
    if decoded.bad_byte is not None:
        return whole("bad_encoding", f"byte {decoded.bad_byte} is in no encoding that can be told")
    if not decoded.data.strip().lstrip(b"\xef\xbb\xbf"):
        return whole("empty", "no bytes but blanks")
    facts = replace(facts, encoding=decoded.encoding, is_repaired=decoded.is_repaired)
    dump = _READERS[tell_kind(decoded.data)](decoded, facts, limits)
    return dump if decoded.is_identical else _restore(dump, decoded)


def _read_flattened(decoded: Decoded, facts: Dump, limits: Limits) -> Dump:
    found = read_flattened(decoded.data, facts.name, limits, decoded.repairs)
    channel = found.channel

    def whole(reason: str, detail: str) -> Dump:
        bad = Rejection(facts.name, 0, len(decoded.data), "read", reason, detail)
        return replace(facts, kind="flattened", title=channel.title, rejections=(bad,))

    if is_comment_title(channel.title) or _are_comments(found.entries):
        return whole("comment_feed", f"a feed of comments: {channel.title[:200]!r}")
    if not found.entries and not found.rejections:
        if is_search_title(channel.title):
            return whole("search_feed", f"a search feed without an article: {channel.title[:200]!r}")
        return whole("not_a_dump", "no item: no address followed by a date or a post number")
    return replace(
        facts, kind="flattened", title=channel.title, language=channel.language, built=channel.built, url=channel.url,
        entries=found.entries, rejections=found.rejections, header_end=found.header_end,
    )  # fmt: skip


def _are_comments(entries: Iterable[FeedEntry]) -> bool:
    """All entries are readers' comments: their addresses point at one, or their titles say who it is by."""
    checked = [
        ("#comment-" in (e.url or "")) or e.title.text.lstrip().startswith(("By: ", "Comment on ")) for e in entries
    ]
    return bool(checked) and all(checked)


def _read_xml(decoded: Decoded, facts: Dump, limits: Limits) -> Dump:
    return _of_xml(
        read_xml(decoded.data, facts.name, limits, decoded.repairs), replace(facts, kind="xml"), len(decoded.data)
    )


def _of_xml(feed: XmlFeed, facts: Dump, size: int) -> Dump:
    def whole(reason: str, detail: str) -> Dump:
        bad = Rejection(facts.name, 0, size, "read", reason, detail)
        return replace(facts, title=feed.title, rejections=(bad,))

    if is_comment_title(feed.title) or _are_comments(feed.entries):
        return whole("comment_feed", f"a feed of comments: {feed.title[:200]!r}")
    if not feed.entries and not feed.rejections:
        if is_search_title(feed.title):
            return whole("search_feed", f"a search feed without an article: {feed.title[:200]!r}")
        return whole("not_a_dump", "XML without <item> or <entry>")
    return replace(
        facts, title=feed.title, language=feed.language, built=feed.built, url=feed.url, entries=feed.entries,
        rejections=feed.rejections, header_end=feed.header_end,
    )  # fmt: skip


def _read_wrapped(decoded: Decoded, facts: Dump, limits: Limits) -> Dump:
    """A feed inside a page. One that stands there as it is keeps its bytes; an escaped one counts as one stretch."""
    size = len(decoded.data)
    found = unwrap_feed(decoded.data)
    if found is None:
        return _read_page(decoded, facts, limits)
    inner, at = found
    dump = _of_xml(read_xml(inner, facts.name, limits), replace(facts, kind="wrapped"), len(inner))
    if at >= 0:
        return _shift(dump, at)
    entries = tuple(
        replace(
            e, start_byte=0, end_byte=0, title=SourceText(e.title.text, 0, 0), frame=(),
            lines=tuple(SourceText(line.text, 0, 0) for line in e.lines),
        )
        for e in dump.entries
    )  # fmt: skip
    if entries:  # all items share the page: the first one's range stands for it
        first = entries[0]
        entries = (replace(first, end_byte=size, frame=(ByteRange(0, size, "article", "escaped_feed"),)), *entries[1:])
    rejections = tuple(replace(r, start_byte=0, end_byte=0 if entries else size) for r in dump.rejections)
    return replace(dump, entries=entries, rejections=rejections, header_end=0)


def _shift(dump: Dump, by: int) -> Dump:
    """The dump with all its offsets moved, for a feed that begins inside a file."""

    def text(source: SourceText) -> SourceText:
        return SourceText(source.text, source.start_byte + by, source.end_byte + by)

    def entry_of(e: FeedEntry) -> FeedEntry:
        frame = tuple(replace(r, start_byte=r.start_byte + by, end_byte=r.end_byte + by) for r in e.frame)
        return replace(
            e, title=text(e.title), lines=tuple(map(text, e.lines)), start_byte=e.start_byte + by,
            end_byte=e.end_byte + by, frame=frame,
        )  # fmt: skip

    rejections = tuple(replace(r, start_byte=r.start_byte + by, end_byte=r.end_byte + by) for r in dump.rejections)
    return replace(
        dump, entries=tuple(map(entry_of, dump.entries)), rejections=rejections, header_end=dump.header_end + by
    )


def _read_page(decoded: Decoded, facts: Dump, limits: Limits) -> Dump:
    size = len(decoded.data)

    def whole(reason: str, detail: str) -> Dump:
        return replace(facts, kind="page", rejections=(Rejection(facts.name, 0, size, "read", reason, detail),))

    if size > limits.item_bytes:
        return whole("too_large", f"the page has more than {limits.item_bytes} bytes")
    if decoded.data.count(b"<") > MAX_TAGS:
        return whole("too_large", f"the page has more than {MAX_TAGS} tags")
    entry, language = read_page(decoded.data)
    if entry is None:
        return whole("not_a_dump", "a page without an article")
    if not entry.url and not entry.guid:
        return whole("no_id", "the page does not say its address")
    if entry.published is None:
        return whole("no_date", "the page does not say when it came out")
    if len(entry.title.text.encode("utf-8", "replace")) > limits.title_bytes:
        return whole("too_large", f"the title has more than {limits.title_bytes} bytes")
    return replace(facts, kind="page", language=language, entries=(entry,), url=entry.url)


_READERS: dict[str, Callable[[Decoded, Dump, Limits], Dump]] = {
    "flattened": _read_flattened,
    "xml": _read_xml,
    "wrapped": _read_wrapped,
    "page": _read_page,
}


# --------------------------------------------------------------------------- back to the file's bytes


def _restore(dump: Dump, decoded: Decoded) -> Dump:
    """The dump with all its offsets turned from the text's UTF-8 into the file's bytes."""
    offsets: set[int] = {dump.header_end}
    for entry in dump.entries:
        offsets.update((entry.start_byte, entry.end_byte, entry.title.start_byte, entry.title.end_byte))
        offsets.update(o for r in entry.frame for o in (r.start_byte, r.end_byte))
        offsets.update(o for line in entry.lines for o in (line.start_byte, line.end_byte))
    offsets.update(o for r in dump.rejections for o in (r.start_byte, r.end_byte))
    ordered = sorted(offsets)
    place = dict(zip(ordered, decoded.to_source(ordered), strict=True))
    size = len(decoded.data)
    place[size] = dump.n_bytes

    def text(source: SourceText) -> SourceText:
        return SourceText(source.text, place[source.start_byte], place[source.end_byte])

    def entry_of(entry: FeedEntry) -> FeedEntry:
        return replace(
            entry, title=text(entry.title), lines=tuple(text(line) for line in entry.lines),
            start_byte=place[entry.start_byte], end_byte=place[entry.end_byte],
            frame=tuple(
                ByteRange(place[r.start_byte], place[r.end_byte], r.bin, r.rule, r.article_id) for r in entry.frame
            ),
        )  # fmt: skip

    return replace(
        dump,
        entries=tuple(entry_of(e) for e in dump.entries),
        rejections=tuple(
            replace(r, start_byte=place[r.start_byte], end_byte=place[r.end_byte]) for r in dump.rejections
        ),
        header_end=place[dump.header_end],
    )
