"""Commands that check what a run wrote: evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Out, app
from pipeline.cli.screen import out, safe


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
        cells = (
            f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}"
            for key, value in score.figures.items()
        )
        out.print(f"{name:14}" + "  ".join(cells), markup=False)
