"""Flattened feeds of all habits: whichever parser printed them, the items come out with their own titles and text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from pipeline.feeds.reader import read_dump
from pipeline.records import Dump
from pipeline.settings import Limits
from tests.feeds.blogs import LANGUAGES, make_blog
from tests.feeds.wordpress import Blog, flatten, make_atom, make_rss


def read(text: str) -> Dump:
    """The dump in a text."""
    return read_dump(text.encode(), "dump.txt", Limits())


def itertext(source: str) -> str:
    """The text of an XML tree: CDATA is kept, with its markup, and author and categories have lines of their own."""
    return "".join(etree.fromstring(source.encode()).itertext())


def stripped(source: str) -> str:
    """Every text of an XML tree on a line of its own, as ``get_text("\\n", strip=True)`` prints it."""
    return "\n".join(t.strip() for t in etree.fromstring(source.encode()).itertext() if t.strip())


def joined(source: str) -> str:
    """The same on one line."""
    return " ".join(stripped(source).split())


def minify(source: str) -> str:
    """A feed without blanks between its elements."""
    return re.sub(r">\s+<", "><", source)


HABITS: dict[str, Callable[[str], str]] = {
    "html": flatten,
    "html, one line": lambda source: " ".join(flatten(source).split()),
    "html of a minified feed": lambda source: flatten(minify(source)),
    "xml": itertext,
    "xml, a line each": stripped,
    "xml, one line": joined,
}
#: What some feeds put behind an item's count of comments.
TAILS = {
    "none": "",
    "a name": '<media:content url="https://x.example/a.jpg"><media:title type="html">jo_sample</media:title></media:content>',
    "a number": '<post-id xmlns="com-wordpress:feed-additions:1">{}</post-id>',
}  # fmt: skip


def with_tail(blog: Blog, tail: str) -> Blog:
    """The blog with a tail at the end of every item."""
    return replace(blog, posts=tuple(replace(p, tail=tail.format(p.number)) for p in blog.posts))


#: A tail that is glued to the count and to the next title can't be told from either.
PAIRS = [(habit, tail) for habit in HABITS for tail in TAILS if tail == "none" or "minified" not in habit]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("habit", "tail"), PAIRS)
def test_titles_and_headers(language: str, habit: str, tail: str) -> None:
    """Every item has its title, address, number and date, with or without a text behind its count."""
    blog = with_tail(make_blog(language, 30, 6), TAILS[tail])
    dump = read(HABITS[habit](make_rss(blog)))
    assert [(e.title.text, e.url, e.guid, e.published) for e in dump.entries] == [
        (p.title, p.url, f"{blog.url}/?p={p.number}", p.published) for p in blog.posts
    ]
    assert not dump.rejections


@pytest.mark.parametrize("habit", HABITS)
def test_counts_of_comments(habit: str) -> None:
    """The count of comments is read, glued to its address or not."""
    blog = make_blog("fr", 0, 5)
    counts = [e.comment_count for e in read(HABITS[habit](make_rss(blog))).entries]
    assert counts == [p.comments for p in blog.posts]


@pytest.mark.parametrize("habit", [name for name in HABITS if name.startswith("xml")])
def test_text_that_kept_its_tags(habit: str) -> None:
    """Bodies that kept their markup give the same lines as the raw feed, the summary apart."""
    rss = make_rss(make_blog("es", 0, 4))
    raw, flat = read(rss), read(HABITS[habit](rss))
    assert [[line.text for line in e.lines] for e in flat.entries] == [
        [line.text for line in e.lines] for e in raw.entries
    ]


#: On one line nothing parts an author's name from a title without a mark.
ATOM_PAIRS = [
    (habit, is_marked)
    for habit in HABITS
    for is_marked in (True, False)
    if "minified" not in habit and (is_marked or "one line" not in habit)
]


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
@pytest.mark.parametrize(("habit", "is_marked"), ATOM_PAIRS)
def test_atom(language: str, habit: str, is_marked: bool) -> None:
    """Flattened Atom has lost its links; id and moments tell its entries, in the author's wake or not."""
    blog = make_blog(language, 0, 5)
    dump = read(HABITS[habit](make_atom(blog, is_marked)))
    titles = [re.sub(r"<!\[CDATA\[|\]\]>", "", e.title.text) for e in dump.entries]
    assert titles == [p.title for p in blog.posts]
    assert [(e.guid, e.published) for e in dump.entries] == [
        (f"{blog.url}/?p={p.number}", p.published) for p in blog.posts
    ]
    assert dump.title.startswith(blog.title)
    assert dump.built == blog.built
    for entry, post in zip(dump.entries, blog.posts, strict=True):
        assert len(entry.lines) == 6 or "one line" in habit
        assert "A Writer" not in " ".join(line.text for line in entry.lines)
        assert entry.comment_count == (post.comments or 0) or habit == "xml, one line"


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("a-b-testing-in-care-homes", "A/B testing in care homes"),
        ("ab-testing-in-care-homes", "A/B testing in care homes"),
        ("10-ways-to-keep-warm", "10 ways to keep warm"),
        ("care", "Care & more: what the “new deal” means"),
        ("zzz-yyy-xxx-www", "Nothing of the address is here"),
    ],
)
@pytest.mark.parametrize("habit", ["html, one line", "html of a minified feed", "xml, one line"])
def test_odd_addresses(slug: str, title: str, habit: str) -> None:
    """A title begins where the item before ends, whatever its address makes of its words."""
    blog = make_blog("en", 0, 4)
    post = replace(blog.posts[2], title=title, url=f"{blog.url}/2025/03/{slug}/")
    blog = replace(blog, posts=(*blog.posts[:2], post, *blog.posts[3:]))
    assert [e.title.text for e in read(HABITS[habit](make_rss(blog))).entries] == [p.title for p in blog.posts]


