"""What an archive has learnt from its articles, put before the user, and taken into the project's registers.

Files are written as a whole or not at all: the new registers are checked beside the old ones first.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import RegisterError, StoreError
from pipeline.query.opening import open_archive
from pipeline.records import Mention
from pipeline.registers import Registers, fold, load_registers
from pipeline.registers.loading import FILES, TYPES
from pipeline.registers.suggest import TARGETS, Candidate, add, suggest

_LEARNT = """
SELECT m.article_id, m.entity_id, m.name, m.type, m.text, m.start_char, m.end_char, m.field, e.acronym
FROM mentions AS m JOIN {table} AS e ON e.{kind}_id = m.entity_id
WHERE m.kind = '{kind}' AND e.origin = 'text' ORDER BY m.article_id, m.field DESC, m.start_char
"""
_TABLES = {"organisation": "organisations", "policy": "policies"}
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])|\n")
_LONGEST_EXAMPLE = 300


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate, and the sentence of an article that names it."""

    candidate: Candidate
    example: str
    article_id: str


def suggest_entries(out: Path, models: Path, project: Path, fewest_articles: int = 2) -> list[Suggestion]:
    """What the archive of an output folder has learnt and no register has, those in most articles first.

    Raises ``StoreError`` where there is no archive, ``RegisterError`` for a wrong line in a register.
    """
    registers = _load(models, project)
    with closing(open_archive(out)) as archive:
        pairs = [pair for kind, table in _TABLES.items() for pair in _learnt(archive, kind, table)]
        candidates = suggest(pairs, registers, fewest_articles)
        tellings = {(mention.kind, mention.name): pair for pair in reversed(pairs) for mention in [pair[1]]}
        return [
            Suggestion(candidate, _example(archive, *tellings[candidate.kind, candidate.name]), article_id)
            for candidate in candidates
            for article_id in [tellings[candidate.kind, candidate.name][0]]
        ]


def _learnt(archive: sqlite3.Connection, kind: str, table: str) -> Iterator[tuple[str, Mention]]:
    for row in archive.execute(_LEARNT.format(kind=kind, table=table)):
        article_id, entity_id, name, type_, text, start, end, field, acronym = row
        yield article_id, Mention(kind, entity_id, name, type_, text, start, end, "text", acronym, field)


