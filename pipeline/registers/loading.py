"""The register files read and checked. A wrong line stops the run: it names file, line and reason."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline import edtf
from pipeline.errors import RegisterError
from pipeline.registers.entry import RegisterEntry, fold
from pipeline.vocabulary import NATIONS, ORGANISATION_TYPES, POLICY_TYPES

ORGANISATION_COLUMNS = (
    "name", "acronym", "type", "nation", "aliases", "weak", "former_names", "successor", "external_ids",
)  # fmt: skip
POLICY_COLUMNS = ("name", "acronym", "type", "nation", "aliases", "weak", "start", "end", "successor")

#: The files in the order in which they are read, the kind of thing that they hold, and their columns.
FILES = (
    ("organisations.csv", "organisation", ORGANISATION_COLUMNS),
    ("councils.csv", "organisation", ORGANISATION_COLUMNS),
    ("policies.csv", "policy", POLICY_COLUMNS),
)
TYPES = {"organisation": ORGANISATION_TYPES, "policy": POLICY_TYPES}
LIST_SEPARATOR = "; "


@dataclass(frozen=True)
class Registers:
    """All entries, and the SHA-256 over the bytes of the files that they came from (``fingerprint``)."""

    organisations: tuple[RegisterEntry, ...] = ()
    policies: tuple[RegisterEntry, ...] = ()
    fingerprint: str = ""

    @property
    def entries(self) -> tuple[RegisterEntry, ...]:
        """Organisations, then policies."""
        return self.organisations + self.policies

    @cached_property
    def _by_form(self) -> dict[tuple[str, str], list[RegisterEntry]]:
        by_form: dict[tuple[str, str], list[RegisterEntry]] = defaultdict(list)
        for entry in self.entries:
            for form in entry.forms:
                by_form[entry.kind, _key(form)].append(entry)
        return dict(by_form)

    def find(self, kind: str, form: str) -> tuple[RegisterEntry, ...]:
        """The entries that go by ``form`` in whatever capitals; one whose name it is comes first."""
        found = self._by_form.get((kind, _key(form)), ())
        return tuple(sorted(dict.fromkeys(found), key=lambda entry: _key(entry.name) != _key(form)))

    def latest(self, entry: RegisterEntry) -> RegisterEntry:
        """The last in the line of the entry's successors; the entry itself where it has none."""
        by_name = {each.name: each for each in self.entries if each.kind == entry.kind}
        while entry.successor:
            entry = by_name[entry.successor]
        return entry


class _File(NamedTuple):
    """A register as it stands on the disk, ours or a project's."""

    path: Path
    content: bytes
    kind: str
    columns: tuple[str, ...]


def load_registers(models: Path, project: Path | None = None) -> Registers:
    """The registers under ``models``, with the lines of a project's same-named files on top.

    A project's line takes the place of ours with the same name. Raises ``RegisterError`` for a wrong line and for
    a missing file of ours; a project needs none of them. The same bytes are checked once in a process.
    """
    return _read_registers(_files_of(models), _files_of(project, is_optional=True) if project else ())


def _files_of(folder: Path, is_optional: bool = False) -> tuple[_File, ...]:
    found = []
    for file_name, kind, columns in FILES:
        path = folder / file_name
        if not is_optional or path.is_file():
            found.append(_File(path, _read_bytes(path), kind, columns))
    return tuple(found)


@lru_cache(maxsize=4)  # a review asks for them after every decision
def _read_registers(*layers: tuple[_File, ...]) -> Registers:
    digest = hashlib.sha256()
    by_name: dict[tuple[str, str], RegisterEntry] = {}
    for layer in layers:
        theirs: dict[tuple[str, str], RegisterEntry] = {}
        for file in layer:
            digest.update(file.content)
            for entry in _read_entries(*file):
                key = file.kind, _key(entry.name)
                if key in theirs:
                    first = theirs[key]
                    raise _error(entry, f"{entry.name!r} stands already in line {first.line} of {first.file}")
                theirs[key] = entry
        by_name.update(theirs)
    entries = tuple(by_name.values())
    _check_forms(entries)
    _check_successors(entries)
    return Registers(
        tuple(entry for entry in entries if entry.kind == "organisation"),
        tuple(entry for entry in entries if entry.kind == "policy"),
        digest.hexdigest(),
    )