def test_no_word_of_the_address_close_together() -> None:
    """Stray words of the address in the text before a title are no title's start."""
    text = (
        "Blog https://x.example Mon, 24 Mar 2025 12:01:02 +0000 en hourly 1 https://wordpress.org/?v=6.7 "
        "One https://x.example/one/ Mon, 24 Mar 2025 11:01:02 +0000 https://x.example/?p=1 Plan a b c d. New e f g h. "
        "Rules i j k l m. Zebra https://x.example/new-plan-rules/ Mon, 24 Mar 2025 10:01:02 +0000 https://x.example/?p=2 B"
    )
    assert len(read(text).entries) == 2


@pytest.mark.parametrize("mark", ["[…]", "[...]", "</p>"])
def test_excerpts_on_one_line(mark: str) -> None:
    """The end of an excerpt or paragraph parts a title from the text before it."""
    blog = make_blog("de", 0, 4, summary_tags=False, comments=False)
    posts = tuple(replace(p, body=f"<p>x</p>{'y ' * 30}{mark}".replace("</p>y", "y")) for p in blog.posts)
    text = " ".join(flatten(make_rss(replace(blog, posts=posts))).replace("]]>", "").split())
    text = text if mark in text else text.replace("y https", f"y {mark} https").replace("y Größ", f"y {mark} Größ")
    assert [e.url for e in read(text).entries] == [p.url for p in blog.posts]


def test_category_that_is_an_address() -> None:
    """An address without the web's scheme among the categories is not taken for the item's number."""
    rss = make_rss(make_blog("en", 0, 3)).replace("<![CDATA[News]]>", "<![CDATA[ldap://x.example]]>")
    assert [e.guid for e in read(itertext(rss)).entries] == [
        f"https://en.example.org/?p={n}" for n in range(1000, 1003)
    ]


def test_paragraph_between_date_and_address_is_no_header() -> None:
    """A paragraph between a date and an address on the same host makes no item of them."""
    rss = make_rss(make_blog("en", 0, 2))
    text = "On Mon, 24 Mar 2025 12:01:02 +0000" + f"\n{'the head of the service wrote a long letter ' * 5}" * 2
    source = rss.replace("<p>The plan was set", f"<p>https://en.example.org/a/ {text}\nhttps://en.example.org/?p=7</p><p>The plan was set", 1)  # fmt: skip
    assert len(read(itertext(source)).entries) == 2


def test_channel_with_a_picture() -> None:
    """A channel's picture and site number, glued or not, are no part of the first title."""
    picture = "<image><url>{0}/wp-content/cropped-32x32.png</url><title>{1}</title><link>{0}</link><width>32</width><height>32</height></image><site>98765432</site>"  # fmt: skip
    blog = make_blog("pl", 0, 3)
    rss = make_rss(blog).replace("<item>", picture.format(blog.url, blog.title) + "<item>", 1)
    for source in (rss, minify(rss)):
        assert [e.title.text for e in read(flatten(source)).entries] == [p.title for p in blog.posts]


def test_spam_glued_in_front() -> None:
    """Spam that is glued to the titles of a feed with tails stays whole for the cleaning, or goes with the tail."""
    blog = with_tail(make_blog("it", 0, 5), TAILS["a name"])
    dirty = replace(blog, posts=tuple(replace(p, title=f"best casino bonus{p.title}") for p in blog.posts))
    found = [e.title.text for e in read(flatten(make_rss(dirty))).entries]
    for title, post in zip(found, blog.posts, strict=True):
        assert title in (post.title, f"best casino bonus{post.title}")


VARIANTS: dict[str, Callable[[str], str]] = {
    "GMT": lambda rss: rss.replace("+0000", "GMT"),
    "another zone": lambda rss: rss.replace("+0000", "+0100"),
    "no language": lambda rss: re.sub(r"<language>.*?</language>", "", rss),
    "no description": lambda rss: re.sub(r"<description>News and views</description>", "<description></description>", rss),
    "guid is the address": lambda rss: re.sub(
        r"(<link>(\S+?)</link>\s*<comments>.*?<guid[^>]*>)\S+?(</guid>)", r"\1\2\3", rss, flags=re.DOTALL
    ),
    "guid on another host": lambda rss: re.sub(r"(<guid[^>]*>)https://\S+?/\?p", r"\1http://old.example.net/?p", rss),
    "guid of a post type": lambda rss: rss.replace("/?p=", "/?post_type=news&#038;p="),
    "http and www": lambda rss: rss.replace("<link>https://", "<link>http://www."),
    "campaign in the address": lambda rss: re.sub(r"(<link>\S+/)(</link>\s*<comments>)", r"\1?utm_source=rss\2", rss),
    "build date older than the items": lambda rss: re.sub(
        r"<lastBuildDate>.*?</lastBuildDate>", "<lastBuildDate>Mon, 01 Jan 2024 00:00:00 +0000</lastBuildDate>", rss
    ),
}  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("habit", ["html", "html, one line", "xml", "xml, a line each"])
def test_header_variants(variant: str, habit: str) -> None:
    """Dates in other zones, other guids and addresses, a bare channel: every item is found with its own title."""
    blog = make_blog("de", 0, 5)
    dump = read(HABITS[habit](VARIANTS[variant](make_rss(blog))))
    assert [e.title.text for e in dump.entries] == [p.title for p in blog.posts]
    assert not dump.rejections
