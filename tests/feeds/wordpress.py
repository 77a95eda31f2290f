"""WordPress feeds made from posts, and an HTML parser's plain text of them: what flattened dumps come from.

``flatten`` follows the HTML standard where it matters: ``<![CDATA[`` is a bogus comment that ends at the first ``>``,
``<link>`` is void, ``<title>`` holds text only, attributes never show, blocks begin lines, list items get bullets.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "figure",
        "figcaption",
        "table",
        "tr",
        "section",
        "article",
        "pre",
        "hr",
        "caption",
        "dl",
        "dt",
        "dd",
    ]
)
_TOKEN = re.compile(r"<!--.*?-->|<[!?][^>]*>|</?([A-Za-z][^\s/>]*)[^>]*>|[^<]+|<", re.DOTALL)
_ALT = re.compile(r"""\balt=["']([^"']*)["']""")


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a blog; ``summary`` and ``body`` are HTML."""

    number: int
    title: str
    url: str
    published: datetime
    summary: str
    body: str
    comments: int | None = 0
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog with its posts."""

    title: str
    url: str
    description: str
    language: str
    built: datetime
    posts: tuple[Post, ...]


def make_rss(blog: Blog) -> str:
    """The blog's feed as WordPress prints it (feed-rss2.php)."""
    items = "".join(_item(blog, post) for post in blog.posts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"\n'
        '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n\txmlns:wfw="http://wellformedweb.org/CommentAPI/"\n'
        '\txmlns:dc="http://purl.org/dc/elements/1.1/"\n\txmlns:atom="http://www.w3.org/2005/Atom"\n'
        '\txmlns:slash="http://purl.org/rss/1.0/modules/slash/"\n\txmlns:media="http://search.yahoo.com/mrss/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"\n>\n\n<channel>\n'
        f"\t<title>{html.escape(blog.title, quote=False)}</title>\n"
        f'\t<atom:link href="{blog.url}/feed/" rel="self" type="application/rss+xml" />\n\t<link>{blog.url}</link>\n'
        f"\t<description>{html.escape(blog.description, quote=False)}</description>\n"
        f"\t<lastBuildDate>{format_datetime(blog.built)}</lastBuildDate>\n\t<language>{blog.language}</language>\n"
        "\t<sy:updatePeriod>\n\thourly\t</sy:updatePeriod>\n\t<sy:updateFrequency>\n\t1\t</sy:updateFrequency>\n"
        f"\t<generator>https://wordpress.org/?v=6.7.2</generator>\n{items}</channel>\n</rss>\n"
    )


def _item(blog: Blog, post: Post) -> str:
    comments = f"\t\t\t\t\t<comments>{post.url}#respond</comments>\n" if post.comments is not None else ""
    feed = f"{post.url}feed/" if post.url.endswith("/") else f"{blog.url}/?feed=rss2&amp;p={post.number}"
    count = (
        f"\t\t<wfw:commentRss>{feed}</wfw:commentRss>\n\t\t\t<slash:comments>{post.comments}</slash:comments>\n"
        if post.comments is not None
        else ""
    )
    return (
        f"\t<item>\n\t\t<title>{html.escape(post.title, quote=False)}</title>\n\t\t<link>{post.url}</link>\n{comments}"
        f"\t\t<dc:creator><![CDATA[A Writer]]></dc:creator>\n\t\t<pubDate>{format_datetime(post.published)}</pubDate>\n"
        f"\t\t\t\t<category><![CDATA[News]]></category>\n"
        f'\t\t<guid isPermaLink="false">{blog.url}/?p={post.number}</guid>\n\n'
        f"\t\t\t\t\t<description><![CDATA[{post.summary}]]></description>\n"
        f"\t\t\t\t\t\t\t\t\t\t<content:encoded><![CDATA[{post.body}]]></content:encoded>\n\t\t\t\t\t\n{count}\t\t{post.tail}\n\t</item>\n"
    )


