"""Dumps that lost their line ends: what the text itself shows is parted again."""

from __future__ import annotations

from dataclasses import replace

from pipeline.feeds.reader import read_dump
from pipeline.settings import Limits
from tests.feeds.blogs import make_blog
from tests.feeds.wordpress import flatten, make_rss

LONG = " ".join(f"Sentence number {n} says one more thing about the plan." for n in range(12))


def lines_of(bodies: list[str]) -> list[list[str]]:
    """The lines of items with these bodies, read from a dump on one line."""
    blog = make_blog("en", 0, len(bodies))
    posts = tuple(replace(p, body=b.format(title=p.title)) for p, b in zip(blog.posts, bodies, strict=True))
    source = " ".join(flatten(make_rss(replace(blog, posts=posts))).split())
    dump = read_dump(source.encode(), "dump", Limits())
    for entry in dump.entries:
        for line in entry.lines:
            assert source.encode()[line.start_byte : line.end_byte].decode() == line.text
    return [[line.text for line in e.lines] for e in dump.entries]


def test_footers_that_come_back() -> None:
    """A footer with the item's title in it, and a note that comes back, have lines of their own."""
    note = "Do you want to know more about this?"
    body = f"<p>{LONG}</p><p>{note}</p><p>It ends here.</p><p>The post {{title}} appeared first on Blog.</p>"
    first = lines_of([body.replace("plan", f"plan {n}") for n in range(4)])[1]
    assert note in first
    assert first[-1].startswith("The post Council leaders")
    assert first[-1].endswith("appeared first on Blog.")


def test_lists() -> None:
    """Bullets and counted numbers begin lines; a number that ends a sentence does not."""
    body = f"<p>{LONG} It began in week 7. Then the plan grew.</p><ul><li>pay</li><li>rest</li></ul><ol><li>ask</li><li>act</li></ol>"
    (first, _) = lines_of([body, body.replace("plan", "scheme").replace("week 7", "week 8")])
    assert first[-4:] == ["• pay", "• rest", "1. ask", "2. act"]
    assert any(line.endswith("week 7. Then the plan grew.") for line in first)


def test_lines_that_are_there_stay() -> None:
    """A dump with line ends is left as it is."""
    blog = make_blog("en", 0, 3)
    posts = tuple(replace(p, body=f"<p>{LONG} • no list</p><p>{LONG}</p><p>End.</p>") for p in blog.posts)
    dump = read_dump(flatten(make_rss(replace(blog, posts=posts))).encode(), "dump", Limits())
    assert [len(e.lines) for e in dump.entries] == [3, 3, 3]


def test_traces_of_line_ends_are_left_to_cleaning() -> None:
    """A body that still has two blanks where a line ended stays one line, bullets and all."""
    blog = make_blog("en", 0, 3)
    posts = tuple(replace(p, body=f"<p>{LONG}</p><ul><li>pay</li><li>rest</li></ul><p>{LONG}</p>") for p in blog.posts)
    source = "  ".join(flatten(make_rss(replace(blog, posts=posts))).split("\n"))
    dump = read_dump(source.encode(), "dump", Limits())
    assert [len(e.lines) for e in dump.entries] == [1, 1, 1]
