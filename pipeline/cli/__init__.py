"""The command line: the only part that prints, and the only one that turns errors into exit codes.

Results go to stdout, progress and notes to stderr. Exit codes: 0 done, 1 could not, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys

from pipeline.cli import asking, checking, running  # noqa: F401  (each registers its commands)
from pipeline.cli.app import app
from pipeline.cli.screen import complain
from pipeline.errors import CarefeedError


def main() -> None:
    """Run the command that the process was started with."""
    try:
        app()
    except CarefeedError as error:
        complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of a pipe went away (`carefeed query | head`): that is no failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
