"""Where the titles of a flattened feed begin: left of each header, behind the end of the item before.

A line end, a ``]]>`` mark, a closing tag or a count of comments parts a title from the text before; where none does,
the words of the item's address do. What then still stands in front of the titles is told by what comes back: the tail
of an item (a picture's caption, a post number) from the end of the last one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from pipeline.feeds.anchors import Anchor, urlsplit_path
from pipeline.feeds.tails import COUNT, MARK
from pipeline.settings import Limits
from pipeline.slugs import align, slug_words, split_words

_ADDRESS = re.compile(rb"https?://[^\s<>]+")
_POST = re.compile(r"[?&]p=(\d+)")
_LAST_NUMBER = re.compile(r"/(\d{2,})/?$")
#: What ends a text: a closing tag of a block, or the mark of an excerpt.
_CLOSING = re.compile(rb"</(?:p|div|ul|ol|h[1-6]|figure|blockquote|table|pre|section)>|\[\xe2\x80\xa6\]|\[\.\.\.\]")
_OPENING = re.compile(r"[\"'“‘«„¿¡(\[£$€#@「『（]+$")
_SIGNS = re.compile(r"[#%+/~@&*_\-–—]{1,3}")
_STOP = re.compile(r"[.!?…][\"”’)]?\s+(?=\S)")
#: The longest text that may follow an item's count of comments: a caption or a name, no paragraph.
_TAIL_TEXT = 200
#: A number of so many figures in running text is the item's own when it is the same.
_LONG_NUMBER = 4
#: So many items show what the others are like.
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Start:
    """A title's bytes ``start`` to ``end``. ``floor``: before ``start`` only where the address's words found it.

    ``is_open``: what stands at its start may be the tail of the item before, on the same line.
    """

    start: int
    end: int
    floor: int
    is_open: bool = False


def find_starts(data: bytes, anchors: list[Anchor], low: int, limits: Limits) -> tuple[list[Start], bool]:
    """The titles of all items, in order, and whether this feed's items end in texts of their own.

    ``low`` is the byte where the channel's own lines end.
    """
    starts: list[Start] = []
    before: Anchor | None = None
    for anchor in anchors:
        starts.append(_find_title(data, low, anchor, before, limits))
        low, before = anchor.end, anchor
    tail = _last_tail(data, anchors)
    starts = _skip_tail_texts(data, anchors, starts, tail)
    return _take_in_refrain(data, starts), bool(tail) and _have_tails(data, anchors, starts)


def _find_title(data: bytes, low: int, anchor: Anchor, before: Anchor | None, limits: Limits) -> Start:
    """The title left of a header: after the last line end, mark, closing tag, comment count or address."""
    low = max(low, anchor.start - 4 * limits.title_bytes)
    piece = data[low : anchor.start].rstrip()
    end = low + len(piece)
    if not piece:
        return Start(anchor.start, anchor.start, anchor.start)
    if piece.endswith(MARK) and b"<![CDATA[" in piece:  # a title that kept its marks: RCDATA
        start = low + piece.rfind(b"<![CDATA[")
        return Start(start, end, start)
    is_sharp, is_open, start = before is None, False, low
    line = piece.rfind(b"\n") + 1
    if line:
        start, is_sharp = low + line, True
    mark = data.rfind(MARK, start, end)
    if mark >= 0:
        start, is_sharp, is_open = mark + len(MARK), True, True
    for closing in _CLOSING.finditer(data, start, end):
        if closing.end() < end:
            start, is_sharp, is_open = closing.end(), True, True
    if before is not None:
        at = _skip_count(data, start, end, before, anchor)
        at = _skip_number(data, start if at is None else at, end, before, is_sharp or at is not None) or at
        if at is not None:
            start, is_sharp, is_open = at, True, True
    if before is not None or anchor.is_atom:
        addresses = list(_ADDRESS.finditer(data, start, end))
        if addresses:
            start, is_sharp = addresses[-1].end(), False
    start += len(data[start:end]) - len(data[start:end].lstrip())
    if is_sharp:
        return Start(start, end, start, is_open and before is not None)
    return Start(_start_by_slug(data, start, end, anchor.url) or start, end, start)


def _skip_count(data: bytes, start: int, end: int, before: Anchor, anchor: Anchor) -> int | None:
    """Past the comment count of the item before."""
    at = None
    for count in COUNT.finditer(data, start, end):
        at = count.end()
    return _skip_glued_count(data, start, end, before, anchor) if at is None else at


def _skip_number(data: bytes, start: int, end: int, before: Anchor, is_sharp: bool) -> int | None:
    """Past the post number of the item before, where it stands by itself; a short one only close to the start."""
    for number in _numbers_of(before):
        if not is_sharp and len(number) < _LONG_NUMBER:
            continue
        low = start if is_sharp else max(start, end - 1_500)
        high = min(end, start + _TAIL_TEXT) if is_sharp else end
        at = _find_word(data, number, low, high)
        if at is not None:
            return at
    return None


def _find_word(data: bytes, word: bytes, low: int, high: int) -> int | None:
    """Where a word that stands by itself, or right behind a tag or mark, ends."""
    at = data.find(word, low, high)
    while at >= 0:
        end = at + len(word)
        if (at == low or data[at - 1] in b" \t\n>") and (end == high or data[end] in b" \t\n"):
            return end
        at = data.find(word, end, high)
    return None


def _numbers_of(anchor: Anchor) -> list[bytes]:
    """The post number as an item's guid or address gives it."""
    found = [_POST.search(anchor.guid or ""), _LAST_NUMBER.search(urlsplit_path(anchor.url or ""))]
    return [m[1].encode() for m in found if m]


