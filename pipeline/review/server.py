"""The small server of a review: the report's pages with the means to correct them, on this machine alone.

    GET  /?token=…           gives the browser its cookie and goes on to /review/
    GET  /review/            the queue: what nobody decided on, the least certain first
    GET  /review/*.json      what the pages ask for: queue, events, article, sentences, search, words
    POST /review/<action>    one of ``actions``, or ``apply``: bring the files up to date with the decisions
    GET  /…                  the report as it lies in the output folder, with the review's script in it

Pages of the report carry a policy that lets no script ask anybody; here they may ask this server.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from pipeline import runner
from pipeline.errors import CarefeedError
from pipeline.review import desk as desks
from pipeline.review.access import Access
from pipeline.review.actions import Refused, Reviewer
from pipeline.review.sentences import sentences_of
from pipeline.timeline.decisions import Decision
from pipeline.vocabulary import DATE_BASES, DIRECTIONS, EVENT_TYPES, LINK_KINDS, ROLES, STATUSES, UNITS

HOST: Final = "127.0.0.1"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
_PAGES: Final = Path(__file__).parent / "pages"
_SCRIPTS: Final = ("review.js", "events.js", "chains.js", "articles.js", "topics.js")
_OWN: Final = {**dict.fromkeys((*_SCRIPTS, "queue.js"), "text/javascript"), "review.css": "text/css"}
_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json"}
_META_POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_MOST_BYTES: Final = 65_536
_MOST_EVENTS: Final = 500
_MOST_FOUND: Final = 30
_SECONDS: Final = 30


class Server(ThreadingHTTPServer):
    """One review: the output folder, who decides, and the secrets of this run of the server."""

    daemon_threads = True

    def __init__(self, out: Path, models: Path, project: Path, reviewer: str, port: int = 0) -> None:
        """Raises ``StoreError`` where there is no archive, ``OSError`` where the port is taken."""
        self.reviewer = Reviewer(out, models, project, reviewer)
        self.root = (out / "report").resolve()
        self.n_events = len(self.reviewer.desk.events)  # what is wrong with the archive is said before anybody asks
        super().__init__((HOST, port), Handler)
        self.access = Access(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away before it has its answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """Where the review begins, with the token."""
        return f"http://{HOST}:{self.access.port}/?token={self.access.token}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    timeout = _SECONDS
    server_version = "carefeed"
    sys_version = ""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: only the command line prints, and addresses hold the token."""

    # ----------------------------------------------------------------------- asking

    def do_GET(self) -> None:
        """A page, a file of one, or what its script asks for."""
        address = urlsplit(self.path)
        access = self.server.access
        if not access.is_own_host(self.headers.get("Host")):
            return self._say(HTTPStatus.FORBIDDEN, "This address isn't mine.")
        token = parse_qs(address.query).get("token", [""])[0]
        if token and access.is_token(token):
            return self._send(
                HTTPStatus.OK, "text/html", _WELCOME, {"Set-Cookie": access.cookie, "Cache-Control": "no-store"}
            )
        if not access.has_cookie(self.headers.get("Cookie")):
            return self._say(HTTPStatus.FORBIDDEN, "Open the whole address that carefeed review printed.")
        path = unquote(address.path)
        if not path.startswith("/review/"):
            return self._send_file(path)
        name = path.removeprefix("/review/")
        if name in _OWN:
            return self._send(HTTPStatus.OK, _OWN[name], (_PAGES / name).read_bytes())
        if name == "":
            return self._send_page((_PAGES / "queue.html").read_text(encoding="utf-8"))
        if name in _ANSWERS:
            given = {key: values[0] for key, values in parse_qs(address.query).items()}
            return self._answer(lambda: _ANSWERS[name](self.server.reviewer, given))
        return self._say(HTTPStatus.NOT_FOUND, "There is no such page.")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """A decision, its undoing, or the bringing up to date."""
        access = self.server.access
        if not access.is_own_host(self.headers.get("Host")) or not access.has_cookie(self.headers.get("Cookie")):
            return self._say(HTTPStatus.FORBIDDEN, "Open the whole address that carefeed review printed.")
        if reason := access.refuse_change(self.headers):
            return self._say(HTTPStatus.FORBIDDEN, f"The request is refused: {reason}.")
        name = urlsplit(self.path).path.removeprefix("/review/")
        size = self.headers.get("Content-Length") or ""
        if not size.isdigit() or int(size) > _MOST_BYTES:
            return self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request has no length, or is too long.")
        try:
            request = json.loads(self.rfile.read(int(size)))
        except ValueError:
            return self._say(HTTPStatus.BAD_REQUEST, "The request is no JSON.")
        if not isinstance(request, dict):
            return self._say(HTTPStatus.BAD_REQUEST, "The request is no JSON object.")
        return self._answer(lambda: self._do(name, request))

    def _do(self, name: str, request: Mapping[str, Any]) -> dict[str, Any]:
        reviewer = self.server.reviewer
        if name != "apply":
            return {"done": reviewer.do(name, request)}
        with reviewer.lock:
            notes = runner.refresh(reviewer.out, reviewer.models)
        return {"done": "Applied: every file is up to date.", "notes": notes}

    def _answer(self, ask: Callable[[], Any]) -> None:
        """Send what a question or an action gives, or why it can't."""
        try:
            found, status = ask(), HTTPStatus.OK
        except Refused as error:
            found, status = {"problem": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY
        except CarefeedError as error:
            hint = f" ({error.hint})" if error.hint else ""
            found, status = {"problem": f"{error}{hint}"}, HTTPStatus.CONFLICT
        self._send(status, "application/json", json.dumps(found, ensure_ascii=False).encode())

    # ----------------------------------------------------------------------- sending

    def _send_file(self, path: str) -> None:
        """A file of the report; nothing outside of its folder."""
        root = self.server.root
        try:
            file = (root / (path.lstrip("/") or "index.html")).resolve()
            is_ours = file.is_relative_to(root) and file.suffix in _TYPES and file.is_file()
        except (OSError, ValueError):  # a name that no file can have
            is_ours = False
        if not is_ours:
            return self._say(HTTPStatus.NOT_FOUND, "There is no such page.")
        if file.suffix == ".html":
            return self._send_page(file.read_text(encoding="utf-8"))
        return self._send(HTTPStatus.OK, _TYPES[file.suffix], file.read_bytes())

    def _send_page(self, page: str) -> None:
        """A page with the review's script and its own policy in place of that for reading from the disk."""
        head = (
            f'<meta name="carefeed-token" content="{self.server.access.csrf}">'
            '<link rel="stylesheet" href="/review/review.css">'
            + "".join(f'<script src="/review/{name}" defer></script>' for name in _SCRIPTS)
        )
        page = _META_POLICY.sub("", page, count=1).replace("</head>", f"{head}</head>", 1)
        self._send(HTTPStatus.OK, "text/html", page.encode())

    def _say(self, status: HTTPStatus, sentence: str) -> None:
        self._send(status, "text/plain", f"{sentence}\n".encode())

    def _send(self, status: HTTPStatus, type_: str, content: bytes, more: Mapping[str, str] | None = None) -> None:
        headers = {
            "Content-Type": f"{type_}; charset=utf-8",
            "Content-Length": str(len(content)),
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": "no-store",
            **(more or {}),
        }
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


_WELCOME: Final = (
    b'<!doctype html><html lang="en-GB"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/review/">'
    b'<title>carefeed review</title><p><a href="/review/">On to the review</a></p></html>'
)


# --------------------------------------------------------------------------- what the pages ask for


def _queue(reviewer: Reviewer, given: Mapping[str, str]) -> dict[str, Any]:
    desk, standing = reviewer.desk, reviewer.standing()
    limit = min(int(given["limit"]), _MOST_EVENTS) if given.get("limit", "").isdigit() else 50
    undecided = desks.queue(desk, standing, len(desk.events))
    return {
        "events": desks.queue(desk, standing, limit, is_all=given.get("all") == "1"),
        "n_left": len(undecided),
        "n_events": len(desk.events),
        "decisions": [desks.decision_card(each) for each in _newest(standing)],
    }


def _newest(standing: desks.Standing) -> list[Decision]:
    return sorted(standing.by_key.values(), key=lambda each: each.decided, reverse=True)[:_MOST_EVENTS]


def _events(reviewer: Reviewer, given: Mapping[str, str]) -> dict[str, Any]:
    desk, standing = reviewer.desk, reviewer.standing()
    wanted = [event_id for event_id in given.get("ids", "").split(",")[:_MOST_EVENTS] if event_id in desk.events]
    return {"events": [desks.event_card(desk, standing, event_id) for event_id in wanted]}


def _article(reviewer: Reviewer, given: Mapping[str, str]) -> dict[str, Any]:
    return desks.article_cards(reviewer.desk, reviewer.standing(), reviewer.out, given.get("id", ""))


def _sentences(reviewer: Reviewer, given: Mapping[str, str]) -> dict[str, Any]:
    return {"sentences": [asdict(each) for each in sentences_of(reviewer.out, given.get("id", ""))]}


def _search(reviewer: Reviewer, given: Mapping[str, str]) -> dict[str, Any]:
    return {"events": desks.search(reviewer.desk, given.get("words", ""), _MOST_FOUND)}


def _words(reviewer: Reviewer, _: Mapping[str, str]) -> dict[str, Any]:
    names = reviewer.desk.names
    return {
        "type": EVENT_TYPES, "status": STATUSES, "unit": UNITS, "role": ROLES, "direction": DIRECTIONS,
        "kind": LINK_KINDS, "date_basis": DATE_BASES,
        "policies": names.all_of("policy"), "organisations": names.all_of("organisation"),
        "topics": {topic_id: row["label"] for topic_id, row in reviewer.desk.topics.items()},
        "reviewer": reviewer.name,
    }  # fmt: skip


_ANSWERS: Final[Mapping[str, Callable[[Reviewer, Mapping[str, str]], dict[str, Any]]]] = {
    "queue.json": _queue,
    "events.json": _events,
    "article.json": _article,
    "words.json": _words,
    "sentences.json": _sentences,
    "search.json": _search,
}
