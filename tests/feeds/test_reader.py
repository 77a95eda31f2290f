"""Reading: any feed to entries, nothing lost, nothing made up."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from pipeline.feeds import reader, xml
from pipeline.feeds.reader import read_dump
from pipeline.records import Dump
from pipeline.settings import Limits
from pipeline.vocabulary import REASONS
from tests.feeds.blogs import LANGUAGES, make_blog
from tests.feeds.wordpress import flatten, make_rss

LIMITS = Limits()
SHAPES: dict[str, Callable[[str], str]] = {
    "lines": lambda text: text,
    "one line": lambda text: " ".join(text.split("\n")),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "no marks": lambda text: text.replace("]]>", ""),
    "one element a line": lambda text: text.replace(" https://", "\nhttps://"),
}


def read(text: str | bytes, limits: Limits = LIMITS) -> Dump:
    """The dump in a text."""
    return read_dump(text if isinstance(text, bytes) else text.encode(), "dump.txt", limits)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_flattened_header_fields(language: str, shape: str) -> None:
    """Every item of a flattened feed is found with its title, address, date and number, however its lines fall."""
    for summary, body, comments in itertools.product((True, False), repeat=3):
        blog = make_blog(language, 30, 6, summary_tags=summary, body_tags=body, comments=comments)
        dump = read(SHAPES[shape](flatten(make_rss(blog))))
        assert [(e.title.text, e.url, e.published, e.comment_count) for e in dump.entries] == [
            (p.title, p.url, p.published, p.comments) for p in blog.posts
        ]
        assert [e.guid for e in dump.entries] == [f"{blog.url}/?p={p.number}" for p in blog.posts]


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_raw_rss(language: str) -> None:
    """Raw RSS gives the same items, with author and categories, and the markup's lists."""
    blog = make_blog(language, 0, 5)
    dump = read(make_rss(blog))
    assert dump.kind == "xml"
    assert [(e.title.text, e.author, e.tags) for e in dump.entries] == [
        (p.title, "A Writer", ("News",)) for p in blog.posts
    ]
    assert dump.entries[0].line_kinds.count("list_item") == 2


def test_raw_and_flattened_have_the_same_text() -> None:
    """A feed read raw and read flattened gives the same lines."""
    rss = make_rss(make_blog("fr", 0, 5))
    raw, flat = read(rss), read(flatten(rss))
    assert [[line.text for line in e.lines] for e in raw.entries] == [
        [line.text for line in e.lines] for e in flat.entries
    ]


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>News</title>
<link href="https://a.org/"/><updated>2025-03-02T10:00:00Z</updated><entry><title type="html">Fish &amp;amp; chips</title>
<link rel="alternate" href="https://a.org/fish/"/><id>https://a.org/?p=9</id><published>2025-03-01T10:00:00+01:00</published>
<author><name>Jo Sample</name></author><category term="food"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<h2>Why</h2><p>It is good.</p></div></content></entry></feed>"""


def test_atom() -> None:
    """Atom gives its entries with author, category and the markup's headings."""
    (entry,) = read(ATOM).entries
    assert (entry.title.text, entry.url, entry.guid, entry.author, entry.tags) == (
        "Fish & chips", "https://a.org/fish/", "https://a.org/?p=9", "Jo Sample", ("food",),
    )  # fmt: skip
    assert [(line.text, kind) for line, kind in zip(entry.lines, entry.line_kinds, strict=True)] == [
        ("Why", "heading"), ("It is good.", None),
    ]  # fmt: skip


@pytest.mark.parametrize("escape", [False, True])
def test_feed_inside_a_page(escape: bool) -> None:
    """A feed that was saved inside an HTML page is read, as it is or escaped."""
    blog = make_blog("en", 0, 3)
    rss = make_rss(blog)
    inner = rss.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if escape else rss.split("?>", 1)[1]
    dump = read(f"<!DOCTYPE html><html><body><pre>{inner}</pre></body></html>")
    assert [e.title.text for e in dump.entries] == [p.title for p in blog.posts]


PAGE = """<!doctype html><html lang="en-GB"><head><title>Plan agreed | News</title>
<link rel="canonical" href="https://a.org/plan-agreed/"><link rel="shortlink" href="https://a.org/?p=5">
<meta property="og:title" content="Plan agreed"><meta property="article:published_time" content="2025-03-01T10:00:00+00:00">
</head><body><nav>Home</nav><article><h1>Plan agreed</h1><div class="entry-content"><p>The council agreed it.</p>
<figure><img src="a.jpg" alt=""><figcaption>The town hall</figcaption></figure><h2>Next</h2><ol><li>Pay</li></ol></div>
<div class="comments"><p>I disagree.</p></div></article><footer>About us</footer></body></html>"""


