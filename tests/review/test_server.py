"""The review's server, asked over the wire."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline import runner
from pipeline.review.server import Server
from pipeline.reviewing import load_decisions
from pipeline.settings import find_models
from tests.runs import Made, copy_run


@contextmanager
def serve(out: Path, project: Path) -> Iterator[Server]:
    """A server on a copy of a run, on a free port."""
    (out / "report" / "secret.txt").write_text("no page of ours", encoding="utf-8")
    with Server(out, find_models(), project, "ann") as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield found
        found.shutdown()
        thread.join()


@pytest.fixture
def server(out: Path, project: Path) -> Iterator[Server]:
    """A server whose reviewer may decide on things."""
    with serve(out, project) as found:
        yield found


@pytest.fixture(scope="module")
def guarded(small_run: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of which nothing is asked that may change anything: one for all who are shown pages or refused."""
    folder = tmp_path_factory.mktemp("guarded")
    project = folder / "project"
    with serve(copy_run(small_run, folder / "outputs", project), project) as found:
        yield found


def ask(
    server: Server, path: str, body: object = None, headers: dict[str, str] | None = None, *, known: bool = True
) -> tuple[HTTPResponse, str]:
    """The answer to a request such as our own pages send, with the headers given in place of the usual ones."""
    port = server.access.port
    usual = {"Host": f"127.0.0.1:{port}"}
    if known:
        usual["Cookie"] = f"carefeed-review-{port}={server.access.token}"
    if body is not None:
        usual |= {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"}
        usual |= {"X-Carefeed-Token": server.access.csrf}
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    content = None if body is None else json.dumps(body)
    connection.request("GET" if body is None else "POST", path, content, {**usual, **(headers or {})})
    answer = connection.getresponse()
    return answer, answer.read().decode()


def test_the_address_with_the_token_gives_a_cookie(guarded: Server) -> None:
    """One that scripts can't read and other sites' pages don't send."""
    answer, _ = ask(guarded, guarded.address.partition(str(guarded.access.port))[2], known=False)
    assert answer.status == 200
    cookie = answer.headers["Set-Cookie"]
    assert guarded.access.token in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("path", ["/", "/?token=wrong", "/review/", "/review/queue.json", "/index.html", "/review/x"])
def test_without_the_token_nothing_is_shown(guarded: Server, path: str) -> None:
    """Neither page nor file nor answer."""
    answer, text = ask(guarded, path, known=False)
    assert answer.status == 403
    assert "carefeed review printed" in text


def test_a_name_pointed_at_this_machine_is_refused(guarded: Server) -> None:
    """Whatever cookie comes with it."""
    assert ask(guarded, "/", headers={"Host": "evil.example"})[0].status == 403
    assert ask(guarded, "/review/undo", {}, headers={"Host": "evil.example"})[0].status == 403


@pytest.mark.parametrize("path", ["/", "/index.html", "/review/", "/about.html"])
def test_pages_come_with_a_strict_policy(guarded: Server, path: str) -> None:
    """Scripts and requests of our own alone, no frame around it; the page's own policy makes way for it."""
    answer, text = ask(guarded, path)
    assert answer.status == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert 'http-equiv="Content-Security-Policy"' not in text
    assert text.count("/review/review.js") == 1
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/../timeline.csv", "/%2e%2e/timeline.csv", "/..%2ftimeline.csv", "//etc/passwd", "/secret.txt", "/assets", "/%00",
     "/review/../../reviewing.py", "/review/gone.json", "/gone.html"],
)  # fmt: skip
def test_nothing_but_the_pages_is_served(guarded: Server, path: str) -> None:
    """No way leads out of the report's folder."""
    assert ask(guarded, path)[0].status == 404


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Content-Type": "text/plain"}, {"X-Carefeed-Token": "wrong"}, {"Cookie": ""}],
)
def test_another_page_can_change_nothing(guarded: Server, headers: dict[str, str]) -> None:
    """A forged request is refused, and nothing kept."""
    event = next(iter(guarded.reviewer.desk.events))
    assert ask(guarded, "/review/decide", {"event": event, "verdict": "reject"}, headers)[0].status == 403
    assert load_decisions(guarded.reviewer.project) == ()


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [("/review/dance", {}, 422), ("/review/decide", [], 400), ("/review/decide", {}, 422),
     ("/review/decide", {"event": "x" * 70_000}, 413)],
)  # fmt: skip
def test_wrong_requests_are_told_so(guarded: Server, path: str, body: object, status: int) -> None:
    """Each with a sentence."""
    answer, text = ask(guarded, path, body)
    assert (answer.status, bool(text)) == (status, True)


def test_a_decision_is_seen_at_once_and_applied_on_demand(server: Server, out: Path) -> None:
    """In the queue, on the event's card, and in the files once it is applied."""
    event = json.loads(ask(server, "/review/queue.json?limit=1")[1])["events"][0]
    answer, _ = ask(
        server, "/review/decide", {"event": event["event_id"], "verdict": "correct", "corrections": {"date": "1999"}}
    )
    assert answer.status == 200
    (card,) = json.loads(ask(server, f"/review/events.json?ids={event['event_id']}")[1])["events"]
    assert card["decisions"][0]["corrections"] == {"date": "1999"}
    assert json.loads(ask(server, "/review/queue.json")[1])["decisions"][0]["reviewer"] == "ann"
    assert ask(server, "/review/apply", {})[0].status == 200
    assert "1999" in (out / "timeline.csv").read_text(encoding="utf-8")
    assert json.loads(ask(server, f"/review/events.json?ids={event['event_id']}")[1])["events"][0]["date"] == "1999"


def test_a_locked_folder_is_told_plainly(server: Server, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a run is writing, applying says so and what to do."""
    monkeypatch.setattr(runner, "_LOCK_SECONDS", 0.1)
    with FileLock(out / runner.LOCK_NAME):
        answer, text = ask(server, "/review/apply", {})
    assert answer.status == 409
    assert re.search("another run is writing to it .wait until it is done", json.loads(text)["problem"])
