"""What the documents say of tables, commands, limits and reasons: taken from the code."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path

import click
import typer

from pipeline import vocabulary
from pipeline.cli import COMMANDS, app, load_commands
from pipeline.settings import Limits
from pipeline.tables import TABLES, Table
from tests.documents.imports import draw, list_parts
from tests.documents.marks import table

_EXAMPLE_CHARS = 60
#: The closed list that a column's words come from.
_WORDS = {
    ("timeline", "type"): vocabulary.EVENT_TYPES,
    ("evidence", "type"): vocabulary.EVENT_TYPES,
    ("timeline", "status"): vocabulary.STATUSES,
    ("evidence", "status"): vocabulary.STATUSES,
    ("timeline", "state"): vocabulary.STATES,
    ("timeline", "precision"): vocabulary.PRECISIONS,
    ("timeline", "date_basis"): vocabulary.DATE_BASES,
    ("evidence", "date_basis"): vocabulary.DATE_BASES,
    ("timeline", "nation"): vocabulary.NATIONS,
    ("evidence", "nation"): vocabulary.NATIONS,
    ("timeline", "related"): vocabulary.LINK_KINDS,
    ("numbers", "unit"): vocabulary.UNITS,
    ("series", "unit"): vocabulary.UNITS,
    ("numbers", "tier"): vocabulary.TIERS,
    ("numbers", "role"): vocabulary.ROLES,
    ("numbers", "direction"): vocabulary.DIRECTIONS,
    ("numbers", "nation"): vocabulary.NATIONS,
    ("numbers", "source_kind"): vocabulary.SOURCE_KINDS,
    ("organisations", "type"): vocabulary.ORGANISATION_TYPES,
    ("policies", "type"): vocabulary.POLICY_TYPES,
    ("articles", "flags"): vocabulary.FLAGS,
    ("ledger", "bin"): vocabulary.BINS,
    ("rejections", "reason"): tuple(vocabulary.REASONS),
}
_UNITS = {
    "bytes": "bytes",
    "unpacked_ratio": "to 1",
    "nesting": "archives inside of archives",
    "xml_depth": "elements inside of elements",
}
Examples = Mapping[str, Mapping[str, str]]


def list_facts(examples: Examples) -> dict[str, Callable[[], str]]:
    """What makes each part that is taken from the code. ``examples`` has a row of each table, by the table's name."""
    return {
        **{f"table-{each.name}": partial(_columns, each, examples.get(each.name, {})) for each in TABLES},
        "commands": _commands,
        "command-list": _command_list,
        "limits": _limits,
        "reasons": _reasons,
        "imports": draw,
        "parts": list_parts,
    }


def make_facts(examples: Examples) -> dict[str, str]:
    """Every part that is taken from the code."""
    return {name: make() for name, make in list_facts(examples).items()}


def _limits() -> str:
    return table(("limit", "default"), ((f"`{f.name}`", _limit(f.name)) for f in fields(Limits)))


def _reasons() -> str:
    return table(("reason", "meaning"), ((f"`{name}`", text) for name, text in vocabulary.REASONS.items()))


def _columns(each: Table, example: Mapping[str, str]) -> str:
    rows = [
        (f"`{column.name}`", column.type, _meaning(each.name, column.name, column.description), example.get(column.name, ""))
        for column in each.columns
    ]  # fmt: skip
    key, order = (", ".join(f"`{name}`" for name in names) for names in (each.key, each.order))
    head = f"One row is {each.one_row_is}. A row is known by {key}; rows are sorted by {order}.\n\n"
    return head + table(("column", "type", "meaning", "example"), rows)


def _meaning(table_name: str, column: str, description: str) -> str:
    words = _WORDS.get((table_name, column), ())
    if all(word in description for word in words):
        return description
    return f"{description}: {', '.join(f'`{word}`' for word in words)}"


def read_examples(parts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The example rows that a document has now."""
    found: dict[str, dict[str, str]] = {}
    for name, text in parts.items():
        if name.startswith("table-"):
            cells = [
                re.split(r"(?<!\\) \| ", line.strip("|\n ")) for line in text.splitlines() if line.startswith("| `")
            ]
            rows = {line[0].strip("`"): line[3] if len(line) > 3 else "" for line in cells}
            found[name.removeprefix("table-")] = {column: cell.replace("\\|", "|") for column, cell in rows.items()}
    return found


def choose_examples(out: Path) -> dict[str, dict[str, str]]:
    """One row of each table of a run: of those with most cells filled, the first. Long cells are cut."""
    chosen = {}
    for each in TABLES:
        with (out / f"{each.name}.csv").open(newline="", encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        if rows:
            best = max(rows, key=lambda row: sum(bool(value) for value in row.values()))
            chosen[each.name] = {name: _short(value) for name, value in best.items()}
    return chosen


def _short(value: str) -> str:
    """A cell that fits a page: whole words, then three dots."""
    text = " ".join(value.split())
    return text if len(text) <= _EXAMPLE_CHARS else text[:_EXAMPLE_CHARS].rsplit(" ", 1)[0] + " …"


def _limit(name: str) -> str:
    value = getattr(Limits(), name)
    if name.endswith("_bytes"):
        for unit, size in (("GB", 1 << 30), ("MB", 1 << 20)):
            if value % size == 0:
                return f"{value // size} {unit}"
        return f"{value:,} bytes"
    return f"{value} {_UNITS[name]}"


def _all_commands() -> list[tuple[str, click.Command]]:
    """Every command with its full name, in the order of the help; groups give their commands."""
    load_commands()
    top = typer.main.get_command(app)
    found: list[tuple[str, click.Command]] = []
    for name in COMMANDS:
        command = top.commands[name]  # type: ignore[attr-defined]
        below = getattr(command, "commands", None)
        found += [(f"{name} {each}", below[each]) for each in below] if below else [(name, command)]
    return found


def _first_line(command: click.Command) -> str:
    return " ".join((command.help or "").strip().split("\n\n")[0].split())


def _command_list() -> str:
    return table(
        ("command", "what it does"), ((f"`carefeed {name}`", _first_line(each)) for name, each in _all_commands())
    )


def _commands() -> str:
    """The help of every command, as sections."""
    sections = []
    for name, command in _all_commands():
        rows = [row for each in command.params if (row := _option(each))]
        example = re.sub(r"\*\*(.+?)\*\*", r"`\1`", command.epilog or "").strip()
        body = "\n\n".join(" ".join(part.split()) for part in (command.help or "").strip().split("\n\n"))
        listed = table(("option", "meaning", "default"), rows) if rows else ""
        sections.append(f"## carefeed {name}\n\n{body}\n\n{listed}" + (f"\n{example}\n" if example else ""))
    return "\n".join(sections)


def _option(option: click.Parameter) -> tuple[str, str, str] | None:
    help_ = " ".join((getattr(option, "help", "") or "").split())
    if option.name == "help":
        return None
    if isinstance(option, click.Argument) or option.param_type_name == "argument":
        return f"`{(option.metavar or option.name or '').upper()}`", help_, "" if option.required else "may be left out"
    default = option.default if option.default not in (None, False, "", ()) and not callable(option.default) else ""
    return ", ".join(f"`{name}`" for name in option.opts), help_, str(default)
