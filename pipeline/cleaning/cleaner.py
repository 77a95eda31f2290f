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
from pipeline.cleaning.notes import is_dated_after, is_update_note
from pipeline.cleaning.scripts import home_scripts
from pipeline.cleaning.spam import find_spam_lines
from pipeline.cleaning.tiling import Stretch, tile
from pipeline.cleaning.titles import CleanTitle, clean_titles
from pipeline.cycles import without_collection
from pipeline.records import Block, ByteRange, CleanDump, CleanItem, Dump, FeedEntry, Rejection, SourceText
from pipeline.settings import Limits
from pipeline.vocabulary import KEPT_KINDS

_CDATA = re.compile(r"^\s*<!\[CDATA\[(.*?)\]\]>\s*$", re.DOTALL)
_TAG = re.compile(r"^(.{1,200}?)\s+(?:Archives?|Archivi|Archivos|Archief|Arkiv|Archiv)\s+[-–—|»]")
_AUTHOR = re.compile(r"^(.{2,80}?),\s+(?:Author at|Autor bei|Auteur/autrice sur|Autor en|Autore presso|Auteur op)\s")
#: The end of a text that says that it was cut has no more characters.
_CUT_MAX = 120
_EMPTY_SUMMARY = re.compile(r"^[\s\W]*$")


def clean_dump(dump: Dump, marks: Marks, limits: Limits) -> CleanDump:
    """The dump without spam and boilerplate: its items, what was rejected, and the bytes outside of the items.

    Looks at nothing but the dump and the marks. Items stand in the dump's order.
    """
    with without_collection():
        return _clean(dump, marks)


def _clean(dump: Dump, marks: Marks) -> CleanDump:
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
    worth = marks.index.worth(summary) if marks.closings else 0
    for bit, closing in marks.closings:
        found = closing.search(summary) if worth & bit else None
        if found:
            summary = summary[: found.start()].rstrip()
    return None if _EMPTY_SUMMARY.match(summary) else summary


def _build_body(entry: FeedEntry, title: str, spam_lines: frozenset[int], marks: Marks) -> tuple[_Body, bool]:
    texts = ["" if n in spam_lines else line.text for n, line in enumerate(entry.lines)]
    picture = f"{(entry.image_url or '').rpartition('/')[2]} {entry.image_credit or ''}"
    lines, is_story = classify(texts, entry.line_kinds, entry.line_levels, title, marks, picture)
    blocks: list[Block] = []
    kept: list[str] = []
    at = 0
    for line in lines:
        text = (line.marker and bare(line).strip()) or line.text.strip()
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
    if entry.is_truncated or entry.is_excerpt or (kept and marks.cut.search(kept[-1][-_CUT_MAX:])):
        flags.append("truncated")
    if not kept:
        flags.append("no_body")
    if entry.is_repaired:
        flags.append("encoding_repaired")
    notes = [text for text in kept if is_update_note(text, marks)]
    if notes:
        flags.append("updated_after_publication")
    if entry.published and any(is_dated_after(note, entry.published) for note in notes):
        flags.append("dated_after_publication")
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
    if size == len(source.text):  # a byte a letter
        return source.start_byte + start, source.start_byte + end
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
    found: list[Stretch] = [(r.start_byte, r.end_byte, r.bin, r.rule) for r in entry.frame]
    if entry.title.start_byte < entry.title.end_byte:
        found.append((entry.title.start_byte, entry.title.end_byte, "article", "title"))
        for cut in title.cuts:
            place = _cut_place(entry.title, cut)
            if place[0] < place[1]:
                found.append((*place, "spam", cut.rule))
    for n in spam_lines:
        line = entry.lines[n]
        found.append((line.start_byte, line.end_byte, "spam", "spam_paragraph"))
    for part in body.lines:
        source = entry.lines[part.source]
        if source.start_byte == source.end_byte:
            continue
        stretch = _scale(source, part.start, part.end)
        if stretch is None:
            continue
        if part.kind in KEPT_KINDS:
            found.append((*stretch, "article", "body"))
        else:
            found.append((*stretch, "boilerplate", part.rule or "boilerplate"))
    covered = tile(found, entry.start_byte, entry.end_byte, ("article", "item"))
    return tuple(ByteRange(*each, identity) for each in covered)


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
