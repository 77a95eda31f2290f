"""The commands of the registers: register suggest, register add."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Models, Out, app
from pipeline.cli.screen import complain_softly, out, safe
from pipeline.errors import QueryError

register = typer.Typer(
    name="register",
    help="Take what the articles taught into the project's registers; the next run knows it.",
    no_args_is_help=True,
    epilog="Example: **carefeed register suggest**, then **carefeed register add 'Carers Network'**",
)
app.add_typer(register)

_KINDS = ("organisation", "policy")
Kind = Annotated[str | None, typer.Option("--kind", help="organisation or policy. [default: both]", metavar="KIND")]


@register.command("suggest", epilog="Example: **carefeed register suggest --kind policy --fewest 3 --out outputs**")
def show_suggestions(
    out_folder: Out = Path("outputs"),
    models: Models = None,
    fewest: Annotated[int, typer.Option(help="Only what stands in so many articles.", min=1)] = 2,
    kind: Kind = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, json, jsonl or markdown.", metavar="FORMAT")
    ] = "table",
) -> None:
    """List the names that were learnt from the articles and that no register has, with a sentence for each.

    The type is the one that the articles speak for. Writes nothing.
    """
    from pipeline.adopting import suggest_entries  # noqa: PLC0415
    from pipeline.cli.formats import print_columns  # noqa: PLC0415
    from pipeline.cli.plain import TableLine, table_lines, terminal_width  # noqa: PLC0415
    from pipeline.harmless import one_line  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415
    from pipeline.tables import Column  # noqa: PLC0415

    _check_kind(kind)
    folder = models or find_models()
    found = [
        each
        for each in suggest_entries(out_folder, folder, find_project(folder), fewest)
        if kind in (None, each.candidate.kind)
    ]
    if not found:
        complain_softly(f"Nothing was learnt in {fewest} article(s) or more that no register has.")
    if format_ == "table":
        lines = (
            TableLine(
                (
                    one_line(each.candidate.name),
                    each.candidate.type,
                    str(each.candidate.n_articles),
                    str(each.candidate.n_mentions),
                ),
                (f"“{one_line(each.example)}”",),
            )
            for each in found
        )
        for line in table_lines(["name", "type", "articles", "mentions"], lines, terminal_width()):
            print(line)
        return
    rows = [
        {
            "kind": each.candidate.kind,
            "name": each.candidate.name,
            "acronym": each.candidate.acronym,
            "type": each.candidate.type,
            "aliases": each.candidate.aliases,
            "n_articles": each.candidate.n_articles,
            "n_mentions": each.candidate.n_mentions,
            "example": each.example,
            "article_id": each.article_id,
        }
        for each in found
    ]
    numbers = ("n_articles", "n_mentions")
    types = {"aliases": "list", **dict.fromkeys(numbers, "integer")}
    names = ("kind", "name", "acronym", "type", "aliases", *numbers, "example", "article_id")
    print_columns(rows, format_, [Column(name, types.get(name, "string"), "") for name in names])


@register.command("add", epilog="Example: **carefeed register add 'Carers Network' 'Bright Start' --out outputs**")
def add_names(
    names: Annotated[list[str], typer.Argument(help="Names as register suggest lists them.", metavar="NAME…")],
    out_folder: Out = Path("outputs"),
    models: Models = None,
    kind: Kind = None,
    type_: Annotated[
        str | None,
        typer.Option("--type", help="The type, instead of the one suggested: charity, fund.", metavar="TYPE"),
    ] = None,
) -> None:
    """Write learnt names into the project's registers, with the acronym and the forms that the articles have.

    With --kind and --type a name is added that no article has: **carefeed register add 'Lantern Fund' --kind policy
    --type fund**. A name that a register has already is refused, and nothing is written.
    """
    from pipeline.adopting import add_entries, choose  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415

    _check_kind(kind)
    folder = models or find_models()
    project = find_project(folder)
    candidates = choose(names, out_folder, folder, project, kind, type_)
    for path in add_entries(candidates, folder, project):
        out.print(f"Wrote {safe(path)}", markup=False)
    out.print(
        "The next run knows: " + safe(", ".join(f"{each.name} ({each.type})" for each in candidates)), markup=False
    )


def _check_kind(kind: str | None) -> None:
    if kind is not None and kind not in _KINDS:
        raise QueryError(f"{kind!r} is no kind", f"it can be {' or '.join(_KINDS)}")
