"""Commands that keep an archive in order: status, forget, verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import Models, Out, app
from pipeline.cli.screen import out, safe

if TYPE_CHECKING:
    from pipeline.status import Coverage

_MOST_PROBLEMS = 20
_MOST_GAPS = 3
KeptModel = Annotated[str | None, typer.Option("--model", help="A spaCy pipeline, or none. [default: the last run's]")]


@app.command(epilog="Example: **carefeed status --out outputs**")
def status(
    out_folder: Out = Path("outputs"),
    models: Models = None,
    model: KeptModel = None,
    months: Annotated[bool, typer.Option("--months", help="List how many articles are from each month.")] = False,
) -> None:
    """Say what is fresh, what is stale, and why, and which months no dump has articles of. Writes nothing."""
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
    _print_coverage(found.coverage, each_month=months)


def _print_coverage(coverage: Coverage, *, each_month: bool) -> None:
    """The months between the first and the last article, and the longest stretches without any."""
    if not coverage.months:
        return
    first, *_, last = (*coverage.months, *coverage.months)
    with_articles = sum(count > 0 for count in coverage.months.values())
    out.print(f"Articles from {with_articles} of the {len(coverage.months)} months {first} to {last}.")
    for start, end, n_months in coverage.gaps[:_MOST_GAPS]:
        out.print(
            f"       none from {start} to {end}: {n_months} months" if n_months > 1 else f"       none from {start}"
        )
    if len(coverage.gaps) > _MOST_GAPS:
        out.print(f"       and {len(coverage.gaps) - _MOST_GAPS} more gaps: --months lists every month")
    for month, count in coverage.months.items() if each_month else ():
        out.print(f"{month} {count}")


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
