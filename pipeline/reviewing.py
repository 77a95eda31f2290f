"""What reviewers decided: out of the archive to a spreadsheet, in from it, and which decisions stand.

    archive ─export_review─▶ FILE ─a person─▶ FILE ─import_review─▶ decisions.jsonl ─▶ every later run

Decisions are kept in the folder with what the user owns (``settings.find_project``), one line of JSON each. Lines are
only ever added. What they mean is in ``timeline.decisions``; a run applies them where it makes the tables.
"""

from __future__ import annotations

import io
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipeline import rows
from pipeline.errors import RegisterError, StoreError
from pipeline.records import Extraction, Telling
from pipeline.registers import load_registers
from pipeline.review.naming import Names, load_names
from pipeline.review.sheets import read_sheet, write_sheet
from pipeline.settings import find_models
from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.contents import Contents
from pipeline.timeline.adding import ABOUT as MISSED
from pipeline.timeline.adding import add_events
from pipeline.timeline.decisions import (
    ABOUT,
    WITHDRAWN,
    Applied,
    Decision,
    ReviewProblem,
    apply_decisions,
    content_key,
    dump_decision,
    is_repeated,
    latest_decisions,
    parse_decisions,
    read_review,
    review_rows,
    standing_decisions,
    telling_key,
)
from pipeline.timeline.grouping import ABOUT as GROUP
from pipeline.timeline.grouping import Grouping, group_decision, make_grouping
from pipeline.timeline.linking import ABOUT as CHAIN
from pipeline.timeline.linking import Linking, articles_linked, make_linking
from pipeline.timeline.merge import build_timeline

DECISIONS_NAME: Final = "decisions.jsonl"
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

    The file is a CSV, or an Excel workbook where it is called ``.xlsx``. ``excel`` adds a CSV's byte order mark and
    disarms formulas. Raises ``StoreError`` where there is no archive, where the
    file is there already (a review may be in it) or can't be written.
    """
    decisions = load_decisions(project)
    with open_for_reading(out) as archive:
        by_article = decisions_by_article(decisions)
        tellings = list(told(Contents(archive), by_article))
        asked = ask(Contents(archive), by_article)
    applied = apply_decisions(tellings, decisions)
    events = build_timeline(applied.tellings, grouping=asked.grouping, linking=asked.linking)
    found = review_rows(events, tellings, limit)
    write_sheet(path, found, excel=excel)
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
    reviewed, lines = read_sheet(path)
    kept = load_decisions(project)
    names = known_names(out, models or find_models(), project)
    tellings = _tellings(out, kept)
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
    keys = {key for key in kept if len(named) >= _SHORTEST_KEY and key.startswith(named)}
    keys = keys or _keys_of_event(named, out, decisions)
    found = [kept[key] for key in sorted(keys & kept.keys())]
    if not found:
        raise StoreError(f"no decision stands on {named!r}", "carefeed review list shows the keys of those that do")
    taken_back = [
        replace(each, verdict=WITHDRAWN, corrections={}, decided=decided, reviewer=reviewer, note="") for each in found
    ]
    append_decisions(project, taken_back)
    return found


def _keys_of_event(event_id: str, out: Path, decisions: Sequence[Decision]) -> set[str]:
    """The keys of an event's tellings, as they were found, and of what was decided on their being one event."""
    with open_for_reading(out) as archive:
        rows_of = "SELECT evidence_id FROM evidence WHERE event_id = ?"
        ids = {evidence_id for (evidence_id,) in archive.connection.execute(rows_of, (event_id,))}
        found = told(Contents(archive), decisions_by_article(decisions))
        tellings = [each for each in found if each.evidence_id in ids]
    own = {telling_key(each) for each in tellings} | {group_decision(each, "", None).key for each in tellings}
    chained = standing_decisions(decisions, CHAIN).items()
    return own | {key for key, each in chained if content_key(each.article_id, each.quote, each.type, each.date) in own}


@dataclass(frozen=True, slots=True)
class Asked:
    """What reviewers want of all events together, and the decisions that found their sentence gone or changed."""

    grouping: Grouping
    linking: Linking
    lost: tuple[Decision, ...]


def told(
    contents: Contents, decisions: Mapping[str, Sequence[Decision]], article_ids: Set[str] | None = None
) -> Iterator[Telling]:
    """What the articles of an archive tell: as found, before any decision, and what reviewers added; lazily.

    ``decisions`` are by article. ``article_ids`` None means all articles.
    """
    added = {article_id for article_id, own in decisions.items() if any(each.about == MISSED for each in own)}
    for article, extraction in contents.events_found(article_ids, added):
        events = extraction.events
        if article.article_id in added:
            whole = replace(article, text=contents.text(article.article_id))
            events, _ = add_events(whole, events, decisions[article.article_id])
        yield from rows.make_tellings([(article, Extraction(events=events))])


def ask(contents: Contents, decisions: Mapping[str, Sequence[Decision]]) -> Asked:
    """What reviewers want of all events together; all tellings are gone through only where they joined or split."""
    flat = [each for own in decisions.values() for each in own]
    regrouped = told(contents, decisions) if any(each.about == GROUP for each in flat) else ()
    grouping, ungrouped = make_grouping(regrouped, flat)
    linking, unlinked = make_linking(told(contents, decisions, articles_linked(flat)), flat)
    added = {each.article_id for each in flat if each.about == MISSED}
    gone = [
        each
        for article, extraction in contents.events_found(added, added)
        for each in add_events(
            replace(article, text=contents.text(article.article_id)), extraction.events, decisions[article.article_id]
        )[1]
    ]
    return Asked(grouping, linking, (*ungrouped, *unlinked, *gone))


def lost_decisions(out: Path, project: Path) -> tuple[Decision, ...]:
    """The decisions on several events or on missed ones that found their sentence gone or changed."""
    with open_for_reading(out) as archive:
        return ask(Contents(archive), decisions_by_article(load_decisions(project))).lost


def standing(out: Path, project: Path) -> Applied:
    """Which decisions are used on what the archive tells now, and which found their sentence gone or changed."""
    decisions = load_decisions(project)
    return apply_decisions(_tellings(out, decisions), decisions)


def count_decisions(decisions: Sequence[Decision], applied: Applied, lost: Sequence[Decision] = ()) -> dict[str, int]:
    """How many decisions stand on an archive's articles, by what they are about, and how many of them found nothing."""
    counts = {about: len(standing_decisions(decisions, about)) for about in ABOUT}
    return {**counts, "stale": len(applied.gone) + len(applied.changed) + len(lost)}


def note_stale(applied: Applied, article_ids: Set[str], lost: Sequence[Decision] = ()) -> list[str]:
    """A line for each decision on one of the articles that could not be applied.

    ``lost`` are those on several events or on missed ones. A project's decisions on other archives' articles are none
    of a run's: ``standing`` has them all.
    """
    named = [(each, "its sentence is gone") for each in applied.gone]
    named += [(each, "its sentence is read otherwise now") for each in applied.changed]
    named += [(each, "a sentence of it is gone or read otherwise now") for each in lost]
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


def _tellings(out: Path, decisions: Sequence[Decision]) -> list[Telling]:
    """What the articles of an archive tell, before any decision, with what reviewers added."""
    with open_for_reading(out) as archive:
        return list(told(Contents(archive), decisions_by_article(decisions)))


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
