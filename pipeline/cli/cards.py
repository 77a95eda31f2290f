"""Commands about one thing: show, cite."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import Out, app
from pipeline.cli.asking import opened
from pipeline.cli.pager import show as show_lines
from pipeline.cli.plain import TableLine, emphasise, table_lines, terminal_width, wrap
from pipeline.errors import QueryError
from pipeline.harmless import one_line

if TYPE_CHECKING:
    from pipeline.export.citations import Citation
    from pipeline.query.cards import Card

KINDS = ("policy", "organisation")


@app.command(epilog="Example: **carefeed show policy ECF**")
def show(
    kind: Annotated[str, typer.Argument(help="policy or organisation.", metavar="KIND")],
    name: Annotated[str, typer.Argument(help="Name, acronym or alias.", metavar="NAME")],
    out_folder: Out = Path("outputs"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the card as JSON.")] = False,
) -> None:
    """Show a card of a policy or an organisation: what it is, what happened, what is due, figures."""
    from dataclasses import asdict  # noqa: PLC0415

    from pipeline.export.lines import json_text  # noqa: PLC0415
    from pipeline.query.cards import make_cards  # noqa: PLC0415

    if kind not in KINDS:
        raise QueryError(f"{kind!r} has no card", f"it can be {' or '.join(KINDS)}")
    with opened(out_folder) as connection:
        cards = make_cards(connection, kind, name)
    if as_json:
        print(json_text([asdict(card) for card in cards], indent=2))
        return
    show_lines(line for card in cards for line in _card_lines(card))


def _card_lines(card: Card) -> Iterator[str]:
    from pipeline.query.cards import aliases  # noqa: PLC0415

    row = card.row
    width = terminal_width()
    acronym = f" ({row['acronym']})" if row["acronym"] else ""
    yield emphasise(one_line(f"{row['name']}{acronym}"))
    facts = {
        "type": row["type"],
        "state": row.get("state"),
        "known as": "; ".join(aliases(row)),
        "articles": f"{row['n_articles']}, {str(row['first_published'])[:10]} to {str(row['last_published'])[:10]}",
        "events": ", ".join([str(card.n_events), *(f"{n} {type_}" for type_, n in card.types)]),
        "with": "; ".join(f"{name} ({n})" for name, n in card.others),
        "identifier": row[f"{card.kind}_id"],
    }
    for label, fact in facts.items():
        if fact:
            first, *more = wrap(one_line(fact), max(width - 12, 20))
            yield f"{label:<12}{first}"
            yield from (" " * 12 + line for line in more)
    for heading, rows in (("Still open", card.ahead), ("Latest events", card.events)):
        if rows:
            yield ""
            lines = (
                TableLine(tuple(one_line(event[name] or "") for name in ("date_label", "status", "state", "title")))
                for event in rows
            )
            yield from table_lines((heading, "status", "state", "event"), lines, width)
    if card.figures:
        yield ""
        lines = (
            TableLine((one_line(each["text"]), one_line(each["measure"] or ""), str(each["published"])[:10]))
            for each in card.figures
        )
        yield from table_lines(("Latest figures", "of", "article of"), lines, width)
    yield ""


@app.command(epilog="Example: **carefeed cite communitycare-216528 --format bibtex**")
def cite(
    identifiers: Annotated[list[str], typer.Argument(help="Events or articles.", metavar="EVENT|ARTICLE…")],
    out_folder: Out = Path("outputs"),
    format_: Annotated[
        str, typer.Option("--format", "-f", help="text, csl-json or bibtex.", metavar="FORMAT")
    ] = "text",
) -> None:
    """Give a reference: title, publisher, date, link, date of the dump, hash of the row."""
    if format_ not in ("text", "csl-json", "bibtex"):
        raise QueryError(f"{format_!r} is no format", "it can be text, csl-json, bibtex")
    with opened(out_folder) as connection:
        citations = [make_citation(connection, identifier) for identifier in identifiers]
    print_citations(citations, format_)


def print_citations(citations: list[Citation], format_: str) -> None:
    """Print references as text, CSL-JSON or BibTeX."""
    print("".join(citation_lines(citations, format_)), end="")


def citation_lines(citations: list[Citation], format_: str) -> Iterator[str]:
    """References in a format, in pieces."""
    from pipeline.export import citations as export  # noqa: PLC0415
    from pipeline.export.lines import json_text  # noqa: PLC0415

    if format_ == "csl-json":
        yield json_text([export.csl_object(each) for each in citations], indent=2) + "\n"
    elif format_ == "bibtex":
        yield from export.bibtex_lines(citations)
    else:
        yield from (export.citation_text(each) + "\n" for each in citations)


def make_citation(connection: sqlite3.Connection, identifier: str) -> Citation:
    """The reference for an event or an article, whichever goes by the identifier."""
    from pipeline.export.citations import cite as make  # noqa: PLC0415
    from pipeline.query.filters import Filter  # noqa: PLC0415
    from pipeline.query.names import resolve_article, resolve_event  # noqa: PLC0415
    from pipeline.query.rows import select  # noqa: PLC0415

    event = None
    if identifier.startswith("event-"):
        (event,) = select(connection, "timeline", Filter(event=(resolve_event(connection, identifier),)))
        article_id = str(event["article_id"])
    else:
        article_id = resolve_article(connection, identifier)
    (article,) = select(connection, "articles", Filter(article=(article_id,)))
    return make(article, _read_on(connection, str(article["dumps"] or "")), _publishers(), event)


def _read_on(connection: sqlite3.Connection, dumps: str) -> list[date]:
    """When the dumps that hold an article were made, as far as they say so."""
    names = dumps.split("; ")
    has_dumps = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_dumps'").fetchone()
    built = (
        connection.execute("SELECT name, json_extract(CAST(record AS TEXT), '$.built') FROM _dumps")
        if has_dumps
        else ()
    )
    return [date.fromisoformat(moment[:10]) for name, moment in built if name in names and moment]


def _publishers() -> dict[str, str]:
    """Names of publishers by host."""
    from pipeline.settings import find_models  # noqa: PLC0415

    path = find_models() / "sites.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["host"]: row["name"] for row in csv.DictReader(handle)}
