"""The files beside the archive: written anew where their rows have changed or they don't stand any more."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import fingerprints
from pipeline.progress import Progress
from pipeline.report import Standing, write_report
from pipeline.store import exports, placing
from pipeline.store.contents import Contents
from pipeline.store.placing import FileState
from pipeline.store.touched import find_due

RUN_JSON = "run.json"
#: Folders that the report fills.
_REPORT_FOLDERS = ("report/", "topics/")
#: The fact that says what made the pages that stand.
_PAGES = "pages"


def known_files(contents: Contents) -> dict[str, FileState]:
    """The files that the archive's present rows were written to, by name."""
    rows = contents.connection.execute("SELECT name, sha256, size, mtime_ns FROM _files ORDER BY name")
    return {name: FileState(*state) for name, *state in rows}


def fallen_files(contents: Contents, out: Path) -> list[str]:
    """Those of the known files that are gone or changed; ``run.json`` where none is known yet."""
    known = known_files(contents)
    return [name for name, state in known.items() if not placing.stands(out / name, state)] or (
        [] if known else [RUN_JSON]
    )


@dataclass(frozen=True, slots=True)
class Staged:
    """Files written aside: those that are to be put in place, all that will be there then, and those that go."""

    new: tuple[str, ...]
    files: Mapping[str, FileState]
    gone: tuple[str, ...]


def stage_files(contents: Contents, out: Path, progress: Progress) -> Staged:
    """Write every file but ``run.json`` that is to change aside; works inside of the transaction that changed the rows.

    A file is to change when its rows have, or when the one in place is not the one that was written. A step of
    ``progress`` is a file.
    """
    known = known_files(contents)
    fallen = set(fallen_files(contents, out))
    staging = placing.stage(out)
    good = known.keys() - fallen if _is_made_alike(contents) else frozenset()
    for name, tables in sorted(exports.FILES.items()):
        progress.advance()
        if name not in good or tables & contents.changed or not tables:
            if name in good and _rewrite(contents, name, out, staging):
                continue
            exports.write_file(contents, name, staging)
    is_report_due = contents.changed or not good or any(name.startswith(_REPORT_FOLDERS) for name in fallen)
    left = write_report(contents, staging, _standing(contents, out, good), progress) if is_report_due else set()
    written = placing.staged(out)
    same = {
        name for name, each in written.items()
        if name not in fallen and name in known and known[name].sha256 == each.sha256
    }  # fmt: skip
    placing.unstage(out, same)
    kept = {
        name: each
        for name, each in known.items()
        if name in same
        or name in left
        or (name not in written and name != RUN_JSON and not (is_report_due and name.startswith(_REPORT_FOLDERS)))
    }
    new = {name: each for name, each in written.items() if name not in same}
    files = kept | new
    return Staged(tuple(new), files, tuple(known.keys() - files.keys() - {RUN_JSON}))


def _rewrite(contents: Contents, name: str, out: Path, staging: Path) -> bool:
    """Write a file from the one that stands, where that is possible."""
    table = exports.SPLICED.get(name)
    keys = contents.touched.rows(table) if table else None
    if keys is None:
        return False
    if name == "articles.jsonl":
        keys |= contents.touched.renewed
    return exports.rewrite_file(contents, name, staging, out / name, keys)


def _is_made_alike(contents: Contents) -> bool:
    """Whether the files that stand were made as files are made now: by this code, with or without whole texts."""
    made_by = fingerprints.combine(fingerprints.report_fingerprint(), str(contents.shows_full_text()))
    is_same = contents.archive.fact(_PAGES) == made_by
    contents.archive.set_fact(_PAGES, made_by)
    return is_same


def _standing(contents: Contents, out: Path, names: Set[str]) -> Standing:
    """What can stay of the pages of these names."""
    if not names:
        return Standing()
    due = find_due(contents.connection, contents.touched)
    return Standing(
        out,
        names,
        {
            "article": due.articles, "articles": due.years, "entity": due.entities, "month": due.months,
            "year": frozenset(month[:4] for month in due.months), "figures": due.letters,
            "event": due.events, "figure": due.figures,
        },
    )  # fmt: skip


def seal_files(contents: Contents, out: Path, staged: Staged, record: Mapping[str, Any], state: str) -> None:
    """Write ``run.json``, the last of the files, remember all of them, and seal the plan to put them in place."""
    path = out / placing.STAGING / RUN_JSON
    _write_run_json(path, record, staged.files)
    files = {**staged.files, RUN_JSON: placing.describe(path)}
    contents.connection.execute("DELETE FROM _files")
    contents.connection.executemany(
        "INSERT INTO _files VALUES (?, ?, ?, ?)",
        [(name, each.sha256, each.size, each.mtime_ns) for name, each in files.items()],
    )
    placing.seal(out, [*staged.new, RUN_JSON], staged.gone, state)


def _write_run_json(path: Path, record: Mapping[str, Any], files: Mapping[str, FileState]) -> None:
    """What went in, what made it, what came out, and the hash of every other file."""
    whole = {
        **record,
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "files": {name: files[name].sha256 for name in sorted(files)},
    }
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_run_json(out: Path) -> dict[str, Any]:
    """What the run before said of itself; empty where there was none."""
    path = out / RUN_JSON
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def input_records(dumps: Sequence[Any]) -> list[dict[str, Any]]:
    """The inputs as ``run.json`` lists them."""
    return [{"name": dump.name, "sha256": dump.clean.sha256, "n_bytes": dump.clean.n_bytes} for dump in dumps]
