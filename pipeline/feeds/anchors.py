"""Where the items of a flattened feed begin: header addresses, date and post number, looked for anywhere.

Line ends and ``]]>`` marks differ from feed to feed, and a whole feed can stand on one line; what every item has is
``ADDRESS [COMMENTS ADDRESS] DATE [author, categories] GUID``. So the date is looked for first, and the addresses to
its left and right. All offsets are of bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from pipeline.feeds.dates import read_moment

#: The minutes of a time. They are looked for first and the date around them after, which is ten times faster.
_MINUTES = re.compile(rb":\d\d")
#: An RFC 822 date from its month on, which stands so many bytes left of the minutes.
_TO_MINUTES = 11
_MONTH = re.compile(
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d"
    rb"(?::\d\d)?(?: ?(?:[+-]\d{4}|GMT|UTC|UT|Z|[ECMP][SD]T))?"
)
_DAY = re.compile(rb"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s?)?\d{1,2} $")
_POST = re.compile(rb"[?&](?:p|page_id|post_id|attachment_id)=(\d+)")
_POST_ONLY = re.compile(rb"p=\d+")
_SPACE = re.compile(rb"\s")
_SCHEME = re.compile(rb"https?://")
#: From an item's address to its date: the comments' address and an author's name may stand between.
_BEFORE_DATE = re.compile(
    rb"\s*(?:https?://\S+#\S*\s+)?(?:[^\n]{1,100}\s)?\s*(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s?)?\d{1,2} "
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
)
_AFTER_CHANNEL_DATE = re.compile(
    rb"\s*(?:[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}\s+)?"
    rb"(?:(?:hourly|daily|weekly|monthly|yearly)\s+\d|https?://(?:\S*wordpress\.\S*|\S+\?v=\S+)|\d+\s+https?://\S+\?v=)"
)
#: How far an address may stand from its date: room for an author's name or a list of categories, not for a paragraph.
_LEFT_GAP, _RIGHT_GAP, _URL_LENGTH = 120, 1_000, 4_096
#: The longest line that may be an author's name or a category, where each has a line of its own.
_NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class DatePlace:
    """An RFC 822 date and the bytes where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """One item's header: bytes ``start`` (its address) to ``end`` (after the guid, or the date where there is none)."""

    start: int
    end: int
    url: str | None
    published: datetime | None
    guid: str | None
    is_atom: bool = False

    @property
    def host(self) -> str:
        """The address's host in lower case, without ``www.``; empty where there is none."""
        return host_of(self.url)


def host_of(url: str | None) -> str:
    """The host of an address, lower case, without ``www.``.

    >>> host_of("https://WWW.example.org/a")
    'example.org'
    """
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def find_dates(data: bytes, high: int | None = None) -> list[DatePlace]:
    """All RFC 822 dates in the bytes (before ``high``), in order.

    >>> find_dates(b"on Fri, 21 Mar 2025 11:57:53 +0000 it was")
    [DatePlace(text='Fri, 21 Mar 2025 11:57:53 +0000', start=3, end=34)]
    """
    found: list[DatePlace] = []
    high = len(data) if high is None else high
    for minutes in _MINUTES.finditer(data, _TO_MINUTES, high):
        month = _MONTH.match(data, minutes.start() - _TO_MINUTES, high)
        day = _DAY.search(data, max(0, month.start() - 9), month.start()) if month else None
        if month and day:
            start = day.start()
            found.append(DatePlace(data[start : month.end()].decode("ascii"), start, month.end()))
    return found


def is_channel_date(data: bytes, end: int) -> bool:
    """The date that ends here is the channel's build date: a language, an update period or a generator follows."""
    return _AFTER_CHANNEL_DATE.match(data, end, end + 400) is not None


def _url_before(data: bytes, low: int, end: int, gap: int) -> tuple[int, int] | None:
    """Start and end of the last address before ``end``, when no more than ``gap`` bytes of one line lie between."""
    low = max(low, end - _URL_LENGTH)
    at = data.rfind(b"://", low, end)
    if at < 0:
        return None
    start = at - 5 if data[at - 5 : at] == b"https" else at - 4 if data[at - 4 : at] == b"http" else -1
    if start < low:
        return None
    space = _SPACE.search(data, at, end)
    stop = space.start() if space else end
    between = data[stop:end]
    if len(between) > gap + 200 or len(between.strip()) > gap or b"\n" in between.strip():
        return None
    return start, stop


def _is_list_of_names(between: bytes) -> bool:
    """Nothing but short lines: what an author and categories look like with a line for each, and no paragraph does.

    >>> _is_list_of_names(b"Jo Sample"), _is_list_of_names(b"word " * 30)
    (True, False)
    """
    return len(between) <= _RIGHT_GAP and all(len(line.strip()) <= _NAME_LENGTH for line in between.split(b"\n"))


def _relative_before(data: bytes, low: int, end: int) -> tuple[int, int] | None:
    """Start and end of a relative address (``/2024/05/title/``) right before ``end``."""
    floor = max(low, end - _URL_LENGTH)
    piece = data[floor:end].rstrip()
    word = piece[max(piece.rfind(b" "), piece.rfind(b"\n")) + 1 :]
    stop = floor + len(piece)
    if word.startswith(b"/") and len(word) > 1 and re.search(rb"[a-z]", word):
        return stop - len(word), stop
    return None


