"""A flattened feed to entries: an RSS feed that an HTML parser printed as plain text.

Headers are found first (``anchors``). Then each title is what stands left of its header, up to the end of the item
before; ``]]>`` marks part summary and body; the comments feed's address and its count begin the tail.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace

from pipeline.feeds.anchors import Anchor, find_anchors
from pipeline.feeds.atom import find_atom_anchors
from pipeline.feeds.channel import Channel, read_channel
from pipeline.feeds.joined import part_joined
from pipeline.feeds.markup import read_fragment
from pipeline.feeds.starts import find_starts
from pipeline.feeds.tails import MARK, Span, read_tail, squeeze
from pipeline.records import ByteRange, FeedEntry, Rejection, SourceText
from pipeline.settings import Limits

_LIST_INDENT = re.compile(rb"( *)(?:\xe2\x80\xa2|\xe2\x97\xa6|\xe2\x96\xaa|\d{1,3}\.) ")


#: A line from its first letter on; carriage returns and other controls are blanks by now.
_LINE = re.compile(rb"[^\s][^\n]*")
_IS_EXCERPT = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|\[&hellip;\])\s*$")


_CODED_TAG = re.compile(r"</(?:p|div|li|h[1-6]|figure|blockquote|span|a|strong|em)>|<br ?/?>|<(?:p|img|div)\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Flattened:
    """What a flattened feed holds, offsets in bytes of the data that was given."""

    channel: Channel
    entries: tuple[FeedEntry, ...]
    rejections: tuple[Rejection, ...]
    header_end: int


def read_flattened(data: bytes, name: str, limits: Limits, repairs: tuple[int, ...] = ()) -> Flattened:
    """The entries of a flattened feed (UTF-8 bytes without control characters) in their order."""
    anchors = find_anchors(data) or find_atom_anchors(data)
    channel = read_channel(data, anchors[0].start if anchors else len(data))
    spans, has_tails = _find_spans(data, anchors, channel, limits)
    header_end = spans[0].title_start if spans else min(channel.end, len(data))
    entries: list[FeedEntry] = []
    rejections: list[Rejection] = []
    usual = _usual_marks(data, spans)
    for i, span in enumerate(spans):
        problem = _reject(span, name, limits)
        if problem:
            rejections.append(problem)
            continue
        entry, rest = _read_entry(data, span, i, channel, usual, i + 1 == len(spans), repairs)
        if rest is not None and has_tails:
            tail = ByteRange(rest, span.end, "article", "tail")
            entry = replace(entry, end_byte=span.end, frame=(*entry.frame, tail))
        elif rest is not None:
            rejections.append(
                Rejection(name, rest, span.end, "read", "no_date", "the dump ends inside this item's header")
            )
        entries.append(entry)
    part_joined(entries)
    return Flattened(channel, tuple(entries), tuple(rejections), header_end)


def _find_spans(data: bytes, anchors: list[Anchor], channel: Channel, limits: Limits) -> tuple[list[Span], bool]:
    starts, has_tails = find_starts(data, anchors, channel.end, limits)
    ends = [*(s.start for s in starts[1:]), len(data)][: len(starts)]
    return [Span(a, s.start, s.end, end) for a, s, end in zip(anchors, starts, ends, strict=True)], has_tails


def _reject(span: Span, name: str, limits: Limits) -> Rejection | None:
    """Why an item can't be used, else ``None``."""

    def because(reason: str, detail: str) -> Rejection:
        return Rejection(name, span.title_start, span.end, "read", reason, detail)

    anchor = span.anchor
    if span.end - span.title_start > limits.item_bytes:
        return because("too_large", f"the item has more than {limits.item_bytes} bytes")
    if span.title_end - span.title_start > limits.title_bytes:
        return because("too_large", f"the title has more than {limits.title_bytes} bytes")
    if anchor.published is None:
        return because("no_date", f"no date that can be read stands at {anchor.url or anchor.guid}")
    return None


def _usual_marks(data: bytes, spans: list[Span]) -> int:
    """How many ``]]>`` marks most items of this feed have (0, 1 or 2)."""
    counts = Counter(min(2, data.count(MARK, s.anchor.end, s.end)) for s in spans[:-1][:200])
    return counts.most_common(1)[0][0] if counts else 0


def _read_entry(
    data: bytes, span: Span, position: int, channel: Channel, usual: int, is_last: bool, repairs: tuple[int, ...]
) -> tuple[FeedEntry, int | None]:
    anchor = span.anchor
    tail = read_tail(data, span, channel, is_last)
    pieces, marks = _split_marks(data, anchor.end, tail.start)
    summary_at, body_at = _assign(data, pieces, marks)
    has_summary_only = summary_at is None and len(pieces) <= 2 and usual < 2
    frame = [ByteRange(span.title_end, anchor.end, "article", "header")]
    frame += [ByteRange(a, a + len(MARK), "frame", "mark") for a in marks]
    summary = None
    if summary_at is not None:
        raw = data[slice(*summary_at)]
        summary = squeeze(raw.decode("utf-8", "replace")) or None
        start = summary_at[0] + len(raw) - len(raw.lstrip())
        stop = summary_at[1] - (len(raw) - len(raw.rstrip()))
        if start < stop:
            frame.append(ByteRange(start, stop, "article", "summary"))
    lines, kinds, levels = _read_lines(data, body_at)
    last = lines[-1].text if lines else ""
    is_excerpt = has_summary_only and len(lines) <= 3 and any(_IS_EXCERPT.search(line.text) for line in lines)
    if summary is None:
        lines, kinds, levels, summary = _part_summary(lines, kinds, levels)
        is_excerpt = is_excerpt and summary is None
    if is_excerpt and summary is None:
        summary = squeeze(next(line.text for line in lines if _IS_EXCERPT.search(line.text)))
    if tail.start < tail.end:
        frame.append(ByteRange(tail.start, tail.end, "article", "tail"))
    is_cut = is_last and not tail.is_found and _is_cut(len(marks), usual, last)
    entry = FeedEntry(
        position=position,
        title=SourceText(
            data[span.title_start : span.title_end].decode("utf-8", "replace"), span.title_start, span.title_end
        ),
        url=anchor.url, published=anchor.published, guid=anchor.guid, summary=summary, lines=lines,
        comment_count=tail.comment_count, image_url=tail.image_url, image_credit=tail.image_credit,
        author=None, tags=(), start_byte=span.title_start, end_byte=span.end,
        frame=tuple(sorted(frame, key=lambda r: r.start_byte)), is_truncated=is_cut, is_excerpt=is_excerpt,
        is_repaired=_has_repair(repairs, span.title_start, span.end), line_kinds=kinds, line_levels=levels,
    )  # fmt: skip
    rest = None
    if is_last and tail.is_found:
        left = data[tail.end : span.end]
        if left.strip():
            rest = tail.end + len(left) - len(left.lstrip())
    if rest is not None:
        entry = replace(entry, end_byte=rest)
    return entry, rest


