"""Where dumps are: files, folders, archives and standard input, in an order that never changes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import DumpError
from pipeline.feeds.archives import GZIP, WARC, ZIP, clean_name, is_packed, unpack
from pipeline.records import Rejection
from pipeline.settings import Limits


@dataclass(frozen=True, slots=True)
class Source:
    """One input: ``name`` as the ledger shows it, and ``read``, which gives its decompressed bytes."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class _File:
    """A file found under an argument; ``below`` is its path below the argument."""

    path: Path
    name: str
    below: str


def find_sources(
    arguments: Sequence[str | Path], limits: Limits, stdin: BinaryIO | None = None, skipped: Path | None = None
) -> Iterator[Source | Rejection]:
    """All inputs that the arguments name, in a fixed order; what can't be opened comes as a ``Rejection``.

    ``skipped`` is a folder that isn't read, though it lie in one that is: where a run writes.

    ``-`` is standard input. Folders are read with all below them, hidden files left out, links to folders followed
    once. Names that clash become the path below the argument. Raises ``DumpError`` at once for a path that is not
    there and for a folder without files.
    """
    files: list[_File] = []
    has_stdin = False
    for argument in arguments:
        if str(argument) == "-":
            has_stdin = True
            continue
        files.extend(_find_files(Path(argument), skipped))
    named = _name_apart(files)
    if has_stdin and stdin is None:
        raise DumpError("standard input can't be read here", "give a file or a folder")
    return _open_all(named, limits, stdin if has_stdin else None)


def _find_files(path: Path, skipped: Path | None) -> list[_File]:
    try:
        if path.is_dir():
            found = [_File(p, p.name, p.relative_to(path).as_posix()) for p in _walk(path, skipped)]
            if not found:
                raise DumpError(f"{path}: no file in this folder", "put dumps in it, or name another folder")
            return found
        if not path.exists():
            raise DumpError(f"{path}: no such file or folder", "check the path")
        if not path.is_file():  # a pipe without a writer or a device would be read for ever
            raise DumpError(f"{path}: neither a file nor a folder", "give - and send the dump to standard input")
        return [_File(path, path.name, path.name)]
    except (OSError, ValueError) as error:
        raise DumpError(f"{path}: {error}", "check the path and who may read it") from error


def _walk(folder: Path, skipped: Path | None) -> Iterator[Path]:
    """Files below a folder in sorted order. Each real folder is entered once, so that loops of links end.

    ``skipped`` is not entered, unless it is the folder itself.
    """
    seen: set[tuple[int, int]] = set()
    if skipped is not None and skipped.is_dir() and not skipped.samefile(folder):
        seen.add((skipped.stat().st_dev, skipped.stat().st_ino))
    stack = [folder]
    while stack:
        at = stack.pop()
        try:
            status = at.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(at), key=lambda e: e.name)
        except OSError as error:
            raise DumpError(f"{at}: {error}", "check who may read this folder") from error
        folders = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                folders.append(Path(entry.path))
            elif entry.is_file():
                yield Path(entry.path)
        stack.extend(reversed(folders))


def _name_apart(files: list[_File]) -> list[_File]:
    """Files with names of their own: the file's name, the path below the argument, or the path with a number.

    A file that two arguments name is read once.
    """
    once: dict[str, _File] = {}
    for file in files:
        once.setdefault(os.path.realpath(file.path), file)
    left = list(once.values())
    clashes = Counter(f.name for f in left)
    left = [replace(f, name=f.below) if clashes[f.name] > 1 else f for f in left]
    clashes = Counter(f.name for f in left)
    left = [replace(f, name=os.path.relpath(f.path).replace(os.sep, "/")) if clashes[f.name] > 1 else f for f in left]
    return sorted((replace(f, name=clean_name(f.name)) for f in left), key=lambda f: (f.name, str(f.path)))


def _open_all(files: list[_File], limits: Limits, stdin: BinaryIO | None) -> Iterator[Source | Rejection]:
    for file in files:
        yield from _open(file, limits)
    if stdin is not None:
        data = stdin.read(limits.file_bytes + 1)
        if len(data) > limits.file_bytes:
            yield _rejected("stdin", len(data), "too_large", f"more than {limits.file_bytes} bytes")
        else:
            yield from _open_packed("stdin", data, limits) if is_packed(data) else [Source("stdin", lambda: data)]


def _open(file: _File, limits: Limits) -> Iterator[Source | Rejection]:
    try:
        size = file.path.stat().st_size
        if size > limits.file_bytes:
            yield _rejected(file.name, size, "too_large", f"{size} bytes; the limit is {limits.file_bytes}")
            return
        with file.path.open("rb") as stream:
            head = stream.read(8)
            if head.startswith((GZIP, ZIP, WARC)) or is_packed(head):
                data = head + stream.read(limits.file_bytes + 1 - len(head))
                yield from _open_packed(file.name, data, limits)
                return
    except OSError as error:
        raise DumpError(f"{file.path}: {error.strerror or error}", "check who may read this file") from error
    yield Source(file.name, _reader(file.path, limits))


def _open_packed(name: str, data: bytes, limits: Limits) -> Iterator[Source | Rejection]:
    names: Counter[str] = Counter()
    is_any = False
    for member in unpack(data, limits):
        is_any = True
        full = f"{name}!/{member.name}" if member.name else name
        names[full] += 1
        full = f"{full}#{names[full]}" if names[full] > 1 else full
        if member.reason is not None:
            yield _rejected(full, 0 if member.name else len(data), member.reason, member.detail)
        else:
            yield Source(full, _giver(member.data))
    if not is_any:
        yield _rejected(name, len(data), "empty", "the archive holds no file")


def _reader(path: Path, limits: Limits) -> Callable[[], bytes]:
    """What reads a file; one that grew past the limit meanwhile is read one byte past it, so that it shows."""

    def read() -> bytes:
        with path.open("rb") as stream:
            return stream.read(limits.file_bytes + 1)

    return read


def _giver(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _rejected(name: str, size: int, reason: str, detail: str) -> Rejection:
    return Rejection(name, 0, size, "read", reason, detail)
