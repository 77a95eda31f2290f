"""Sources: files, folders, archives and standard input, in a fixed order and within limits."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import DumpError
from pipeline.feeds.sources import Source, find_sources
from pipeline.records import Rejection
from pipeline.settings import Limits

LIMITS = Limits()


def found(*arguments: Path | str, limits: Limits = LIMITS, stdin: bytes = b"") -> dict[str, bytes | str]:
    """Names and bytes of all sources; the reason where one was rejected."""
    return {
        s.name if isinstance(s, Source) else s.dump: s.read() if isinstance(s, Source) else s.reason
        for s in find_sources(arguments, limits, io.BytesIO(stdin))
    }


def zipped(**members: bytes) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_folder(tmp_path: Path) -> None:
    """A folder is read with all below it, hidden files left out, in sorted order."""
    (tmp_path / "b").mkdir()
    for name in ("b/two.txt", "one.txt", ".hidden"):
        (tmp_path / name).write_bytes(name.encode())
    assert list(found(tmp_path)) == ["one.txt", "two.txt"]


def test_names_that_clash(tmp_path: Path) -> None:
    """Names that clash become the path below the argument."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "feed.txt").write_bytes(name.encode())
    assert found(tmp_path) == {"a/feed.txt": b"a", "b/feed.txt": b"b"}


def test_named_twice(tmp_path: Path) -> None:
    """A file that two arguments name is read once."""
    (tmp_path / "one.txt").write_bytes(b"x")
    assert found(tmp_path, tmp_path / "one.txt") == {"one.txt": b"x"}


def test_loop_of_links(tmp_path: Path) -> None:
    """A link to a folder above ends."""
    (tmp_path / "one.txt").write_bytes(b"x")
    os.symlink(tmp_path, tmp_path / "again")
    assert found(tmp_path) == {"one.txt": b"x"}


def test_archives(tmp_path: Path) -> None:
    """Gzip and zip are opened by content, one in the other too; members are named behind ``!/``."""
    (tmp_path / "a.txt").write_bytes(gzip.compress(b"one"))
    (tmp_path / "b.bin").write_bytes(zipped(**{"x.txt": b"two", "y.gz": gzip.compress(b"three"), "../up.txt": b"four"}))
    assert found(tmp_path) == {
        "a.txt": b"one",
        "b.bin!/up.txt": b"four",
        "b.bin!/x.txt": b"two",
        "b.bin!/y.gz": b"three",
    }


def test_stdin() -> None:
    """A dash is standard input, packed or not."""
    assert found("-", stdin=b"x") == {"stdin": b"x"}
    assert found("-", stdin=gzip.compress(b"x")) == {"stdin": b"x"}


def test_bombs(tmp_path: Path) -> None:
    """What unpacks to more than the limits allow is rejected, and so is what nests too deeply or is damaged."""
    bomb = gzip.compress(b"\0" * 3_000_000)
    nested = gzip.compress(gzip.compress(gzip.compress(b"x")))
    (tmp_path / "bomb").write_bytes(bomb)
    (tmp_path / "nested").write_bytes(nested)
    (tmp_path / "broken").write_bytes(bomb[:100])
    (tmp_path / "zip").write_bytes(zipped(a=b"\0" * 3_000_000, b=b"fine"))
    assert found(tmp_path, limits=Limits(unpacked_ratio=10)) == {
        "bomb": "too_large", "broken": "bad_archive", "nested": "bad_archive", "zip!/a": "too_large", "zip!/b": b"fine",
    }  # fmt: skip


@pytest.mark.parametrize(("extra", "want"), [(0, b"x" * 2_000_000), (-1, "too_large")])
def test_unpacked_limit(tmp_path: Path, extra: int, want: bytes | str) -> None:
    """At the limit a file is unpacked, over it not."""
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"x" * 2_000_000))
    limits = Limits(unpacked_bytes=2_000_000 + extra, unpacked_ratio=10_000)
    assert found(path, limits=limits) == {"a.gz": want}


@pytest.mark.parametrize(("limit", "want"), [(10, b"0123456789"), (9, "too_large")])
def test_file_limit(tmp_path: Path, limit: int, want: bytes | str) -> None:
    """At the limit a file is read, over it not."""
    (tmp_path / "a.txt").write_bytes(b"0123456789")
    assert found(tmp_path, limits=Limits(file_bytes=limit)) == {"a.txt": want}


def test_warc(tmp_path: Path) -> None:
    """The records of a crawl archive are read by their addresses."""
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss/>"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.org/feed/\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(head.encode() + body + b"\r\n\r\n")
    assert found(tmp_path) == {"a.warc!/000001 https/a.org/feed": b"<rss/>"}


def test_missing_path(tmp_path: Path) -> None:
    """A path that is not there stops at once and says what to do."""
    with pytest.raises(DumpError, match="no such file") as caught:
        find_sources([tmp_path / "none"], LIMITS)
    assert caught.value.hint


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without files stops at once."""
    with pytest.raises(DumpError, match="no file"):
        find_sources([tmp_path], LIMITS)


def test_hostile_names(tmp_path: Path) -> None:
    """Control characters of a name do not reach the ledger."""
    (tmp_path / "a\x1b[31m\n.txt").write_bytes(b"x")
    (name,) = found(tmp_path)
    assert name.isprintable()


def test_rejection_covers_the_file(tmp_path: Path) -> None:
    """A rejected file's range is all of its bytes."""
    (tmp_path / "a.txt").write_bytes(b"0123456789")
    (only,) = find_sources([tmp_path], Limits(file_bytes=5))
    assert isinstance(only, Rejection)
    assert (only.start_byte, only.end_byte, only.stage) == (0, 10, "read")
