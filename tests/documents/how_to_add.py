"""Does what ``docs/how-to-add.md`` says, in a copy of the project."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.documents.marks import ROOT

PAGE = ROOT / "docs" / "how-to-add.md"
#: What a copy needs so that its tests run.
_COPIED = ("pipeline", "models", "tests", "conftest.py", "pyproject.toml")
_STEP = re.compile(
    r"(?:Add to (?:the list `(?P<list>\w+)` of `\[(?P<table>[\w.]+)\]` in )?|New file )`(?P<path>[\w./-]+)`[^\n]*:\n\n"
    r"```\w+\n(?P<text>.*?)```",
    re.DOTALL,
)


def copy_project(folder: Path) -> None:
    """The project without what a run leaves behind."""
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            skipped = shutil.ignore_patterns("__pycache__", "project")
            shutil.copytree(source, folder / name, ignore=skipped)
        else:
            shutil.copy(source, folder / name)


def apply_steps(folder: Path) -> list[tuple[str, str]]:
    """Do every step of the page; the path and text of each."""
    steps = []
    for step in _STEP.finditer(PAGE.read_text(encoding="utf-8")):
        path, text = folder / step["path"], step["text"]
        steps.append((step["path"], text))
        if step["list"]:
            head = re.compile(rf"(\[{re.escape(step['table'])}\]\n(?:.*\n)*?{step['list']} = \[)")
            before = path.read_text(encoding="utf-8")
            path.write_text(head.sub(lambda m, new=text: f"{m[1]}{new.strip()} ", before, count=1), encoding="utf-8")
        else:
            before = path.read_text(encoding="utf-8") if path.is_file() else ""
            path.write_text(f"{before.rstrip()}\n{text}".lstrip(), encoding="utf-8")
    return steps
