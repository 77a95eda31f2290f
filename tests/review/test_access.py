"""Who may ask the review's server."""

from __future__ import annotations

from email.message import Message

import pytest

from pipeline.review.access import CSRF_HEADER, Access

ACCESS = Access(8000, "token", "page")


def headers(**changed: str) -> Message:
    """The headers of a request that one of our own pages sends, some of them changed."""
    usual = {
        "Host": "127.0.0.1:8000",
        "Origin": "http://127.0.0.1:8000",
        "Content-Type": "application/json",
        CSRF_HEADER: "page",
    }
    found = Message()
    for name, value in {**usual, **{name.replace("_", "-"): value for name, value in changed.items()}}.items():
        found[name] = value
    return found


def test_every_server_has_secrets_of_its_own() -> None:
    """Tokens are long, and never the same twice."""
    one, other = Access(1), Access(1)
    assert len({one.token, one.csrf, other.token, other.csrf}) == 4
    assert len(one.token) >= 32
    assert one.token not in repr(one)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000"])
def test_our_own_host_is_taken(host: str) -> None:
    """The names that only this machine can have."""
    assert ACCESS.is_own_host(host)


@pytest.mark.parametrize("host", [None, "", "127.0.0.1", "127.0.0.1:80", "evil.example:8000", "127.0.0.1.evil:8000"])
def test_another_host_is_refused(host: str | None) -> None:
    """A name that was pointed at this machine, or another port."""
    assert not ACCESS.is_own_host(host)


@pytest.mark.parametrize(
    ("cookie", "is_taken"),
    [
        ("carefeed-review-8000=token", True),
        ("other=1; carefeed-review-8000=token", True),
        ("carefeed-review-8000=tokenx", False),
        ("carefeed-review-9000=token", False),  # another server's
        ("", False),
        (None, False),
        ("=;;=\x00", False),
    ],
)
def test_the_cookie_holds_the_token(cookie: str | None, is_taken: bool) -> None:
    """Without it nothing is shown."""
    assert ACCESS.has_cookie(cookie) is is_taken


def test_our_own_pages_may_change_something() -> None:
    """The request as they send it."""
    assert ACCESS.refuse_change(headers()) == ""


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Origin": "http://evil.example"}, "another page"),
        ({"Origin": "null"}, "another page"),
        ({"Origin": "https://127.0.0.1:8000"}, "another page"),
        ({"Sec_Fetch_Site": "cross-site"}, "another site"),
        ({"Content_Type": "text/plain"}, "no JSON"),  # what a form of another page can send
        ({"X_Carefeed_Token": ""}, "token"),
        ({"X_Carefeed_Token": "wrong"}, "token"),
    ],
)
def test_other_requests_are_refused(changed: dict[str, str], reason: str) -> None:
    """Another page can't make the browser change anything."""
    assert reason in ACCESS.refuse_change(headers(**changed))
