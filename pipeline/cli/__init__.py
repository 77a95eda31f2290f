"""The command line: the only part that prints, and the only one that turns errors into exit codes.

Results go to stdout, progress and notes to stderr. Exit codes: 0 done, 1 could not, 2 wrong usage.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import Final

from pipeline.cli.app import app as app
from pipeline.cli.screen import complain
from pipeline.errors import CarefeedError, StoreError

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


#: Modules of commands that only read: nothing is lost when one ends because nobody reads on.
_READING: Final = ("asking", "following", "cards")


def load_commands(name: str | None = None) -> None:
    """Register a command; without a name that is known, all of them. A query shouldn't wait for what a run needs."""
    modules = [COMMANDS[name]] if name in COMMANDS else dict.fromkeys(COMMANDS.values())
    for module in modules:
        import_module(f"pipeline.cli.{module}")


def main() -> None:
    """Run the command that the process was started with."""
    if sys.stdout is None:  # closed by whoever started us
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  (for as long as the process lives)
    name = sys.argv[1] if len(sys.argv) > 1 else None
    if COMMANDS.get(name or "") in _READING and hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `carefeed query | head`: to have read enough is no failure
    load_commands(name)
    try:
        app()
        sys.stdout.flush()
    except CarefeedError as error:
        complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        complain(StoreError(f"what was asked for can't be written: {error.strerror}", "free some space on the disk"))
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