def make_atom(blog: Blog, is_marked: bool = True) -> str:
    """The blog's feed as WordPress prints it in Atom (feed-atom.php); titles are CDATA when ``is_marked``."""
    entries = "".join(_entry(blog, post, is_marked) for post in blog.posts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed\n\txmlns="http://www.w3.org/2005/Atom"\n'
        f'\txmlns:thr="http://purl.org/syndication/thread/1.0"\n\txml:lang="{blog.language}"\n>\n'
        f'\t<title type="text">{html.escape(blog.title, quote=False)}</title>\n'
        f'\t<subtitle type="text">{html.escape(blog.description, quote=False)}</subtitle>\n\n'
        f'\t<updated>{blog.built:%Y-%m-%dT%H:%M:%SZ}</updated>\n\n\t<link rel="alternate" href="{blog.url}" />\n'
        f'\t<id>{blog.url}/feed/atom/</id>\n\n\t<generator uri="https://wordpress.org/">WordPress</generator>\n'
        f"{entries}</feed>\n"
    )


def _entry(blog: Blog, post: Post, is_marked: bool) -> str:
    title = html.escape(post.title, quote=False)
    title = f"<![CDATA[{title}]]>" if is_marked else title
    moment = f"{post.published:%Y-%m-%dT%H:%M:%SZ}"
    return (
        f"\t<entry>\n\t\t<author>\n\t\t\t<name>A Writer</name>\n\t\t\t<uri>{blog.url}</uri>\n\t\t</author>\n\n"
        f'\t\t<title type="html">{title}</title>\n\t\t<link rel="alternate" href="{post.url}" />\n\n'
        f"\t\t<id>{blog.url}/?p={post.number}</id>\n\t\t<updated>{moment}</updated>\n\t\t<published>{moment}</published>\n"
        f'\t\t<summary type="html"><![CDATA[{post.summary}]]></summary>\n\n'
        f'\t\t<content type="html"><![CDATA[{post.body}]]></content>\n'
        f"\t\t<thr:total>{post.comments or 0}</thr:total>\n\t</entry>\n"
    )


def flatten(source: str) -> str:
    """The plain text that an HTML parser prints of a feed."""
    return _Flattener().run(source)


class _Flattener:
    """Writes text to lines: blanks are squeezed, blocks begin new lines, paragraphs are parted by a blank line."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.line = ""
        self.lists: list[int] = []
        self.gap = 0

    def run(self, source: str) -> str:
        in_title = False
        for token in _TOKEN.finditer(source):
            text, name = token[0], (token[1] or "").lower()
            if in_title and name != "title":
                self.write(html.unescape(text))
            elif text.startswith(("<!", "<?")):
                continue
            elif name:
                in_title = name == "title" and not text.startswith("</")
                self.tag(name, text)
            else:
                self.write(html.unescape(text))
        self.end(0)
        return "\n".join(self.out)

    def write(self, text: str) -> None:
        for piece in re.split(r"([ \t\n\r\f]+)", text):
            if piece.strip(" \t\n\r\f"):
                self.line += piece
            elif piece and self.line and not self.line.endswith(" "):
                self.line += " "

    def tag(self, name: str, text: str) -> None:
        is_end = text.startswith("</")
        if name == "br":
            self.end(0)
        elif name == "img":
            alt = _ALT.search(text)
            self.write(html.unescape(alt[1]) if alt else "")
        elif name in ("ul", "ol"):
            self.end(0)
            if is_end and self.lists:
                self.lists.pop()
            elif not is_end:
                self.lists.append(0 if name == "ol" else -1)
        elif name == "li":
            self.end(0)
            if not is_end:
                indent = "  " * max(1, len(self.lists))
                if self.lists and self.lists[-1] >= 0:
                    self.lists[-1] += 1
                    self.line = f"{indent}{self.lists[-1]}. "
                else:
                    self.line = f"{indent}• "
        elif name in _BLOCKS:
            self.end(1 if name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote") else 0)

    def end(self, gap: int) -> None:
        text = self.line.rstrip()
        self.line = ""
        if text.strip():
            if self.out and self.gap:
                self.out.append("")
            self.out.append(text)
            self.gap = 0
        self.gap = max(self.gap, gap)