_LEAD = re.compile(r"(.{8,900}?)(?:\[?…\]?|\[\.\.\.\])(?=\s|$)")


def _part_summary(
    lines: tuple[SourceText, ...], kinds: tuple[str | None, ...], levels: tuple[int, ...]
) -> tuple[tuple[SourceText, ...], tuple[str | None, ...], tuple[int, ...], str | None]:
    """A summary that lost its mark, parted from the body: it ends in an ellipsis, and its words begin the body."""
    lead = _LEAD.match(lines[0].text) if lines else None
    if not lead:
        return lines, kinds, levels, None
    words = lead[1].split()[:6]
    rest = [lines[0].text[lead.end() :].strip(), *(line.text for line in lines[1:4])]
    opening = " ".join(words)
    if opening not in squeeze(" ".join(rest)):
        return lines, kinds, levels, None
    size = len(lines[0].text[: lead.end()].encode("utf-8"))
    left = lines[0].text[lead.end() :]
    if not left.strip():
        return lines[1:], kinds[1:], levels[1:], squeeze(lead[0])
    skip = size + len(left[: len(left) - len(left.lstrip())].encode("utf-8"))
    first = SourceText(left.strip(), lines[0].start_byte + skip, lines[0].end_byte)
    return (first, *lines[1:]), kinds, levels, squeeze(lead[0])


def _has_repair(repairs: tuple[int, ...], start: int, end: int) -> bool:
    i = bisect_left(repairs, start)
    return i < len(repairs) and repairs[i] < end


def _is_cut(n_marks: int, usual: int, last: str) -> bool:
    """The dump ends inside its last item: marks are missing that its other items have, or a sentence breaks off."""
    if usual:
        return n_marks < usual
    return bool(last) and n_marks < 2 and last[-1] not in ".!?…\"”’')]»。！？"


def _split_marks(data: bytes, start: int, end: int) -> tuple[list[tuple[int, int]], list[int]]:
    """The stretches between the ``]]>`` marks, and where the marks are."""
    marks: list[int] = []
    at = data.find(MARK, start, end)
    while at >= 0:
        marks.append(at)
        at = data.find(MARK, at + len(MARK), end)
    edges = [start, *marks]
    return [
        (edge + (len(MARK) if i else 0), stop) for i, (edge, stop) in enumerate(zip(edges, [*marks, end], strict=True))
    ], marks


def _assign(
    data: bytes, pieces: list[tuple[int, int]], marks: list[int]
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]]:
    """Which stretch is the summary and which are the body.

    Two marks: one after each. One mark: the summary vanished with its own (it had no tag), and what is there is the
    body, unless text follows the mark, which then ends the summary. More marks stand inside the body.
    """
    if len(marks) >= 2 or (marks and data[slice(*pieces[1])].strip()):
        return pieces[0], pieces[1:]
    return (None, pieces)


def _level_of(data: bytes, low: int, start: int) -> int:
    """How deep a line's list stands in other lists, by its marker and the blanks before it."""
    begin = max(low, data.rfind(b"\n", low, start) + 1)
    indent = _LIST_INDENT.match(data, begin)
    return max(0, len(indent[1]) // 2 - 1) if indent else 0


def _read_lines(
    data: bytes, pieces: list[tuple[int, int]]
) -> tuple[tuple[SourceText, ...], tuple[str | None, ...], tuple[int, ...]]:
    """The non-blank lines of the body's stretches. Text that still has its tags goes through the markup reader."""
    lines: list[SourceText] = []
    levels: list[int] = []
    n_tags = 0
    for low, high in pieces:
        for found in _LINE.finditer(data, low, high):
            raw = found[0]
            text = raw.decode("utf-8", "replace").strip()
            if not text:
                continue
            start = found.start()
            lines.append(SourceText(text, start, start + len(raw.rstrip())))
            levels.append(_level_of(data, low, start) if start > low and data[start - 1] == 32 else 0)
            if "</" in text:
                n_tags += text.count("</")
    if n_tags and sum(len(_CODED_TAG.findall(line.text)) for line in lines) >= 2:
        source = lines[0].start_byte, lines[-1].end_byte
        parsed = read_fragment("\n".join(line.text for line in lines))
        whole = tuple(
            SourceText(p.text, source[0] if not i else source[1], source[1]) for i, p in enumerate(parsed.lines)
        )
        return whole, tuple(p.kind for p in parsed.lines), tuple(p.level for p in parsed.lines)
    return tuple(lines), (None,) * len(lines), tuple(levels)
