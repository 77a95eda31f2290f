"""Ten thousand mutated dumps through reading and cleaning: nothing may raise, hang or leave a byte unaccounted for.

Run by ``make fuzz``; the seed is fixed, so that a failure comes back. ``python -m tests.fuzz [RUNS] [SEED]``.
"""

from __future__ import annotations

import gzip
import random
import sys
import time

from lxml import etree

from pipeline.cleaning.cleaner import clean_dump
from pipeline.cleaning.ledger import check_ledger, ledger_rows
from pipeline.cleaning.marks import load_marks
from pipeline.feeds.archives import unpack
from pipeline.feeds.reader import read_dump
from pipeline.settings import Limits, find_models
from tests.feeds.blogs import LANGUAGES, SPAM, inject, make_blog
from tests.feeds.wordpress import flatten, make_atom, make_rss

#: Pieces that mean something to a reader: put anywhere, they must do no harm.
PIECES = (
    b"]]>", b"<![CDATA[", b"<item>", b"</item>", b"<title>", b"</rss>", b"&#0;", b"&nbsp;", b"\0", b"\x1b[31m", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\xc3", b"\r\n", b"\n", b"https://", b"https://x/?p=1", b"?p=99999999999999999999", b" #comments ",
    b"Mon, 24 Mar 2025 12:01:02 +0000", b"Mon, 99 Mar 2025 99:99:99 +9999", b"hourly 1", b"/feed/ 7", b"<!DOCTYPE x [",
    b"<!ENTITY a 'b'>", b"<a><b><c>", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"%s%n", b"http://[::1", b"://",
    b"<html>", b"<rss>", b"<feed>", b"<entry>", b"\xe6\x9e\x81\xe9\x80\x9f\xe8\xb5\x9b\xe8\xbd\xa6", b"=cmd|' /C calc'!A0",
)  # fmt: skip
SLOW = 10.0


def seeds() -> list[bytes]:
    """Small dumps of several kinds to start from."""
    found: list[bytes] = []
    for n, language in enumerate(LANGUAGES):
        blog = make_blog(language, 10 * (n % 10), 3, summary_tags=n % 2 == 0, comments=n % 3 > 0)
        spam = list(SPAM.values())[n % len(SPAM)]
        dirty = inject(blog, lambda i, title, spam=spam: f"{spam} {title}")  # type: ignore[misc]
        found += [make_rss(blog).encode(), flatten(make_rss(dirty)).encode()]
        found.append(_text_of(make_rss(dirty)) if n % 2 else flatten(make_atom(dirty)).encode())
    page = "<html><head><link rel=canonical href='https://x.org/a/'><meta property='article:published_time' content='2025-03-01T10:00:00Z'></head><body><h1>T</h1><article><p>Text one.</p><p>Text two.</p></article></body></html>"
    return [*found, page.encode(), found[1].decode().encode("utf-16"), gzip.compress(found[1])]


def _text_of(source: str) -> bytes:
    """The text of a feed's XML, markup of its bodies kept."""
    return "".join(etree.fromstring(source.encode()).itertext()).encode()


def mutate(data: bytes, rng: random.Random) -> bytes:
    """A dump with one to six accidents."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        kind, at = rng.randrange(7), rng.randrange(len(out) + 1)
        if kind == 0:
            del out[at:]
        elif kind == 1:
            out[at:at] = rng.choice(PIECES)
        elif kind == 2 and out:
            out[at % len(out)] = rng.randrange(256)
        elif kind == 3:
            del out[at : at + rng.randrange(200)]
        elif kind == 4:
            out[at:at] = out[at : at + rng.randrange(400)]
        elif kind == 5:
            out = out.replace(b"\n", b" ") if rng.random() < 0.5 else out.replace(b" ", b"\n")
        else:
            out[at:at] = rng.choice(PIECES) * rng.randrange(1, 40)
    return bytes(out)


def main(runs: int = 10_000, seed: int = 1) -> int:
    """Runs the mutations; 0 when all went well, else 1 with the first failure's number."""
    rng = random.Random(seed)
    marks, limits = load_marks(find_models()), Limits()
    start = seeds()
    began = time.process_time()
    slowest = 0.0
    for n in range(runs):
        data = mutate(rng.choice(start), rng)
        at = time.process_time()
        try:
            for member in unpack(data, limits):
                if member.reason is not None:
                    continue
                clean = clean_dump(read_dump(member.data, f"fuzz-{n}", limits), marks, limits)
                check_ledger(ledger_rows(clean, {i.position: "article" for i in clean.items}), len(member.data))
        except Exception as error:
            sys.stderr.write(f"run {n} (seed {seed}): {type(error).__name__}: {error}\n")
            raise
        slowest = max(slowest, time.process_time() - at)
        if slowest > SLOW:
            sys.stderr.write(f"run {n} (seed {seed}): {slowest:.1f} s\n")
            return 1
    spent = time.process_time() - began
    sys.stdout.write(f"{runs} dumps in {spent:.0f} s of processor time, slowest {slowest * 1000:.0f} ms\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
