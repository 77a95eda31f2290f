"""Files are written aside and put in place together.

A run writes every file into ``.new/`` below the output folder. When all of them are there, a list of them is written
(``.new/COMMIT``); from then on the new files count. They are moved over the old ones one by one, and files of the run
before that the new one doesn't have are taken away. A run that was killed before the list leaves the old files; one
killed after it is completed by ``recover``, which every command calls first.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

STAGING = ".new"
_COMMIT = "COMMIT"


def stage(out: Path) -> Path:
    """An empty folder to write the new files into."""
    recover(out)
    staging = out / STAGING
    staging.mkdir()
    return staging


def commit(out: Path, obsolete: Iterable[str]) -> list[str]:
    """Put the staged files in place and give their names relative to ``out``, sorted.

    ``obsolete`` are the names of the set before; those that the new set doesn't have are taken away.
    """
    staging = out / STAGING
    files = sorted(p.relative_to(staging).as_posix() for p in staging.rglob("*") if p.is_file())
    gone = sorted(set(obsolete) - set(files))
    pending = staging / f"{_COMMIT}.part"
    with pending.open("w", encoding="utf-8") as handle:
        json.dump({"files": files, "gone": gone}, handle)
        handle.flush()
        os.fsync(handle.fileno())
    pending.replace(staging / _COMMIT)
    recover(out)
    return files


def recover(out: Path) -> None:
    """Complete a placement that was cut short, or clear away one that never came to its list."""
    staging = out / STAGING
    if not staging.is_dir():
        return
    listing = staging / _COMMIT
    if listing.is_file():
        plan = json.loads(listing.read_text(encoding="utf-8"))
        for name in plan["files"]:
            source, target = staging / name, out / name
            if source.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
        for name in plan["gone"]:
            (out / name).unlink(missing_ok=True)
            _remove_empty_parents(out / name, out)
    shutil.rmtree(staging)


def _remove_empty_parents(path: Path, out: Path) -> None:
    for parent in path.parents:
        if parent == out or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()
