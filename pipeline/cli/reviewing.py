"""The commands of a review: review export, review import, review list."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Models, Out, app
from pipeline.cli.screen import err, out, safe

review = typer.Typer(
    name="review",
    help="Have the least certain rows looked at by a person; every later run does as was decided.",
    no_args_is_help=True,
    epilog="Example: **carefeed review export doubtful.csv --limit 50**, then **carefeed review import doubtful.csv**",
)
app.add_typer(review)

_MOST_SHOWN = 20


@review.command("export", epilog="Example: **carefeed review export doubtful.csv --limit 50 --out outputs**")
def export_rows(
    file: Annotated[
        Path, typer.Argument(help="The spreadsheet to write; it must not be there yet.", metavar="FILE.csv")
    ],
    out_folder: Out = Path("outputs"),
    models: Models = None,
    limit: Annotated[int, typer.Option(help="How many rows, the least certain first; 0 for all.", min=0)] = 100,
    excel: Annotated[
        bool, typer.Option("--excel", help="For a spreadsheet: byte order mark, formulas disarmed.")
    ] = False,
) -> None:
    """Write the least certain rows of the timeline, to be accepted, corrected or rejected.

    In the column **verdict** goes accept, correct or reject; what is right instead goes in the columns **new_date**,
    **new_type**, **new_status**, **new_policies**, **new_organisations**, **new_amount** (lists with `; ` between, a
    **-** for none), and why in **note**. Rows that were decided on are not asked again.
    """
    from pipeline.reviewing import export_review  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415

    project = find_project(models or find_models())
    n = export_review(out_folder, project, file, limit or None, excel=excel)
    out.print(f"Wrote {n} row(s) to {safe(file)}.", markup=False)
    out.print("Fill in the column verdict (accept, correct, reject), then:", markup=False)
    out.print(f"  carefeed review import {safe(file)} --out {safe(out_folder)}", markup=False)


@review.command("import", epilog="Example: **carefeed review import doubtful.csv --reviewer ann --out outputs**")
def import_rows(
    file: Annotated[Path, typer.Argument(help="The spreadsheet with verdicts.", metavar="FILE.csv")],
    out_folder: Out = Path("outputs"),
    models: Models = None,
    reviewer: Annotated[str | None, typer.Option(help="Who decided. [default: the user's name]")] = None,
) -> None:
    """Keep the verdicts of a spreadsheet; the next run applies them. Exit code 1 where a row can't be taken.

    Decisions are added to **decisions.jsonl** in the project's folder and never taken out: of several on one sentence
    the latest counts.
    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from pipeline.reviewing import import_review  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415

    project = find_project(models or find_models())
    now = datetime.now(UTC).isoformat(timespec="seconds")
    done = import_review(file, out_folder, project, now, _user() if reviewer is None else reviewer)
    known = f" ({done.n_known} known already)" if done.n_known else ""
    out.print(f"Added {len(done.added)} decision(s) to {safe(done.path)}{known}.", markup=False)
    if done.added:
        out.print("They are applied by the next: carefeed run", markup=False)
    for problem in done.problems[:_MOST_SHOWN]:
        err.print(f"{safe(file)}, line {problem.line}: {safe(problem.reason)}", markup=False)
    if len(done.problems) > _MOST_SHOWN:
        err.print(f"and {len(done.problems) - _MOST_SHOWN} more", markup=False)
    if done.problems:
        raise typer.Exit(1)


@review.command("list", epilog="Example: **carefeed review list --stale --out outputs**")
def list_decisions(
    out_folder: Out = Path("outputs"),
    models: Models = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only those whose sentence is gone, or is read otherwise now.")
    ] = False,
) -> None:
    """List the decisions that count: applied, or stale because their evidence is gone or changed."""
    from pipeline.reviewing import standing  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415

    found = standing(out_folder, find_project(models or find_models()))
    kinds = [("gone", found.gone), ("changed", found.changed)]
    for kind, decisions in kinds if stale else [("applied", found.used), *kinds]:
        for each in decisions:
            what = "; ".join(f"{name} = {cell}" for name, cell in each.corrections.items())
            who = f" by {each.reviewer}" if each.reviewer else ""
            line = f"{kind:8} {each.verdict}{f' ({what})' if what else ''}{who} on {each.decided[:10]}: "
            note = f" [{each.note}]" if each.note else ""
            out.print(safe(f"{line}{each.article_id} {each.date} {each.type} “{each.quote}”{note}"), markup=False)
    n_stale = len(found.gone) + len(found.changed)
    err.print(f"{len(found.used)} applied, {n_stale} stale.", markup=False)


def _user() -> str:
    """The name that the user goes by on this machine; empty where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
