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
from pipeline.feeds.channel import Channel, read_channel
from pipeline.feeds.markup import read_fragment
from pipeline.feeds.tails import COUNT, MARK, Span, read_tail, squeeze
from pipeline.records import ByteRange, FeedEntry, Rejection, SourceText
from pipeline.settings import Limits
from pipeline.slugs import align, slug_words, split_words

_ADDRESS = re.compile(rb"https?://[^\s<>]+")


_POST = re.compile(r"[?&]p=(\d+)")


_LIST_INDENT = re.compile(rb"^( *)(?:\xe2\x80\xa2|\xe2\x97\xa6|\xe2\x96\xaa|\d{1,3}\.) ")


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
    anchors = find_anchors(data)
    channel = read_channel(data, anchors[0].start if anchors else len(data))
    spans = _find_spans(data, anchors, channel, limits)
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
        entries.append(entry)
        if rest is not None:
            rejections.append(
                Rejection(name, rest, span.end, "read", "no_date", "the dump ends inside this item's header")
            )
    return Flattened(channel, tuple(entries), tuple(rejections), header_end)


def _find_spans(data: bytes, anchors: list[Anchor], channel: Channel, limits: Limits) -> list[Span]:
    starts: list[tuple[int, int]] = []
    lows: list[int] = []
    low = channel.end
    for i, anchor in enumerate(anchors):
        start, end, floor = _find_title(data, low, anchor, anchors[i - 1] if i else None, limits)
        starts.append((start, end))
        lows.append(floor)
        low = anchor.end
    starts = _take_in_refrain(data, starts, lows)
    ends = [*(start for start, _ in starts[1:]), len(data)][: len(starts)]
    return [Span(a, s[0], s[1], e) for a, s, e in zip(anchors, starts, ends, strict=True)]


def _take_in_refrain(data: bytes, starts: list[tuple[int, int]], lows: list[int]) -> list[tuple[int, int]]:
    """Titles that were found by their addresses' words, with what stands before most of them taken in.

    On a feed of one line nothing parts the credit before from what was put in front of the title; but it comes back.
    """
    soft = [i for i, (start, _) in enumerate(starts) if lows[i] < start]
    before = {i: data[max(lows[i], starts[i][0] - 240) : starts[i][0]].split() for i in soft}
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
            at = starts[i][0]
            for word in reversed(words[places[-1] :]):
                at = data.rfind(word, lows[i], at)
            out[i] = (at, starts[i][1])
    return out


def _find_title(data: bytes, low: int, anchor: Anchor, before: Anchor | None, limits: Limits) -> tuple[int, int, int]:
    """Start and end of the title left of a header: after the last line end, mark, comment count or address.

    Where none of these parts it from the text before, the address's own words do. The third number is where the title
    can begin at the earliest: before its start only in that case.
    """
    low = max(low, anchor.start - 4 * limits.title_bytes)
    piece = data[low : anchor.start].rstrip()
    end = low + len(piece)
    if not piece:
        return anchor.start, anchor.start, anchor.start
    if piece.endswith(MARK) and b"<![CDATA[" in piece:  # a title that kept its marks: RCDATA
        start = low + piece.rfind(b"<![CDATA[")
        return start, end, start
    is_sharp = before is None
    start = low
    line = piece.rfind(b"\n") + 1
    if line:
        start, is_sharp = low + line, True
    mark = data.rfind(MARK, start, end)
    if mark >= 0:
        start, is_sharp = mark + len(MARK), True
    start, is_sharp = _skip_tail(data, start, end, before, is_sharp)
    start += len(data[start:end]) - len(data[start:end].lstrip())
    if is_sharp:
        return start, end, start
    return _start_by_slug(data, start, end, anchor.url), end, start


