"""Commands that read dumps or texts: run, inspect, annotate."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Model, Models, Out, app
from pipeline.cli.screen import Bars, err, out, safe
from pipeline.settings import DEFAULT_MODEL, Settings, find_models


@app.command(epilog="Example: **carefeed run corpus/dumps --out outputs**")
def run(
    inputs: Annotated[
        list[str], typer.Argument(help="Dumps, folders of them, or - for standard input.", metavar="DUMP…")
    ],
    out_folder: Out = Path("outputs"),
    models: Models = None,
    model: Model = DEFAULT_MODEL,
    workers: Annotated[int, typer.Option(help="Processes; 0 for as many as there are cores.", min=0)] = 0,
    full_text: Annotated[
        bool,
        typer.Option(
            "--full-text",
            help="Show the articles' whole texts in the report, with marks: for your own use, since the texts are "
            "their publisher's. Without it, sentences with their sources.",
        ),
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask scheduler, tcp://host:8786, or local: needs carefeed[cluster].")
    ] = None,
) -> None:
    """Read dumps into the archive and write the timeline and every other file anew."""
    from pipeline import runner  # noqa: PLC0415  (only this command needs the stages)

    settings = Settings(model=model, workers=workers, scheduler=scheduler, full_text=full_text)
    with Bars() as bars:
        summary = runner.run(inputs, out_folder, models or find_models(), settings, bars, sys.stdin.buffer)
    _print_summary(summary)


def _print_summary(summary: object) -> None:
    from pipeline.runner import RunSummary  # noqa: PLC0415

    assert isinstance(summary, RunSummary)
    n = summary.counts
    items = summary.outcomes
    if summary.is_unchanged:
        out.print(f"Nothing new in {summary.n_inputs} input(s): {summary.out} is as it was.")
    else:
        out.print(
            f"Read {summary.n_new_dumps} new of {summary.n_inputs} input(s) in {summary.seconds:.1f} s. "
            f"The archive has {sum(items.values())} items: {_count(items, 'article')}, "
            f"{_count(items, 'duplicate')}, {_count(items, 'revision')}; "
            f"{n['rejections']} rejected."
        )
    out.print(
        f"Found in them {n['timeline']} events ({n['evidence']} tellings), {n['numbers']} numbers, "
        f"{n['organisations']} organisations, {n['policies']} policies, {n['topics']} topics, "
        f"{n['conflicts']} conflicting figures."
    )
    if not n["articles"]:
        err.print("No article was found in what was read.", markup=False)
    else:
        _print_files(summary.out)
    for note in summary.notes:
        err.print(safe(note), markup=False)
    if n["rejections"]:
        err.print(f"Some input could not be used: see {safe(summary.out / 'rejections.csv')}", markup=False)


def _print_files(folder: Path) -> None:
    out.print("Open:")
    for name, what in (
        ("report/index.html", "the report, in a browser"),
        ("timeline.csv", "the timeline, in a spreadsheet"),
        ("topics/", "a report on each topic, in Markdown"),
    ):
        out.print(f"  {safe(folder / name)}  {what}", markup=False)


@app.command(epilog="Example: **carefeed inspect corpus/dumps/social-work-workforce.txt**")
def inspect(
    inputs: Annotated[list[str], typer.Argument(help="Dumps, folders of them, or -.", metavar="DUMP…")],
    models: Models = None,
) -> None:
    """Show what would be read of a dump: items, spam, boilerplate, rejections. Writes nothing."""
    from pipeline.cleaning.cleaner import clean_dump  # noqa: PLC0415
    from pipeline.cleaning.marks import load_marks  # noqa: PLC0415
    from pipeline.cli.inspection import print_inspection, print_rejection  # noqa: PLC0415
    from pipeline.feeds.reader import read_dump  # noqa: PLC0415
    from pipeline.feeds.sources import find_sources  # noqa: PLC0415
    from pipeline.records import Rejection  # noqa: PLC0415

    limits = Settings().limits
    marks = load_marks(models or find_models())
    for source in find_sources(inputs, limits, sys.stdin.buffer):
        if isinstance(source, Rejection):
            print_rejection(source)
            continue
        data = source.read()
        if isinstance(data, Rejection):
            print_rejection(data)
            continue
        clean = clean_dump(read_dump(data, source.name, limits), marks, limits)
        spam = [
            each for part in (clean.ranges, *(i.ranges for i in clean.items)) for each in part if each.bin == "spam"
        ]
        texts = {(r.start_byte, r.end_byte): data[r.start_byte : r.end_byte].decode("utf-8", "replace") for r in spam}
        print_inspection(clean, texts)


@app.command(epilog="Example: **carefeed annotate articles.jsonl > found.jsonl**")
def annotate(
    document: Annotated[str, typer.Argument(help="Lines of JSON, or - for standard input.", metavar="FILE.jsonl")],
    models: Models = None,
    model: Model = DEFAULT_MODEL,
) -> None:
    """Run the extraction on any English text.

    In: lines of `{"article_id", "published", "title", "text"}`. Out: a line for each with its numbers, dates,
    organisations, policies and events.
    """
    from pipeline.annotation import annotate as annotate_lines  # noqa: PLC0415
    from pipeline.errors import DumpError  # noqa: PLC0415

    try:
        content = sys.stdin.buffer.read() if document == "-" else Path(document).read_bytes()
        lines = content.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise DumpError(f"{document} can't be read: {error.strerror}", "give a file of JSON lines, or -") from error
    except UnicodeDecodeError as error:
        raise DumpError(f"{document}: byte {error.start} is not UTF-8", "save the file as UTF-8") from error
    for line in annotate_lines(lines, models or find_models(), Settings(model=model)):
        print(line)


def _count(items: Mapping[str, int], outcome: str) -> str:
    """How many items became something, with its noun."""
    n = items.get(outcome, 0)
    return f"{n:,} {outcome}" if n == 1 else f"{n:,} {outcome}s"
