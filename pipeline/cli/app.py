"""The commands. Each is a thin wrapper: it reads options, calls one function of the package, and prints."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.screen import Bars, err, out, safe
from pipeline.fingerprints import installed_version
from pipeline.records import EVENT_TYPES, STATUSES
from pipeline.settings import DEFAULT_MODEL, Settings, find_models

app = typer.Typer(
    name="carefeed",
    help="Turns dumps of the Community Care news feed into a timeline of policy events.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
)

Out = Annotated[Path, typer.Option("--out", help="The output folder.", show_default=True)]
Models = Annotated[Path | None, typer.Option("--models", help="The folder with the registers. [default: models]")]


def _show_version(value: bool) -> None:
    if value:
        out.print(f"carefeed {installed_version('carefeed')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command(epilog="Example: **carefeed run corpus/dumps --out outputs**")
def run(
    inputs: Annotated[
        list[str], typer.Argument(help="Dumps, folders of them, or - for standard input.", metavar="DUMP…")
    ],
    out_folder: Out = Path("outputs"),
    models: Models = None,
    model: Annotated[str, typer.Option(help="An installed spaCy pipeline, or none for rules alone.")] = DEFAULT_MODEL,
    workers: Annotated[int, typer.Option(help="Processes; 0 for as many as there are cores.", min=0)] = 0,
) -> None:
    """Read dumps into the archive and write the timeline and every other file anew."""
    from pipeline import runner  # noqa: PLC0415  (only this command needs the stages)

    settings = Settings(model=model, workers=workers)
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
            f"Read {summary.n_new_dumps} new of {summary.n_inputs} input(s) in {summary.seconds:.1f} s: "
            f"{sum(items.values())} items, of them {items.get('article', 0)} articles, "
            f"{items.get('duplicate', 0)} duplicates, {items.get('revision', 0)} revisions; "
            f"{n['rejections']} rejected."
        )
    out.print(
        f"Found {n['timeline']} events ({n['evidence']} tellings), {n['numbers']} numbers, "
        f"{n['organisations']} organisations, {n['policies']} policies, {n['topics']} topics, "
        f"{n['conflicts']} conflicting figures."
    )
    out.print("Open:")
    for name, what in (
        ("report/index.html", "the report, in a browser"),
        ("timeline.csv", "the timeline, in a spreadsheet"),
        ("topics/", "a report on each topic, in Markdown"),
    ):
        out.print(f"  {safe(summary.out / name)}  {what}", markup=False)
    if n["rejections"]:
        err.print(f"Some input could not be used: see {safe(summary.out / 'rejections.csv')}", markup=False)


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
        data = source if isinstance(source, Rejection) else source.read()
        if isinstance(data, Rejection):
            print_rejection(data)
            continue
        clean = clean_dump(read_dump(data, source.name, limits), marks, limits)
        spam = [
            each for part in (clean.ranges, *(i.ranges for i in clean.items)) for each in part if each.bin == "spam"
        ]
        texts = {(r.start_byte, r.end_byte): data[r.start_byte : r.end_byte].decode("utf-8", "replace") for r in spam}
        print_inspection(clean, texts)


@app.command(epilog="Example: **carefeed evaluate corpus/gold --misses events**")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder of annotated articles, one JSON file each.")],
    out_folder: Out = Path("outputs"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    misses: Annotated[str, typer.Option(help="List what was missed, made up or wrong of one kind: events.")] = "",
) -> None:
    """Score what a run wrote against articles annotated by hand."""
    import json  # noqa: PLC0415

    from pipeline.errors import SettingsError  # noqa: PLC0415
    from pipeline.evaluation.gold import load_gold, load_outputs  # noqa: PLC0415
    from pipeline.evaluation.scorers import score_all  # noqa: PLC0415

    articles = load_gold(gold)
    scores = score_all(articles, load_outputs(out_folder))
    if misses and misses not in scores:
        raise SettingsError(f"{misses!r} is no kind of output", f"it can be {', '.join(scores)}")
    if as_json:
        print(json.dumps({name: score.figures for name, score in scores.items()}, indent=1))
        return
    for miss in scores[misses].misses if misses else ():
        out.print(f"{miss.sign} {miss.article_id} {safe(miss.what)}", markup=False)
    out.print(f"{len(articles)} gold articles")
    for name, score in scores.items():
        cells = (f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}" for key, value in score.figures.items())
        out.print(f"{name:14}" + "  ".join(cells), markup=False)
