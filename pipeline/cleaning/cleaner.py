"""One dump as read to clean items: a pure function, so that its result can be kept by the dump's hash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.cleaning.addresses import article_id, canonical_url, host_of
from pipeline.cleaning.blocks import classify
from pipeline.cleaning.cues import Line, bare
from pipeline.cleaning.evidence import Cut, TitleSource
from pipeline.cleaning.marks import Marks
from pipeline.cleaning.scripts import home_scripts
from pipeline.cleaning.spam import find_spam_lines
from pipeline.cleaning.titles import CleanTitle, clean_titles
from pipeline.records import KEPT_KINDS, Block, ByteRange, CleanDump, CleanItem, Dump, FeedEntry, Rejection, SourceText
from pipeline.settings import Limits

_CDATA = re.compile(r"^\s*<!\[CDATA\[(.*?)\]\]>\s*$", re.DOTALL)
_TAG = re.compile(r"^(.{1,200}?)\s+(?:Archives?|Archivi|Archivos|Archief|Arkiv|Archiv)\s+[-–—|»]")
_AUTHOR = re.compile(r"^(.{2,80}?),\s+(?:Author at|Autor bei|Auteur/autrice sur|Autor en|Autore presso|Auteur op)\s")
_EMPTY_SUMMARY = re.compile(r"^[\s\W]*$")


def clean_dump(dump: Dump, marks: Marks, limits: Limits) -> CleanDump:
    """The dump without spam and boilerplate: its items, what was rejected, and the bytes outside of the items.

    Looks at nothing but the dump and the marks. Items stand in the dump's order.
    """
    home = home_scripts(dump.language, _sample(dump))
    spam_lines = find_spam_lines([[line.text for line in e.lines] for e in dump.entries], home, marks)
    sources = [_title_source(e, spam_lines[i]) for i, e in enumerate(dump.entries)]
    titles = clean_titles(sources, home, marks.spam, dump.language)
    channel = _clean_channel(dump, sources, titles, home, marks)
    author = _AUTHOR.match(channel)
    tag = _TAG.match(channel)
    items: list[CleanItem] = []
    rejections = list(dump.rejections)
    ranges: list[ByteRange] = []
    for i, entry in enumerate(dump.entries):
        source, title = sources[i], titles[i]
        item = _clean_item(dump, entry, source, title, spam_lines[i], marks)
        if isinstance(item, Rejection):
            rejections.append(item)
        else:
            items.append(replace(item, author=item.author or (author[1] if author else None)))
    ranges = _outer_ranges(dump, items, rejections)
    return CleanDump(
        name=dump.name, sha256=dump.sha256, n_bytes=dump.n_bytes, kind=dump.kind, title=channel, built=dump.built,
        tag=tag[1].strip() if tag else None, items=tuple(items),
        rejections=tuple(sorted(rejections, key=lambda r: (r.start_byte, r.end_byte))), ranges=tuple(ranges),
    )  # fmt: skip


def _title_source(entry: FeedEntry, spam_lines: frozenset[int]) -> TitleSource:
    raw = entry.title.text
    wrapped = _CDATA.match(raw)
    if wrapped:  # the marks go, but every character keeps its place
        raw = " " * wrapped.start(1) + wrapped[1] + " " * (len(raw) - wrapped.end(1))
    own = tuple(line.text for n, line in enumerate(entry.lines) if n not in spam_lines)
    return TitleSource(raw, entry.url, (entry.summary or "", *own))


def _sample(dump: Dump) -> Iterator[str]:
    """Texts of the dump by which its scripts can be told."""
    for entry in dump.entries:
        yield entry.summary or ""
        yield from (line.text for line in entry.lines)


def _clean_channel(
    dump: Dump, sources: Sequence[TitleSource], titles: Sequence[CleanTitle], home: frozenset[str], marks: Marks
) -> str:
    """The channel's title without what was taken from its items' titles, and without spam of its own."""
    title = dump.title
    for source, clean in zip(sources, titles, strict=True):
        for cut in clean.cuts:
            piece = source.raw[cut.start_char : cut.end_char].strip()
            if len(piece) >= 4 and title.startswith(piece):
                title = title[len(piece) :].lstrip()
            elif len(piece) >= 4 and title.endswith(piece):
                title = title[: -len(piece)].rstrip()
    return clean_titles([TitleSource(title, None, ())], home, marks.spam)[0].text


# --------------------------------------------------------------------------- one item


@dataclass(frozen=True, slots=True)
class _Body:
    """The blocks of an item and its text; ``lines`` runs beside ``blocks``."""

    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    text: str


def _clean_item(
    dump: Dump, entry: FeedEntry, source: TitleSource, title: CleanTitle, spam_lines: frozenset[int], marks: Marks
) -> CleanItem | Rejection:
    identity = article_id(marks.sites, entry.guid, _absolute(entry.url, dump.url))

    def reject(reason: str, detail: str) -> Rejection:
        return Rejection(dump.name, entry.start_byte, entry.end_byte, "clean", reason, detail)

    if identity is None:
        return reject("no_id", "neither a post number nor a web address")
    if entry.published is None:
        return reject("no_date", f"no date that can be read at {entry.url or entry.guid}")
    if not title.text:
        return reject("no_title", f"nothing is left of {entry.title.text[:80]!r}")
    body, is_story = _build_body(entry, title.text, spam_lines, marks)
    return CleanItem(
        dump_sha256=dump.sha256,
        position=entry.position,
        article_id=identity,
        url=_shown_url(entry.url, dump.url) or entry.guid or "",
        title=title.text,
        published=entry.published,
        summary=_clean_summary(entry.summary, marks),
        text=body.text,
        blocks=body.blocks,
        comment_count=entry.comment_count,
        image_url=entry.image_url,
        image_credit=_clean_credit(entry, dump, marks),
        author=entry.author,
        tags=entry.tags,
        flags=_flags(entry, body, is_story, marks),
        ranges=_item_ranges(entry, title, body, identity, spam_lines),
    )


def _absolute(url: str | None, base: str | None) -> str | None:
    return canonical_url(url, base)


def _shown_url(url: str | None, base: str | None) -> str | None:
    """The address as an article shows it: as the feed has it, made absolute."""
    if url and not re.match(r"https?://", url):
        return canonical_url(url, base) or url
    return url


def _clean_credit(entry: FeedEntry, dump: Dump, marks: Marks) -> str | None:
    """The picture's credit without the site's own name, which feeds print before it."""
    site = next((marks.sites[h] for h in map(host_of, (entry.url, entry.guid, dump.url)) if h in marks.sites), None)
    credit = entry.image_credit
    if credit and site and credit.startswith(site.name):
        credit = credit[len(site.name) :].strip() or None
    return credit


def _clean_summary(summary: str | None, marks: Marks) -> str | None:
    if not summary:
        return None
    worth = marks.index.worth(summary)
    for cue in marks.trials[worth & ((1 << len(marks.cues)) - 1)]:
        if cue.rule == "appeared_first":
            found = re.search(rf"(?:^|(?<=\s)){cue.pattern.pattern}$", summary, re.IGNORECASE)
            if found:
                summary = summary[: found.start()].rstrip()
    return None if _EMPTY_SUMMARY.match(summary) else summary


def _build_body(entry: FeedEntry, title: str, spam_lines: frozenset[int], marks: Marks) -> tuple[_Body, bool]:
    texts = ["" if n in spam_lines else line.text for n, line in enumerate(entry.lines)]
    lines, is_story = classify(texts, entry.line_kinds, entry.line_levels, title, marks)
    blocks: list[Block] = []
    kept: list[str] = []
    at = 0
    for line in lines:
        text = bare(line).strip() or line.text.strip()
        if line.kind in KEPT_KINDS:
            blocks.append(Block(line.kind or "body", text, at, at + len(text), line.marker, line.level))
            kept.append(text)
            at += len(text) + 1
        else:
            blocks.append(Block(line.kind or "boilerplate", text, None, None, line.marker, line.level, line.rule))
    return _Body(tuple(blocks), tuple(lines), "\n".join(kept)), is_story


def _flags(entry: FeedEntry, body: _Body, is_story: bool, marks: Marks) -> tuple[str, ...]:
    flags: list[str] = []
    kept = [b.text for b in body.blocks if b.start_char is not None]
    if entry.is_truncated or entry.is_excerpt or (kept and marks.cut.search(kept[-1])):
        flags.append("truncated")
    if not kept:
        flags.append("no_body")
    if entry.is_repaired:
        flags.append("encoding_repaired")
    if any(marks.update_note.match(text) for text in kept):
        flags.append("updated_after_publication")
    if is_story:
        flags.append("promotion_is_the_story")
    return tuple(sorted(flags))


# --------------------------------------------------------------------------- bytes


_CODECS = ("utf-8", "cp1252", "utf-16-le", "utf-32-le")


def _scale(source: SourceText, start: int, end: int) -> tuple[int, int] | None:
    """The bytes of a stretch of a source text.

    ``None`` where the text does not stand in its bytes letter by letter (entities in markup).
    """
    if start == 0 and end == len(source.text):
        return source.start_byte, source.end_byte
    size = source.end_byte - source.start_byte
    for codec in _CODECS:
        if len(source.text.encode(codec, "replace")) == size:
            low = source.start_byte + len(source.text[:start].encode(codec, "replace"))
            return low, low + len(source.text[start:end].encode(codec, "replace"))
    return None


def _cut_place(source: SourceText, cut: Cut) -> tuple[int, int]:
    """The bytes of what was taken from a title; from its edge where the title's markup hides the exact place."""
    place = _scale(source, cut.start_char, cut.end_char)
    if place:
        return place
    size = len(source.text[cut.start_char : cut.end_char].encode("utf-8", "replace"))
    if cut.start_char * 2 < len(source.text):
        return source.start_byte, min(source.end_byte, source.start_byte + size)
    return max(source.start_byte, source.end_byte - size), source.end_byte


