"""Bytes to clean UTF-8, with the way back to the bytes that each came from.

The readers work on ``Decoded.data``: UTF-8 whose control characters have become blanks. ``to_source`` turns offsets in
it into offsets in the file. Nothing is guessed in silence: a file that is in no encoding that can be told for sure has
``bad_byte`` set, and single bytes that had to be mended set ``is_repaired``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

#: Control characters become blanks (carriage returns line ends), byte for byte, so that offsets stay.
_CONTROLS = bytes.maketrans(bytes([*range(9), 11, 12, 13, *range(14, 32), 127]), b" " * 11 + b"\n" + b" " * 19)
_ANY_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_PIECE = 1 << 22
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_DECLARED = re.compile(
    rb"""^\s*<\?xml[^>]{0,100}?encoding=["']([A-Za-z0-9._-]{2,40})["']"""
    rb"""|<meta[^>]{0,200}?charset=["']?([A-Za-z0-9._-]{2,40})""",
    re.IGNORECASE,
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
#: More stray bytes than this share of the file, and it is no UTF-8 file with a few accidents.
_MAX_STRAY = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text as UTF-8 ``data``; ``bad_byte`` is the first byte that could not be read, where that ends it."""

    data: bytes
    encoding: str
    is_repaired: bool = False
    bad_byte: int | None = None
    repairs: tuple[int, ...] = ()
    _breaks: tuple[tuple[int, int], ...] = field(default=())
    _bom: int = 0

    @property
    def is_identical(self) -> bool:
        """Offsets in ``data`` are offsets in the file."""
        return self.encoding == "utf-8" and not self._breaks

    def to_source(self, offsets: Sequence[int]) -> list[int]:
        """Byte offsets in the file for byte offsets in ``data``, which must be in rising order."""
        if self.is_identical:
            return list(offsets)
        found: list[int] = []
        at, source = 0, self._bom
        if self.encoding != "utf-8":
            for offset in offsets:
                source += len(self.data[at:offset].decode("utf-8", "replace").encode(self.encoding, "replace"))
                at = offset
                found.append(source)
            return found
        i, shift = 0, 0
        for offset in offsets:
            while i < len(self._breaks) and self._breaks[i][0] <= offset:
                shift = self._breaks[i][1]
                i += 1
            found.append(offset + shift)
        return found


def decode(data: bytes) -> Decoded:
    """The text of a file's bytes. UTF-8 first, then what a byte order mark, a declaration or the bytes prove."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _read_utf8(data) if name == "utf-8" else _read_as(data[len(bom) :], name, len(bom))
    wide = _tell_wide(data)
    if wide:
        return _read_as(data, wide, 0)
    return _read_utf8(data)


def _scrub(data: bytes) -> bytes:
    """The bytes without control characters; the same object where there are none, since files are large."""
    if _ANY_CONTROL.search(data):
        data = data.translate(_CONTROLS)
    return _C1.sub(b"  ", data) if _C1.search(data) else data


def _read_utf8(data: bytes) -> Decoded:
    if not _is_utf8(data):
        return _read_broken(data)
    return Decoded(_scrub(data), "utf-8")


def _is_utf8(data: bytes) -> bool:
    """Whether all bytes are UTF-8; looked at in pieces, so that a large file is never held twice."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for at in range(0, len(data), _PIECE):
            decoder.decode(view[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _read_as(data: bytes, name: str, bom: int) -> Decoded:
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        whole = data[: error.start] if isinstance(error, UnicodeDecodeError) else b""
        if not whole or len(data) - len(whole) > 4:
            return Decoded(b"", name, bad_byte=bom + len(whole))
        text = whole.decode(name)  # cut inside its last character
        return Decoded(_scrub(text.encode("utf-8", "replace")), name, is_repaired=True, _bom=bom)
    return Decoded(_scrub(text.encode("utf-8", "replace")), name, _bom=bom)


def _tell_wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of its first stretch is NUL where the text is mostly Latin."""
    head = data[:4096]
    if len(head) < 8 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:2048])
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return {"iso8859-1": "cp1252", "utf-8": None}.get(codec, codec)


def _read_broken(data: bytes) -> Decoded:
    """Bytes that are not UTF-8: another declared encoding, Windows-1252, or UTF-8 with some stray bytes."""
    declared = _declared(data)
    if declared:
        try:
            text = data.decode(declared)
            if text.encode(declared) == data:
                return Decoded(_scrub(text.encode("utf-8", "replace")), declared)
        except (UnicodeError, LookupError):
            pass  # the declaration is wrong: the bytes decide
    good, bad = _count_sequences(data)
    if good <= bad // 20 and _is_western(data):
        return Decoded(_scrub(data.decode("cp1252").encode("utf-8")), "cp1252")
    if bad > 3 and bad > _MAX_STRAY * max(len(data), 1):
        return Decoded(b"", "unknown", bad_byte=_first_bad(data))
    return _mend(data)


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_STRAY = re.compile("[\udc80-\udcff]+")
_UNDEFINED = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")  # bytes without a letter in Windows-1252


def _count_sequences(data: bytes) -> tuple[int, int]:
    """How many well-formed UTF-8 sequences the bytes hold, and how many high bytes are in none."""
    rest, good = _SEQUENCE.subn(b"", data)
    return good, len(_HIGH.findall(rest))


def _is_western(data: bytes) -> bool:
    """Windows-1252 is sure enough: it decodes, and its high characters stand as such text has them."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = re.findall(r"[^\x00-\x7f]", text)
    if len(high) > 0.4 * len(text):
        return False
    usual = sum(c.isalpha() or c in "’‘“”–—…£€©®°·•«»§½¼¾\u00a0´¿¡" for c in high)
    return bool(usual >= 0.9 * len(high))


def _mend(data: bytes) -> Decoded:
    """UTF-8 with stray bytes: a lone Windows-1252 letter is read as such, any other becomes U+FFFD."""
    text = data.decode("utf-8", "surrogateescape")
    parts: list[bytes] = []
    breaks: list[tuple[int, int]] = []
    repairs: list[int] = []
    at = size = source = 0
    for stray in _STRAY.finditer(text):
        good = text[at : stray.start()].encode("utf-8")
        raw = stray[0].encode("utf-8", "surrogateescape")
        parts.append(good)
        size, source, at = size + len(good), source + len(good), stray.end()
        is_lone = len(raw) == 1 and raw not in _UNDEFINED and text[at : at + 1].isascii() and at < len(text)
        patch = (raw.decode("cp1252") if is_lone else "\ufffd").encode("utf-8")
        parts.append(patch)
        repairs.append(size)
        size, source = size + len(patch), source + len(raw)
        breaks.append((size, source - size))
    parts.append(text[at:].encode("utf-8"))
    return Decoded(_scrub(b"".join(parts)), "utf-8", is_repaired=True, repairs=tuple(repairs), _breaks=tuple(breaks))
