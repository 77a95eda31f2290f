"""Files are written aside and put in place together, once the archive says so.

A run writes every file that is to change into ``.new/`` below the output folder, and last a plan: which files to put
in place, which to take away, and the *state* of the archive that they belong to. Then the archive's transaction is
committed, which holds the same state: this is the moment at which the new files count. They are moved over the old
ones one by one, without writing a byte. A run that was killed before the commit leaves the old files; one killed after
it is completed by ``recover``, which every command that writes calls first.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STAGING = ".new"
_PLAN = "PLAN"


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file is known by. Size and time of change tell an untouched file without reading it."""

    sha256: str
    size: int
    mtime_ns: int


def describe(path: Path) -> FileState:
    """The state of a file."""
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
        status = os.fstat(handle.fileno())
    return FileState(digest, status.st_size, status.st_mtime_ns)


def stands(path: Path, known: FileState) -> bool:
    """Whether a file has the bytes that it is known by."""
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (known.size, known.mtime_ns):
            return True
        return status.st_size == known.size and describe(path).sha256 == known.sha256
    except OSError:
        return False


def stage(out: Path) -> Path:
    """An empty folder to write the new files into."""
    staging = out / STAGING
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir()
    return staging


def staged(out: Path) -> dict[str, FileState]:
    """The files in the folder, by their names relative to it."""
    staging = out / STAGING
    return {p.relative_to(staging).as_posix(): describe(p) for p in sorted(staging.rglob("*")) if p.is_file()}


def unstage(out: Path, names: Iterable[str]) -> None:
    """Take files out of the folder again: those in place are the same."""
    for name in names:
        (out / STAGING / name).unlink()


def seal(out: Path, files: Iterable[str], gone: Iterable[str], state: str) -> None:
    """Write the plan: nothing more is written after it, and it counts when the archive has the same state."""
    staging = out / STAGING
    pending = staging / f"{_PLAN}.part"
    with pending.open("w", encoding="utf-8") as handle:
        json.dump({"state": state, "files": sorted(files), "gone": sorted(gone)}, handle)
        handle.flush()
        os.fsync(handle.fileno())
    pending.replace(staging / _PLAN)


def recover(out: Path, state: str | None) -> None:
    """Put the staged files in place if they belong to the archive's ``state``; clear them away if not."""
    staging = out / STAGING
    if not staging.is_dir():
        return
    plan = _read_plan(staging)
    if plan and plan["state"] == state:
        for name in plan["files"]:
            source, target = staging / name, out / name
            if source.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
        for name in plan["gone"]:
            (out / name).unlink(missing_ok=True)
            _remove_empty_parents(out / name, out)
    shutil.rmtree(staging)


def _read_plan(staging: Path) -> dict[str, Any] | None:
    """The plan; None where the run ended before it was written."""
    path = staging / _PLAN
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _remove_empty_parents(path: Path, out: Path) -> None:
    for parent in path.parents:
        if parent == out or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()
