"""HTML bodies to the same lines as a flattened feed has: paragraphs, headings, list items, captions.

Beautiful Soup does the parsing; this module walks its tree once, without recursion, and keeps what the markup says of
each line, so that nothing has to be guessed later.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Comment, NavigableString, PreformattedString, Tag

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "head",
        "title",
        "button",
        "select",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MEDIA = re.compile(r"wp-caption|caption-text|image-caption|wp-element-caption|photo-credit|credit", re.IGNORECASE)


#: An article has some hundred tags, a saved page some thousand; one with more than this is made to keep a reader busy.
MAX_TAGS = 30_000


@dataclass(frozen=True, slots=True)
class MarkupLine:
    """One line; ``kind`` is what the markup says (``heading``, ``list_item``, ``caption``) or ``None`` for a paragraph.

    The text of a list item has its marker in front, as in a flattened feed.
    """

    text: str
    kind: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Fragment:
    """The lines of a piece of HTML and the address of its first picture."""

    lines: tuple[MarkupLine, ...]
    image_url: str | None = None


def parse_html(source: str) -> BeautifulSoup:
    """A tree of the HTML, by lxml's tolerant parser, which bounds its own depth."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)  # the text may look like a path: it is none
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # the kind was told by content before
        return BeautifulSoup(source, "lxml")


def read_fragment(source: str) -> Fragment:
    """The lines of an HTML body in reading order.

    >>> [(x.text, x.kind) for x in read_fragment("<h2>Pay</h2><p>It rose.</p><ul><li>one</li></ul>").lines]
    [('Pay', 'heading'), ('It rose.', None), ('• one', 'list_item')]
    """
    if "<" not in source and "&" not in source:
        return Fragment(tuple(MarkupLine(" ".join(x.split())) for x in source.split("\n") if x.strip()))
    return read_tree(parse_html(source))


def read_tree(root: Tag) -> Fragment:
    """The lines under one element of a parsed page."""
    walker = _Walker()
    walker.walk(root)
    return Fragment(tuple(walker.lines), walker.image_url)


class _Walker:
    """Walks a tree in document order, closing a line at every block's edge."""

    def __init__(self) -> None:
        self.lines: list[MarkupLine] = []
        self.image_url: str | None = None
        self._text: list[str] = []
        self._kinds: list[str | None] = [None]
        self._lists: list[list[int]] = []  # one counter a list: -1 for bullets
        self._marker: str | None = None

    def walk(self, root: Tag) -> None:
        """Visits every node; a stack holds the way back, so that depth costs no recursion."""
        stack: list[tuple[object, bool]] = [(root, False)]
        while stack:
            node, is_done = stack.pop()
            if is_done:
                self._leave(node)  # type: ignore[arg-type]
            elif isinstance(node, Tag):
                if node.name in _SILENT:
                    continue
                self._enter(node)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, (Comment, PreformattedString)):
                self._text.append(str(node))
        self._close()

    def _kind_of(self, tag: Tag) -> str | None:
        name = tag.name
        if name in _HEADINGS:
            return "heading"
        if name == "figcaption" or (
            _MEDIA.search(" ".join(tag.get_attribute_list("class") if tag.get("class") else [])) and name != "body"
        ):
            return "caption"
        if name == "li":
            return "list_item"
        return self._kinds[-1]

    def _enter(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._close()
        elif name == "img":
            if self.image_url is None and isinstance(tag.get("src"), str):
                self.image_url = str(tag["src"])
        elif name in _BLOCKS:
            self._close()
        self._kinds.append(self._kind_of(tag))
        if name in ("ul", "ol"):
            start = str(tag.get("start", "1"))
            self._lists.append(
                [int(start) - 1 if start.lstrip("-").isdigit() and len(start) < 6 else 0] if name == "ol" else [-1]
            )
        elif name == "li":
            if self._lists and self._lists[-1][0] >= 0:
                self._lists[-1][0] += 1
                self._marker = f"{self._lists[-1][0]}."
            else:
                self._marker = "•"

    def _leave(self, tag: Tag) -> None:
        if tag.name in _BLOCKS:
            self._close()
        elif tag.name in ("td", "th"):
            self._text.append(" ")
        self._kinds.pop()
        if tag.name in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag.name == "li":
            self._marker = None

    def _close(self) -> None:
        text = " ".join("".join(self._text).replace("\xa0", " ").split())
        self._text.clear()
        if not text:
            return
        kind = self._kinds[-1]
        if kind == "list_item":
            marker, self._marker = self._marker, None
            text = f"{marker} {text}" if marker else text
            self.lines.append(MarkupLine(text, kind if marker else None, max(0, len(self._lists) - 1)))
        else:
            self.lines.append(MarkupLine(text, kind))
