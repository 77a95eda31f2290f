"""What reviewers decided: out of the archive to a spreadsheet, in from it, and which decisions stand.

    archive ─export_review─▶ FILE.csv ─a person─▶ FILE.csv ─import_review─▶ decisions.jsonl ─▶ every later run

Decisions are kept in the folder with what the user owns (``settings.find_project``), one line of JSON each. Lines are
only ever added. What they mean is in ``timeline.decisions``; a run applies them where it makes the tables.
"""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipeline import rows
from pipeline.errors import RegisterError, StoreError
from pipeline.harmless import disarm, rearm
from pipeline.records import Telling
from pipeline.registers import load_registers
from pipeline.review.naming import Names, load_names
from pipeline.settings import find_models
from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.contents import Contents
from pipeline.timeline.decisions import (
    ABOUT,
    REVIEW_COLUMNS,
    WITHDRAWN,
    Applied,
    Decision,
    ReviewProblem,
    apply_decisions,
    dump_decision,
    is_repeated,
    latest_decisions,
    parse_decisions,
    read_review,
    review_rows,
    standing_decisions,
    telling_key,
)
from pipeline.timeline.grouping import group_decision, make_grouping
from pipeline.timeline.merge import build_timeline

DECISIONS_NAME: Final = "decisions.jsonl"
_NEEDED: Final = ("verdict", "keys")
_SHORTEST_KEY: Final = 6


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing a spreadsheet gave: decisions that were added, how many were known already, rows not taken.

    The lines of ``problems`` are those of the file, its header being line 1.
    """

    path: Path
    added: tuple[Decision, ...]
    n_known: int
    problems: tuple[ReviewProblem, ...]


def load_decisions(project: Path) -> tuple[Decision, ...]:
    """Every decision in the user's folder, in the order of the lines; none where there is no file.

    Raises ``RegisterError`` naming file, line and reason.
    """
    path = project / DECISIONS_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(f"{path} can't be read: {error}", "mend the file or its permissions") from error
    return tuple(parse_decisions(text.split("\n"), str(path)))


def decisions_by_article(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """The decisions on each article that has any."""
    found = defaultdict(list)
    for decision in decisions:
        found[decision.article_id].append(decision)
    return dict(found)


def export_review(out: Path, project: Path, path: Path, limit: int | None = None, *, excel: bool = False) -> int:
    """Write the least certain rows that nobody decided on, with empty columns for a verdict: how many.

    ``excel`` adds the byte order mark and disarms formulas. Raises ``StoreError`` where there is no archive, where the
    file is there already (a review may be in it) or can't be written.
    """
    with _tellings(out) as tellings:
        decisions = load_decisions(project)
        applied = apply_decisions(tellings, decisions)
        grouping, _ = make_grouping(tellings, decisions)
        found = review_rows(build_timeline(applied.tellings, grouping=grouping), tellings, limit)
    text = io.StringIO()
    writer = csv.DictWriter(text, REVIEW_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: disarm(cell) for name, cell in row.items()} if excel else row for row in found)
    try:
        with path.open("x", encoding="utf-8-sig" if excel else "utf-8", newline="") as handle:
            handle.write(text.getvalue())
    except FileExistsError as error:
        raise StoreError(
            f"{path} is there already", "a review may be in it: import it, or give another name"
        ) from error
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}", "check the folder or the disk") from error
    return len(found)


def import_review(
    path: Path, out: Path, project: Path, decided: str, reviewer: str = "", models: Path | None = None
) -> Imported:
    """Add the decisions of a reviewed spreadsheet to those kept; ``decided`` is the moment in ISO 8601.

    Rows that can't be taken come back as problems, the others are added. What is as the latest decision says already is
    not added again, so a mended file can be given as a whole. A row with a policy or an organisation that neither the
    registers under ``models`` nor the archive know is not taken. Raises ``StoreError`` where there is no archive,
    ``RegisterError`` where the file is no spreadsheet of ours or the kept decisions have a wrong line.
    """
    reviewed, lines = _read_sheet(path)
    kept = load_decisions(project)
    names = known_names(out, models or find_models(), project)
    with _tellings(out) as tellings:
        decisions, problems = read_review(reviewed, tellings, decided, reviewer, names.settle)
    latest = latest_decisions(kept)
    added = tuple(each for each in decisions if not is_repeated(each, latest.get(each.key)))
    if added:
        append_decisions(project, added)
    placed = tuple(ReviewProblem(lines[each.line - 1], each.reason) for each in problems)
    return Imported(project / DECISIONS_NAME, added, len(decisions) - len(added), placed)


def known_names(out: Path, models: Path, project: Path) -> Names:
    """The policies and organisations that a correction may name."""
    registers = load_registers(models, project if project.is_dir() else None)
    with open_for_reading(out) as archive:
        return load_names(registers, archive.connection)


def withdraw(named: str, out: Path, project: Path, decided: str, reviewer: str = "") -> list[Decision]:
    """Take back the decisions on an event, or the one with a key (or the beginning of one): those that stood till now.

    A line is added for each; none is taken out. Raises ``StoreError`` where nothing stands by that name.
    """
    decisions = load_decisions(project)
    kept = {key: each for about in ABOUT for key, each in standing_decisions(decisions, about).items()}
    keys = {key for key in kept if len(named) >= _SHORTEST_KEY and key.startswith(named)} or _keys_of_event(named, out)
    found = [kept[key] for key in sorted(keys & kept.keys())]
    if not found:
        raise StoreError(f"no decision stands on {named!r}", "carefeed review list shows the keys of those that do")
    taken_back = [
        replace(each, verdict=WITHDRAWN, corrections={}, decided=decided, reviewer=reviewer, note="") for each in found
    ]
    append_decisions(project, taken_back)
    return found


def _keys_of_event(event_id: str, out: Path) -> set[str]:
    """The keys of an event's tellings, as they were found, and of what was decided on their being one event."""
    with open_for_reading(out) as archive:
        rows_of = "SELECT evidence_id FROM evidence WHERE event_id = ?"
        ids = {evidence_id for (evidence_id,) in archive.connection.execute(rows_of, (event_id,))}
        tellings = [each for each in rows.make_tellings(Contents(archive).events_found()) if each.evidence_id in ids]
    grouped = {group_decision(each, "", None).key for each in tellings}
    return {telling_key(each) for each in tellings} | grouped


