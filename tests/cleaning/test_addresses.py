"""Addresses: one canonical form, and ids that are made from it."""

from __future__ import annotations

import pytest

from pipeline.cleaning.addresses import article_id, canonical_url
from pipeline.cleaning.marks import load_marks
from pipeline.settings import find_models

SITES = load_marks(find_models()).sites


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org/a",
        "https://example.org/a/",
        "https://EXAMPLE.org/a/?utm_source=rss",
        "https://example.org:443/a/#comments",
    ],
)
def test_variants_are_one(url: str) -> None:
    """http or https, www or not, slash or not, tracking or not: one address."""
    assert canonical_url(url) == "https://example.org/a/"


@pytest.mark.parametrize(
    ("guid", "url", "want"),
    [
        (
            "https://www.communitycare.co.uk/?p=216528",
            "https://www.communitycare.co.uk/2025/a/",
            "communitycare-216528",
        ),
        ("http://communitycare.co.uk/?p=7", None, "communitycare-7"),
        ("https://blog.example.com/?p=7", "https://blog.example.com/a/", "blog-example-com-7"),
        ("https://example.com/blog/?p=7", "https://example.com/blog/2025/a/", "example-com-blog-7"),
        ("https://example.com/?post_type=news&p=7", None, "example-com-7"),
        (None, None, None),
        ("not an address", None, None),
    ],
)
def test_article_id(guid: str | None, url: str | None, want: str | None) -> None:
    """The id is the site's name and the post's number."""
    assert article_id(SITES, guid, url) == want


def test_same_number_on_two_hosts() -> None:
    """The same post number on two hosts is two articles."""
    assert article_id({}, "https://a.org/?p=1", None) != article_id({}, "https://b.org/?p=1", None)


def test_id_without_number() -> None:
    """Without a number the id is made from the canonical address, so that its variants share it."""
    first, second = (article_id({}, None, u) for u in ("http://www.a.org/x", "https://a.org/x/?utm_medium=rss"))
    assert first == second
    assert first is not None and first.startswith("a-org-") and len(first) == len("a-org-") + 12


@pytest.mark.parametrize("url", ["", "ftp://a.org/x", "http://[::1", "javascript:alert(1)", "https://", "/relative/"])
def test_no_web_address(url: str) -> None:
    """What is no web address has no canonical form."""
    assert canonical_url(url) is None
