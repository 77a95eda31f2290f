"""Who imports whom: the picture of the architecture, drawn from the code."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from tests.documents.marks import ROOT, table
from tests.test_layers import LEAVES, STAGES, imported

PACKAGE = ROOT / "pipeline"
SHARED, MIDDLE = "shared", "the middle"
#: What the parts are whose folder doesn't say so itself.
_ABOUT = {
    "library": "The door for notebooks and scripts.",
    MIDDLE: "Orders the stages: the only modules that know more than one of them.",
    "feeds": "Tells by content what a file is, and reads it into entries that know their bytes.",
    "cleaning": "Strips spam, splits bodies into blocks, drops captions and boilerplate, joins the tellings of dumps.",
    "extraction": "spaCy components: sentences, time expressions, names, people, numbers, events. Records come out.",
    "topics": "Sorts articles into topics that stay.",
    "query": "Questions to the archive. Reads only.",
    SHARED: "Records, their words, tables, errors, settings, dates, registers: they import nothing but each other.",
}


def _group(part: str) -> str:
    """The box that a part of the package stands in."""
    if part in LEAVES:
        return SHARED
    return part if part in STAGES or (PACKAGE / part).is_dir() or part == "library" else MIDDLE


def read_parts() -> dict[str, list[Path]]:
    """The modules of each box, in the order of the flow."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if part not in ("__init__", "__main__"):
            found[_group(part)].append(path)
    order = [
        "cli",
        "library",
        MIDDLE,
        "feeds",
        "cleaning",
        "extraction",
        "topics",
        "timeline",
        "store",
        "report",
        "export",
    ]
    rank = {name: i for i, name in enumerate(order)}
    return {name: found[name] for name in sorted(found, key=lambda name: (name == SHARED, rank.get(name, 99), name))}


def _edges() -> set[tuple[str, str]]:
    parts = read_parts()
    known = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for paths in parts.values() for path in paths}
    edges = {
        (name, _group(target))
        for name, paths in parts.items()
        for path in paths
        for target in imported(path)
        if target in known
    }
    return {(a, b) for a, b in edges if b not in (a, SHARED)}


def draw() -> str:
    """A Mermaid diagram: an arrow goes from who imports to who is imported. Everything imports the shared modules."""
    parts = read_parts()
    names = {name: f"n{i}" for i, name in enumerate(parts)}
    boxes = [f'  {names[name]}["{name}"]\n' for name in parts if name != SHARED]
    arrows = [f"  {names[a]} --> {names[b]}\n" for a, b in sorted(_edges(), key=lambda e: (names[e[0]], names[e[1]]))]
    return f"```mermaid\nflowchart TD\n{''.join(boxes)}{''.join(arrows)}```\n"


def list_parts() -> str:
    """Every box with its modules and what the first line of its docstring says."""
    rows = []
    for name, paths in read_parts().items():
        inside = PACKAGE / name / "__init__.py"
        about = ast.get_docstring(ast.parse(inside.read_text(encoding="utf-8"))) if inside.is_file() else None
        modules = sorted({path.relative_to(PACKAGE / name if inside.is_file() else PACKAGE).parts[0] for path in paths})
        listed = ", ".join(f"`{each.removesuffix('.py')}`" for each in modules if each != "__init__.py")
        rows.append(
            (f"`{name}/`" if inside.is_file() else name, (about or _ABOUT[name]).split("\n", maxsplit=1)[0], listed)
        )
    return table(("part", "what it is", "modules"), rows)
