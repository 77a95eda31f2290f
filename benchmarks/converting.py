"""The command line of modules that convert a file of JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path


def convert_file(convert: Callable[[Iterable[str]], Iterator[str]], usage: str | None) -> int:
    """Convert the file named on the command line: 0 done, 1 could not read it, 2 wrong usage."""
    if sys.argv[1:] in (["-h"], ["--help"]):
        print(usage)
        return 0
    if len(sys.argv) != 2:
        print(usage, file=sys.stderr)
        return 2
    try:
        with Path(sys.argv[1]).open(encoding="utf-8") as file:
            for line in convert(file):
                print(line)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; name a file of JSON lines", file=sys.stderr)
        return 1
    return 0