def _left(data: bytes, low: int, end: int, gap: int) -> tuple[int, str, bool] | None:
    """Where an item's header begins left of ``end``: its start, the item's address, whether a comments one follows."""
    near = _url_before(data, low, end, gap) or _relative_before(data, low, end)
    if near is None:
        return None
    url = data[near[0] : near[1]].decode("utf-8", "replace")
    before = _url_before(data, low, near[0], 0) or (_relative_before(data, low, near[0]) if "#" in url else None)
    if before is not None:
        other = data[before[0] : before[1]].decode("utf-8", "replace")
        path = re.sub(r"^https?://[^/]*|[/#?].{0,20}$|/$", "", other)
        if "#" in url or "comment" in url or (path and path in url):
            return before[0], other, True
    return near[0], url, "#" in url and re.search(r"#(?:comments|respond)$", url) is not None


def _right(data: bytes, start: int, high: int, url: str | None) -> tuple[str | None, int]:
    """The guid right of a date and where it ends; ``(None, start)`` where none follows that can be the item's."""
    high = min(high, start + _RIGHT_GAP + _URL_LENGTH)
    scheme = _SCHEME.search(data, start, min(high, start + _RIGHT_GAP))
    if not scheme:
        return None, start
    begin = scheme.start()
    between = data[start:begin].strip()
    is_listed = b"\n" in between
    if is_listed and not _is_list_of_names(between):
        return None, start
    space = _SPACE.search(data, scheme.end(), high)
    stop = space.start() if space else high
    raw = data[begin:stop]
    post = _POST.search(raw)
    if post:  # what is glued behind a post number is no part of it
        stop = begin + post.end()
        raw = data[begin:stop]
    if is_listed and _BEFORE_DATE.match(data, stop, stop + _URL_LENGTH):
        return None, start  # the address of an item whose own date follows
    guid = raw.decode("utf-8", "replace")
    bare = guid.partition("://")[2].removeprefix("www.").rstrip("/")
    is_link = bool(url) and bare == (url or "").partition("://")[2].removeprefix("www.").rstrip("/")
    is_near = not between and bool(url) and host_of(guid) == host_of(url) and b"?v=" not in raw
    if post or is_link or is_near:
        return guid, stop
    return None, start


def find_anchors(data: bytes) -> list[Anchor]:
    """The headers of all items, in order. Linear in the file's size."""
    found: list[Anchor] = []
    low = 0
    dates = find_dates(data)
    for i, date in enumerate(dates):
        if not found and is_channel_date(data, date.end):
            low = date.end
            continue
        left = _left(data, low, date.start, _LEFT_GAP)
        high = dates[i + 1].start if i + 1 < len(dates) else len(data)
        guid, end = _right(data, date.end, high, left[1] if left else None)
        if left is None and not (guid and _POST.search(guid.encode())):
            continue
        between = data[date.start - _LEFT_GAP : date.start] if left else b""
        if guid is None and left and not _stands_alone(data, left, date.start, between):
            continue
        start, url = left[:2] if left else (date.start, None)
        if not found and guid is None and url and urlsplit_path(url) in ("", "/"):
            low = date.end  # a channel without description, language and period
            continue
        found.append(Anchor(start, end, url, read_moment(date.text), guid))
        low = end
    found = _drop_strangers(found)
    return sorted([*found, *_dateless(data, found)], key=lambda a: a.start)


def urlsplit_path(url: str) -> str:
    """The path of an address; empty where it can't be read."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _stands_alone(data: bytes, left: tuple[int, str, bool], date: int, before: bytes) -> bool:
    """Without a guid the address must stand right before its date: nothing but blanks between them."""
    text = data[left[0] : date]
    return bool(re.fullmatch(rb"\S+(?:\s+\S*[#:]\S*)?\s*", text)) and before.strip() != b""


def _drop_strangers(anchors: list[Anchor]) -> list[Anchor]:
    """Without what looks like a header in somebody's text: no guid, and on another host than most items."""
    hosts = Counter(a.host for a in anchors if a.guid) or Counter(a.host for a in anchors)
    if not hosts:
        return anchors
    main = hosts.most_common(1)[0][0]
    return [a for a in anchors if a.guid or a.host == main or not a.host]


def _dateless(data: bytes, anchors: list[Anchor]) -> list[Anchor]:
    """Headers whose date is missing or unreadable: an address, a comments address, then a ``?p=`` guid."""
    extra: list[Anchor] = []
    known = [(a.start, a.end) for a in anchors]
    i = low = 0
    for post in _POST_ONLY.finditer(data, 1):
        if data[post.start() - 1] not in b"?&":
            continue
        while i < len(known) and known[i][1] < post.end():
            low = max(low, known[i][1])
            i += 1
        if i < len(known) and known[i][0] <= post.start():
            continue
        guid_at = _url_before(data, low, post.end(), 0)
        if guid_at is None or guid_at[1] != post.end():
            continue
        left = _left(data, low, guid_at[0], 80)
        if left is None or "?p=" in left[1]:
            continue
        guid = data[guid_at[0] : post.end()].decode("utf-8", "replace")
        between = data[left[0] : guid_at[0]]
        is_tight = re.fullmatch(rb"\S+\s*", between) is not None
        if host_of(guid) == host_of(left[1]) and (left[2] or is_tight):
            extra.append(Anchor(left[0], post.end(), left[1], None, guid))
            low = post.end()
    return extra
