"""The end of an item of a flattened feed: ``COMMENTS FEED COUNT IMAGE SOURCE CREDIT``, any of them missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.feeds.anchors import Anchor
from pipeline.feeds.atom import author_start
from pipeline.feeds.channel import Channel

MARK = b"]]>"

COUNT = re.compile(rb"https?://\S{1,2000}?(?:/feed/?|[?&]feed=\S{1,200}|/feed/\S{1,100})\s+(\d{1,7})(?!\S)")
_OWN_COUNT = re.compile(rb"https?://\S*feed\S*\s+(\d{1,7})(?!\S)")
_GLUED_COUNT = re.compile(rb"https?://\S*/feed/?(\d{1,7})(?!\S)")
_IMAGE = re.compile(rb"(\s*)(https?://[^\s<>]+)")
_NUMBER = re.compile(rb"\s+\d{1,9}(?=\s|$)")
_FULL_LINE = re.compile(rb"[^\n]*\S[^\n]*")
_ATOM_COUNT = re.compile(rb"\s*(\d{1,5})(?!\S)")
_LAST_ATOM_COUNT = re.compile(rb"\n\s*(\d{1,5})\s*\Z")


@dataclass(frozen=True, slots=True)
class Span:
    """One item's places: title, header, content, tail; ``end`` is where the next item begins."""

    anchor: Anchor
    title_start: int
    title_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of an item: count of comments, picture, credit, and where a next, cut item may begin."""

    start: int
    end: int
    comment_count: int | None = None
    image_url: str | None = None
    image_credit: str | None = None
    is_found: bool = False


def read_tail(data: bytes, span: Span, channel: Channel, is_last: bool) -> Tail:
    """An item's end: ``COMMENTS FEED COUNT IMAGE SOURCE CREDIT``, any of them missing."""
    low, high = span.anchor.end, span.end
    if span.anchor.is_atom:
        return _read_atom_tail(data, low, high, is_last)
    mark = data.rfind(MARK, low, high)
    start = _find_count(data, span, max(low, mark), high)
    if start is None:
        if mark >= 0:
            start = mark + len(MARK)
        else:
            return Tail(high, high)
        rest = data[start:high]
        start += len(rest) - len(rest.lstrip())
        if not rest.strip():
            return Tail(high, high, is_found=True)
        if not rest.lstrip().startswith(b"http"):
            return _tail_of_text(data, start, high, is_last)
    return _parse_tail(data, start, high, channel, is_last)


def _read_atom_tail(data: bytes, low: int, high: int, is_last: bool) -> Tail:
    """The end of an Atom entry: its count of comments, then the next one's author."""
    mark = data.rfind(MARK, low, high)
    start = mark + len(MARK) if mark >= 0 else high if is_last else author_start(data, low, high)
    found = _ATOM_COUNT.match(data, start, high)
    if start == high:
        found = _LAST_ATOM_COUNT.search(data, max(low, high - 100), high)
    count = int(found[1]) if found else None
    start = found.start() if found else start
    if is_last and mark >= 0 and not found and data[start:high].strip():
        return Tail(high, high)  # text behind the last mark: the entry is cut
    return Tail(start, high, count, is_found=start < high or mark >= 0)


def _tail_of_text(data: bytes, start: int, high: int, is_last: bool) -> Tail:
    """Text behind the last mark that is no tail: the last item's body, or the next item's title, cut."""
    line = data[start:high].strip()
    if is_last and (b"\n" in line or len(line) > 300):
        return Tail(high, high)
    return Tail(start, start, is_found=True) if is_last else Tail(start, high, is_found=True)


def _find_count(data: bytes, span: Span, low: int, high: int) -> int | None:
    """Where the address of the item's comments feed begins."""
    path = (span.anchor.url or "").partition("://")[2].partition("/")[2].split("#")[0].split("?")[0].rstrip("/")
    if path:
        at = data.rfind(b"/" + path.encode() + b"/feed", low, high)
        if at >= 0:
            begin = data.rfind(b"http", max(low, at - 300), at)
            if begin >= 0 and not data[begin:at].strip().count(b" "):
                return begin
    counts = list(COUNT.finditer(data, max(low, high - 6_000), high))
    return counts[-1].start() if counts else None


def _parse_tail(data: bytes, start: int, high: int, channel: Channel, is_last: bool) -> Tail:
    at = start
    comment_count = None
    count = _OWN_COUNT.match(data, start, high) or _GLUED_COUNT.match(data, start, high)
    if count:
        comment_count, at = int(count[1]), count.end()
    image = _IMAGE.match(data, at, high)
    image_url = None
    if image and not re.search(rb"/feed/?$", image[2]):
        image_url, at = image[2].decode("utf-8", "replace"), image.end()
    elif not count and image:
        return Tail(start, high, is_found=False)  # the comments feed's address without its count: the dump is cut
    line_end = data.find(b"\n", at, high)
    stop = high if line_end < 0 else line_end
    if image_url and not data[at:stop].strip() and stop < high:  # every element on a line of its own
        stop = _end_of_lines(data, at, high, 2)
    if not is_last:
        stop = high
    text = squeeze(data[at:stop].decode("utf-8", "replace"))
    if not image_url and is_last:  # nothing but a post number may follow the count: the rest is a next item's title
        number = _NUMBER.match(data, at, high)
        stop = number.end() if number else at
        text = ""
    return Tail(start, stop, comment_count, image_url, _credit(text, channel) if image_url else None, is_found=True)


def _end_of_lines(data: bytes, at: int, high: int, n: int) -> int:
    """The end of the ``n``-th non-blank line from here."""
    for line in _FULL_LINE.finditer(data, at, high):
        n -= 1
        if not n:
            return line.end()
    return high


def _credit(text: str, channel: Channel) -> str | None:
    """The picture's credit: what follows the source's name, which is the publisher's."""
    words = channel.title.split()
    best = ""
    for k in range(len(words)):  # the publisher's name is part of the channel's title: "… Archives - Community Care"
        if not text.startswith(words[k]):
            continue
        for m in range(len(words), k, -1):
            name = " ".join(words[k:m])
            if len(name) > len(best) and text.startswith(name) and not text[len(name) : len(name) + 1].isalnum():
                best = name
    text = text[len(best) :].strip()
    return text or None


def squeeze(text: str) -> str:
    """The text with single blanks.

    >>> squeeze(" a \\n b ")
    'a b'
    """
    return " ".join(text.split())
