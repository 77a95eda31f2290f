"""Commands that check what a run wrote: evaluate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import Out, app
from pipeline.cli.plain import TableLine, table_lines, terminal_width
from pipeline.cli.screen import out, safe

if TYPE_CHECKING:
    from pipeline.evaluation.intervals import Intervals
    from pipeline.evaluation.slices import Confusion, Slice
    from pipeline.evaluation.verdicts import Score, Verdict

_SUMMARY = ("precision", "recall", "f1", "predicted", "gold")


@app.command(epilog="Example: **carefeed evaluate corpus/gold --by type**")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder of annotated articles, one JSON file each.")],
    out_folder: Out = Path("outputs"),
    by: Annotated[
        str,
        typer.Option(
            help="Figures of parts, worst first, by kind, type, status, unit, role or date_basis of the entry, or by "
            "article, year, topic, dump, tag or flag."
        ),
    ] = "",
    errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed (-), made up (+) or wrong (~), the surest first.")
    ] = False,
    misses: Annotated[str, typer.Option(help="List the errors of one kind of output only: events.")] = "",
    confusion: Annotated[bool, typer.Option("--confusion", help="List what was taken for what.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score what a run wrote against articles annotated by hand.

    A figure stands with the bounds between which it lies in 95 of 100 resamples of the articles.
    """
    import json  # noqa: PLC0415

    from pipeline.errors import SettingsError  # noqa: PLC0415
    from pipeline.evaluation.gold import fingerprint, load_gold, load_outputs  # noqa: PLC0415
    from pipeline.evaluation.intervals import find_intervals  # noqa: PLC0415
    from pipeline.evaluation.scorers import score_all  # noqa: PLC0415
    from pipeline.evaluation.slices import cut, find_confusions, worst_first  # noqa: PLC0415

    articles, outputs = load_gold(gold), load_outputs(out_folder)
    scores = score_all(articles, outputs)
    if misses and misses not in scores:
        raise SettingsError(f"{misses!r} is no kind of output", f"it can be {', '.join(scores)}")
    parts = cut(by, scores, articles, outputs) if by else []
    is_table_of_all = not (confusion or by)
    intervals = {name: find_intervals(score) for name, score in scores.items()} if as_json or is_table_of_all else {}
    if as_json:
        figures: dict[str, object] = {name: score.figures for name, score in scores.items()}
        source = {"sha256": fingerprint(gold), "n_articles": len(articles)}
        print(json.dumps({**figures, "intervals": intervals, "gold": source}, indent=1))
        return
    for name in [misses] if misses else scores if errors else ():
        _print(_error_lines(name, worst_first(scores[name])))
    if confusion:
        _print_table(("output", "field", "gold", "taken for", "times"), map(_confusion_cells, find_confusions(scores)))
    elif by:
        _print_table(("output", by, "precision", "recall", "f1", "predicted", "gold"), map(_slice_cells, parts))
    else:
        out.print(f"{len(articles)} gold articles {fingerprint(gold)[:12]}")
        _print_table(("output", *_SUMMARY), _summary_cells(scores, intervals))
        _print(_fact_lines(scores, intervals))


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        out.print(safe(line), markup=False)


def _print_table(header: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    lines = (TableLine(tuple(safe(cell) for cell in cells)) for cells in rows)
    for line in table_lines(header, lines, terminal_width()):
        out.print(line, markup=False)


def _error_lines(name: str, verdicts: Sequence[Verdict]) -> Iterator[str]:
    for verdict in verdicts:
        sureness = f" ({verdict.row['confidence']})" if verdict.row and verdict.row.get("confidence") else ""
        yield f"{name} {verdict.sign} {verdict.article_id}{sureness} {verdict.what}"


def _summary_cells(scores: Mapping[str, Score], intervals: Mapping[str, Intervals]) -> Iterator[tuple[str, ...]]:
    for output, score in scores.items():
        figures = score.figures
        if "f1" in figures:
            yield output, *(_figure(name, figures[name], intervals[output]) for name in _SUMMARY)


def _fact_lines(scores: Mapping[str, Score], intervals: Mapping[str, Intervals]) -> Iterator[str]:
    """The figures beside precision and recall: facts of what was found."""
    for output, score in scores.items():
        facts = {
            name: value for name, value in score.figures.items() if "f1" not in score.figures or name not in _SUMMARY
        }
        cells = (f"{name} {_figure(name, value, intervals[output])}" for name, value in facts.items())
        yield f"{output}: {', '.join(cells)}"


def _figure(name: str, value: float, intervals: Intervals) -> str:
    """A figure with its bounds; a count as it is."""
    if name in ("predicted", "gold"):
        return str(value)
    bounds = intervals.get(name)
    return f"{value:.3f}" + (f" ({bounds[0]:.2f}–{bounds[1]:.2f})" if bounds else "")


def _slice_cells(part: Slice) -> tuple[str, ...]:
    figures = part.score.figures
    shares = [f"{figures['precision']:.3f}"] + [
        f"{figures[name]:.3f}" if part.is_asked_for else "" for name in ("recall", "f1")
    ]
    return part.output, part.value, *shares, str(figures["predicted"]), str(figures["gold"])


def _confusion_cells(each: Confusion) -> tuple[str, ...]:
    return each.output, each.field, each.wanted, each.got, str(each.n)