def test_article_page() -> None:
    """An article's page gives the article, and nothing of what stands around it."""
    (entry,) = read(PAGE).entries
    assert (entry.title.text, entry.url, entry.guid) == (
        "Plan agreed",
        "https://a.org/plan-agreed/",
        "https://a.org/?p=5",
    )
    assert [(line.text, kind) for line, kind in zip(entry.lines, entry.line_kinds, strict=True)] == [
        ("The council agreed it.", None), ("The town hall", "caption"), ("Next", "heading"), ("1. Pay", "list_item"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "empty"),
        (b" \n\0 ", "empty"),
        (b"Just words, and no feed at all.", "not_a_dump"),
        (b"<html><body><h1>Hello</h1><p>Words.</p></body></html>", "no_id"),
        (b"\x80\x81\x82\x83\xfe\xff\x90" * 40, "bad_encoding"),
        (
            b'<!DOCTYPE x [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>',
            "forbidden_xml",
        ),
        (b"<rss><channel>" + b"<a>" * 400 + b"</channel></rss>", "forbidden_xml"),
        (b"<rss><channel><title>Empty</title></channel></rss>", "not_a_dump"),
        (
            b"<rss><channel><title>Comments on: New rules</title><item><title>By: Jo</title></item></channel></rss>",
            "comment_feed",
        ),
    ],
)
def test_rejected_by_name(text: bytes, reason: str) -> None:
    """What can't be read is rejected with a reason, over all of its bytes."""
    dump = read(text)
    assert not dump.entries
    assert [(r.reason, r.start_byte, r.end_byte) for r in dump.rejections] == [(reason, 0, len(text))]
    assert reason in REASONS


def test_comment_feed_flattened() -> None:
    """A flattened feed of comments is rejected by name."""
    blog = make_blog("en", 0, 3)
    text = flatten(make_rss(blog)).replace("Tag en Archives - Blog en", "Comments on: New rules")
    assert [r.reason for r in read(text).rejections] == ["comment_feed"]


def test_item_without_date() -> None:
    """An item without a date is rejected by itself; its neighbours keep their text."""
    blog = make_blog("en", 0, 3)
    text = flatten(make_rss(blog)).replace("Mon, 24 Mar 2025 06:01:02 +0000", "yesterday")
    dump = read(text)
    assert [r.reason for r in dump.rejections] == ["no_date"]
    assert [e.title.text for e in dump.entries] == [blog.posts[0].title, blog.posts[2].title]
    assert dump.entries[0].end_byte == dump.rejections[0].start_byte


@pytest.mark.parametrize("size", [-1, 1])
def test_title_limit(size: int) -> None:
    """A title at the limit is read, one over it is rejected."""
    blog = make_blog("en", 0, 1)
    title = "word " * 1_999 + "w" * (5 + size)
    text = flatten(make_rss(blog)).replace(blog.posts[0].title, title)
    dump = read(text)
    assert [r.reason for r in dump.rejections] == (["too_large"] if size > 0 else [])


def test_item_limit() -> None:
    """An item over the limit is rejected, and its neighbours are read."""
    blog = make_blog("en", 0, 3)
    text = flatten(make_rss(blog))
    size = max(e.end_byte - e.start_byte for e in read(text).entries)
    assert len(read(text, Limits(item_bytes=size)).entries) == 3
    small = read(text, Limits(item_bytes=size - 1))
    assert len(small.entries) < 3
    assert {r.reason for r in small.rejections} == {"too_large"}


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(codec: str) -> None:
    """Other encodings are read as what they are, and offsets are of the file's own bytes."""
    blog = make_blog("fr", 0, 4)
    text = flatten(make_rss(blog))
    data = text.encode(codec)
    dump = read(data)
    assert [e.title.text for e in dump.entries] == [p.title for p in blog.posts]
    bare = codec.replace("-sig", "") if codec != "utf-16" else "utf-16-le"
    for entry in dump.entries:
        assert data[entry.title.start_byte : entry.title.end_byte].decode(bare) == entry.title.text
        for line in entry.lines:
            assert data[line.start_byte : line.end_byte].decode(bare) == line.text


def test_stray_bytes() -> None:
    """A stray Windows-1252 byte in UTF-8 is read as its letter, and the item says that it was mended."""
    blog = make_blog("fr", 0, 3)
    data = flatten(make_rss(blog)).encode().replace("Près".encode(), b"Pr\xe8s", 1)
    dump = read(data)
    assert dump.is_repaired
    assert sum(e.is_repaired for e in dump.entries) == 1
    assert any("Près" in line.text for e in dump.entries for line in e.lines)


def test_control_characters_become_blanks() -> None:
    """No NUL or escape character gets into a title or line."""
    text = flatten(make_rss(make_blog("en", 0, 2))).replace("Monday", "Mon\x1b[31mday\0")
    assert all(c.isprintable() for e in read(text).entries for line in e.lines for c in line.text)


