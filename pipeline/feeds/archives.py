"""What is inside compressed files and archives, within limits: what comes out is counted, not what goes in."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.settings import Limits

_CHUNK = 1 << 20
GZIP, ZIP, WARC = b"\x1f\x8b", b"PK\x03\x04", b"WARC/"
_EMPTY_ZIP = b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name inside, and its bytes, or the reason why it has none."""

    name: str
    data: bytes = b""
    reason: str | None = None
    detail: str = ""


def is_packed(data: bytes) -> bool:
    """The bytes are a gzip, zip or WARC file, told by how they begin."""
    return data.startswith((GZIP, ZIP, _EMPTY_ZIP, WARC))


def unpack(data: bytes, limits: Limits, depth: int = 0) -> Iterator[Member]:
    """The files inside, in their order; names are joined by ``!/``. A file that is not packed comes back as it is.

    A member that can't be had (over a limit, damaged, encrypted, nested too deeply) comes with a reason.
    """
    if not is_packed(data):
        yield Member("", data)
        return
    if depth >= limits.nesting:
        yield Member("", reason="bad_archive", detail=f"nested more than {limits.nesting} deep")
        return
    if data.startswith(GZIP):
        members: Iterator[Member] = iter([_unpack_gzip(data, limits)])
    elif data.startswith(WARC):
        members = _unpack_warc(data, limits)
    else:
        members = _unpack_zip(data, limits)
    for member in members:
        if member.reason is not None or not is_packed(member.data):
            yield member
            continue
        for inner in unpack(member.data, limits, depth + 1):
            name = f"{member.name}!/{inner.name}" if member.name and inner.name else member.name or inner.name
            yield Member(name, inner.data, inner.reason, inner.detail)


def _room(n_packed: int, limits: Limits) -> int:
    """How many bytes may come out of so many packed ones. Small files may grow more: 1 MB is always allowed."""
    return min(limits.unpacked_bytes, max(n_packed * limits.unpacked_ratio, _CHUNK))


def _read_within(stream: BinaryIO, room: int) -> bytes | None:
    """All bytes of a stream, ``None`` when there are more than ``room``."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(min(_CHUNK, room - size + 1)):
        size += len(chunk)
        if size > room:
            return None
        parts.append(chunk)
    return b"".join(parts)


def _unpack_gzip(data: bytes, limits: Limits) -> Member:
    room = _room(len(data), limits)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            found = _read_within(stream, room)  # type: ignore[arg-type]
    except (OSError, EOFError, zlib.error, ValueError) as error:
        return Member("", reason="bad_archive", detail=f"gzip: {error}")
    if found is None:
        return Member("", reason="too_large", detail=f"more than {room} bytes come out of {len(data)}")
    return Member("", found)


def _unpack_zip(data: bytes, limits: Limits) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        yield Member("", reason="bad_archive", detail=f"zip: {error}")
        return
    total = 0
    with archive:
        names: dict[str, int] = {}
        for info in sorted(archive.infolist(), key=lambda i: (i.filename, i.header_offset)):
            if info.is_dir() or _is_hidden(info.filename):
                continue
            names[info.filename] = names.get(info.filename, 0) + 1
            name = clean_name(info.filename) + (f"#{names[info.filename]}" if names[info.filename] > 1 else "")
            room = min(_room(max(info.compress_size, 1), limits), limits.unpacked_bytes - total)
            try:
                with archive.open(info) as stream:
                    found = _read_within(stream, max(room, 0))  # type: ignore[arg-type]
            except (
                zipfile.BadZipFile,
                OSError,
                EOFError,
                RuntimeError,
                ValueError,
                NotImplementedError,
                zlib.error,
            ) as error:
                yield Member(name, reason="bad_archive", detail=f"zip: {error}")
                continue
            if found is None:
                yield Member(name, reason="too_large", detail=f"more than {max(room, 0)} bytes come out")
                continue
            total += len(found)
            yield Member(name, found)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/") if part not in (".", ".."))


def clean_name(name: str) -> str:
    """A member's name as the ledger shows it: no control characters, no way up, no root.

    >>> clean_name("../../etc/x\\x1b.txt")
    'etc/x�.txt'
    """
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    text = "/".join(parts) or "unnamed"
    return "".join(c if c.isprintable() else "\ufffd" for c in text)[:1_000]


def _unpack_warc(data: bytes, limits: Limits) -> Iterator[Member]:
    """The responses and conversions of a WARC or WET file, named by their addresses."""
    try:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  (an optional extra)
    except ImportError:
        yield Member("", reason="bad_archive", detail="WARC files need the extra: pip install carefeed[warc]")
        return
    total = 0
    room = min(limits.unpacked_bytes, max(len(data) * limits.unpacked_ratio, _CHUNK))
    try:
        for n, record in enumerate(ArchiveIterator(io.BytesIO(data)), 1):
            if record.rec_type not in ("response", "conversion", "resource"):
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            found = _read_within(record.content_stream(), max(room - total, 0))
            name = clean_name(f"{n:06d} {address}".strip().replace("://", "/"))
            if found is None:
                yield Member(name, reason="too_large", detail=f"more than {room} bytes come out")
                return
            total += len(found)
            yield Member(name, found)
    except Exception as error:  # warcio raises its own and the standard library's errors alike on broken records
        yield Member("", reason="bad_archive", detail=f"warc: {type(error).__name__}: {error}"[:300])
