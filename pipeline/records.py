"""The shared records: what one stage hands to the next.

A glossary of the project as much as a module. Every record is frozen, so a stage can only make new ones. Offsets
count Unicode code points and are half-open (``start_char`` is in, ``end_char`` is out), as Python slices are. Byte
offsets (``start_byte``, ``end_byte``) are of the file's or archive member's decompressed bytes. Dates of the world
are EDTF strings; moments are aware ``datetime``s. Money is in pounds. An unknown value is ``None``, never 0 or "".

The words allowed in ``type``, ``status``, ``unit`` and the like are those of ``vocabulary``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

# --------------------------------------------------------------------------- feeds


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes ``start_byte`` to ``end_byte`` of a dump, the bin that they went to, and the rule that put them there."""

    start_byte: int
    end_byte: int
    bin: str
    rule: str
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """What could not be used, and why: a value, not an exception."""

    dump: str
    start_byte: int
    end_byte: int
    stage: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A stretch of a dump's text that knows its bytes: ``text`` came from bytes ``start_byte`` to ``end_byte``."""

    text: str
    start_byte: int
    end_byte: int


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One raw item of a feed as it stands, spam and boilerplate included.

    ``lines`` are the body's non-blank lines in order, list markers kept; ``line_kinds`` and ``line_levels`` say of each
    what the markup says (``None`` and 0 where there is none). ``comment_count`` is ``None`` where the feed doesn't say.
    ``start_byte``/``end_byte`` span the whole item, from its title to the byte before the next one. ``frame`` are its
    ranges that are neither title nor line: header, summary, marks, tail. A line without bytes of its own
    (``start_byte == end_byte``) comes from markup. ``is_truncated``: the feed ends inside the item. ``is_excerpt``: the
    feed gives only the beginning of its text. ``is_repaired``: bytes in it had to be mended.
    """

    position: int
    title: SourceText
    url: str | None
    published: datetime | None
    guid: str | None
    summary: str | None
    lines: tuple[SourceText, ...]
    comment_count: int | None
    image_url: str | None
    image_credit: str | None
    author: str | None
    tags: tuple[str, ...]
    start_byte: int
    end_byte: int
    frame: tuple[ByteRange, ...] = ()
    is_truncated: bool = False
    is_excerpt: bool = False
    is_repaired: bool = False
    line_kinds: tuple[str | None, ...] = ()
    line_levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dump:
    """One feed as read: its channel's facts, its entries in their order, and what was rejected.

    ``sha256`` is of the decompressed bytes. ``built`` is the channel's build date. ``header_end`` is the byte where the
    channel's own lines stop and the first item begins. ``url`` is the channel's own address.
    """

    name: str
    sha256: str
    n_bytes: int
    kind: str
    encoding: str
    title: str
    language: str | None
    built: datetime | None
    entries: tuple[FeedEntry, ...]
    rejections: tuple[Rejection, ...]
    header_end: int
    is_repaired: bool = False
    url: str | None = None


# --------------------------------------------------------------------------- cleaning


@dataclass(frozen=True, slots=True)
class Block:
    """One non-blank line of an article's body. ``kind`` is one of ``BLOCK_KINDS``; dropped blocks have null offsets.

    A list item's ``marker`` (``•``, ``1.``) is not part of its text; ``level`` counts the lists that it stands in
    beyond the first. ``rule`` says why a block was dropped.
    """

    kind: str
    text: str
    start_char: int | None
    end_char: int | None
    marker: str | None = None
    level: int = 0
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class CleanItem:
    """One item of one dump after cleaning: an article as this dump tells it, with the bytes that each part came from.

    ``ranges`` covers the item's bytes without gap or overlap; a bin of ``article`` there becomes ``duplicate`` or
    ``revision`` once all dumps are known.
    """

    dump_sha256: str
    position: int
    article_id: str
    url: str
    title: str
    published: datetime
    summary: str | None
    text: str
    blocks: tuple[Block, ...]
    comment_count: int | None
    image_url: str | None
    image_credit: str | None
    author: str | None
    tags: tuple[str, ...]
    flags: tuple[str, ...]
    ranges: tuple[ByteRange, ...]


@dataclass(frozen=True, slots=True)
class CleanDump:
    """A dump after cleaning: its items, its rejections, and the byte ranges outside of the items."""

    name: str
    sha256: str
    n_bytes: int
    kind: str
    title: str
    built: datetime | None
    tag: str | None
    items: tuple[CleanItem, ...]
    rejections: tuple[Rejection, ...]
    ranges: tuple[ByteRange, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article over all dumps: its current text and what the dumps say of it.

    ``text`` is the kept blocks joined by one newline, list markers taken away; it and ``title`` are all that
    extraction reads. ``dumps`` are names in sorted order.
    """

    article_id: str
    url: str
    title: str
    author: str | None
    published: datetime
    tags: tuple[str, ...]
    comment_count: int | None
    image_url: str | None
    image_credit: str | None
    summary: str | None
    text: str
    blocks: tuple[Block, ...]
    n_revisions: int = 0
    dumps: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def n_words(self) -> int:
        """Words of the text, split at blanks."""
        return len(self.text.split())


