"""The commands of a review: review (in a browser), review export, import, list, undo, gold."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Models, Out, app
from pipeline.cli.screen import err, out, safe

review = typer.Typer(
    name="review",
    help="Correct what was found, in a browser or a spreadsheet; every later run does as was decided.",
    epilog="Example: **carefeed review --out outputs**, or **carefeed review export doubtful.csv --limit 50**",
)
app.add_typer(review)

Reviewer = Annotated[str | None, typer.Option(help="Who decides. [default: the user's name]")]

_MOST_SHOWN = 20


@review.callback(invoke_without_command=True)
def serve_review(
    context: typer.Context,
    out_folder: Out = Path("outputs"),
    models: Models = None,
    port: Annotated[int, typer.Option(help="The port; 0 for any that is free.", min=0, max=65535)] = 0,
    reviewer: Reviewer = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Correct what was found, in a browser or a spreadsheet; every later run does as was decided.

    Without a command: serves the report on this machine alone, with buttons and keys to accept, correct, reject, merge
    and split events, to link them and to add missed ones, to correct numbers and links to names, and to name and merge
    topics. Ctrl-C ends it.
    """
    if context.invoked_subcommand is not None:
        return
    from pipeline.errors import StoreError  # noqa: PLC0415
    from pipeline.review.server import Server  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415

    found = models or find_models()
    try:
        server = Server(out_folder, found, find_project(found), _user() if reviewer is None else reviewer, port)
    except OSError as error:
        raise StoreError(f"port {port} can't be used: {error.strerror}", "give another with --port, or none") from error
    out.print(f"{server.n_events} events to review. Open this address, whole; it is for you alone:", markup=False)
    out.print(server.address, markup=False)
    err.print("Ctrl-C ends the review; what was decided is kept.", markup=False)
    if browser:
        typer.launch(server.address)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            err.print("The review has ended.", markup=False)


@review.command("export", epilog="Example: **carefeed review export doubtful.xlsx --limit 50 --out outputs**")
def export_rows(
    file: Annotated[
        Path,
        typer.Argument(
            help="The spreadsheet to write, .csv or .xlsx (an Excel workbook); it must not be there yet.",
            metavar="FILE",
        ),
    ],
    out_folder: Out = Path("outputs"),
    models: Models = None,
    limit: Annotated[int, typer.Option(help="How many rows, the least certain first; 0 for all.", min=0)] = 100,
    excel: Annotated[
        bool, typer.Option("--excel", help="A CSV for a spreadsheet: byte order mark, formulas disarmed.")
    ] = False,
) -> None:
    """Write the least certain rows of the timeline, to be accepted, corrected or rejected.

    In the column **verdict** goes accept, correct or reject; what is right instead goes in the columns **new_date**,
    **new_type**, **new_status**, **new_policies**, **new_organisations**, **new_amount**, **new_title** (lists with
    `; ` between, a **-** for none), and why in **note**. Rows that were decided on are not asked again.
    """
    from pipeline.reviewing import export_review  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415

    project = find_project(models or find_models())
    n = export_review(out_folder, project, file, limit or None, excel=excel)
    out.print(f"Wrote {n} row(s) to {safe(file)}.", markup=False)
    out.print("Fill in the column verdict (accept, correct, reject), then:", markup=False)
    out.print(f"  carefeed review import {safe(file)} --out {safe(out_folder)}", markup=False)


