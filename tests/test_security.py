"""What SECURITY.md promises of the code itself: no network, no code from data, loopback only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pipeline.review import server
from tests.sources import PACKAGE, calls, modules, names_imported

#: Modules that open connections or run what they read.
FORBIDDEN = {
    "aiohttp", "asyncio", "cPickle", "cloudpickle", "code", "dill", "ftplib", "http.client", "httpx", "imaplib",
    "joblib", "marshal", "pickle", "poplib", "requests", "runpy", "shelve", "smtplib", "socket", "socketserver",
    "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "xml", "xmlrpc", "yaml",
}  # fmt: skip
#: Modules that may be imported in one place only.
ALLOWED = {
    "http.server": {"review/server.py"},
    "subprocess": {"cli/pager.py", "cli/exporting.py"},  # the user's pager; Datasette
    "distributed": {"cluster.py"},
}
CALLS = {"eval", "exec", "compile", "__import__"}


def test_nothing_opens_a_connection_or_unpickles() -> None:
    """No module imports what could."""
    assert [(path, name) for path, _ in modules() for name in names_imported(path) & FORBIDDEN] == []


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_what_is_allowed_in_one_place_is_nowhere_else(name: str) -> None:
    """Servers, other programs and clusters have one door each."""
    assert {path for path, _ in modules() if name in names_imported(path)} <= ALLOWED[name]


def test_nothing_runs_text() -> None:
    """No ``eval``, ``exec`` or the like, and no shell."""
    found = []
    for path, node in calls():
        if isinstance(node.func, ast.Name) and node.func.id in CALLS:
            found.append((path, node.func.id))
        found += [(path, "shell") for keyword in node.keywords if keyword.arg == "shell"]
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("system", "popen"):
            found.append((path, ast.unparse(node.func)))
    assert found == []


def test_arrays_are_read_without_pickles() -> None:
    """Every ``np.load`` says so."""
    found = [
        (path, {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords})
        for path, node in calls()
        if isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in ("np.load", "numpy.load")
    ]
    assert found
    assert [path for path, keywords in found if keywords.get("allow_pickle") != "False"] == []


def test_servers_listen_on_this_machine_only() -> None:
    """The review's address, and the one that Datasette is given."""
    assert server.HOST == "127.0.0.1"
    source = (PACKAGE / "cli" / "exporting.py").read_text(encoding="utf-8")
    assert '"--host", "127.0.0.1"' in source
    assert not [path for path, _ in modules() if "0.0.0.0" in (PACKAGE / path).read_text(encoding="utf-8")]


def test_pages_of_the_report_may_ask_nobody(corpus_run: Path) -> None:
    """Each has the policy, loads nothing from elsewhere and runs nothing that stands in it."""
    pages = sorted((corpus_run / "report").rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "default-src 'none'" in text, page
        assert 'src="http' not in text and "<iframe" not in text and "onclick=" not in text, page