def _item_ranges(
    entry: FeedEntry, title: CleanTitle, body: _Body, identity: str, spam_lines: frozenset[int]
) -> tuple[ByteRange, ...]:
    """The item's bytes without gap or overlap. Blanks go with what stands before them."""
    found: list[ByteRange] = [ByteRange(r.start_byte, r.end_byte, r.bin, r.rule, identity) for r in entry.frame]
    if entry.title.start_byte < entry.title.end_byte:
        found.append(ByteRange(entry.title.start_byte, entry.title.end_byte, "article", "title", identity))
        for cut in title.cuts:
            place = _cut_place(entry.title, cut)
            if place[0] < place[1]:
                found.append(ByteRange(*place, "spam", cut.rule, identity))
    for n in spam_lines:
        line = entry.lines[n]
        found.append(ByteRange(line.start_byte, line.end_byte, "spam", "spam_paragraph", identity))
    for part in body.lines:
        source = entry.lines[part.source]
        if source.start_byte == source.end_byte:
            continue
        stretch = _scale(source, part.start, part.end)
        if stretch is None:
            continue
        is_kept = part.kind in KEPT_KINDS
        found.append(
            ByteRange(
                *stretch,
                "article" if is_kept else "boilerplate",
                "body" if is_kept else part.rule or "boilerplate",
                identity,
            )
        )
    return tile(found, entry.start_byte, entry.end_byte, ByteRange(0, 0, "article", "item", identity))


