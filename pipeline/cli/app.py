"""The application and what its commands share. The commands themselves are in ``running``, ``asking``, ``checking``.

Each command is a thin wrapper: it reads options, calls one function of the package, and prints. What is heavy to
import (the stages, spaCy, scikit-learn) is imported by the command that needs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.screen import out

app = typer.Typer(
    name="carefeed",
    help="Turns dumps of the Community Care news feed into a timeline of policy events.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
)

Out = Annotated[Path, typer.Option("--out", help="The output folder.", show_default=True)]
Model = Annotated[str, typer.Option(help="An installed spaCy pipeline, or none for rules alone.")]
Models = Annotated[Path | None, typer.Option("--models", help="The folder with the registers. [default: models]")]


def _show_version(value: bool) -> None:
    if value:
        from pipeline.fingerprints import installed_version  # noqa: PLC0415

        out.print(f"carefeed {installed_version('carefeed')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass
