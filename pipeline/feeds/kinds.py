"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re

#: A feed's root element, as itself or escaped as in a saved page that shows it.
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_ESCAPED_ROOT = re.compile(rb"&lt;(?:rss|feed|rdf:RDF)(?:\s|&gt;)", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:head|body|article|main)[\s>]", re.IGNORECASE)
_ITEM = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)
_HEAD = 65_536


def tell_kind(data: bytes) -> str:
    """``xml`` (RSS, Atom), ``wrapped`` (a feed inside an HTML page), ``page`` (an article's page) or ``flattened``.

    >>> tell_kind(b"<?xml version='1.0'?><rss version='2.0'>"), tell_kind(b"News https://example.org/ Some words")
    ('xml', 'flattened')
    """
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return "wrapped" if _is_escaped_feed(head) else "flattened"
    root, page = _ROOT.search(head), _PAGE.search(head)
    if root and (page is None or root.start() < page.start()):
        return "xml"
    if page:
        if _ROOT.search(data) and _ITEM.search(data):
            return "wrapped"
        return "wrapped" if _ESCAPED_ROOT.search(data) else "page"
    if (
        head.startswith(b"<?xml")
        or _ITEM.match(head)
        or re.match(rb"<channel[\s>]|<!DOCTYPE|<!ENTITY", head, re.IGNORECASE)
    ):
        return "xml"
    return (
        "page" if re.match(rb"<[a-z]+[\s>]", head, re.IGNORECASE) and not head.startswith(b"<![CDATA[") else "flattened"
    )


def _is_escaped_feed(head: bytes) -> bool:
    found = _ESCAPED_ROOT.search(head)
    return found is not None and found.start() < 2_000 and b"&lt;item" in head
