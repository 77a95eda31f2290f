"""The options that commands ask the archive by: made from the filters, so that every command has the same."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pipeline.query.filters import FIELDS, WORDS


@dataclass(frozen=True, slots=True)
class Shape:
    """How an answer is shown: format and columns; ``count`` and ``count_by`` ask how many rows there are instead."""

    count: bool = False
    count_by: str = ""
    columns: str = ""
    format_: str = "table"
    verbose: bool = False


#: The options that each of a shape's fields is given by.
_SHAPE: Final[dict[str, Any]] = {
    "count": Annotated[bool, typer.Option("--count", help="Only say how many rows there are.")],
    "count_by": Annotated[
        str, typer.Option("--count-by", help="Count by columns, year, month: type,year.", metavar="COLUMNS")
    ],
    "columns": Annotated[str, typer.Option("--columns", help="Only these columns: date,title,url.", metavar="COLUMNS")],
    "format_": Annotated[
        str,
        typer.Option("--format", "-f", help="table, csv, json, jsonl, markdown or, of events, ics.", metavar="FORMAT"),
    ],
    "verbose": Annotated[bool, typer.Option("--verbose", "-v", help="Show the quote and the link of every row.")],
}
#: The fields for commands that show rows, and for those that count them as well.
ROWS: Final = ("columns", "format_", "verbose")
ROWS_OR_COUNTS: Final = tuple(_SHAPE)


def _words(name: str) -> Callable[[str], list[str]]:
    return lambda incomplete: [word for word in WORDS[name] if word.startswith(incomplete)]


def _names(kind: str) -> Callable[[typer.Context, str], list[str]]:
    def complete(context: typer.Context, incomplete: str) -> list[str]:
        from pipeline.errors import StoreError  # noqa: PLC0415
        from pipeline.query.names import list_names  # noqa: PLC0415
        from pipeline.query.opening import open_archive  # noqa: PLC0415

        try:
            connection = open_archive(Path(context.params.get("out_folder") or "outputs"))
        except StoreError:  # nothing to offer; the command itself says why
            return []
        try:
            return [name for name in list_names(connection, kind) if name.casefold().startswith(incomplete.casefold())]
        finally:
            connection.close()

    return complete


def _list_of_words(name: str) -> Any:
    option = typer.Option(
        f"--{name.replace('_', '-')}", help=", ".join(WORDS[name]) + ".", metavar="WORD", autocompletion=_words(name)
    )
    return Annotated[list[str] | None, option]


def _named(kind: str, what: str) -> Any:
    option = typer.Option(f"--{kind}", help=f"{what}; may be given again.", metavar="NAME", autocompletion=_names(kind))
    return Annotated[list[str] | None, option]


def _text(flag: str, what: str, metavar: str = "TEXT") -> Any:
    return Annotated[str | None, typer.Option(flag, help=what, metavar=metavar)]


def _ids(flag: str, what: str) -> Any:
    return Annotated[list[str] | None, typer.Option(flag, help=what, metavar="ID")]


_OPTIONS: Final[dict[str, Any]] = {
    "policy": _named("policy", "Name, acronym or alias"),
    "organisation": _named("organisation", "Name, acronym or alias"),
    "topic": _named("topic", "Identifier or label"),
    "person": _text("--person", "Part of the name or role of who did or said it."),
    **{name: _list_of_words(name) for name in WORDS},
    "start": _text("--from", "First date: 2024, 2024-05 or 2024-05-28.", "DATE"),
    "end": _text("--to", "Last date.", "DATE"),
    "published": _text("--published", "When an article that tells it came out: 2024-05 or 2024-01/2024-06.", "DATE"),
    "min_amount": _text("--min-amount", "Pounds: 250000, 10m, £1.5bn.", "AMOUNT"),
    "max_amount": _text("--max-amount", "Pounds.", "AMOUNT"),
    "min_confidence": Annotated[float | None, typer.Option("--min-confidence", help="0 to 1.", min=0, max=1)],
    "measure": _text("--measure", "Words of what is measured; prints the series."),
    "min_value": _text("--min-value", "The least value: 250, 10k, 1.5m.", "AMOUNT"),
    "max_value": _text("--max-value", "The greatest value.", "AMOUNT"),
    "text": _text("--text", 'Words that stand there, in any form; "a phrase"; child*.', "WORDS"),
    "event": _ids("--event", "An event's identifier, of this run or of one before."),
    "article": _ids("--article", "An article's identifier or address."),
    "sort": Annotated[
        list[str] | None,
        typer.Option("--sort", help="A column, -column for falling order, or relevance.", metavar="COLUMN"),
    ],
    "limit": Annotated[int | None, typer.Option("--limit", "-n", help="At most so many rows.", min=1)],
}


def asks(*tables: str, shown: Sequence[str] = ()) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command with the options of every filter that one of the tables answers to, and ``--sort`` and ``--limit``.

    The command gets what was asked as its argument ``asked``: a dictionary for ``make_filter``. With ``shown``
    (``ROWS`` or ``ROWS_OR_COUNTS``) it has the options of a ``Shape``, too, and gets it as its argument ``shape``.
    """
    fields = list(dict.fromkeys([*(name for table in tables for name in FIELDS[table]), "sort", "limit"]))
    plain = Shape()

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command, eval_str=True)
        own = [p for p in signature.parameters.values() if p.name not in {"asked", "shape"}]
        keyword = inspect.Parameter.KEYWORD_ONLY
        shapes = [
            inspect.Parameter(name, keyword, default=getattr(plain, name), annotation=_SHAPE[name]) for name in shown
        ]
        filters = [inspect.Parameter(name, keyword, default=None, annotation=_OPTIONS[name]) for name in fields]

        @wraps(command)
        def with_filters(**given: Any) -> None:
            asked = {name: given.pop(name) for name in fields}
            if shown:
                given["shape"] = Shape(**{name: given.pop(name) for name in shown})
            command(asked=asked, **given)

        own = [p.replace(kind=keyword) for p in own]
        with_filters.__signature__ = inspect.Signature(own + shapes + filters)  # type: ignore[attr-defined]
        return with_filters

    return decorate