@lru_cache(maxsize=32768)
def _key(form: str) -> str:
    return " ".join(fold(form).lower().replace("&", " and ").split())


def _error(entry: RegisterEntry, reason: str) -> RegisterError:
    return RegisterError(f"{entry.file}, line {entry.line}: {reason}", "mend the line; nothing was written")


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = f"{path}: can't be read: {error.strerror}"
        raise RegisterError(reason, "is this the folder with the registers?") from error


def _read_entries(path: Path, content: bytes, kind: str, columns: tuple[str, ...]) -> Iterator[RegisterEntry]:
    """The file's lines as entries, each checked by itself. A byte order mark is let pass: spreadsheets write it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RegisterError(f"{path}, line {line}: not UTF-8", "save the file as UTF-8") from error
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        if tuple(header) != columns:
            reason = f"the columns must be {','.join(columns)}, not {','.join(header)}"
            raise RegisterError(f"{path}, line 1: {reason}", "mend the first line")
        for row in rows:
            if not row:
                continue
            if len(row) != len(columns):
                reason = f"{len(row)} fields where there are {len(columns)} columns"
                hint = "count the commas; quote a field that has one"
                raise RegisterError(f"{path}, line {rows.line_num}: {reason}", hint)
            cells = {column: cell.strip() for column, cell in zip(columns, row, strict=True)}
            yield _make_entry(path, rows.line_num, kind, cells)
    except csv.Error as error:
        raise RegisterError(f"{path}, line {rows.line_num}: {error}", "mend the line") from error


def _make_entry(path: Path, line: int, kind: str, cells: dict[str, str]) -> RegisterEntry:
    entry = RegisterEntry(
        kind=kind,
        name=cells["name"],
        type=cells["type"],
        acronym=cells["acronym"] or None,
        nation=cells["nation"] or None,
        aliases=_split(cells["aliases"]),
        weak=_split(cells["weak"]),
        former_names=_split(cells.get("former_names", "")),
        successor=cells["successor"] or None,
        external_ids=_split(cells.get("external_ids", "")),
        start=cells.get("start") or None,
        end=cells.get("end") or None,
        file=str(path),
        line=line,
    )
    if not entry.name:
        raise _error(entry, "the name is missing")
    if entry.type not in TYPES[kind]:
        raise _error(entry, f"unknown type {entry.type!r}; the types are {', '.join(TYPES[kind])}")
    if entry.nation is not None and entry.nation not in NATIONS:
        raise _error(entry, f"unknown nation {entry.nation!r}; the nations are {', '.join(NATIONS)}")
    for form in entry.weak:
        if form not in entry.forms:
            raise _error(entry, f"the weak form {form!r} is none of the entry's forms")
    for value in (entry.start, entry.end):
        if value is not None and edtf.parse(value) is None:
            raise _error(entry, f"{value!r} is no date; write 2014, 2014-05 or 2014-05-13")
    return entry


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(LIST_SEPARATOR.strip()) if part.strip())


def _check_forms(entries: Iterable[RegisterEntry]) -> None:
    """No form may lead to two entries of a kind, unless it is weak in both."""
    owners: dict[tuple[str, str], list[tuple[str, RegisterEntry]]] = defaultdict(list)
    for entry in entries:
        for form in entry.forms:
            others = owners[entry.kind, _key(form)]
            for other_form, other in others:
                if other is entry or (form in entry.weak and other_form in other.weak):
                    continue
                if fold(form) == fold(other_form) or form.islower() or other_form.islower():
                    raise _error(
                        entry,
                        f"{form!r} is also a form of {other.name!r} (line {other.line} of {other.file}): "
                        f"take it out of one, or list it as weak in both",
                    )
            others.append((form, entry))


def _check_successors(entries: Iterable[RegisterEntry]) -> None:
    by_name = {(entry.kind, entry.name): entry for entry in entries}
    for entry in by_name.values():
        line = [entry]
        while line[-1].successor:
            following = by_name.get((entry.kind, line[-1].successor))
            if following is None:
                raise _error(line[-1], f"the successor {line[-1].successor!r} is in no register")
            if following in line:
                names = " → ".join(each.name for each in [*line, following])
                raise _error(entry, f"the successors go round in a circle: {names}")
            line.append(following)
