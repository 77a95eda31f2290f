"""The commands and answers of the cookbook.

``python -m tests.cookbook FOLDER`` writes the answers anew after a change in what is found; ``FOLDER/outputs`` is a
run over ``corpus/dumps`` with ``--model none``.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COOKBOOK = Path(__file__).parent.parent / "docs" / "cookbook.md"
_BLOCK = re.compile(r"```console\n\$ (?P<command>carefeed [^\n]*)\n(?P<answer>.*?)```", re.DOTALL)


def questions() -> Iterator[tuple[str, str]]:
    """Every command of the cookbook with the answer that stands below it."""
    for match in _BLOCK.finditer(COOKBOOK.read_text(encoding="utf-8")):
        yield match["command"], match["answer"]


def answer(command: str, folder: Path) -> str:
    """What a command prints in a folder, on 80 columns."""
    arguments = [sys.executable, "-m", "pipeline", *shlex.split(command)[1:]]
    env = {**os.environ, "COLUMNS": "80", "PYTHONPATH": str(COOKBOOK.parent.parent)}
    return subprocess.run(arguments, capture_output=True, check=True, cwd=folder, env=env, encoding="utf-8").stdout


def main(folder: Path) -> None:
    """Write the answers into the cookbook."""
    text = COOKBOOK.read_text(encoding="utf-8")
    filled = _BLOCK.sub(lambda m: f"```console\n$ {m['command']}\n{answer(m['command'], folder)}```", text)
    COOKBOOK.write_text(filled, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