def test_cut_anywhere_keeps_what_is_before() -> None:
    """Cut at any byte, a dump gives the same items before the cut."""
    data = flatten(make_rss(make_blog("en", 0, 4))).encode()
    whole = read(data).entries
    for cut in range(0, len(data), 7):
        done = [e for e in whole if e.end_byte <= cut]
        found = read(data[:cut]).entries
        assert [(e.title.text, e.lines, e.summary) for e in found[: len(done) - 1]] == [
            (e.title.text, e.lines, e.summary) for e in done[:-1]
        ]
        assert [e.title.text for e in found[: len(done)]] == [e.title.text for e in done]


@pytest.mark.parametrize(
    "text",
    [
        "He wrote: see https://a.org/x/ on Mon, 24 Mar 2025 12:01:02 +0000 or later.",
        "The date Mon, 24 Mar 2025 12:01:02 +0000 stood on the letter.",
        "Both https://b.org/one/ and https://b.org/?p=3 were down.",
    ],
)
def test_no_false_item(text: str) -> None:
    """A date or an address in somebody's sentence begins no item."""
    blog = make_blog("en", 0, 2)
    source = flatten(make_rss(blog)).replace("Staff had asked for more time, and for clearer rules.", text)
    assert len(read(source).entries) == 2


@pytest.mark.parametrize("declared", ["windows-1252", "ISO-8859-1", "UTF-8"])
def test_windows_1252_in_xml(declared: str) -> None:
    """XML in Windows-1252 is read as such, whether it says so, says Latin-1, or wrongly says UTF-8."""
    blog = make_blog("fr", 0, 4)
    text = make_rss(blog).replace('encoding="UTF-8"', f'encoding="{declared}"')
    data = text.encode("cp1252")
    dump = read(data)
    assert dump.encoding == "cp1252"
    assert [e.title.text for e in dump.entries] == [p.title for p in blog.posts]
    titles = [data[e.title.start_byte : e.title.end_byte].decode("cp1252") for e in dump.entries]
    assert titles == [p.title for p in blog.posts]


@pytest.mark.parametrize(
    "title",
    [
        "You searched for 极速赛车 - Blog", "Search Results for “slot gacor” – Blog", "Suchergebnisse für „casino“ – Blog",
        "Résultats de recherche pour « casino » – Blog", "Resultados de búsqueda para «casino» – Blog",
    ],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["raw", "flattened"])
def test_search_feed(title: str, shape: str) -> None:
    """A search feed without an article is rejected by that name; one with articles is read."""
    blog = make_blog("en", 0, 2)
    full = make_rss(blog).replace(blog.title, title)
    empty = full[: full.index("<item>") - 1] + "</channel></rss>"
    print_as: Callable[[str], str] = flatten if shape == "flattened" else str
    assert [r.reason for r in read(print_as(empty)).rejections] == ["search_feed"]
    assert len(read(print_as(full)).entries) == 2


@pytest.mark.parametrize("shape", ["raw", "flattened"])
def test_comments_told_by_their_items(shape: str) -> None:
    """A feed of comments whose own title doesn't say so is told by its items' addresses or titles."""
    blog = make_blog("en", 0, 3)
    text = make_rss(blog)
    for post in blog.posts:
        text = text.replace(f"<title>{post.title}", "<title>By: Jo Sample")
        text = text.replace(f"<link>{post.url}", f"<link>{post.url}#comment-{post.number}")
    dump = read(flatten(text) if shape == "flattened" else text)
    assert [r.reason for r in dump.rejections] == ["comment_feed"]


def test_numbers_of_no_character() -> None:
    """A number that no character has becomes the replacement sign; its item is read."""
    text = make_rss(make_blog("en", 0, 2)).replace("<title>Council", "<title>&#xD800;&#0;&#x110000;Council")
    titles = [e.title.text for e in read(text).entries]
    assert titles == ["\ufffd\ufffd\ufffdCouncil leaders face a harder winter",
                      "\ufffd\ufffd\ufffdCouncil leaders explained in five charts"]  # fmt: skip


@pytest.mark.parametrize(("n_tags", "reasons"), [(900, []), (1_100, ["too_large"])])
def test_limit_of_tags(n_tags: int, reasons: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An item or a page with more tags than anybody writes is rejected, and the item's neighbour is read."""
    monkeypatch.setattr(reader, "MAX_TAGS", 1_000)
    monkeypatch.setattr(xml, "MAX_TAGS", 1_000)
    blog = make_blog("en", 0, 2)
    rss = make_rss(blog).replace("<p>The plan", "<br>" * n_tags + "<p>The plan", 1)
    dump = read(rss)
    assert [r.reason for r in dump.rejections] == reasons
    assert len(dump.entries) == 2 - len(reasons)
    page = read(PAGE.replace("<p>The council", "<br>" * n_tags + "<p>The council"))
    assert [r.reason for r in page.rejections] == reasons