def _skip_tail(data: bytes, start: int, end: int, before: Anchor | None, is_sharp: bool) -> tuple[int, bool]:
    """Past the tail of the item before, where it stands on the title's line."""
    counts = list(COUNT.finditer(data, start, end))
    if counts:
        count = counts[-1]
        start, is_sharp = count.end(), True
        post = _POST.search(before.guid) if before and before.guid else None
        if post:
            number = re.compile(rb"\s+" + post[1].encode() + rb"(?=\s)").match(data, start, end)
            start = number.end() if number else start
    if before is None:
        return start, is_sharp
    addresses = list(_ADDRESS.finditer(data, start, end))
    return (addresses[-1].end(), False) if addresses else (start, is_sharp)


def _start_by_slug(data: bytes, start: int, end: int, url: str | None) -> int:
    """The start of the stretch that answers the address's words best; after the last sentence where none does."""
    low = max(start, end - 1_500)
    while low < end and data[low] & 0xC0 == 0x80:  # not inside a character
        low += 1
    text = data[low:end].decode("utf-8", "replace")
    words, slug = split_words(text), slug_words(url)
    found = align(words, slug)
    hits = [i for i, f in enumerate(found) if f is not None]
    if slug and len(hits) >= max(1, len(slug) // 2):
        first = next(i for i in range(len(words)) if found[i] is not None and _is_dense(found, i))
        at = words[first].start_char
        opening = re.search(r"[\"'“‘«„¿¡(\[£$€#@「『（]+$", text[:at])
        return low + len(text[: opening.start() if opening else at].encode("utf-8"))
    stops = list(re.finditer(r"[.!?…][\"”’)]?\s+(?=\S)", text))
    if stops and len(text) > 150:
        return low + len(text[: stops[-1].end()].encode("utf-8"))
    return start


def _is_dense(found: list[int | None], i: int) -> bool:
    """Most of the words from here on answer the slug: no stray hit in the text before."""
    rest = found[i : i + 4]
    return sum(f is not None for f in rest) * 2 >= len(rest)


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
    if summary is None and not is_excerpt:
        lines, kinds, levels, summary = _part_summary(lines, kinds, levels)
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


_LEAD = re.compile(r"(.{20,900}?(?:\[?…\]?|\[\.\.\.\]))(?=\s|$)")


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
    if not any(opening in " ".join(text.split()) for text in rest):
        return lines, kinds, levels, None
    size = len(lines[0].text[: lead.end()].encode("utf-8"))
    left = lines[0].text[lead.end() :]
    if not left.strip():
        return lines[1:], kinds[1:], levels[1:], squeeze(lead[1])
    skip = size + len(left[: len(left) - len(left.lstrip())].encode("utf-8"))
    first = SourceText(left.strip(), lines[0].start_byte + skip, lines[0].end_byte)
    return (first, *lines[1:]), kinds, levels, squeeze(lead[1])


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


def _read_lines(
    data: bytes, pieces: list[tuple[int, int]]
) -> tuple[tuple[SourceText, ...], tuple[str | None, ...], tuple[int, ...]]:
    """The non-blank lines of the body's stretches. Text that still has its tags goes through the markup reader."""
    lines: list[SourceText] = []
    levels: list[int] = []
    n_tags = 0
    for low, high in pieces:
        at = low
        for raw in data[low:high].split(b"\n"):
            if raw and not raw.isspace():
                bare = raw.strip()
                start = at + raw.index(bare)
                text = bare.decode("utf-8", "replace").strip()
                if text:
                    lines.append(SourceText(text, start, start + len(bare)))
                    indent = _LIST_INDENT.match(raw) if raw[0] == 32 else None
                    levels.append(max(0, len(indent[1]) // 2 - 1) if indent else 0)
                    n_tags += text.count("</") if "</" in text else 0
            at += len(raw) + 1
    if n_tags >= 2 and sum(len(_CODED_TAG.findall(line.text)) for line in lines) >= 2:
        source = lines[0].start_byte, lines[-1].end_byte
        parsed = read_fragment("\n".join(line.text for line in lines))
        whole = tuple(
            SourceText(p.text, source[0] if not i else source[1], source[1]) for i, p in enumerate(parsed.lines)
        )
        return whole, tuple(p.kind for p in parsed.lines), tuple(p.level for p in parsed.lines)
    return tuple(lines), (None,) * len(lines), tuple(levels)
