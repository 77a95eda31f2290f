"""Where the entries of a flattened Atom feed begin: ``[AUTHOR [ADDRESS]] TITLE ID UPDATED [PUBLISHED] …``.

Links are attributes in Atom, so they are lost with the markup: the id is the only address that an entry keeps, the post
number in WordPress feeds. An author's name, address and the count of comments before stand left of the title.
"""

from __future__ import annotations

import re
from datetime import datetime

from pipeline.feeds.anchors import Anchor
from pipeline.feeds.dates import read_moment

_MOMENT = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)"
_TIME = re.compile(rb"T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)")
_HEADER = re.compile(rb"(https?://[^\s<>]{4,2000})\s+(" + _MOMENT + rb")(?:\s+(" + _MOMENT + rb"))?(?=\s|$)")
_CHANNEL = re.compile(rb"\s*(" + _MOMENT + rb")\s+(https?://\S{4,2000})(?:\s+WordPress(?=\s))?")
_AUTHOR = re.compile(rb"\s+(?:\d{1,5}\s+)?[^\n]{1,80}?\s+https?://[^\s/]+(?:/[^\s?]*)?\s*\Z")
_REACH = 2_200


def find_atom_anchors(data: bytes) -> list[Anchor]:
    """The headers of all entries, in order: an address with its one or two moments, the later named one counting."""
    found: list[Anchor] = []
    low = 0
    for time in _TIME.finditer(data):
        if time.start() < low:
            continue
        begin = data.rfind(b"http", max(low, time.start() - _REACH), time.start())
        header = _HEADER.match(data, begin) if begin >= 0 else None
        if header is None or header.end(2) < time.end():
            continue
        address = header[1].decode("utf-8", "replace")
        moment = _moment(header[3] or header[2])
        found.append(Anchor(header.start(), header.end(), address, moment, address, is_atom=True))
        low = header.end()
    return found


def _moment(raw: bytes) -> datetime | None:
    return read_moment(raw.decode("ascii"))


def read_atom_head(head: bytes) -> tuple[str, str, datetime | None, int] | None:
    """The channel's title, address, update and end; ``None`` where the bytes don't begin like an Atom feed's."""
    time = _TIME.search(head)
    found = _CHANNEL.match(head, max(0, time.start() - 10)) if time else None
    if not found:
        return None
    title = head[: found.start()].decode("utf-8", "replace").strip().split("\n")[0].strip()
    return title, found[2].decode("utf-8", "replace"), _moment(found[1]), found.end()


def author_start(data: bytes, low: int, high: int) -> int:
    """Where the next entry's author, or the count before it, begins; ``high`` where neither stands there."""
    low = max(low, high - 400)
    found = _AUTHOR.search(data, low, high)
    return found.start() if found else high
