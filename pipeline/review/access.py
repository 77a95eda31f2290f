"""Who may ask the review's server: whoever was given the address with the token, from this machine, on its own pages.

The token comes once in the address and then as a cookie that scripts can't read and other sites' pages don't send.
A request to change something needs, besides, the page's own origin, JSON, and the second token that only its pages
hold. The host is checked, so that a name that was pointed at this machine (DNS rebinding) is refused.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from email.message import Message
from http.cookies import CookieError, SimpleCookie
from typing import Final

COOKIE: Final = "carefeed-review"
CSRF_HEADER: Final = "X-Carefeed-Token"
_HOSTS: Final = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Access:
    """The secrets of one server, and its port; made anew for every server."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def cookie(self) -> str:
        """The header's value that gives a browser the token; the port is in the name: cookies don't tell ports apart.

        >>> Access(8000, "t").cookie
        'carefeed-review-8000=t; Path=/; HttpOnly; SameSite=Strict'
        """
        return f"{COOKIE}-{self.port}={self.token}; Path=/; HttpOnly; SameSite=Strict"

    def is_own_host(self, host: str | None) -> bool:
        """Whether the request was sent to this machine by a name that can only be its own."""
        return host in {f"{name}:{self.port}" for name in _HOSTS}

    def is_token(self, given: str) -> bool:
        """Whether the token in an address is ours."""
        return hmac.compare_digest(given.encode(), self.token.encode())

    def has_cookie(self, header: str | None) -> bool:
        """Whether the cookies of a request hold the token."""
        try:
            cookies = SimpleCookie(header or "")
        except CookieError:
            return False
        found = cookies.get(f"{COOKIE}-{self.port}")
        return found is not None and self.is_token(found.value)

    def refuse_change(self, headers: Message) -> str:
        """Why a request to change something is refused; empty where it isn't."""
        host = headers.get("Host") or ""
        if headers.get("Origin") != f"http://{host}":
            return "it comes from another page"
        if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return "it comes from another site"
        if (headers.get("Content-Type") or "").partition(";")[0].strip() != "application/json":
            return "it is no JSON"
        if not hmac.compare_digest((headers.get(CSRF_HEADER) or "").encode(), self.csrf.encode()):
            return "it lacks the page's token: load the page again"
        return ""
