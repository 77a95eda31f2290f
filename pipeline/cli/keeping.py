"""Commands that keep an archive in order: status, forget, verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Models, Out, app
from pipeline.cli.screen import out, safe

_MOST_PROBLEMS = 20
KeptModel = Annotated[str | None, typer.Option("--model", help="A spaCy pipeline, or none. [default: the last run's]")]


@app.command(epilog="Example: **carefeed status --out outputs**")
def status(out_folder: Out = Path("outputs"), models: Models = None, model: KeptModel = None) -> None:
    """Say what is fresh, what is stale, and why. Writes nothing."""
    from pipeline.cleaning.marks import load_marks  # noqa: PLC0415
    from pipeline.runner import load_project_registers  # noqa: PLC0415
    from pipeline.settings import Limits, find_models  # noqa: PLC0415
    from pipeline.status import read_status  # noqa: PLC0415

    folder = models or find_models()
    found = read_status(out_folder, load_marks(folder).fingerprint, load_project_registers(folder), Limits(), model)
    out.print(f"{safe(found.out)}: {found.n_dumps} dumps, {found.n_articles} articles", markup=False)
    for part in found.parts:
        out.print(f"{part.name:6} {part.n_fresh} fresh")
        for reason, count in sorted(part.stale.items()):
            out.print(f"       {count} stale: {safe(reason)} → {part.remedy}", markup=False)
    if found.is_fresh:
        out.print("All is up to date.")


@app.command(epilog="Example: **carefeed forget social-work-workforce.txt --out outputs**")
def forget(
    dump: Annotated[str, typer.Argument(help="A dump's name, name@hash, or the beginning of its hash (8 digits).")],
    out_folder: Out = Path("outputs"),
    models: Models = None,
    model: KeptModel = None,
) -> None:
    """Take a dump out of the archive, with all that only it tells. Other dumps' tellings stay."""
    from pipeline import runner  # noqa: PLC0415
    from pipeline.cli.screen import Bars  # noqa: PLC0415
    from pipeline.settings import find_models  # noqa: PLC0415

    with Bars() as bars:
        gone = runner.forget(dump, out_folder, models or find_models(), model, bars)
    out.print(f"Forgot {safe(', '.join(gone))}.", markup=False)


@app.command(epilog="Example: **carefeed verify corpus/dumps --out outputs**")
def verify(
    inputs: Annotated[list[str], typer.Argument(help="The dumps that were read, or -.", metavar="DUMP…")],
    out_folder: Out = Path("outputs"),
    models: Models = None,
) -> None:
    """Open the dumps again and check every file, offset and quote against them. Exit code 1 where one doesn't hold."""
    from pipeline.cleaning.marks import load_marks  # noqa: PLC0415
    from pipeline.settings import Limits, find_models  # noqa: PLC0415
    from pipeline.verifying import verify as check  # noqa: PLC0415

    found = check(inputs, out_folder, load_marks(models or find_models()), Limits(), sys.stdin.buffer)
    out.print(
        f"Checked {found.n_files} files, {found.n_dumps} dumps, {found.n_articles} articles and {found.n_rows} rows."
    )
    for name in found.not_given:
        out.print(f"not given, not checked: {safe(name)}", markup=False)
    for problem in found.problems[:_MOST_PROBLEMS]:
        out.print(f"wrong: {safe(problem)}", markup=False)
    if len(found.problems) > _MOST_PROBLEMS:
        out.print(f"and {len(found.problems) - _MOST_PROBLEMS} more")
    if found.problems:
        raise typer.Exit(1)
    out.print("All of it holds.")