def _skip_glued_count(data: bytes, start: int, end: int, before: Anchor, anchor: Anchor) -> int | None:
    """Past ``PATH/feed/COUNT`` where the title is glued to it: its first figures may be the title's."""
    path = urlsplit_path(before.url or "").rstrip("/").encode("utf-8", "replace")
    at = data.rfind(path + b"/feed", start, end) if path else -1
    figures = re.compile(rb"/?(\d{1,7})").match(data, at + len(path) + len(b"/feed"), end) if at >= 0 else None
    if not figures:
        return None
    first = next(iter(slug_words(anchor.url)), "").encode()
    if first.isdigit() and figures[1].endswith(first) and len(first) < len(figures[1]):
        return figures.end() - len(first)
    return figures.end()


def _start_by_slug(data: bytes, start: int, end: int, url: str | None, is_needed: bool = True) -> int | None:
    """The start of the stretch that answers the address's words best.

    Where none does and one ``is_needed``: after the last sentence; else ``None``.
    """
    low = max(start, end - 1_500)
    while low < end and data[low] & 0xC0 == 0x80:  # not inside a character
        low += 1
    text = data[low:end].decode("utf-8", "replace")
    words, slug = split_words(text), slug_words(url)
    found = align(words, slug)
    hits = [i for i, f in enumerate(found) if f is not None]
    first = next((i for i in hits if _is_dense(found, i)), None)
    if first is not None and len(hits) >= max(1, len(slug) // 2):
        at = _take_in_joined(text, words[first].start_char, "".join(slug[: found[first]]))
        opening = _OPENING.search(text[:at])
        return low + len(text[: opening.start() if opening else at].encode("utf-8"))
    stops = list(_STOP.finditer(text)) if is_needed else []
    if stops and len(text) > 150:
        return low + len(text[: stops[-1].end()].encode("utf-8"))
    return None


def _take_in_joined(text: str, at: int, left: str) -> int:
    """The title's start with what the address writes as one word: ``A/B testing`` is ``ab-testing`` there.

    ``left`` are the address's letters before the word at ``at``.
    """
    while True:
        begin = max(text.rfind(" ", 0, len(text[:at].rstrip())), text.rfind("\u3000", 0, at)) + 1
        token = text[begin:at].strip()
        letters = "".join(c for word in split_words(token) for c in word.forms[0])
        glued = token[-len(left) :] if left else ""
        if len(glued) < len(token) and glued[:1].isupper() and glued.isalpha() and letters.endswith(left):
            return begin + token.rindex(glued)  # its first word, glued to what was put in front
        if not token or not (left.endswith(letters) if letters else _SIGNS.fullmatch(token)):
            return at
        if letters:
            left = left[: -len(letters)]
        at = begin


def _is_dense(found: list[int | None], i: int) -> bool:
    """Most of the words from here on answer the slug: no stray hit in the text before."""
    rest = found[i : i + 4]
    return sum(f is not None for f in rest) * 2 >= len(rest)


def _have_tails(data: bytes, anchors: list[Anchor], starts: list[Start]) -> bool:
    """Most items have text between their count, tag or mark and the next title."""
    texts = []
    for before, start in zip(anchors[:_SAMPLE], starts[1:], strict=False):
        end = _end_of_text(data, max(before.end, start.start - 4_000), start.start)
        texts.append(end is not None and bool(data[end : start.start].strip()))
    return sum(texts) * 2 > len(texts)


def _skip_tail_texts(data: bytes, anchors: list[Anchor], starts: list[Start], tail: bytes) -> list[Start]:
    """The titles without the tails that stand before them on their line, where the last item shows such a tail.

    A caption or a name follows each item's count then; it is parted from the next title by that title's address.
    """
    opened = [i for i, s in enumerate(starts) if s.is_open]
    if not tail or not opened:
        return starts
    out = list(starts)
    if tail.isdigit():
        numbers = {i: re.compile(rb"\d+\s+").match(data, starts[i].start, starts[i].end) for i in opened}
        if all(numbers.values()):
            for i, number in numbers.items():
                out[i] = replace(starts[i], start=number.end(), floor=number.end()) if number else starts[i]
        return out
    found = {i: _start_by_slug(data, starts[i].start, starts[i].end, anchors[i].url, is_needed=False) for i in opened}
    told = {i: at for i, at in found.items() if at is not None}
    if not told or sum(at > starts[i].start for i, at in told.items()) < 0.8 * len(told):
        return starts
    for i in opened:
        s = starts[i]
        if data.startswith(tail + b" ", s.start) and s.start + len(tail) < s.end:
            at = s.start + len(tail) + 1
            out[i] = replace(s, start=at, floor=at)
        else:
            out[i] = replace(s, start=told.get(i, s.start))
    return out


def _last_tail(data: bytes, anchors: list[Anchor]) -> bytes:
    """What follows the last item's count, tag or mark, on one line; empty where there is more or nothing."""
    if not anchors:
        return b""
    end = _end_of_text(data, max(anchors[-1].end, len(data) - 4_000), len(data))
    tail = data[end:].strip() if end is not None else b""
    return tail if len(tail) <= _TAIL_TEXT and b"\n" not in tail and b"://" not in tail else b""


def _end_of_text(data: bytes, low: int, high: int) -> int | None:
    """Where the last count of comments ends; the last closing tag or mark where there is none."""
    counts = [m.end() for m in COUNT.finditer(data, low, high)]
    closings = [m.end() for m in _CLOSING.finditer(data, low, high)]
    mark = data.rfind(MARK, low, high)
    ends = counts[-1:] or [*closings[-1:], *([mark + len(MARK)] if mark >= 0 else [])]
    return max(ends) if ends else None


def _take_in_refrain(data: bytes, starts: list[Start]) -> list[Start]:
    """Titles that were found by their addresses' words, with what stands before most of them taken in.

    On a feed of one line nothing parts the credit before from what was put in front of the title; but it comes back.
    """
    soft = [i for i, s in enumerate(starts) if s.floor < s.start]
    before = {i: data[max(starts[i].floor, starts[i].start - 240) : starts[i].start].split() for i in soft}
    counts = Counter(tuple(words[-n:]) for words in before.values() for n in range(1, min(len(words), 12) + 1))
    usual = max((counts[tuple(w[-1:])] for w in before.values() if w), default=0)
    if usual < 2 or usual * 2 < len(soft):
        return starts
    refrain = max((gram for gram, n in counts.items() if n * 10 >= usual * 9), key=len)
    out = list(starts)
    for i in soft:
        words = before[i]
        places = [k for k in range(len(words)) if tuple(words[k : k + len(refrain)]) == refrain]
        if places:
            at = starts[i].start
            for word in reversed(words[places[-1] :]):
                at = data.rfind(word, starts[i].floor, at)
            out[i] = replace(starts[i], start=at)
    return out