def standing(out: Path, project: Path) -> Applied:
    """Which decisions are used on what the archive tells now, and which found their sentence gone or changed."""
    decisions = load_decisions(project)
    with _tellings(out) as tellings:
        return apply_decisions(tellings, decisions)


def count_decisions(
    decisions: Sequence[Decision], applied: Applied, ungrouped: Sequence[Decision] = ()
) -> dict[str, int]:
    """How many decisions stand on an archive's articles, by what they are about, and how many of them found nothing."""
    counts = {about: len(standing_decisions(decisions, about)) for about in ABOUT}
    return {**counts, "stale": len(applied.gone) + len(applied.changed) + len(ungrouped)}


def note_stale(applied: Applied, article_ids: Set[str], ungrouped: Sequence[Decision] = ()) -> list[str]:
    """A line for each decision on one of the articles that could not be applied.

    ``ungrouped`` are those on which tellings are one event. A project's decisions on other archives' articles are none
    of a run's: ``standing`` has them all.
    """
    named = [(each, "its sentence is gone") for each in applied.gone]
    named += [(each, "its sentence is read otherwise now") for each in applied.changed]
    named += [(each, "a sentence of it is gone or read otherwise now") for each in ungrouped]
    named = [(each, why) for each, why in named if each.article_id in article_ids]
    return [
        f"the decision {each.key} ({each.verdict}) on {each.article_id} is not applied: {why}" for each, why in named
    ]


@contextmanager
def open_for_reading(out: Path) -> Iterator[Archive]:
    """The archive of an output folder, to be read."""
    path = out / ARCHIVE_NAME
    if not path.is_file():
        raise StoreError(f"there is no archive at {path}", "make one with: carefeed run DUMPS --out " + str(out))
    with Archive(path, read_only=True) as archive:
        yield archive


@contextmanager
def _tellings(out: Path) -> Iterator[list[Telling]]:
    """What the articles of an archive tell, as found, before any decision."""
    with open_for_reading(out) as archive:
        yield list(rows.make_tellings(Contents(archive).events_found()))


def _read_sheet(path: Path) -> tuple[list[dict[str, str]], list[int]]:
    """The rows of a reviewed spreadsheet, and the line of the file that each begins in.

    What spreadsheet programs make of a CSV is read too: a byte order mark, UTF-16, Windows-1252, semicolons or tabs.
    """
    hint = "give a file that carefeed review export wrote, saved as CSV"
    found, lines = [], []
    try:
        text = _decoded(path.read_bytes())
        header = text.partition("\n")[0]
        mark = max(",;\t", key=header.count)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise RegisterError(f"{path}, line 1: there is no column {', '.join(missing)}", hint)
        before = reader.line_num
        for row in reader:
            if None in row:
                raise RegisterError(f"{path}, line {before + 1}: there are more cells than columns", hint)
            found.append({name: rearm(cell or "") for name, cell in row.items()})
            lines.append(before + 1)
            before = reader.line_num
    except OSError as error:
        raise RegisterError(f"{path} can't be read: {error.strerror}", hint) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(f"{path} is no CSV: {error}", hint) from error
    return found, lines


def _decoded(content: bytes) -> str:
    """The text of a spreadsheet. Raises ``UnicodeDecodeError`` for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise
        return content.decode("cp1252")


def append_decisions(project: Path, decisions: Sequence[Decision]) -> None:
    """Add lines at the end of those kept, behind a line end, and see them on the disk.

    Raises ``StoreError`` where the file can't be written.
    """
    path = project / DECISIONS_NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as handle:
            size = handle.seek(0, io.SEEK_END)
            handle.seek(max(size - 1, 0))
            start = b"" if size == 0 or handle.read(1) == b"\n" else b"\n"
            handle.write(start + "".join(dump_decision(each) + "\n" for each in decisions).encode())
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}", "check the folder or the disk") from error
