"""The command line: the only part that prints, and the only one that turns errors into exit codes.

Results go to stdout, progress and notes to stderr. Exit codes: 0 done, 1 could not, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Final

from pipeline.cli.app import app as app
from pipeline.cli.screen import complain
from pipeline.errors import CarefeedError

#: The module that registers each command, in the order of the help.
COMMANDS: Final = {
    "run": "running", "inspect": "running", "annotate": "running",
    "query": "asking", "numbers": "asking", "evidence": "asking", "articles": "asking",
    "timeline": "following", "upcoming": "following", "overdue": "following", "changes": "following",
    "show": "cards", "cite": "cards",
    "export": "exporting", "serve": "exporting",
    "status": "keeping", "forget": "keeping", "verify": "keeping",
    "review": "reviewing",
    "topics": "topics",
    "register": "registering",
    "evaluate": "checking",
}  # fmt: skip


def load_commands(name: str | None = None) -> None:
    """Register a command; without a name that is known, all of them. A query shouldn't wait for what a run needs."""
    modules = [COMMANDS[name]] if name in COMMANDS else dict.fromkeys(COMMANDS.values())
    for module in modules:
        import_module(f"pipeline.cli.{module}")


def main() -> None:
    """Run the command that the process was started with."""
    load_commands(sys.argv[1] if len(sys.argv) > 1 else None)
    try:
        app()
    except CarefeedError as error:
        complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of a pipe went away (`carefeed query | head`): that is no failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