def tile(ranges: Sequence[ByteRange], start: int, end: int, fill: ByteRange) -> tuple[ByteRange, ...]:
    """Ranges that cover ``start`` to ``end`` exactly: later ones win over earlier ones, gaps go to the one before.

    What stands before the first range takes ``fill``'s bin and rule. Neighbours of one bin and rule are joined.

    >>> [(r.start_byte, r.end_byte, r.rule) for r in tile([ByteRange(2, 4, "article", "title")], 0, 9,
    ...  ByteRange(0, 0, "frame", "gap"))]
    [(0, 2, 'gap'), (2, 9, 'title')]
    """
    flat: list[ByteRange] = []
    for r in ranges:
        if r.start_byte >= end or r.end_byte <= start or r.start_byte >= r.end_byte:
            continue
        new = (
            r
            if start <= r.start_byte and r.end_byte <= end
            else _moved(r, max(r.start_byte, start), min(r.end_byte, end))
        )
        if flat and new.start_byte < flat[-1].end_byte:
            flat = _overlay(flat, new)
        else:
            flat.append(new)
    flat.sort(key=lambda r: r.start_byte)
    out: list[ByteRange] = []
    at, n = start, len(flat)
    for i, each in enumerate(flat):
        if not out and each.start_byte > start:
            out.append(_moved(fill, start, each.start_byte))
        stop = flat[i + 1].start_byte if i + 1 < n else end
        if out and (out[-1].bin, out[-1].rule, out[-1].article_id) == (each.bin, each.rule, each.article_id):
            out[-1] = _moved(out[-1], out[-1].start_byte, stop)
        else:
            out.append(_moved(each, each.start_byte, stop))
        at = stop
    if at < end:
        out.append(_moved(fill, at, end))
    return tuple(out)


def _moved(r: ByteRange, start: int, end: int) -> ByteRange:
    """The same range over other bytes (``dataclasses.replace`` is slow where there are many)."""
    return ByteRange(start, end, r.bin, r.rule, r.article_id)


def _overlay(flat: list[ByteRange], new: ByteRange) -> list[ByteRange]:
    """The ranges with a new one laid over them."""
    out: list[ByteRange] = []
    for old in flat:
        if old.end_byte <= new.start_byte or old.start_byte >= new.end_byte:
            out.append(old)
            continue
        if old.start_byte < new.start_byte:
            out.append(_moved(old, old.start_byte, new.start_byte))
        if old.end_byte > new.end_byte:
            out.append(_moved(old, new.end_byte, old.end_byte))
    out.append(new)
    return out


def _outer_ranges(dump: Dump, items: Sequence[CleanItem], rejections: Sequence[Rejection]) -> list[ByteRange]:
    """The bytes of a dump that belong to no item: the channel's header, and what was rejected."""
    taken = sorted(
        [(i.ranges[0].start_byte, i.ranges[-1].end_byte, None) for i in items if i.ranges]
        + [(r.start_byte, r.end_byte, r.reason) for r in rejections if r.start_byte < r.end_byte],
        key=lambda t: (t[0], t[1]),
    )
    out: list[ByteRange] = []
    at = 0
    for start, end, reason in taken:
        if start > at:
            rule = "channel" if at < dump.header_end or not out else "separator"
            out.append(ByteRange(at, start, "frame", rule))
        low = max(start, at)
        if reason is not None and low < end:
            out.append(ByteRange(low, end, "rejected", reason))
        at = max(at, end)
    if at < dump.n_bytes:
        rule = "channel" if at < dump.header_end else "separator"
        out.append(ByteRange(at, dump.n_bytes, "frame", rule))
    return out
