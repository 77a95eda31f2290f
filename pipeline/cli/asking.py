"""Commands that ask the archive: query."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Out, app
from pipeline.cli.screen import err
from pipeline.records import EVENT_TYPES, STATUSES


@app.command(epilog='Example: **carefeed query --policy "early career framework" --from 2023**')
def query(  # noqa: PLR0913  (one parameter an option)
    out_folder: Out = Path("outputs"),
    policy: Annotated[list[str] | None, typer.Option(help="Name, acronym or alias; may be given again.")] = None,
    organisation: Annotated[list[str] | None, typer.Option(help="Name, acronym or alias; may be given again.")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help=", ".join(EVENT_TYPES))] = None,
    status: Annotated[list[str] | None, typer.Option(help=", ".join(STATUSES))] = None,
    start: Annotated[str | None, typer.Option("--from", help="First date: 2024, 2024-05 or 2024-05-28.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last date.")] = None,
    text: Annotated[str | None, typer.Option(help="Words that stand in the title or quote.")] = None,
    limit: Annotated[int | None, typer.Option(help="At most so many rows.", min=0)] = None,
    format_: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
) -> None:
    """Ask the timeline: what happened, what is planned, who said so."""
    from pipeline.cli.formats import print_rows  # noqa: PLC0415
    from pipeline.query.timeline import TimelineFilter, open_archive, query_timeline  # noqa: PLC0415

    wanted = TimelineFilter(
        policies=tuple(policy or ()),
        organisations=tuple(organisation or ()),
        types=tuple(type_ or ()),
        statuses=tuple(status or ()),
        start=start,
        end=end,
        text=text,
        limit=limit,
    )
    connection = open_archive(out_folder)
    try:
        found = query_timeline(connection, wanted)
    finally:
        connection.close()
    print_rows(found, format_, "timeline")
    if not found:
        err.print("No event meets all of this.")