@review.command("import", epilog="Example: **carefeed review import doubtful.xlsx --reviewer ann --out outputs**")
def import_rows(
    file: Annotated[Path, typer.Argument(help="The spreadsheet with verdicts, .csv or .xlsx.", metavar="FILE")],
    out_folder: Out = Path("outputs"),
    models: Models = None,
    reviewer: Reviewer = None,
) -> None:
    """Keep the verdicts of a spreadsheet; the next run applies them. Exit code 1 where a row can't be taken.

    Decisions are added to **decisions.jsonl** in the project's folder and never taken out: of several on one sentence
    the latest counts.
    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from pipeline.reviewing import import_review  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415

    registers = models or find_models()
    project = find_project(registers)
    now = datetime.now(UTC).isoformat()
    done = import_review(file, out_folder, project, now, _user() if reviewer is None else reviewer, registers)
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
    from pipeline.reviewing import load_decisions, lost_decisions, standing  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415
    from pipeline.timeline.decisions import ABOUT, standing_decisions  # noqa: PLC0415

    project = find_project(models or find_models())
    kept, found = load_decisions(project), standing(out_folder, project)
    kinds = [("gone", found.gone), ("changed", found.changed)]
    for kind, decisions in kinds if stale else [("applied", found.used), *kinds]:
        for each in decisions:
            what = "; ".join(f"{name} = {cell}" for name, cell in each.corrections.items())
            who = f" by {each.reviewer}" if each.reviewer else ""
            line = f"{kind:8} {each.verdict}{f' ({what})' if what else ''}{who} on {each.decided[:10]}: "
            note = f" [{each.note}]" if each.note else ""
            out.print(
                safe(f"{line}{each.article_id} {each.date} {each.type} “{each.quote}”{note} {each.key}"), markup=False
            )
    lost = {each.key: each for each in lost_decisions(out_folder, project)}
    others = [each for about in ABOUT if about != "event" for each in standing_decisions(kept, about).values()]
    for each in others:
        if stale and each.key not in lost:
            continue
        what = "; ".join(f"{name} = {cell}" for name, cell in each.corrections.items())
        about = f"{each.about} {each.what}".strip()
        line = f"{'gone' if each.key in lost else 'kept':8} {each.verdict}{f' ({what})' if what else ''}"
        quote = f" “{each.quote}”" if each.quote else ""
        out.print(safe(f"{line}: {each.article_id} {about}{quote} {each.key}"), markup=False)
    n_stale = len(found.gone) + len(found.changed) + len(lost)
    err.print(f"{len(found.used)} applied, {n_stale} stale.", markup=False)


@review.command("undo", epilog="Example: **carefeed review undo event-1a2b3c4d5e6f**")
def undo(
    named: Annotated[
        str, typer.Argument(help="An event’s identifier, or a decision’s key as review list shows it.", metavar="ID")
    ],
    out_folder: Out = Path("outputs"),
    models: Models = None,
    reviewer: Reviewer = None,
) -> None:
    """Take decisions back: what was found stands again from the next run on.

    A line is added for each; none is taken out of **decisions.jsonl**.
    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from pipeline.reviewing import withdraw  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415

    project = find_project(models or find_models())
    now = datetime.now(UTC).isoformat()
    for each in withdraw(named, out_folder, project, now, _user() if reviewer is None else reviewer):
        out.print(safe(f"Taken back: {each.verdict} on {each.article_id} “{each.quote or each.what}”"), markup=False)
    out.print("It counts from the next: carefeed run", markup=False)


@review.command("gold", epilog="Example: **carefeed review gold gold/ --out outputs**, **carefeed evaluate gold/**")
def write_gold(
    folder: Annotated[Path, typer.Argument(help="The folder to write to; made if need be.", metavar="FOLDER")],
    out_folder: Out = Path("outputs"),
    models: Models = None,
) -> None:
    """Write the articles that a reviewer read through as annotated articles, for **carefeed evaluate**.

    Only articles marked “All is here and right” in the review: with the decisions on it, such an article is annotated.
    """
    from pipeline.review.gold import write_gold as write  # noqa: PLC0415
    from pipeline.settings import find_models, find_project  # noqa: PLC0415

    registers = models or find_models()
    written = write(out_folder, registers, find_project(registers), folder)
    out.print(f"Wrote {len(written)} annotated article(s) to {safe(folder)}.", markup=False)
    if not written:
        err.print("None was marked as read through: open one in carefeed review, and press the button.", markup=False)


def _user() -> str:
    """The name that the user goes by on this machine; empty where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
