"""Canonical web addresses, and article ids made from them."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from pipeline.cleaning.marks import Site

_POST_KEYS = ("p", "page_id", "post_id")
_SAFE = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def canonical_url(url: str | None, base: str | None = None) -> str | None:
    """One form for all variants of an address: https, host without ``www.``, no query but ``p``, one trailing slash.

    ``None`` where it is no web address. ``base`` resolves a relative one.

    >>> canonical_url("http://www.Example.org/a/?utm_source=x#top")
    'https://example.org/a/'
    >>> canonical_url("https://example.org/?p=12&x=1")
    'https://example.org/?p=12'
    """
    if not url:
        return None
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"\s", host):
        return None
    place = f"{host}:{port}" if port and port not in (80, 443) else host
    path = quote(unquote(parts.path, errors="surrogateescape"), safe="/~!$&'()*+,;=:@-._", errors="surrogateescape")
    path = re.sub(r"/+", "/", path).rstrip("/") + "/"
    post = parse_qs(parts.query).get("p", [""])[0]
    return f"https://{place}{path}" + (f"?p={post}" if post.isdigit() else "")


def host_of(url: str | None) -> str:
    """The host of an address without ``www.``; empty where it has none.

    >>> host_of("https://www.example.org/a")
    'example.org'
    """
    canonical = canonical_url(url)
    return urlsplit(canonical).netloc if canonical else ""


def post_id(*urls: str | None) -> str | None:
    """The post's number from the first address that has one in its query.

    >>> post_id(None, "https://example.org/?post_type=news&p=77")
    '77'
    """
    for url in urls:
        if not url or "=" not in url:
            continue
        try:
            query = parse_qs(urlsplit(url).query)
        except ValueError:
            continue
        for key in _POST_KEYS:
            value = query.get(key, [""])[0]
            if value.isdigit() and len(value) <= 12:
                return str(int(value))
    return None


def site_of(sites: dict[str, Site], guid: str | None, url: str | None) -> str | None:
    """The site part of an article id: from the data file, else the host and, for a multisite, its first path part.

    A multisite shows in the guid (``example.com/blog/?p=12``): its path is the site's own, not the article's.

    >>> site_of({}, "http://www.example.com/blog/?p=12", None)
    'example-com-blog'
    """
    for address in (guid, url):
        canonical = canonical_url(address)
        if not canonical:
            continue
        parts = urlsplit(canonical)
        host = parts.netloc
        known = sites.get(host)
        if known:
            return known.site
        first = parts.path.strip("/").split("/")[0] if "?p=" in canonical else ""
        return _SAFE.sub("-", f"{host} {first}".strip().lower()).strip("-")
    return None


def article_id(sites: dict[str, Site], guid: str | None, url: str | None) -> str | None:
    """``<site>-<post id>``, else ``<site>-`` and 12 hex digits of the address's SHA-256; ``None`` without either.

    >>> article_id({}, None, "https://www.example.org/a")
    'example-org-351c82ac9a00'
    """
    site = site_of(sites, guid, url)
    if site is None:
        return None
    number = post_id(guid, url)
    if number:
        return f"{site}-{number}"
    canonical = canonical_url(url) or canonical_url(guid)
    return f"{site}-{hashlib.sha256((canonical or '').encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"