def _example(archive: sqlite3.Connection, article_id: str, mention: Mention) -> str:
    """The sentence of a mention, cut where it is very long."""
    title, text = archive.execute(
        "SELECT title, text FROM article_texts WHERE article_id = ?", (article_id,)
    ).fetchone()
    return sentence_around(title if mention.field == "title" else text, mention.start_char, mention.end_char)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence in which characters ``start`` to ``end`` stand.

    >>> sentence_around("It rained. The plan is out. It is long.", 15, 19)
    'The plan is out.'
    """
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    after = _SENTENCE_END.search(text, end)
    sentence = text[begin : after.end() if after else len(text)].strip()
    return sentence if len(sentence) <= _LONGEST_EXAMPLE else f"{sentence[:_LONGEST_EXAMPLE].rstrip()}…"


def choose(
    names: Sequence[str], out: Path, models: Path, project: Path, kind: str | None = None, type_: str | None = None
) -> list[Candidate]:
    """The candidates of those names, in their order: learnt ones, in whatever capitals, with ``type_`` if it is given.

    With ``kind`` and ``type_`` a name that nothing was learnt of is one of the user's own. Raises ``RegisterError``
    for such a name without them, for a name that a register has already, for a wrong type, and for a name that is both
    an organisation's and a policy's where no ``kind`` says which.
    """
    is_own = kind is not None and type_ is not None
    if kind is not None and type_ is not None:
        _check_type(kind, type_)
    registers = _load(models, project)
    for name in names:
        for each in [kind] if kind else TARGETS:
            _refuse_known(name, each, registers)
    learnt = [] if is_own and not _has_archive(out) else suggest_entries(out, models, project, fewest_articles=1)
    return [_choose(name, [each.candidate for each in learnt], kind, type_) for name in names]


def _choose(name: str, learnt: Sequence[Candidate], kind: str | None, type_: str | None) -> Candidate:
    key = fold(name).lower()
    those = [each for each in learnt if fold(each.name).lower() == key and kind in (None, each.kind)]
    if len(those) > 1:
        raise RegisterError(f"{name!r} is an organisation and a policy", "say which: --kind organisation")
    if not those and kind is not None and type_ is not None:
        return Candidate(kind, " ".join(name.split()), type_, None, (), 0, 0)
    if not those:
        hint = "carefeed register suggest --fewest 1 lists all; --kind and --type add a name of your own"
        raise RegisterError(f"nothing new called {name!r} was learnt", hint)
    if type_ is None:
        return those[0]
    _check_type(those[0].kind, type_)
    return replace(those[0], type=type_)


def _check_type(kind: str, type_: str) -> None:
    if type_ not in TYPES[kind]:
        raise RegisterError(f"{type_!r} is no type of {kind}", f"the types are {', '.join(TYPES[kind])}")


def _has_archive(out: Path) -> bool:
    try:
        open_archive(out).close()
    except StoreError:
        return False
    return True


def add_entries(candidates: Sequence[Candidate], models: Path, project: Path) -> list[Path]:
    """Write candidates into the project's registers, all or none, and give the files that changed.

    Raises ``RegisterError`` for a name that a register has already, or that makes a register wrong, and ``StoreError``
    where the project's folder can't be written. Nothing is written then.
    """
    _refuse_twice(candidates)
    registers = _load(models, project)
    for candidate in candidates:
        _refuse_known(candidate.name, candidate.kind, registers)
    try:
        project.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=project) as folder:
            staging = Path(folder)
            changed = _write_beside(candidates, project, staging)
            _check(models, project, staging)
            for name in changed:
                os.replace(staging / name, project / name)
    except OSError as error:
        reason = f"{project} can't be written: {error.strerror}"
        raise StoreError(reason, "check the folder or the disk; CAREFEED_PROJECT names another one") from error
    return [project / name for name in changed]


def _load(models: Path, project: Path) -> Registers:
    return load_registers(models, project if project.is_dir() else None)


def _refuse_known(name: str, kind: str, registers: Registers) -> None:
    for entry in registers.find(kind, name):
        is_name = fold(entry.name).lower() == fold(name).lower()
        what = "stands already" if is_name else f"is already a form of {entry.name!r}"
        raise RegisterError(f"{name!r} {what} in line {entry.line} of {entry.file}", "nothing was written")


def _refuse_twice(candidates: Sequence[Candidate]) -> None:
    keys = [(candidate.kind, fold(candidate.name).lower()) for candidate in candidates]
    for candidate, key in zip(candidates, keys, strict=True):
        if keys.count(key) > 1:
            raise RegisterError(f"{candidate.name!r} is given twice", "give it once; nothing was written")


def _write_beside(candidates: Sequence[Candidate], project: Path, staging: Path) -> list[str]:
    """Write the project's registers with the candidates in them into ``staging``; the names of those that changed."""
    changed = []
    for file_name, _, _ in FILES:
        if (project / file_name).is_file():
            shutil.copyfile(project / file_name, staging / file_name)
    for kind, (file_name, _) in TARGETS.items():
        new = [candidate for candidate in candidates if candidate.kind == kind]
        path = staging / file_name
        if new:
            text = path.read_text(encoding="utf-8-sig") if path.is_file() else None
            with path.open("w", encoding="utf-8", newline="") as handle:
                handle.write(add(text, new))
                handle.flush()
                os.fsync(handle.fileno())
            changed.append(file_name)
    return changed


def _check(models: Path, project: Path, staging: Path) -> None:
    """Load the registers as they would be; a complaint names the file as it will be called."""
    try:
        load_registers(models, staging)
    except RegisterError as error:
        raise RegisterError(str(error).replace(str(staging), str(project)), "nothing was written") from error
