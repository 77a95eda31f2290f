"""The made parts of a document: what stands between ``<!-- made: NAME -->`` and ``<!-- end -->``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = (ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md")))
_PART = re.compile(r"(?P<open><!-- made: (?P<name>[\w-]+) -->\n)(?P<text>.*?)(?P<close><!-- end -->)", re.DOTALL)


def read_parts(path: Path) -> dict[str, str]:
    """The made parts of a document, by name."""
    return {match["name"]: match["text"] for match in _PART.finditer(path.read_text(encoding="utf-8"))}


def write_parts(path: Path, parts: Mapping[str, str]) -> bool:
    """Fill in those parts of a document that are given; whether anything changed."""
    before = path.read_text(encoding="utf-8")
    after = _PART.sub(lambda m: m["open"] + parts.get(m["name"], m["text"]) + m["close"], before)
    if after != before:
        path.write_text(after, encoding="utf-8")
    return after != before


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; bars and line ends in cells can't break it."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