# --------------------------------------------------------------------------- extraction


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: TIMEX3 ``type`` (DATE, TIME, DURATION, SET) and ``value``, and the same as ``edtf``.

    ``edtf`` is ``None`` for what is no date (a duration, a set, PRESENT_REF). ``is_relative`` says that it was worked
    out against an anchor (the publication date or another date) and not written in full.
    """

    text: str
    start_char: int
    end_char: int
    type: str
    value: str
    edtf: str | None
    is_relative: bool
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of an article, as ``annotation-guide`` defines it: ``value`` in full, ``unit`` one of ``UNITS``.

    ``value_high`` is set for a range. ``direction`` is set for a change only. ``period`` is EDTF. ``source`` is the
    canonical organisation that says so. ``compared_with`` is the position (in the article's list) of the quantity
    that this one is set against. ``quote_start``/``quote_end`` are the sentence's offsets.
    """

    text: str
    start_char: int
    end_char: int
    value: float
    value_high: float | None
    unit: str
    tier: str
    role: str
    direction: str | None
    is_approximate: bool
    measure: str
    period: str | None
    nation: str | None = None
    source: str | None = None
    source_kind: str | None = None
    compared_with: int | None = None
    quote_start: int = 0
    quote_end: int = 0
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an organisation or a policy (``kind``), linked to its canonical ``name``.

    ``origin`` is ``register`` or ``text`` (learnt from the article).
    """

    kind: str
    entity_id: str
    name: str
    type: str
    text: str
    start_char: int
    end_char: int
    origin: str
    acronym: str | None = None
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Reference:
    """A phrase that stands for an entity named elsewhere ("the department"): used by events and sources only."""

    kind: str
    name: str
    text: str
    start_char: int
    end_char: int
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who acts or speaks, with the role that the article gives."""

    name: str
    role: str | None
    start_char: int
    end_char: int
    field: str = "text"


@dataclass(frozen=True, slots=True)
class EventMention:
    """One telling of a policy event in one article; ``quote`` is the whole sentence at ``start_char``..``end_char``."""

    quote: str
    start_char: int
    end_char: int
    date: str
    date_basis: str
    type: str
    status: str
    policies: tuple[str, ...]
    organisations: tuple[str, ...]
    people: tuple[str, ...]
    amount: float | None
    nation: str | None
    confidence: float
    reasons: tuple[str, ...]
    field: str = "text"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article."""

    timexes: tuple[Timex, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    people: tuple[Person, ...] = ()
    events: tuple[EventMention, ...] = ()


# --------------------------------------------------------------------------- topics and timeline


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of articles about one thing. ``terms`` by falling weight; ``representative`` are article ids."""

    topic_id: str
    label: str
    terms: tuple[str, ...]
    article_ids: tuple[str, ...]
    representative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicAssignment:
    """An article's topic and its cosine similarity (0 to 1) with the topic's centre. ``topic_id`` None: unsorted.

    ``nearest_id`` is the topic whose centre is nearest, near enough or not; ``other_id`` the next one, with its
    similarity. Reviewers can move an article from the nearest: then its similarity is that with its own topic, as far
    as it is known.
    """

    article_id: str
    topic_id: str | None
    similarity: float
    nearest_id: str | None = None
    other_id: str | None = None
    other_similarity: float = 0.0


@dataclass(frozen=True, slots=True)
class Telling:
    """An event mention together with the article that it stands in: what the timeline is merged from."""

    evidence_id: str
    article_id: str
    published: datetime
    title: str
    url: str
    mention: EventMention


@dataclass(frozen=True, slots=True)
class PolicyEvent:
    """One event in the world, merged over the articles that tell it. ``related`` are ``kind:event_id`` pairs."""

    event_id: str
    date: str
    date_label: str
    date_earliest: str
    date_latest: str
    precision: str
    date_basis: str
    type: str
    status: str
    title: str
    policies: tuple[str, ...]
    organisations: tuple[str, ...]
    people: tuple[str, ...]
    nation: str | None
    amount: float | None
    first_published: datetime
    last_published: datetime
    n_articles: int
    state: str | None
    related: tuple[str, ...]
    confidence: float
    reasons: tuple[str, ...]
    quote: str
    article_id: str
    url: str
    superseded_ids: tuple[str, ...]
    evidence_ids: tuple[str, ...] = field(default=())
