"""Names as reviewers type them, found as the registers and the archive have them; else what was perhaps meant."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from pipeline.registers import Registers, fold

#: The corrections that hold names, and the kind of thing that they name.
NAMED: Final = {"policies": "policy", "organisations": "organisation"}
_TABLES: Final = {"policy": "policies", "organisation": "organisations"}
_SUGGESTIONS: Final = 3
_MARK: Final = ";"


class Names:
    """Every organisation and policy that is known, by all that it goes by."""

    def __init__(self, forms: Iterable[tuple[str, str, str]]) -> None:
        """``forms`` are kind, form and name; of several names for one form the first counts."""
        self._by_form: dict[str, dict[str, str]] = {kind: {} for kind in _TABLES}
        for kind, form, name in forms:
            self._by_form[kind].setdefault(_key(form), name)

    def find(self, kind: str, name: str) -> tuple[str, str]:
        """The name in full and no problem, or no name and what is wrong, with the nearest names.

        >>> names = Names([("policy", "care plan", "care plan"), ("policy", "CP", "care plan")])
        >>> names.find("policy", "cp"), names.find("policy", "care plans")
        (('care plan', ''), ('', 'no policy is called ‘care plans’: did you mean care plan?'))
        """
        known = self._by_form[kind]
        wanted = _key(name)
        if wanted in known:
            return known[wanted], ""
        near = [known[form] for form in get_close_matches(wanted, known, n=_SUGGESTIONS)]
        near += sorted(found for form, found in known.items() if wanted and wanted in form)
        nearest = list(dict.fromkeys(near))[:_SUGGESTIONS]
        hint = f"did you mean {' or '.join(nearest)}?" if nearest else "carefeed register add makes it known"
        return "", f"no {kind} is called ‘{name}’: {hint}"

    def settle(self, corrections: Mapping[str, str]) -> tuple[dict[str, str], str]:
        """The corrections with every name in full, and what is wrong with them; empty where nothing is."""
        settled = dict(corrections)
        for field, kind in NAMED.items():
            cell = settled.get(field, "-")
            if cell == "-":
                continue
            found = []
            for name in filter(None, (each.strip() for each in cell.split(_MARK))):
                full, problem = self.find(kind, name)
                if problem:
                    return settled, problem
                found.append(full)
            settled[field] = "; ".join(dict.fromkeys(found)) or "-"
        return settled, ""

    def all_of(self, kind: str) -> list[str]:
        """The names of a kind, sorted."""
        return sorted(set(self._by_form[kind].values()), key=str.casefold)


def load_names(registers: Registers, connection: sqlite3.Connection) -> Names:
    """The names of the registers and those that an archive has learnt, with their other forms."""
    return Names([*_registered(registers), *_learnt(connection)])


def _registered(registers: Registers) -> Iterable[tuple[str, str, str]]:
    entries = registers.entries
    yield from ((each.kind, each.name, each.name) for each in entries)
    yield from ((each.kind, form, each.name) for each in entries for form in each.forms if form not in each.weak)


def _learnt(connection: sqlite3.Connection) -> Iterable[tuple[str, str, str]]:
    for kind, table in _TABLES.items():
        for name, acronym in connection.execute(f"SELECT name, acronym FROM {table} ORDER BY name"):
            yield kind, name, name
            if acronym:
                yield kind, acronym, name


def _key(form: str) -> str:
    return " ".join(fold(form).casefold().split())
